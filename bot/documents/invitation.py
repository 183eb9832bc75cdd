"""The meeting as a calendar file that any agenda reads (RFC 5545), without anybody's name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.core.typography import printable

FOLD = 75
"""The bytes of a line, its end left out."""
_LOCAL, _UTC = "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A meeting: `starts` carries its time zone; `id_` is the same whenever it is sent again."""

    id_: str
    starts: datetime
    minutes: int
    summary: str
    description: str
    stamp: datetime
    lang: str = "fr"
    place: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the meeting is held."""
        assert isinstance(self.starts.tzinfo, ZoneInfo)
        return self.starts.tzinfo


def write_ics(meeting: Invitation) -> bytes:
    """The file, each line folded and ended as the standard asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//codir-advisor//meeting//FR"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", *_zone(meeting), *_event(meeting)]
    return b"".join(_folded(line) for line in (*lines, "END:VCALENDAR"))


def _event(meeting: Invitation) -> Iterator[str]:
    zone, ends = meeting.zone.key, _after(meeting.starts, meeting.minutes)
    uid = hashlib.sha256(meeting.id_.encode()).hexdigest()[:32]
    stamp = meeting.stamp.astimezone(UTC).strftime(_UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@codir-advisor"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;TZID={zone}:{meeting.starts.strftime(_LOCAL)}"
    yield f"DTEND;TZID={zone}:{ends.strftime(_LOCAL)}"
    yield f"SUMMARY;LANGUAGE={meeting.lang}:{escaped(meeting.summary)}"
    yield f"DESCRIPTION;LANGUAGE={meeting.lang}:{escaped(meeting.description)}"
    if meeting.place:
        yield f"LOCATION;LANGUAGE={meeting.lang}:{escaped(meeting.place)}"
    yield from ("CLASS:PRIVATE", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "END:VEVENT")


def _after(starts: datetime, minutes: int) -> datetime:
    """The end as the clock on the wall tells it, even on the night when it changes."""
    ends = starts.astimezone(UTC) + timedelta(minutes=minutes)
    return ends.astimezone(starts.tzinfo)


def _zone(meeting: Invitation) -> Iterator[str]:
    """The zone's offsets around the meeting, so that no reader has to know it."""
    yield from ("BEGIN:VTIMEZONE", f"TZID:{meeting.zone.key}")
    for change, before, after in _changes(meeting):
        name = "DAYLIGHT" if after.dst() else "STANDARD"
        yield f"BEGIN:{name}"
        yield f"DTSTART:{change.strftime(_LOCAL)}"
        yield f"TZOFFSETFROM:{_offset(before)}"
        yield f"TZOFFSETTO:{_offset(after)}"
        yield f"TZNAME:{after.tzname()}"
        yield f"END:{name}"
    yield "END:VTIMEZONE"


def _changes(meeting: Invitation) -> Sequence[tuple[datetime, datetime, datetime]]:
    """When the offset changes from a year before to a year after: the wall clock, then and after.

    A zone whose offset never changes has it from 1970 on.
    """
    first = datetime(meeting.starts.year - 1, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=n) for n in range(366 * 3)]
    found = []
    for day, next_day in pairwise(days):
        if _offset(day.astimezone(meeting.zone)) != _offset(next_day.astimezone(meeting.zone)):
            found.append(_change(meeting.zone, day))
    always = first.astimezone(meeting.zone)
    return found or [(datetime(1970, 1, 1), always, always)]


def _change(zone: ZoneInfo, day: datetime) -> tuple[datetime, datetime, datetime]:
    """The quarter of an hour of that day at which the offset changes."""
    quarters = [(day + timedelta(minutes=15 * n)).astimezone(zone) for n in range(24 * 4 + 1)]
    before, after = next(
        (before, after)
        for before, after in pairwise(quarters)
        if before.utcoffset() != after.utcoffset()
    )
    old = before.utcoffset() or timedelta()
    return (after.astimezone(UTC) + old).replace(tzinfo=None), before, after


def _offset(when: datetime) -> str:
    """« +0100 »."""
    return when.strftime("%z")[:5]


def escaped(text: str) -> str:
    """A text as a value: nothing in it can end the line or the property."""
    plain = " ".join(printable(text).replace("\\", "\\\\").split())
    return plain.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """A line cut every 75 bytes at most, never inside a letter."""
    made: list[bytes] = []
    current = b""
    for letter in line:
        encoded = letter.encode()
        room = FOLD if not made else FOLD - 1
        if len(current) + len(encoded) > room:
            made.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*made, current]) + b"\r\n"
