"""A director who goes through an interview on the stand-in, and remembers what was acknowledged."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.content.library import Library
from bot.conversation.hearing import Tap, decode
from bot.core.dialog import Question, Type
from tests.standin import Person
from tests.standin.model import Json, Message

PATIENCE = 3.0
"""Seconds without a reaction after which somebody touches the button again, or writes again."""
LONG = 5
"""Spells of patience after which somebody with nothing to tap asks where they stand."""
STUCK = 40
"""Gestures in a row without a reaction, after which the bot is held to be dead."""
GENERATE = ("x", "generate")
WAYS_ON = (
    ("x", "consent"),
    ("y",),
    ("g", "next_point"),
    ("o",),
    ("g", "advice"),
    ("x", "every"),
    GENERATE,
    ("g", "resume"),
)
"""What somebody who wants to get on touches, the first of these that is there."""


@dataclass
class Director:
    """Plays one interview with answers made by chance, from the first word to the documents.

    `given` holds, by question, the answers that the bot acknowledged by going on. `requests`
    counts how often documents were asked for, each time after those asked for before had come.
    """

    person: Person
    library: Library
    chance: random.Random
    given: dict[str, object] = field(default_factory=dict)
    ticks: dict[str, str] = field(default_factory=dict)
    tried: tuple[str, object] | None = None
    said: Message | None = None
    repeats: int = 0
    stuck: int = 0
    requests: int = 0
    received: int = -1

    async def interview(self) -> None:
        """Go on until documents have come."""
        await self.person.say("/start")
        while not self.over:
            seen = self.view
            await self._act()
            await self._wait(seen)

    @property
    def over(self) -> bool:
        """Whether the end has been said, below the documents."""
        return any(tap.args[:1] == ("bye",) for tap, _ in self._taps())

    @property
    def view(self) -> object:
        """What is on the screen now."""
        return [(m.id, m.words, str(m.reply_markup)) for m in self.person.chat if m.from_bot]

    async def _wait(self, seen: object) -> None:
        """Until something changes and then stays for a moment, or patience runs out."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE * (0.7 + 0.6 * self.chance.random())
        while self.view == seen and loop.time() < until:
            await asyncio.sleep(0.01)
        still = self.view == seen
        self.repeats += still
        self.stuck = self.stuck + 1 if still else 0
        assert self.stuck < STUCK, self.person.picture()
        await asyncio.sleep(0.02 + 0.05 * self.chance.random())

    def _taps(self) -> Iterator[tuple[Tap, Json]]:
        """The buttons on the newest message that has any."""
        for message in reversed(self.person.chat):
            if message.from_bot and message.buttons:
                for row in message.buttons:
                    for button in row:
                        if tap := decode(button.get("callback_data", "")):
                            yield tap, button
                return

    def _holder(self) -> Message | None:
        return next((m for m in reversed(self.person.chat) if m.from_bot and m.buttons), None)

    async def _act(self) -> None:
        taps = list(self._taps())
        asked = self._asked(taps)
        self._acknowledge(asked)
        if asked is not None and not any(tap.verb == "y" for tap, _ in taps):
            await self._answer(asked, taps)
            return
        for way in WAYS_ON:
            for tap, button in taps:
                if (tap.verb, *tap.args)[: len(way)] == way:
                    if way == GENERATE:
                        self._request()
                    self._press(button)
                    return
        if not taps and self.stuck >= LONG:  # documents take their time
            await self.person.say("/reprendre")

    def _request(self) -> None:
        """A tap made again before anything came asks for nothing more."""
        if len(self.person.files) != self.received:
            self.requests += 1
            self.received = len(self.person.files)

    def _asked(self, taps: list[tuple[Tap, Json]]) -> Question | None:
        """The question on the screen, from the buttons that name it."""
        for tap, _ in taps:
            if tap.verb in ("p", "d", "w") and tap.args:
                for dialog in self.library.dialogs.values():
                    if tap.args[0] in dialog:
                        return dialog[tap.args[0]]
        return None

    def _acknowledge(self, asked: Question | None) -> None:
        """Another question than the one answered: the answer was taken."""
        if self.tried and asked is not None and asked.id != self.tried[0]:
            question, answer = self.tried
            self.given.setdefault(question, answer)  # a second tap changes nothing, and says so
            self.tried = None

    async def _answer(self, asked: Question, taps: list[tuple[Tap, Json]]) -> None:
        picks = {tap.args[1]: button for tap, button in taps if tap.verb == "p"}
        choices = [id_ for id_ in picks if asked.choice(id_)]
        done = next((button for tap, button in taps if tap.verb == "d"), None)
        if done is not None:
            ticked = tuple(id_ for id_ in choices if picks[id_]["text"].startswith("✓"))
            if ticked:
                self.tried = asked.id, ticked
                self._press(done)
            else:
                # Somebody who sees no tick yet does not tick another meanwhile.
                self._press(picks[self.ticks.setdefault(asked.id, self.chance.choice(choices))])
        elif choices:
            choice = self._choice(asked, choices)
            self.tried = asked.id, choice
            self._press(picks[choice])
        else:
            await self._say(asked)

    def _choice(self, asked: Question, choices: list[str]) -> str:
        if self.tried and self.tried[0] == asked.id:
            return str(self.tried[1])  # the same again: the first may have been taken
        if asked.type is Type.OFFER:
            return choices[-1]
        return self.chance.choice(choices)

    async def _say(self, asked: Question) -> None:
        words = f"Maison {self.person.user.first_name} {asked.id}"
        number = str(asked.minimum or asked.maximum or 12)
        said, kept = {
            Type.NUMBER: (number, number),
            Type.MONEY: ("120 000 €", "120000"),
            Type.DATE: ("15/03/2027", "2027-03-15"),
        }.get(asked.type, (words, words))
        if self.tried != (asked.id, kept) or self._asked_again():
            self.tried = asked.id, kept
            self.said = await self.person.say(said)

    def _asked_again(self) -> bool:
        """Whether the bot has taken in what was typed, and still asks the same below it."""
        holder, said = self._holder(), self.said
        below = holder is not None and said is not None and holder.id > said.id
        return below and self.stuck > 1 and self.person.sent[-1].done

    def _press(self, button: Json) -> None:
        holder = self._holder()
        if holder is not None:
            self.person.press(holder, button)
