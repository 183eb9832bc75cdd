"""Dates as people write them, in French and in English."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan",
            "fevrier february feb",
            "mars march mar",
            "avril april apr",
            "mai may",
            "juin june jun",
            "juillet july jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}


def date_parts(said: str, text: str) -> tuple[int, int, int | None] | None:
    """Day, month and year if it was said; `said` is the text folded. None for no date."""
    if iso := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if plain := re.fullmatch(r"(?:le |the |on )?(\d{1,2}) (\d{1,2})(?: (\d{4}|\d{2}))?", said):
        return int(plain[1]), int(plain[2]), int(plain[3]) if plain[3] else None
    words = said.split()
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [int(n) for word in words if (n := re.sub(r"(st|nd|rd|th)$", "", word)).isdigit()]
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    return numbers[0], months[0], numbers[1] if len(numbers) == 2 else None


def next_day(day: int, month: int, today: date) -> date:
    """The next such day, today included. Raises ValueError when there is none (31 February)."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no such day")
