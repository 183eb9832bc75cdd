"""The conversation itself, without a channel: a person's state, what they do, what they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import compose
from bot.content.library import Library
from bot.conversation.hearing import Command, Hearing, Typed, decode
from bot.conversation.reply import Deliver, Reply
from bot.conversation.respond import respond
from bot.conversation.screen import Button, Screen
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.dialog import Type
from bot.core.interview import Interview
from bot.core.reading import Answer
from bot.documents.press import Press
from bot.settings import Settings
from tests.playing import normal

NOW = datetime(2026, 11, 24, 9, 2)


class Talk:
    """Somebody whose diagnostic is done, with these answers, before the recommendation."""

    def __init__(self, library: Library, answers: Mapping[str, Answer], lang: str = "fr") -> None:
        press = Press(compose.shelf(library))
        house = compose.house(Settings(_env_file=None), library, press)
        offers = (q.id for q in library.dialogs["diagnostic"].questions if q.type is Type.OFFER)
        versions = {dialog.id: dialog.version for dialog in library.dialogs.values()}
        interview = Interview(
            "abcdef",
            answers={**dict.fromkeys(offers, "non"), **answers},
            given={"owner": "oui"},
            versions=versions,
        )
        state = Conversation(interview, lang=lang, place="advice", consent=NOW, touched=NOW)
        self.turn = Turn(house, state, NOW, "000001")
        self.replies: list[Reply] = []

    def hear(self, heard: Hearing) -> str:
        """Do something; what is read then."""
        state, self.replies = respond(self.turn, heard)
        self.turn = self.turn.then(state)
        return self.read

    def command(self, line: str) -> str:
        name, _, rest = line.removeprefix("/").partition(" ")
        return self.hear(Command(name, rest))

    def say(self, text: str) -> str:
        return self.hear(Typed(text))

    def tap(self, label: str) -> str:
        """Tap a button of the newest screen."""
        tap = decode(self.button(label).action)
        assert tap is not None
        return self.hear(tap)

    def answer(self, question: str, answer: Answer) -> None:
        """Change an answer beside the conversation."""
        held = self.turn.interview
        interview = replace(held, answers={**held.answers, question: answer})
        self.turn = self.turn.then(replace(self.turn.state, interview=interview))

    def button(self, label: str) -> Button:
        found = [button for button in self.buttons if normal(button.label) == normal(label)]
        assert found, f"no button {label!r} among {[button.label for button in self.buttons]}"
        return found[0]

    @property
    def buttons(self) -> list[Button]:
        rows = [row for reply in self.replies if isinstance(reply, Screen) for row in reply.rows]
        return [button for row in rows for button in row]

    @property
    def read(self) -> str:
        return "\n".join(reply.text for reply in self.replies if isinstance(reply, Screen))

    @property
    def deliveries(self) -> list[Deliver]:
        return [reply for reply in self.replies if isinstance(reply, Deliver)]
