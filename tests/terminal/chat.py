"""A terminal for tests: a text as answers, or a pseudo-terminal with keys to press."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

from bot.content.library import Library
from bot.content.personas import load_personas
from bot.core.dialog import Blank, Question, Type
from bot.core.flow import END
from bot.core.reading import Answer

TESTS = Path(__file__).parent.parent

OUT = Path("documents")
TO_DOCUMENTS = (
    "Voir la recommandation",
    "Retenir cette option",
    "Générer maintenant, à compléter",
)
AUTHORED_ORDER = "abcdef000000cafe"
"""The chance that leaves the choices in the order in which they were written."""


def plain(text: str) -> str:
    """Without the spaces and apostrophes of print."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


class Heard:
    """What the terminal printed, and the exit code."""

    def __init__(self, code: int, printed: str) -> None:
        self.code = code
        self.lines = plain(printed).splitlines()
        self.text = " ".join(plain(printed).split())


Chat = Callable[..., Awaitable[Heard]]
POINTS = {"P02": {"workload_pattern": 2}}
"""How many contradictions are shown after a question."""


def by_numbers(library: Library, persona: str) -> list[str]:
    """What a persona types through the diagnostic; deep-dives and corrections are declined."""
    given = answers_of(library, persona)
    return list(typed(library, "diagnostic", {"owner": "oui"}, given, POINTS.get(persona, {})))


def answers_of(library: Library, persona: str) -> Mapping[str, Answer]:
    every = load_personas(TESTS / "personas.yaml", library.dialogs)
    return next(one for one in every if one.id == persona).respondents[0]


def typed(
    library: Library,
    dialog: str,
    known: Mapping[str, object],
    given: Mapping[str, Answer],
    points: Mapping[str, int],
) -> Iterator[str]:
    values = dict(known)
    while (place := library.flows[dialog].position(values)) != END:
        question = library.dialogs[dialog][place]
        values[place] = given.get(place, Blank.NSP)
        if question.type is Type.OFFER:
            values[place] = "non"
        elif dialog == "documents":
            values[place] = question.choices[0].id if question.choices else Blank.SKIPPED
        yield line(question, values[place])
        yield from ["Garder mes réponses"] * points.get(place, 0)


def line(question: Question, answer: object) -> str:
    if not question.choices:
        return {Type.MONEY: "120000", Type.NUMBER: "12"}.get(question.type, "Confidentiel")
    if answer is Blank.NSP:
        return "n"
    wanted = answer if isinstance(answer, tuple) else (str(answer),)
    return " ".join(str(n) for n, choice in enumerate(question.choices, 1) if choice.id in wanted)


UP, DOWN, ENTER, CTRL_C, CTRL_D = "\033[A", "\033[B", "\r", "\003", "\004"


class Screen:
    """`codir chat` on a pseudo-terminal of 40 lines of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self._mine, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, 80))
        settings = {
            "DATABASE_URL": f"sqlite:///{folder}/data/codir.db",
            "CODIR_KEY_FILE": str(folder / "key" / "key"),
            "PYTHONPATH": str(TESTS.parent),
            "TERM": "xterm-256color",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**os.environ, **settings},
            start_new_session=True,
        )
        os.close(theirs)
        self._read, self._at = b"", 0

    def press(self, *keys: str) -> None:
        os.write(self._mine, "".join(keys).encode())

    def wait_for(self, words: str, seconds: float = 30) -> None:
        """Read until these words appear, after those waited for before."""
        limit = time.monotonic() + seconds
        while (found := self._seen().find(words, self._at)) < 0:
            assert time.monotonic() < limit, f"« {words} » not in: {self._seen()[self._at :]}"
            if select.select([self._mine], [], [], 0.2)[0]:
                self._read += os.read(self._mine, 65536)
        self._at = found + len(words)

    def _seen(self) -> str:
        """Everything written, without colours and moves of the cursor."""
        text = re.sub(r"\033\[[0-9;?]*[a-zA-Z]", "", self._read.decode(errors="replace"))
        return " ".join(plain(text).split())

    def close(self) -> int:
        try:
            return self.process.wait(timeout=10)
        finally:
            self.process.kill()
            os.close(self._mine)
