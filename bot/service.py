"""One update: gather the conversation, decide what it means, save it, give the replies."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chats import Chats
from bot.convening import Convening, convened
from bot.conversation.acting import begin
from bot.conversation.drafting import wanted
from bot.conversation.hearing import Brought, Command, Delivered, Due, Examined, Hearing, Typed
from bot.conversation.mydata import my_data
from bot.conversation.packing import pack, unpack
from bot.conversation.reply import Bring, Deliver, Erase, Gather, Reply
from bot.conversation.respond import back_again, respond
from bot.conversation.retention import kept_days
from bot.conversation.session import notices, sessions
from bot.conversation.stage import reached
from bot.conversation.state import Conversation
from bot.conversation.turn import House, Turn
from bot.core.interview import Interview
from bot.documents.facts import File, Order
from bot.documents.press import Press
from bot.documents.printer import Printer
from bot.errands import Errands, delivery
from bot.filing import Filing
from bot.jobs.port import Job
from bot.letterheads import Letterheads
from bot.metrics import QUIET, Meter
from bot.orders import order
from bot.outcome import Outcome
from bot.storage.repository import Along, Conflict, Repository, Stored

EXPORT_NAME = "mes-donnees"


class Service:
    """The one imperative use case, whatever the channel."""

    def __init__(
        self,
        house: House,
        repository: Repository,
        press: Press,
        clock: Callable[[], datetime] = datetime.now,
        chance: Callable[[], str] = lambda: secrets.token_hex(32),
        meter: Meter = QUIET,
    ) -> None:
        self.house = house
        self._repository = repository
        self._clock = clock
        self._chance = chance
        self._meter = meter
        self._printer = Printer(press)
        self.bot = ""
        """The bot's name on the channel, for the links that lead to it."""
        self._convening = Convening(house, repository)
        self._filing = Filing(repository, self._printer, self._present)
        self.errands = Errands(repository, self._present, self._orders, self._filing.mark, clock)
        self.letterheads = Letterheads(repository, self._printer, self._present, self.handle)
        self.chats = Chats(repository, self._convening, self.errands, self._turn)

    async def handle(
        self, person: str, heard: Hearing, lang: str, update: int | None = None, done: str = ""
    ) -> Outcome:
        """What a person did, decided and saved; no reply when this update was applied before.

        The job that is `done` goes in the same transaction.

        Raises Busy when nothing can be written: the same call can be made again later.
        """
        while True:
            stored = await self._repository.load(person)
            if stored is None and _of_before(heard):
                return Outcome(erased=True)
            turn, read = await self._convening.together(self._turn(stored, lang, person), heard)
            state, replies = respond(turn, heard)
            if any(isinstance(reply, Gather) for reply in replies):
                turn, seen = await self._convening.gathered(turn)
                read |= seen
                state, replies = respond(turn, heard)
            if stored is None and isinstance(heard, Due) and not replies:
                return Outcome(erased=True)
            erased = any(isinstance(reply, Erase) for reply in replies)
            after = turn.then(state).convened(convened(replies) or turn.session)
            along = replace(
                self._convening.along(turn, replies, read),
                keeping=_files(state) if _files(state) != _files(turn.state) else None,
                due=self.errands.due(turn, after, replies, first=stored is None),
                done=done,
                silent=isinstance(heard, Due),
            )
            try:
                if erased:
                    await self._repository.erase(person, update, along)
                elif not await self._save(after, stored, update, along):
                    return replace(_outcome(turn, stored, ()), known=True)
            except Conflict:
                continue
            self._count(turn, after)
            outcome = _outcome(after, stored, tuple(replies))
            return replace(outcome, revision=outcome.revision + 1, erased=erased)

    def _count(self, before: Turn, after: Turn) -> None:
        """An interview that came to a stage, a session that came to a phase."""
        if (stage := reached(after)) > reached(before):
            self._meter.reached(stage.name.lower())
        session = after.session
        if session and (before.session is None or before.session.phase is not session.phase):
            self._meter.convened(session.phase.name.lower())

    async def _save(
        self, after: Turn, stored: Stored | None, update: int | None, along: Along
    ) -> bool:
        data = json.dumps(pack(after.state), ensure_ascii=False).encode()
        revision = stored.revision if stored else 0
        days = kept_days(self.house, after.state, after.session)
        until = self._clock() + timedelta(days=days)
        return await self._repository.save(
            after.person, data, revision, update, int(until.timestamp()), along
        )

    async def expects(self, person: str, heard: Hearing) -> bool:
        """Whether a committee has invited this person, by a link, or has them among it."""
        stored = await self._repository.load(person)
        if stored and unpack(json.loads(stored.data)).member:
            return True
        link = sessions.named(heard.rest) if isinstance(heard, Command) else None
        session, _ = await self._convening.find(link[0]) if link else (None, 0)
        return bool(session and link and session.opens(link[1]))

    async def probe(self) -> None:
        """Raises Busy when the store takes no write."""
        await self._repository.check()

    def _turn(self, stored: Stored | None, lang: str = "", person: str = "") -> Turn:
        state = Conversation(Interview(""), lang=lang or self.house.lang)
        if stored is not None:
            state = unpack(json.loads(stored.data))
        turn = Turn(self.house, state, self._clock(), self._chance(), person, bot=self.bot)
        return turn if stored else turn.then(begin(turn))

    async def _present(self, person: str) -> tuple[Turn, Stored | None]:
        """Where a person stands, with their session."""
        stored = await self._repository.load(person)
        turn = self._turn(stored, self.house.lang, person)
        return (await self._convening.together(turn, Typed("")))[0], stored

    async def again(self, person: str, *, stopped: bool = True) -> Outcome:
        """The screen where a person stands, for whoever may have missed it, `stopped` or not."""
        turn, stored = await self._present(person)
        return _outcome(turn, stored, tuple(back_again(turn, stopped=stopped)))

    async def shown(self, person: str, revision: int, live: int) -> bool:
        """The replies up to a revision have been seen; False when others have shown newer ones."""
        return await self._repository.shown(person, revision, live)

    async def unshown(self) -> list[str]:
        """The people whose last replies may not have reached them."""
        return await self._repository.unshown()

    async def write(self, person: str, deliver: Deliver) -> list[File]:
        """The documents, written off the event loop. Raises whatever the press raises."""
        turn, _ = await self._present(person)
        orders = self._orders(turn, deliver)
        paper = await self._paper(person, turn.state.letterhead)
        files = await self._printer.write(orders, paper, deliver.phone)
        if paper and turn.state.letterhead in turn.state.forms and not deliver.phone:
            files += await self._printer.form(orders, paper)
        for file in files:
            self._meter.document(file.name.rpartition(".")[2])
        return files

    async def _paper(self, person: str, name: str) -> bytes | None:
        return await self._repository.kept(person, name) if name else None

    def _orders(self, turn: Turn, deliver: Deliver) -> list[Order]:
        return [order(turn, kind, deliver.version) for kind in deliver.kinds]

    async def picture(self, person: str, name: str) -> tuple[bytes, str]:
        """A chart of the answers as they stand, or the first page to come: a PNG and its words."""
        turn, _ = await self._present(person)
        if name == "divergences":
            return await self._filing.picture(turn)
        kind = (*wanted(turn), "note")[0]  # the charts are the same in every document
        asked = order(turn, kind, turn.state.version or 1)
        if name != "preview":
            return await self._printer.picture(replace(asked, lang=turn.lang), name)
        paper = await self._paper(person, turn.state.letterhead)
        page = await self._printer.preview(asked, paper)
        return page, self.house.library.messages(turn.lang, "doc.preview")

    async def export(self, person: str) -> File:
        """A copy of everything kept about a person, as readable JSON."""
        turn, _ = await self._present(person)
        kept = my_data(turn, person)
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        return File(f"{EXPORT_NAME}_{self._clock():%Y-%m-%d}.json", text.encode())

    async def session_files(self, person: str, kinds: Sequence[str]) -> list[File]:
        """The files of the person's session, off the event loop. Raises what the press raises."""
        files = await self._filing.write(person, kinds)
        for file in files:
            self._meter.document(file.name.rpartition(".")[2])
        return files

    async def brought(self, job: Job, bring: Bring, *, ok: bool) -> Outcome:
        """What to say once the files of a session have reached the person, or could not."""
        heard = Brought(bring.session, bring.kinds, ok)
        return await self.handle(job.person, heard, self.house.lang, done=job.id)

    async def delivered(self, person: str, deliver: Deliver, *, ok: bool) -> Outcome:
        """What to say once the documents have reached the person, or could not be written."""
        heard = Delivered(deliver.version, ok)
        return await self.handle(person, heard, self.house.lang, done=delivery(person, deliver).id)

    async def close(self) -> None:
        """Let the press and the store finish."""
        self._printer.close()
        await self._repository.close()


def _of_before(heard: Hearing) -> bool:
    """Whether it only concerns somebody of whom something is kept."""
    if isinstance(heard, Due):
        return heard.topic not in notices.ANEW
    return isinstance(heard, Delivered | Examined | Brought)


def _files(state: Conversation) -> set[str]:
    """The names of the files that a conversation refers to."""
    return {state.letterhead, state.trial} - {""}


def _outcome(turn: Turn, stored: Stored | None, replies: tuple[Reply, ...]) -> Outcome:
    revision = stored.revision if stored else 0
    return Outcome(replies, turn.lang, revision, stored.live if stored else 0)
