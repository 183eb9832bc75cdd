"""The dates of milestones and deliverables, always on a French working day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.documents.facts_words import rounded


def milestone(start: date, days: int) -> date:
    """So many days after the start, moved back to a working day."""
    return working(start + timedelta(days=days))


def share_of(start: date, months: int, share: Decimal) -> date:
    """A share of the mission, its last day at the latest, moved back to a working day."""
    end = _months_later(start, months)
    due = start + timedelta(days=rounded(share * (end - start).days))
    return working(min(due, end - timedelta(days=1)))


def months_from(today: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    return _months_later(today, months)


def working(day: date) -> date:
    """The day itself, or the working day before it."""
    while day.weekday() >= 5 or day in _holidays(day.year):
        day -= timedelta(days=1)
    return day


def _months_later(start: date, months: int) -> date:
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    moving = [_easter(year) + timedelta(days=days) for days in (1, 39, 50)]
    return frozenset([date(year, month, day) for month, day in fixed] + moving)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * shift) // 451
    month, day = divmod(h + shift - 7 * m + 114, 31)
    return date(year, month, day + 1)
