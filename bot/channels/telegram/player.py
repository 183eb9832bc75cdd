"""What is said to a person, played on their chat: screens, pictures, files, in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from telegram.error import Forbidden

from bot.channels.telegram.client import Client
from bot.channels.telegram.show import Display
from bot.conversation.reply import Bring, Deliver, Erase, Examine, Export, Picture, TestPage
from bot.conversation.screen import Screen, Toast
from bot.outcome import Outcome
from bot.service import Service
from bot.storage.repository import Busy

T = TypeVar("T")
log = logging.getLogger(__name__)
CHANNEL = "telegram"
RETRY_SECONDS = 2.0


class Player:
    """Each person's chat, and what their outcomes do there."""

    def __init__(self, bot: Client, service: Service) -> None:
        self._bot = bot
        self._service = service
        self._displays: dict[int, Display] = {}

    async def remember(self, person: int, display: Display, outcome: Outcome) -> None:
        """What has been shown, and where the buttons are now."""
        if outcome.erased:
            self.forget(person)
            return
        if not await self._seen(person, display, outcome):
            await self._here(person)

    async def _seen(self, person: int, display: Display, outcome: Outcome) -> bool:
        """Whether it is the last that anybody has shown."""
        display.revision, shown = outcome.revision, self._service.shown
        return await stored(lambda: shown(key(person), outcome.revision, display.live))

    async def _here(self, person: int) -> None:
        """Two processes have shown at once: the present screen comes below both."""
        outcome = await self._service.again(key(person), stopped=False)
        display = self.display(person, outcome.live)
        await self.play(person, display, outcome)
        await self._seen(person, display, outcome)

    def forget(self, person: int) -> None:
        """Nothing is kept of a person any more."""
        self._displays.pop(person, None)

    def display(self, person: int, live: int) -> Display:
        """A person's chat; `live` is what the store knows of it."""
        if person not in self._displays:
            self._displays[person] = Display(self._bot, person, live)
        display = self._displays[person]
        display.follow(live)
        return display

    async def play(self, person: int, display: Display, outcome: Outcome, tapped: int = 0) -> None:
        """Show the replies in order; the first screen replaces the tapped message."""
        for reply in outcome.replies:
            match reply:
                case Screen():
                    in_place = tapped and not reply.fresh
                    if not (in_place and await display.replace(tapped, reply, outcome.lang)):
                        await display.send(reply, outcome.lang)
                    tapped = 0
                case Picture(name):
                    await self._picture(person, display, name, outcome.lang)
                case Export():
                    await display.files([await self._service.export(key(person))])
                case Examine():
                    await self._examine(person, display, reply)
                case TestPage(trial):
                    await display.busy()
                    if page := await self._service.letterheads.test_page(key(person), trial):
                        await display.files([page])
                case Deliver() | Bring():
                    await display.busy()  # its job brings the documents
                case Toast() | Erase():
                    pass

    async def leave(self, person: int, display: Display, outcome: Outcome, message: int) -> None:
        """A tap that gets a toast only, on a screen of before: there is the present one to tap.

        It comes in place of the tapped one, or below when that was left behind.
        """
        if display.stale(message):
            await display.strip(message)
        if outcome.replies and all(isinstance(reply, Toast) for reply in outcome.replies):
            here = await self._service.again(key(person), stopped=False)
            if message == display.live:
                await self.play(person, display, _in_place(here), message)
            else:
                await self.play(person, display, here)

    async def _picture(self, person: int, display: Display, name: str, lang: str) -> None:
        try:
            content, caption = await self._service.picture(key(person), name)
            await display.picture(content, caption, lang)
        except (Forbidden, asyncio.CancelledError):
            raise
        except Exception as error:
            log.error("picture not shown: %s", type(error).__name__)
            text = self._service.house.library.messages(lang, "chart.failed")
            await display.send(Screen(text), lang)

    async def _examine(self, person: int, display: Display, asked: Examine) -> None:
        async def fetch() -> bytes:
            return await display.fetch(asked.sent.file)

        await display.busy()
        outcome = await self._service.letterheads.examine(key(person), asked, fetch)
        await self.play(person, display, outcome)
        await self.remember(person, display, outcome)


def _in_place(outcome: Outcome) -> Outcome:
    """The same, its screens allowed to take the place of the tapped one."""
    screens = (
        replace(reply, fresh=False) if isinstance(reply, Screen) else reply
        for reply in outcome.replies
    )
    return replace(outcome, replies=tuple(screens))


async def stored(call: Callable[[], Awaitable[T]]) -> T:
    """However long the store needs to be able to write."""
    while True:
        try:
            return await call()
        except Busy as error:
            log.error("the store cannot write: %s", error)
            await asyncio.sleep(RETRY_SECONDS)


def key(person: int) -> str:
    """The store's name for a person on Telegram."""
    return f"{CHANNEL}:{person}"


def number(person: str) -> int:
    """The person on Telegram behind a name of the store."""
    return int(person.removeprefix(f"{CHANNEL}:"))
