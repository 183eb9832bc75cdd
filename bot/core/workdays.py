"""Working days, Monday to Friday: when a committee is asked for something, and when it meets."""

from __future__ import annotations

from datetime import date, timedelta


def after(day: date, n: int) -> date:
    """The n-th working day after this one."""
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5
    return day


def on_or_before(day: date) -> date:
    """This day if people work on it, else the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))
