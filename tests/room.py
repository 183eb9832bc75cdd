"""A committee's group on the stand-in, the bot in privacy mode: what is said and tapped there.

For what only Telegram shows of a meeting; its rules are tried without a channel, in `meetings`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.hearing import decode
from bot.service import Service
from tests.playing import normal
from tests.standin import Person
from tests.standin.groups import Group
from tests.standin.model import Json, Message


def ours(group: Group) -> list[Message]:
    """What the bot has written in the group, as it stands."""
    return [message for message in group.messages if message.from_bot]


def words(message: Message) -> str:
    return " ".join(normal(message.words))


class Room:
    """A committee's group, and what is on its screen."""

    def __init__(self, service: Service, group: Group, people: list[Person]) -> None:
        self.service = service
        self.group = group
        self.people = people
        self.chair = people[0]

    async def say(self, text: str, person: Person | None = None, **more: object) -> None:
        person = person or self.chair
        await person.say_in(self.group, text, **more)  # type: ignore[arg-type]
        await person.settle(10)

    async def tap(self, label: str, person: Person | None = None) -> None:
        person = person or self.chair
        printed = (
            button["text"]
            for message in reversed(person.visible(self.group.chat))
            for row in message.buttons
            for button in row
        )
        found = next((text for text in printed if normal(text) == normal(label)), label)
        await person.tap(found, group=self.group)
        await person.settle(10)

    async def press(self, *deeds: str) -> None:
        """The chair taps the last button that says each of these deeds: the way on, for `go`."""
        for deed in deeds:
            await self.chair.wait_for(lambda _, deed=deed: self.offers(deed), 20)
            message, button = next(self._buttons(deed))
            self.chair.press(message, button)
            await self.chair.settle(10)

    def offers(self, deed: str) -> bool:
        """Whether the board has a button for a deed."""
        return next(self._buttons(deed), None) is not None

    def _buttons(self, deed: str) -> Iterator[tuple[Message, Json]]:
        for message in reversed(self.chair.visible(self.group.chat)):
            for button in (button for row in reversed(message.buttons) for button in row[::-1]):
                tap = decode(button.get("callback_data", ""))
                if tap and tap.verb == "m" and tap.args[0] == deed:
                    yield message, button

    @property
    def choices(self) -> list[str]:
        """What the newest poll offers."""
        found = [m.media for m in self.chair.visible(self.group.chat) if m.media is not None]
        return [option["text"] for option in found[-1].value["options"]]

    async def to(self, number: int) -> None:
        while f"Point {number} sur" not in self.board:
            await self.tap("Point suivant")

    async def until(self, label: str) -> None:
        """On, point by point, until this can be tapped."""
        for _ in range(12):
            labels = ours(self.group)[-1].labels
            if label in labels:
                return
            await self.tap("Premier point" if "Premier point" in labels else "Point suivant")
        raise AssertionError(self.chair.picture(self.group.chat))

    @property
    def said(self) -> list[str]:
        found = [m for m in self.chair.visible(self.group.chat) if m.from_bot]
        return [words(message) for message in found]

    @property
    def board(self) -> str:
        """The message that carries the buttons."""
        found = [m for m in self.chair.visible(self.group.chat) if m.from_bot and m.labels]
        return words(found[-1]) if found else ""

    @property
    def live(self) -> int:
        """How many messages of the group carry buttons."""
        return sum(bool(m.labels) for m in self.chair.visible(self.group.chat) if m.from_bot)
