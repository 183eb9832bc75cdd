"""The service as one terminal uses it: one person, and patience while the store cannot write."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import TypeVar

from bot.channels.terminal.display import Display
from bot.channels.terminal.reader import Reader
from bot.conversation.hearing import Hearing, Tap, decode
from bot.conversation.reply import Deliver, Examine
from bot.conversation.screen import Screen, Toast
from bot.documents.facts import File
from bot.outcome import Outcome
from bot.service import Service
from bot.storage.repository import Busy

T = TypeVar("T")
log = logging.getLogger(__name__)

PERSON = "terminal"
"""The store's name for whoever sits at this computer."""


class Desk:
    """Every call raises Busy once waiting has not helped."""

    def __init__(self, service: Service, display: Display, reader: Reader) -> None:
        self._service = service
        self._display = display
        self._reader = reader

    async def handle(self, hearing: Hearing) -> Outcome:
        """What a person did, decided and saved."""
        lang = self._display.lang
        outcome = await self._patiently(lambda: self._service.handle(PERSON, hearing, lang))
        self._display.lang = outcome.lang
        return outcome

    async def heard(self, hearing: Hearing) -> Outcome:
        """The same; a fault of ours becomes a sentence, and the screen stays."""
        try:
            return await self.handle(hearing)
        except Busy:
            raise
        except Exception as error:
            # The place in the code and no more: a traceback's values could hold an answer.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("%s at %s", type(error).__name__, place)
            sorry = Toast(self._display.say("repair.fault"))
            return Outcome((sorry,), self._display.lang)

    async def write(self, deliver: Deliver) -> list[File]:
        """The documents; none when they cannot be written."""
        try:
            return await self._patiently(lambda: self._service.write(PERSON, deliver))
        except Busy:
            raise
        except Exception as error:
            log.error("documents not written: %s", type(error).__name__)
            return []

    async def delivered(self, deliver: Deliver, *, ok: bool) -> Outcome:
        """What follows the documents; the job that stood for them is done."""
        return await self._patiently(lambda: self._service.delivered(PERSON, deliver, ok=ok))

    async def keep(self) -> None:
        """Remove what is over before anything is said; whoever comes back needs no warning."""
        await self._patiently(lambda: self._service.errands.keep(PERSON))

    async def picture(self, name: str) -> File:
        """A chart, or the first page to come, as a file to open."""
        content, _ = await self._service.picture(PERSON, name)
        return File(f"{name}.png", content)

    async def examine(self, asked: Examine) -> Outcome:
        """What to say of a file of this computer."""

        async def read() -> bytes:
            return await asyncio.to_thread(Path(asked.sent.file).read_bytes)

        return await self._patiently(lambda: self._service.letterheads.examine(PERSON, asked, read))

    async def test_page(self, trial: str) -> list[File]:
        """A page on the letterhead under trial."""
        page = await self._service.letterheads.test_page(PERSON, trial)
        return [page] if page else []

    async def export(self) -> File:
        """A copy of everything kept."""
        return await self._patiently(lambda: self._service.export(PERSON))

    async def shown(self, outcome: Outcome) -> None:
        """The replies were seen."""
        if outcome.revision and not outcome.erased:
            await self._patiently(lambda: self._service.shown(PERSON, outcome.revision, 0))

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        for tries in count(1):
            try:
                return await call()
            except Busy:
                if self._reader.live or tries == 1:
                    key = "term.busy" if self._reader.live else "repair.busy"
                    self._display.note(self._display.say(key))
                if not await self._reader.again(tries):
                    raise
        raise AssertionError("tries never run out")


def first_tap(outcome: Outcome) -> Tap | None:
    """The first button that the outcome offers."""
    rows = (row for reply in outcome.replies if isinstance(reply, Screen) for row in reply.rows)
    return next((decode(button.action) for row in rows for button in row), None)


def resumes(tap: Tap | None) -> bool:
    return tap is not None and (tap.verb, tap.args) == ("g", ("resume",))
