"""Numbers, amounts and dates as people say them. Spaces are plain: typography comes later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

_DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_MONTHS = {
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split(),
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
}


def day(when: date, lang: str, *, weekday: bool = False) -> str:
    """« mardi 1er décembre 2026 », "Tuesday 1 December 2026"."""
    number = "1er" if lang == "fr" and when.day == 1 else str(when.day)
    said = f"{number} {_MONTHS[lang][when.month - 1]} {when.year}"
    return f"{_DAYS[lang][when.weekday()]} {said}" if weekday else said


def clock(when: datetime, lang: str) -> str:
    """« 24 novembre 2026 à 9 h 02 », "24 November 2026 at 9:02"."""
    if lang == "en":
        return f"{day(when, lang)} at {when.hour}:{when.minute:02}"
    return f"{day(when, lang)} à {when.hour} h {when.minute:02}"


def figure(amount: Decimal | int, lang: str) -> str:
    """« 36 000 », « 85 000,50 », "36,000"."""
    value = Decimal(amount)
    said = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    return said if lang == "en" else said.replace(",", " ").replace(".", ",")


def euros(amount: Decimal | int, lang: str) -> str:
    """« 36 000 € », "€36,000"."""
    said = figure(amount, lang)
    return f"€{said}" if lang == "en" else f"{said} €"


def upper_first(text: str) -> str:
    """« vendredi 4 » at the beginning of a line."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text inside a sentence: its first letter small, unless the word is an acronym."""
    acronym = text[:2].isalpha() and text[:2].isupper()
    return text if acronym and len(text) > 1 else text[:1].lower() + text[1:]


def whole(score: float) -> int:
    """A score without decimals, a half rounded up."""
    return int(score + 0.5)


def listed(parts: list[str], lang: str) -> str:
    """« a, b et c »."""
    if len(parts) < 2:
        return "".join(parts)
    joint = " and " if lang == "en" else " et "
    return ", ".join(parts[:-1]) + joint + parts[-1]


_SPELLED = {
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def spelled(n: int, lang: str, *, capital: bool = True) -> str:
    """A small number in letters, figures beyond ten."""
    said = _SPELLED[lang][n] if n < len(_SPELLED[lang]) else str(n)
    return said[:1].upper() + said[1:] if capital else said


def swapped(text: str, swaps: Iterable[Sequence[str]]) -> str:
    """The text with each whole word or phrase replaced by its other, in order."""
    for before, after in swaps:
        text = re.sub(rf"(?<!\w){re.escape(before)}(?!\w)", after, text)
    return text
