"""When a committee may be written to: tables of moments, changes of the clocks included."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.easter import easter as dateutil_easter
from hypothesis import given
from hypothesis import strategies as st

from bot.core.holidays import easter
from bot.core.hours import decent, ends_of_weeks, evening, later, latest, morning, noon, working

PARIS = ZoneInfo("Europe/Paris")
NOUMEA = ZoneInfo("Pacific/Noumea")
EVERY = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.sampled_from([PARIS, NOUMEA])
)


def at(text: str, zone: ZoneInfo = PARIS) -> datetime:
    """« 2026-11-24 14:20 » in a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 14:20", "2026-11-24 14:20"),  # a Tuesday afternoon
        ("2026-11-24 09:00", "2026-11-24 09:00"),
        ("2026-11-24 08:59", "2026-11-24 09:00"),
        ("2026-11-24 18:00", "2026-11-25 09:00"),
        ("2026-11-27 18:30", "2026-11-30 09:00"),  # a Friday evening
        ("2026-11-28 10:00", "2026-11-30 09:00"),  # a Saturday
        ("2026-11-29 23:00", "2026-11-30 09:00"),  # a Sunday
        ("2026-11-30 03:00", "2026-11-30 09:00"),
        ("2026-12-24 18:00", "2026-12-28 09:00"),  # Christmas is a Friday
        ("2027-05-06 10:00", "2027-05-07 09:00"),  # Ascension
    ],
)
def test_working_hours(moment: str, expected: str) -> None:
    assert working(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-28 10:00", "2026-11-28 10:00"),  # by day, even on a Saturday
        ("2026-11-24 19:59", "2026-11-24 19:59"),
        ("2026-11-24 20:00", "2026-11-25 09:00"),
        ("2026-11-25 02:00", "2026-11-25 09:00"),
        ("2026-11-25 07:59", "2026-11-25 09:00"),
    ],
)
def test_nothing_at_night(moment: str, expected: str) -> None:
    assert decent(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2026, 11, 27)),
        (date(2026, 11, 24), date(2026, 11, 27)),
        (date(2026, 11, 25), date(2026, 11, 27)),
        (date(2026, 11, 26), date(2026, 12, 4)),
        (date(2026, 11, 27), date(2026, 12, 4)),
        (date(2026, 11, 29), date(2026, 12, 4)),
    ],
)
def test_two_fridays_are_suggested(today: date, first: date) -> None:
    found = ends_of_weeks(today)
    assert found[0] == first
    assert (found[1] - found[0]).days == 7


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 12, 17), (date(2026, 12, 24), date(2026, 12, 31))),
        (date(2026, 12, 22), (date(2026, 12, 24), date(2026, 12, 31))),
        (date(2026, 12, 23), (date(2026, 12, 31), date(2027, 1, 8))),  # Christmas Eve is too near
        (date(2026, 12, 26), (date(2026, 12, 31), date(2027, 1, 8))),
    ],
)
def test_weeks_end_before_their_holidays(today: date, found: tuple[date, date]) -> None:
    assert ends_of_weeks(today) == found


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2027, 2, 12), date(2027, 2, 12)),
        (date(2027, 2, 13), date(2027, 2, 12)),
        (date(2027, 2, 14), date(2027, 2, 12)),
        (date(2027, 2, 15), date(2027, 2, 15)),
        (date(2027, 3, 29), date(2027, 3, 26)),  # Easter Monday
        (date(2026, 11, 11), date(2026, 11, 10)),  # a Wednesday
    ],
)
def test_a_day_off_has_its_working_day_before(day: date, before: date) -> None:
    assert latest(day) == before


def test_easter_as_another_library_has_it() -> None:
    assert all(easter(year) == dateutil_easter(year) for year in range(1600, 4100))


def test_a_day_later_is_24_hours_whatever_the_clocks_do() -> None:
    summer = at("2027-03-27 14:00")  # the clocks go forward in the night
    assert later(summer, 24) == at("2027-03-28 15:00")
    winter = at("2026-10-24 14:00")  # the clocks go back in the night
    assert later(winter, 24) == at("2026-10-25 13:00")


def test_deadlines_and_mornings_are_local() -> None:
    friday = at("2027-03-26 17:00")
    assert morning(friday) == at("2027-03-30 09:00")  # after Easter: 7:00 UTC, no longer 8:00
    assert morning(friday).astimezone(UTC).hour == 7
    assert noon(friday) == at("2027-03-30 12:00")
    assert evening(friday, date(2027, 3, 29)) == at("2027-03-29 18:00")


@given(moment=EVERY)
def test_a_reminder_is_always_in_working_hours_and_never_early(moment: datetime) -> None:
    found = working(moment)
    assert found.weekday() < 5
    assert 9 <= found.hour < 18
    assert found.astimezone(UTC) >= moment.astimezone(UTC)
    assert working(found) == found
