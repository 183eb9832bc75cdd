"""How a screen is laid out in columns of text, 80 characters at most."""

from __future__ import annotations

import re
import shutil
import textwrap
from dataclasses import dataclass

from bot.channels.terminal.sheet import KEYS, TICK, Choice, Sheet
from bot.core.typography import typeset

WIDTH = 80
_KEPT = "\u2007"
"""Stands for a space that a line may not end at, while keys are laid out."""


@dataclass(frozen=True, slots=True)
class Page:
    """The width of the terminal, the language, and whether bold can be seen."""

    width: int = WIDTH
    lang: str = "fr"
    bold: bool = False

    def text(self, text: str, strong: str = "") -> str:
        """Paragraphs in the language's typography, what matters in bold."""
        lines = typeset(text.strip(), self.lang).split("\n")
        laid = "\n".join(self._wrapped(line, "  " if line[:1] == "•" else "") for line in lines)
        words = typeset(strong, self.lang).split()
        if not self.bold or not words:
            return laid
        return re.sub(r"\s+".join(map(re.escape, words)), "\033[1m\\g<0>\033[0m", laid, count=1)

    def _wrapped(self, line: str, indent: str, first: str = "") -> str:
        return textwrap.fill(
            line,
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def choice(self, number: int, choice: Choice, *, ticked: bool) -> str:
        """« 2  ✓ À des particuliers »."""
        label = typeset((TICK if ticked else "") + choice.label, self.lang)
        return self._wrapped(label, " " * 5, f"{number:>3}  ")

    def choices(self, sheet: Sheet) -> list[str]:
        """The numbered answers, one a line."""
        return [
            self.choice(number, choice, ticked=choice.ticked)
            for number, choice in enumerate(sheet.choices, start=1)
        ]

    def keys(self, sheet: Sheet) -> str:
        """« n  je ne sais pas   ?  pourquoi cette question   <  retour »."""
        held = (
            f"{letter}  {typeset(sheet.keys[letter].label, self.lang)}"
            for letter in KEYS
            if letter in sheet.keys
        )
        line = "   ".join(key.replace(" ", _KEPT) for key in held)
        return self._wrapped(line, "").replace(_KEPT, " ")

    def below(self, sheet: Sheet, hint: str) -> list[str]:
        """What stands under the numbered answers: how to give several, and the keys."""
        return [
            line for line in (self._wrapped(typeset(hint, self.lang), ""), self.keys(sheet)) if line
        ]


def columns() -> int:
    """The width to write in."""
    return max(40, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))
