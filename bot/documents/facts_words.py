"""The words of a document: authored sentences filled with what is known of the case.

Whatever was not answered comes out as a field to complete, never as a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from markupsafe import Markup, escape

from bot.core import speech
from bot.core.reading import fold
from bot.documents.facts import Case
from bot.documents.template import given, missing

_MARKED = re.compile(r"\[([^\]]+)\]")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
NOTHING = Markup("")
Line = tuple[Markup, list[str]]
"""A sentence and the sources it cites."""


def rounded(amount: Decimal | float) -> int:
    """To the unit, halves up, as a person rounds."""
    return int(Decimal(str(amount)).quantize(Decimal(1), ROUND_HALF_UP))


class Words:
    """Sentences of one language for one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.lang = case.order.lang
        self._texts = case.shelf.texts[self.lang]
        private = case.value("clientele") == "b2c"
        self._swaps: list[list[str]] = self._texts["b2c"] if private else []

    def tree(self, path: str) -> Any:
        """What an author wrote under a path such as « job.charge.full »."""
        node = self._texts
        for key in path.split("."):
            node = node[key]
        return node

    def has(self, path: str) -> bool:
        """Whether the author wrote anything there."""
        try:
            return bool(self.tree(path))
        except (KeyError, TypeError):
            return False

    def plain(self, path: str) -> str:
        """An authored text as it stands, in this company's vocabulary."""
        return self.ours(str(self.tree(path)))

    def ours(self, text: str) -> str:
        """Our own text in the vocabulary that fits private customers, if they are."""
        return speech.swapped(text, self._swaps)

    def __call__(self, path: str, /, **words: object) -> Markup:
        """An authored sentence with its words filled, fields to complete highlighted."""
        return self.fill(self.plain(path), **words)

    def fill(self, text: str, **words: object) -> Markup:
        """A text with its words filled; an empty word becomes a field to complete."""
        marked = _MARKED.sub(r"<mark>[\1]</mark>", str(escape(text)))
        sentence = Markup(_STRONG.sub(r"<b>\1</b>", marked))  # noqa: S704 (authored, escaped above)
        shown = {name: self.shown(word) for name, word in words.items()}
        return sentence.format(**shown) if "{" in text else sentence

    def shown(self, value: object) -> Markup:
        """A value as printed, or the field to complete."""
        return given(value, self.plain("blank"))

    def blank(self, question: str = "") -> Markup:
        """The field to complete, with whom to see about it when the person did not know."""
        by_hr = question and self.case.unknown(question) and self._for_hr(question)
        return missing(self.plain("blank_hr" if by_hr else "blank"))

    def _for_hr(self, question: str) -> bool:
        roles = self.case.question(question).roles
        return "DRH" in roles and self.case.value("role") != "DRH"

    def answer(self, question: str, part: str = "", /, **words: object) -> Markup:
        """What the answer to a question makes us write; nothing if the author planned nothing."""
        value = self.case.value(question)
        found = self._without_value(question) if value is None else str(value)
        return self.choice(question, found, part, **words)

    def _without_value(self, question: str) -> str:
        """Whether nobody answered, or a committee in ways that have nothing in common."""
        parted = self.case.committee is not None and question in self.case.committee.divided
        return "divided" if parted and self.has(f"answers.{question}.divided") else "unknown"

    def choice(self, question: str, choice: str, part: str = "", /, **words: object) -> Markup:
        """What one choice makes us write; its label when an author has added it since."""
        node = self.tree(f"answers.{question}").get(choice)
        if node is None and choice not in ("unknown", "divided"):
            return escape(self.label(question, choice))
        text = node.get(part, "") if isinstance(node, dict) else node
        return self.fill(self.ours(text), **words) if text else NOTHING

    def phrases(self, question: str, part: str = "") -> list[Markup]:
        """What each ticked choice makes us write, in the person's order."""
        found = (self.choice(question, choice, part) for choice in self.case.choices(question))
        return [phrase for phrase in found if phrase]

    def label(self, question: str, choice: str = "") -> str:
        """The label that the person saw, inside a sentence."""
        value = choice or self.case.value(question)
        asked = self.case.question(question)
        found = asked.choice(str(value))
        return inside(found.text[self.lang]) if found else str(value)

    def written(self, question: str) -> Markup:
        """An answer as it stands, typed or picked; else the field to complete."""
        value = self.case.value(question)
        if value is None:
            return self.blank(question)
        if self.case.question(question).choices:
            return upper_first(escape(self.label(question)))
        return self.shown(self.case.text(question).rstrip("."))

    def listed(self, parts: Sequence[str]) -> Markup:
        """« a, b et c »."""
        shown = [str(self.shown(part)) for part in parts]
        return Markup(speech.listed(shown, self.lang))  # noqa: S704 (each part is escaped)

    def series(self, parts: Sequence[str]) -> Markup:
        """« a ; b ; c », for parts that may hold commas."""
        joint = Markup(" ; ") if self.lang == "fr" else Markup("; ")
        return joint.join(self.shown(part) for part in parts)

    def after(self, head: Markup, text: Markup) -> str:
        """What joins a bold beginning to its sentence."""
        if text.startswith((" ", ",", ":", ".")):
            return ""
        if head.endswith("."):
            return " "
        return " : " if self.lang == "fr" else ": "

    def sentences(self, *parts: str) -> Markup:
        """The parts that say something, one after the other."""
        return Markup(" ").join(self.shown(part) for part in parts if part)

    def number(self, n: int) -> str:
        """« quatre », in figures beyond sixteen."""
        names = self.tree("numbers")
        return str(names[n]) if 0 <= n < len(names) else speech.figure(n, self.lang)

    def count(self, unit: str, n: int) -> Markup:
        """« quatre mois », "one day"."""
        one, other = self.tree(f"counts.{unit}")
        singular = n == 1 or (self.lang == "fr" and -2 < n < 2)
        words = {"n": self.number(n), "figure": self.signed(n)}
        return self.fill(one if singular else other, **words)

    def signed(self, n: int) -> str:
        """A number that may be negative, with a proper minus sign."""
        return speech.figure(n, self.lang).replace("-", "–")

    def plural(self, path: str, n: int, /, **words: object) -> Markup:
        """The sentence in the form that agrees with n, which it may name."""
        one, other = self.tree(path)
        return self.fill(self.ours(one if n < 2 else other), n=self.number(n), **words)

    def euros(self, amount: Decimal | int) -> str:
        """An amount without cents."""
        return speech.euros(rounded(amount), self.lang)

    def figure(self, amount: Decimal | int) -> str:
        """A number without cents, as printed before a unit."""
        return speech.figure(rounded(amount), self.lang)

    def day(self, when: date | None, *, year: bool = True) -> str:
        """« 10 février 2027 », or without its year; empty for no date."""
        if when is None:
            return ""
        said = speech.day(when, self.lang)
        return said if year else said.removesuffix(f" {when.year}")

    @property
    def company(self) -> str:
        """The company's name as a subject; « L'entreprise » when it is missing or withheld."""
        return self._named[:1].upper() + self._named[1:] or self.plain("company")

    @property
    def company_inside(self) -> str:
        """The company's name inside a sentence."""
        return self._named or self.plain("company_inside")

    @property
    def _named(self) -> str:
        name = self.case.text("company_name")
        return "" if fold(name) in self.tree("confidential_names") else name


def inside(text: str) -> str:
    """Words inside a sentence: their first letter small, unless they begin with an acronym."""
    return text if _acronym(text) else text[:1].lower() + text[1:]


def _acronym(text: str) -> bool:
    return text[:2].isalpha() and text[:2].isupper() and len(text) > 1


def lower_first(text: Markup) -> Markup:
    """The text inside a sentence, unless it begins with an acronym or a field to complete."""
    return text if _acronym(text) else Markup(text[:1].lower()) + text[1:]  # noqa: S704


def upper_first(text: Markup) -> Markup:
    """The text at the start of a line."""
    return Markup(str(text)[:1].upper()) + text[1:]  # noqa: S704
