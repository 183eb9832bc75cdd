"""One update from hearing to showing: decide and save first, then send, each in order."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from telegram.error import Forbidden, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.committee import Committee, toast
from bot.channels.telegram.door import Door, Entry
from bot.channels.telegram.hear import Heard
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.player import CHANNEL, RETRY_SECONDS, Player, key, number, stored
from bot.channels.telegram.show import Display
from bot.conversation.hearing import Moved, Placed, Tap
from bot.core.typography import typeset
from bot.metrics import QUIET, Meter
from bot.outcome import Outcome
from bot.service import Service
from bot.storage.repository import Busy

T = TypeVar("T")
log = logging.getLogger(__name__)


class Desk:
    """Everything between the poller and the service.

    Deciding and sending have a lane each, so that an update counts as received as soon as
    it is saved, while its replies still travel.
    """

    def __init__(self, bot: Client, service: Service, meter: Meter = QUIET) -> None:
        self._bot = bot
        self._service = service
        self._meter = meter
        self.stuck = False
        """Whether the store could not write when it was last asked to."""
        self._deciding = Lanes()
        self._sending = Lanes()
        self.player = Player(bot, service)
        self.committee = Committee(bot, service)
        self._door = Door(service.house.allowed, service.house.rate)

    def receive(
        self, heard: Heard, answer: Callable[[str], None] | None = None
    ) -> asyncio.Future[None]:
        """Take an update in; the future ends once it is safely stored, or turned away.

        One that came earlier to Telegram and waits goes first. `answer` gets the word for a tap
        (or "") from whoever can answer the tap at no cost.
        """
        self._meter.update(type(heard.hearing).__name__.lower())
        self._bot.pace.reopen(heard.chat)
        entry = self._door.knock(heard.person)
        if entry in (Entry.HASTE, Entry.SILENCE):
            self._turn_away(heard, entry)
            return asyncio.create_task(asyncio.sleep(0))
        unknown = entry is Entry.UNKNOWN
        do = partial(self._look if unknown else self._decide, heard, answer)
        return self._meter.watch("decide", self._deciding.put(heard.lane, do, heard.update))

    def _turn_away(self, heard: Heard, entry: Entry) -> None:
        """Nothing is read and nothing kept; the first time, the person learns why."""
        if entry is not Entry.SILENCE and not isinstance(heard.hearing, Placed | Moved):
            self._sending.put(heard.lane, lambda: self._explain(heard, entry.value))

    async def _look(self, heard: Heard, answer: Callable[[str], None] | None) -> None:
        """Somebody who is not on the list: welcome if a committee expects them."""
        if await stored(lambda: self._service.expects(key(heard.person), heard.hearing)):
            await self._decide(heard, answer)
        else:
            self._turn_away(heard, self._door.stranger(heard.person))

    async def _explain(self, heard: Heard, sentence: str) -> None:
        await Display(self._bot, heard.chat, 0).answer(heard, "", heard.lang)
        await self._say(heard, sentence)

    async def _decide(self, heard: Heard, answer: Callable[[str], None] | None) -> None:
        try:
            outcome = await self._handled(heard)
        except Exception as error:
            # The place in the code and no more: a traceback's values could hold an answer.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("fault: %s at %s", type(error).__name__, place)
            self._sending.put(heard.lane, lambda: self._sorry(heard))
            return
        if answer and heard.callback:
            answer(typeset(toast(outcome), outcome.lang))
            heard = replace(heard, callback="")
        show = self._show if heard.private else self.committee.show
        task = self._sending.put(heard.lane, lambda: show(heard, outcome))
        self._meter.watch("reply", task)

    async def _sorry(self, heard: Heard) -> None:
        """A fault of ours: the person reads that the answers are safe, never nothing."""
        toast = self._service.house.library.messages(heard.lang, "repair.fault")
        await self.player.display(heard.person, 0).answer(heard, toast, heard.lang)
        await self._say(heard, "repair.fault")

    async def _handled(self, heard: Heard) -> Outcome:
        """The service's outcome, however long the store needs to be able to write."""
        told, person = False, key(heard.person)
        said = (person, heard.hearing, heard.lang, heard.update)
        while True:
            try:
                if heard.private:
                    outcome = await self._service.handle(*said)
                else:
                    outcome = await self._service.chats.handle(heard.chat, *said)
                self.stuck = False
                return outcome
            except Busy as error:
                self.stuck = True
                log.error("the store cannot write: %s", error)
                if not told:
                    told = True
                    await self._say(heard, "repair.busy")
                await asyncio.sleep(RETRY_SECONDS)

    async def _say(self, heard: Heard, sentence: str) -> None:
        messages, contact = self._service.house.library.messages, self._service.house.contact
        contact = contact or messages(heard.lang, "privacy.contact")
        text = messages(heard.lang, sentence, contact=contact)
        try:
            await self._bot.send_message(heard.chat, typeset(text, heard.lang))
        except TelegramError as error:
            log.warning("not sent: %s", type(error).__name__)

    async def _show(self, heard: Heard, outcome: Outcome) -> None:
        display = self.player.display(heard.person, outcome.live)
        display.know(heard.message)
        if outcome.known:
            await display.answer(heard, "", outcome.lang)
            await self._shown_anyway(heard.person)
            return
        # Whatever others have decided meanwhile may never have been shown.
        behind = display.stale(heard.message) or outcome.revision != display.revision + 1
        try:
            await asyncio.gather(
                display.answer(heard, toast(outcome), outcome.lang),
                self.player.play(heard.person, display, outcome, heard.tapped),
            )
            if behind and isinstance(heard.hearing, Tap):
                await self.player.leave(heard.person, display, outcome, heard.message)
        except Forbidden:
            log.info("a person has blocked the bot; their data wait for their retention")
            return
        await self.player.remember(heard.person, display, outcome)

    async def _shown_anyway(self, person: int) -> None:
        """An update came again: whoever took it first may have died before showing a reply."""
        if key(person) in await self._service.unshown():
            await self._again(person)

    async def in_turn(self, lane: int, do: Callable[[], Awaitable[T]]) -> T:
        """Do something in a sending lane, after the replies to what was decided."""
        done: list[T] = []
        faults: list[Exception] = []

        async def send() -> None:
            try:
                done.append(await do())
            except Exception as error:
                faults.append(error)

        # What made this due may still be on its way to the sending lane.
        await self._deciding.put(lane, lambda: asyncio.sleep(0))
        await self._sending.put(lane, send)
        if faults:
            raise faults[0]
        return done[0]

    async def catch_up(self) -> None:
        """After a stop: whoever may have missed a reply sees where they stand."""
        for person in await self._service.unshown():
            if person.startswith(f"{CHANNEL}:"):
                self._sending.put(number(person), partial(self._again, number(person)))

    async def _again(self, person: int) -> None:
        outcome = await self._service.again(key(person))
        display = self.player.display(person, outcome.live)
        display.uncertain = True
        try:
            await self.player.play(person, display, outcome, 0)
        except Forbidden:
            log.info("a person has blocked the bot meanwhile")
            return
        await self.player.remember(person, display, outcome)

    async def drain(self, seconds: float) -> None:
        """Let what is under way finish, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._deciding.drain()
                await self._sending.drain()
        await self._deciding.cancel()
        await self._sending.cancel()
