"""Transcripts: `you>` is played, what the bot says is compared, spaces and notes aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.standin import Person

FOLDER = Path(__file__).parent / "conversations"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the person does, as written after `you>`."""

    line: str

    @property
    def label(self) -> str:
        """The button tapped, or nothing."""
        return self.line[1:-1] if self.line.startswith("[") else ""


def acts(text: str) -> Iterator[Act]:
    """What the person does, in order."""
    for line in text.splitlines():
        if line.startswith("you>"):
            yield Act(uncommented(line.removeprefix("you>")).strip())


def uncommented(line: str) -> str:
    """The line without its note for developers (`  # …`)."""
    return re.sub(r"\s\s#\s.*$", "", line)


def normal(text: str) -> list[str]:
    """Lines with one kind of space, without notes, headers and blank lines."""
    lines = (uncommented(line) for line in text.splitlines() if not line.startswith("#"))
    plain = (re.sub(r"[\s\u00a0\u202f]+", " ", line.replace("’", "'")).strip() for line in lines)
    return [line for line in plain if line]


def on_screen(person: Person, label: str) -> str:
    """The label as the screen prints it: transcripts write plain spaces and apostrophes."""
    printed = (
        button["text"]
        for message in reversed(person.visible(person.private))
        for row in message.buttons
        for button in row
    )
    return next((text for text in printed if normal(text) == normal(label)), label)


async def play(person: Person, act: Act) -> None:
    """Do what the line says, and wait until the bot is done."""
    await begin(person, act)
    await person.settle()


async def begin(person: Person, act: Act) -> None:
    """Do what the line says, as a person with Telegram in their hand."""
    line = act.line
    if act.label:
        await person.tap(on_screen(person, act.label))
    elif line == "(photo)":
        await person.send_photo()
    elif line.startswith("(message vocal"):
        await person.send_voice()
    elif line == "(autocollant)":
        await person.send_sticker()
    elif found := re.fullmatch(r"\(fichier (.+)\)", line):
        await person.send_document(found[1])
    elif found := re.fullmatch(r"\(message transféré\) (.+)", line):
        await person.forward(found[1])
    elif found := re.fullmatch(r"\(modifie son message « (.+) » en « (.+) »\)", line):
        await person.edit(found[1], found[2])
    elif found := re.fullmatch(r"\(texte de (\d+) caractères\)", line):
        await person.say("x" * int(found[1]))
    else:
        await person.say(line)
