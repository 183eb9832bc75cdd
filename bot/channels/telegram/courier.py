"""The jobs of people on Telegram: files to bring, words for later, the end of what is kept."""

from __future__ import annotations

import logging

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.channels.telegram.desk import Desk
from bot.channels.telegram.player import number, stored
from bot.channels.telegram.show import Display
from bot.conversation.hearing import Due
from bot.conversation.reply import Bring
from bot.conversation.session.attending import UNREACHED
from bot.documents.facts import File
from bot.errands import BOARD, BRING, DELIVER, END, KEEP, NOTICE, Keeping, Parcel
from bot.jobs.port import Job
from bot.outcome import Outcome
from bot.service import Service
from bot.storage.repository import Busy

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often writing documents may fail before the person reads so."""


class NothingWritten(Exception):
    """There is nothing that the person may have."""


class Courier:
    """Does each job in its person's sending lane."""

    def __init__(self, desk: Desk, service: Service) -> None:
        self._desk = desk
        self._service = service
        self._errands = service.errands
        self._kinds = {
            DELIVER: self._deliver,
            BRING: self._deliver,
            KEEP: self._keep,
            NOTICE: self._notice,
        }

    async def __call__(self, job: Job) -> float | None:
        if job.kind == END:
            return await self._errands.end(job)
        if job.kind == BOARD:
            await self._renew(job)
            return None
        return await self._kinds[job.kind](number(job.person), job)

    async def _deliver(self, person: int, job: Job) -> None:
        try:
            await self._desk.in_turn(person, lambda: self._hand_over(person, job))
        except Forbidden:
            log.info("a person has blocked the bot; their data wait for their retention")

    async def _hand_over(self, person: int, job: Job) -> None:
        parcel = await self._errands.parcel(job)
        if parcel is None:
            return
        display = self._desk.player.display(person, parcel.live)
        ok = parcel.there or await self._brought(job, parcel, display)
        outcome = await stored(lambda: self._told(job, parcel, ok=ok))
        await self._desk.player.play(person, display, outcome)
        await self._desk.player.remember(person, display, outcome)

    async def _told(self, job: Job, parcel: Parcel, *, ok: bool) -> Outcome:
        """What to say under the files."""
        if isinstance(parcel.what, Bring):
            return await self._service.brought(job, parcel.what, ok=ok)
        return await self._service.delivered(job.person, parcel.what, ok=ok)

    async def _brought(self, job: Job, parcel: Parcel, display: Display) -> bool:
        """Whether the documents have arrived; raises while it is worth trying again."""
        await display.busy()
        try:
            messages, files = await self._sent(job, parcel, display)
        except NothingWritten:
            return False
        except Exception as error:
            if job.attempt < ATTEMPTS or _passing(error):
                raise
            log.error("documents not delivered: %s", type(error).__name__)
            return False
        # Telegram knows no message twice: noted at once, so that a restart does not repeat it.
        await stored(lambda: self._errands.sent(job, parcel, messages, files))
        return True

    async def _sent(
        self, job: Job, parcel: Parcel, display: Display
    ) -> tuple[list[int], list[str]]:
        """The same files again where Telegram has them, else written anew."""
        if parcel.files:
            try:
                return await display.files(parcel.files)
            except BadRequest as error:
                log.info("files not sent by their ids: %s", error.message)
        written = await self._written(job, parcel)
        if not written:
            raise NothingWritten
        return await display.files(written)

    async def _written(self, job: Job, parcel: Parcel) -> list[File]:
        if isinstance(parcel.what, Bring):
            return await self._service.session_files(job.person, parcel.what.kinds)
        return await self._service.write(job.person, parcel.what)

    async def _renew(self, job: Job) -> None:
        """The message in the committee's chat, in the lane of that chat."""
        chat, _ = await self._service.chats.board(job)
        try:
            if chat:
                await self._desk.in_turn(chat, lambda: self._desk.committee.renew(job))
        except Forbidden:
            log.info("the bot was put out of a group; its message there stays as it is")

    async def _notice(self, person: int, job: Job) -> None:
        try:
            await self._desk.in_turn(person, lambda: self._say(person, job))
        except Forbidden:
            log.info("a person has blocked the bot; their session goes on without a word to them")
            heard = Due(job.payload["session"], UNREACHED)
            lang = self._service.house.lang
            await stored(lambda: self._service.handle(job.person, heard, lang))

    async def _say(self, person: int, job: Job) -> None:
        heard = Due(job.payload["session"], job.payload["topic"])
        lang = self._service.house.lang
        outcome = await stored(lambda: self._service.handle(job.person, heard, lang))
        if job.attempt > 1 and not outcome.replies and not outcome.erased:
            # Said and saved before, and perhaps not shown: where the person stands tells it too.
            outcome = await self._service.again(job.person, stopped=False)
        display = self._desk.player.display(person, outcome.live)
        await self._desk.player.play(person, display, outcome)
        await self._desk.player.remember(person, display, outcome)

    async def _keep(self, person: int, job: Job) -> float | None:
        keeping = await self._errands.keep(job.person)
        try:
            await self._desk.in_turn(person, lambda: self._tell(person, job, keeping))
        except Forbidden:
            log.info("a person who has blocked the bot is not told about their retention")
        return keeping.again

    async def _tell(self, person: int, job: Job, keeping: Keeping) -> None:
        if keeping.screen is not None:
            display = self._desk.player.display(person, keeping.live)
            await display.send(keeping.screen, keeping.lang)
            await stored(lambda: self._service.shown(job.person, 0, display.live))
        if keeping.gone:
            self._desk.player.forget(person)


def _passing(error: Exception) -> bool:
    """Whether the fault lies with the way, not with the documents."""
    way = isinstance(error, (Forbidden, RetryAfter, NetworkError, Busy))
    return way and not isinstance(error, BadRequest)
