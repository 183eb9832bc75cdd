"""Somebody who answers everything asked: types where one types, taps the first answer elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.content.library import Library
from bot.core.dialog import Question, Type
from tests.standin import Person
from tests.standin.model import Json, Message

WAY_ON = ("x:consent", "y", "g:next_point", "g:reviewed", "g:advice", "x:detail", "x:every")
DATES = (date(2027, 3, 17), date(2027, 4, 19), date(2027, 5, 20), date(2027, 6, 21))


class Talker:
    """Keeps what was typed, by question."""

    def __init__(self, person: Person, library: Library) -> None:
        self._person = person
        self._questions = {
            question.id: question
            for dialog in library.dialogs.values()
            for question in dialog.questions
        }
        self.typed: dict[str, str] = {}

    def _buttons(self) -> Iterator[tuple[Message, Json, str]]:
        """The newest buttons, each with what it does (the interview's id left out)."""
        for message in reversed(self._person.visible(self._person.private)):
            if message.buttons:
                for button in (button for row in message.buttons for button in row):
                    yield message, button, button["callback_data"].partition(":")[2]
                return

    @property
    def ways(self) -> list[str]:
        """What the buttons on screen do."""
        return [way for _, _, way in self._buttons()]

    async def press(self, pattern: str) -> None:
        """Tap the first button that does this."""
        for message, button, way in self._buttons():
            if re.fullmatch(pattern, way):
                self._person.press(message, button)
                await self._person.settle(20)
                return
        raise AssertionError(f"no button does {pattern!r}\n{self._person.picture()}")

    async def say(self, name: str, text: str) -> None:
        """Type these words, and remember them."""
        self.typed[name] = text
        await self._person.say(text)
        await self._person.settle(20)

    async def until(self, pattern: str) -> None:
        """Answer whatever is asked, until a button does this."""
        for _ in range(150):
            if any(re.fullmatch(pattern, way) for way in self.ways):
                return
            await self._answer()
        raise AssertionError(f"{pattern!r} never came\n{self._person.picture()}")

    async def wait_for(self, way: str) -> None:
        """Wait until a button does this, however long the documents take."""
        await self._person.wait_for(lambda _: way in self.ways, timeout=60)

    async def _answer(self) -> None:
        ways = self.ways
        for way in WAY_ON:
            if way in ways:
                return await self.press(re.escape(way))
        asked = next((way.split(":")[1] for way in ways if way[:2] in ("p:", "d:", "w:")), "")
        question = self._questions.get(asked)
        if question is not None and question.typed and asked not in self.typed:
            return await self.say(asked, self.words(question))
        if question is not None and question.type is Type.OFFER:
            return await self.press(rf"p:{asked}:jamais")
        ready = any(b["text"].startswith("Valider (") for _, b, _ in self._buttons())
        return await self.press(rf"d:{asked}" if ready else rf"p:{asked}:.*")

    def words(self, question: Question) -> str:
        """What to type: nothing that anybody else would write."""
        n = len(self.typed)
        match question.type:
            case Type.NUMBER:
                return str(question.maximum or question.minimum or 3)
            case Type.MONEY:
                return f"{48_137 + 211 * n}"
            case Type.DATE:
                return f"{DATES[n % len(DATES)]:%d/%m/%Y}"
            case _:
                return f"zorblax{n:02}"
