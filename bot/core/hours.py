"""When a committee may be written to: working hours in its own time zone, never at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.core.holidays import holiday

OPENS, CLOSES = time(9), time(18)
"""The working day, Monday to Friday, public holidays apart."""
WAKES, SLEEPS = time(8), time(20)
"""Between these hours of any day, news may come at once."""
ANSWERED_BY = time(18)
"""The hour at which a deadline falls."""
_SATURDAY = 5
_FRIDAY = 4


def later(moment: datetime, hours: float) -> datetime:
    """So many hours after, whatever the clocks of the zone do in between."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def working(moment: datetime) -> datetime:
    """This moment, or the next one within working hours."""
    if workday(moment.date()):
        if moment.time() < OPENS:
            return _at(moment, moment.date(), OPENS)
        if moment.time() < CLOSES:
            return moment
    return _at(moment, following(moment.date()), OPENS)


def decent(moment: datetime) -> datetime:
    """This moment, or the morning after if it falls at night."""
    if moment.time() < WAKES:
        return _at(moment, moment.date(), OPENS)
    if moment.time() < SLEEPS:
        return moment
    return _at(moment, moment.date() + timedelta(days=1), OPENS)


def morning(moment: datetime) -> datetime:
    """The opening of the next working day."""
    return _at(moment, following(moment.date()), OPENS)


def noon(moment: datetime) -> datetime:
    """Midday of the next working day."""
    return _at(moment, following(moment.date()), time(12))


def evening(moment: datetime, day: date) -> datetime:
    """The hour of deadlines on a day, in the zone of a moment."""
    return _at(moment, day, ANSWERED_BY)


def workday(day: date) -> bool:
    """Whether a day is from Monday to Friday, and no public holiday."""
    return day.weekday() < _SATURDAY and not holiday(day)


def latest(day: date) -> date:
    """This day, or the last working day before it."""
    while not workday(day):
        day -= timedelta(days=1)
    return day


def following(day: date, days: int = 1) -> date:
    """The working day that comes so many working days after."""
    while days:
        day += timedelta(days=1)
        days -= workday(day)
    return day


def ends_of_weeks(today: date) -> tuple[date, date]:
    """The last working days of the two next weeks that leave two whole days at least."""
    soonest = today + timedelta(days=2)
    friday = soonest + timedelta(days=(_FRIDAY - soonest.weekday()) % 7)
    first, second, third = (latest(friday + timedelta(weeks=n)) for n in range(3))
    return (first, second) if first >= soonest else (second, third)


def _at(moment: datetime, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, moment.tzinfo)
