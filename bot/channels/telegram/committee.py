"""A committee's chat on Telegram: what is shown there, and what Telegram says back of it."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import Forbidden

from bot.channels.telegram.client import Client
from bot.channels.telegram.hear import Heard
from bot.channels.telegram.player import key, stored
from bot.channels.telegram.show import Display
from bot.conversation.hearing import Hearing, Moved, Polled, Posted
from bot.conversation.reply import EndPoll, Poll, Reply
from bot.conversation.screen import Screen, Toast
from bot.jobs.port import Job
from bot.outcome import Outcome
from bot.service import Service

log = logging.getLogger(__name__)


class Committee:
    """The committees' chats, each shown by its own lane."""

    def __init__(self, bot: Client, service: Service) -> None:
        self._bot = bot
        self._chats = service.chats
        self._displays: dict[int, Display] = {}

    def display(self, chat: int, live: int) -> Display:
        """A chat; `live` is the message that carries its buttons, as the store knows it."""
        display = self._displays.setdefault(chat, Display(self._bot, chat, live))
        display.follow(live)
        return display

    async def show(self, heard: Heard, outcome: Outcome) -> None:
        """The replies to what somebody did in the group."""
        chat = heard.hearing.to if isinstance(heard.hearing, Moved) else heard.chat
        display = self.display(chat, outcome.live)
        if chat == heard.chat:
            display.know(heard.message)
        try:
            await asyncio.gather(
                display.answer(heard, toast(outcome), outcome.lang),
                _Showing(self, heard, chat, display).play(outcome),
            )
        except Forbidden:
            log.info("the bot was put out of a group; its session goes on without it")

    async def renew(self, job: Job) -> None:
        """Bring the message that tells how many have answered up to date.

        Another process may be at it with something newer, and be overtaken by this one on the
        way: the message is right once nothing has changed since it was read.
        """
        read = await self._chats.board(job)
        while read[0]:
            chat, outcome = read
            display = self.display(chat, outcome.live)
            for screen in outcome.replies:
                assert isinstance(screen, Screen)
                await display.replace(outcome.live, screen, outcome.lang)
            if (now := await self._chats.board(job)) == read:
                return
            read = now

    async def follow(self, heard: Heard, chat: int, said: Hearing) -> Outcome:
        """What follows from something that only Telegram knows: a number, the counts of a vote."""
        person = key(heard.person)
        return await stored(lambda: self._chats.handle(chat, person, said, heard.lang))


class _Showing:
    """The replies to one thing done: the first screen may take the place of the tapped one."""

    def __init__(self, committee: Committee, heard: Heard, chat: int, display: Display) -> None:
        self._committee = committee
        self._heard = heard
        self._chat = chat
        self._display = display
        self._tapped = heard.tapped

    async def play(self, outcome: Outcome) -> None:
        """Show it all, and remember which message carries the buttons from now on."""
        board = await self._all(outcome)
        if self._display.live != board and outcome.replies:
            await self._follow(Posted("board", self._display.live))

    async def _all(self, outcome: Outcome) -> int:
        board = outcome.live
        for reply in outcome.replies:
            if (said := await self._one(reply, outcome.lang)) is not None:
                board = await self._all(await self._follow(said))
        return board

    async def _follow(self, said: Hearing) -> Outcome:
        return await self._committee.follow(self._heard, self._chat, said)

    async def _one(self, reply: Reply, lang: str) -> Hearing | None:
        match reply:
            case Screen(reply=True):
                return Posted("reply", await self._display.send(reply, lang))
            case Screen():
                tapped, self._tapped = self._tapped, 0
                in_place = tapped and not reply.fresh
                if not (in_place and await self._display.replace(tapped, reply, lang)):
                    await self._display.send(reply, lang)
            case Poll(question, options):
                return Posted("poll", await self._display.poll(question, options, lang))
            case EndPoll(message):
                return Polled(await self._display.end_poll(message))
        return None


def toast(outcome: Outcome) -> str:
    """The word over the screen, if there is one."""
    return next((reply.text for reply in outcome.replies if isinstance(reply, Toast)), "")
