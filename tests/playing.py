"""Transcripts: `you>` is played, what the bot says is compared, spaces and notes aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.standin import Person

FOLDER = Path(__file__).parent / "conversations"
SEEN_SECONDS = 10.0
"""How long a button may take to appear: on a busy machine, the bot may seem quiet too early."""


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


def printed(person: Person) -> list[str]:
    """The labels on the screen, those of the newest message first."""
    return [
        button["text"]
        for message in reversed(person.visible(person.private))
        for row in message.buttons
        for button in row
    ]


def on_screen(person: Person, label: str) -> str:
    """The label as the screen prints it: transcripts write plain spaces and apostrophes."""
    return next((text for text in printed(person) if normal(text) == normal(label)), label)


async def play(person: Person, act: Act) -> None:
    """Do what the line says, and wait until the bot is done."""
    await begin(person, act)
    await person.settle()
    for seconds in range(10):
        # Between the files and what follows, two things are written to the disk; nothing follows
        # the files that a session's member asked for.
        if not unfinished(person) or (seconds > 2 and person.visible(person.private)[-1].document):
            break
        await person.settle(20, quiet=1.0)


async def begin(person: Person, act: Act) -> None:
    """Do what the line says, as a person with Telegram in their hand."""
    line = act.line
    if act.label:
        with suppress(AssertionError):  # the tap says better what is on the screen
            await person.wait_for(lambda p: on_screen(p, act.label) in printed(p), SEEN_SECONDS)
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


def unfinished(person: Person) -> bool:
    """Whether documents are still being written, or what follows them is still to come."""
    last = person.visible(person.private)[-1]
    return bool(last.document) or "rédige" in last.words or "I am writing" in last.words


def live_buttons(person: Person) -> list[str]:
    """The labels under the newest message that has buttons."""
    for message in reversed(person.visible(person.private)):
        if message.labels:
            return message.labels
    return []


OPENERS = ("J'ai compris, je commence", "Non, et ne plus me le proposer", "Voir la recommandation")


def next_tap(person: Person) -> str:
    """What somebody in a hurry touches: the way on, or the first answer."""
    labels = live_buttons(person)
    assert labels, person.picture()
    plain = {normal(label)[0]: label for label in labels}
    for opener in OPENERS:
        if opener in plain:
            return plain[opener]
    done = [label for label in labels if label.startswith("Valider (")]
    return done[0] if done else labels[0]


def at_the_end(person: Person) -> bool:
    return any("Retenir cette option" in label for label in live_buttons(person))


async def hurry(person: Person) -> None:
    """From the greeting to the recommendation, as fast as taps go."""
    await person.say("/start")
    await person.settle(10)
    while not at_the_end(person):
        await person.tap(next_tap(person))
        await person.settle(10)


def documents(person: Person) -> list[str]:
    """The names of the files that the person has received."""
    return [message.document for message in person.chat if message.document]
