"""The terminal's own sentences, where those written for Telegram would not be true."""

from __future__ import annotations

from dataclasses import replace

from bot.content.messages import Messages
from bot.conversation.turn import House
from bot.settings import program


class Spoken(Messages):
    """The catalogue, in which `term.notice` stands for `notice`, and so on."""

    def __init__(self, catalogue: Messages) -> None:
        super().__init__(catalogue._forms)

    def __call__(self, lang: str, key: str, /, **words: object) -> str:
        own = f"term.{key}"
        return super().__call__(lang, own if own in self else key, program=program(), **words)


def at_home(house: House) -> House:
    """The same house, speaking as one does in a terminal."""
    return replace(house, library=replace(house.library, messages=Spoken(house.library.messages)))
