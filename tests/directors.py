"""Virtual directors who answer as a persona file says, on the stand-in, one tap at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.hearing import Tap, decode
from bot.core.dialog import Blank
from tests.playing import normal
from tests.standin import Person
from tests.standin.model import Json, Message

MOST_TAPS = 150
PATIENCE = 30.0
"""Seconds for what must come, on a busy machine."""


@dataclass
class Director:
    """Somebody on Telegram, the role they hold, and what they think."""

    person: Person
    role: str
    answers: Mapping[str, object]

    def holder(self) -> Message:
        """The newest message that has buttons."""
        return next(m for m in reversed(self.person.chat) if m.from_bot and m.buttons)

    def taps(self) -> Iterator[tuple[Tap, Json]]:
        """The buttons to tap, with what each says."""
        for row in self.holder().buttons:
            for button in row:
                if tap := decode(button.get("callback_data", "")):
                    yield tap, button

    def asked(self) -> str:
        """The question on the screen, or nothing."""
        return next((tap.args[0] for tap, _ in self.taps() if tap.verb in ("p", "d")), "")

    async def answer(self, until: int = MOST_TAPS) -> int:
        """Answer every question, `until` so many taps; how many questions were answered."""
        before = ""
        answered = 0
        for _ in range(until):
            asked = self.asked()
            if not asked:
                break
            answered += asked != before and not asked.startswith("deepen_")
            before = asked
            await self._touch(asked)
        return answered

    async def _touch(self, asked: str) -> None:
        wanted = self.answers.get(asked, "non" if asked.startswith("deepen_") else Blank.NSP.value)
        choices = (
            [str(one) for one in wanted] if isinstance(wanted, tuple | list) else [str(wanted)]
        )
        holder = self.holder()
        labels = {tap.args[1]: button for tap, button in self.taps() if tap.verb == "p"}
        open_ = [one for one in choices if not labels[one]["text"].startswith("✓")]
        done = [button for tap, button in self.taps() if tap.verb == "d"]
        if open_:
            self.person.press(holder, labels[open_[0]])
        else:
            self.person.press(holder, done[0])
        await self.person.settle(20)
        await self.person.wait_for(lambda _: any(m.buttons for m in self.person.chat), PATIENCE)

    async def tap(self, *labels: str) -> None:
        """Tap buttons, by what they say in plain spaces."""
        for label in labels:
            await self.person.wait_for(lambda _, label=label: self._labelled(label), PATIENCE)
            self.person.press(self.holder(), self._labelled(label)[0])
            await self.person.settle(15)

    def _labelled(self, label: str) -> list[Json]:
        """The buttons of the newest message that say this."""
        return [one for _, one in self.taps() if normal(one["text"]) == normal(label)]

    async def press(self, *actions: str) -> None:
        """Tap the newest button that says each of these (`s:close`, `p:role:DG`)."""
        for action in actions:
            await self.person.wait_for(lambda _, action=action: self.offers(action), PATIENCE)
            self.person.press(*next(self._saying(action)))
            await self.person.settle(20)

    def offers(self, action: str) -> bool:
        """Whether a button says this."""
        return next(self._saying(action), None) is not None

    def _saying(self, action: str) -> Iterator[tuple[Message, Json]]:
        for message in reversed(self.person.chat):
            for button in (button for row in message.buttons for button in row):
                tap = decode(button.get("callback_data", ""))
                if tap and _says(tap, action):
                    yield message, button

    @property
    def said(self) -> str:
        """Everything that the bot has told this person, in plain spaces."""
        return "\n".join(" ".join(normal(m.words)) for m in self.person.chat if m.from_bot)


def _says(tap: Tap, action: str) -> bool:
    said = ":".join((tap.verb, *tap.args))
    return said == action or said.startswith(f"{action}:")
