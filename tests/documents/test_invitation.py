"""The meeting for a calendar, and the page of codes: what other programs read in them."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pypdf import PdfReader

from bot.core.typography import printable
from bot.documents.invitation import FOLD, Invitation, escaped, write_ics
from bot.documents.links import Card, code, write_links
from tests.documents import cases

PARIS = ZoneInfo("Europe/Paris")


def meeting(
    starts: datetime = datetime(2026, 12, 15, 9, tzinfo=PARIS),
    summary: str = "CODIR : Qui pilote le numérique ?",
    minutes: int = 75,
) -> Invitation:
    told = "À lire avant la séance : la note de synthèse, une page."
    return Invitation("x", starts, minutes, summary, told, datetime(2026, 11, 28, tzinfo=UTC))


def read(content: bytes) -> list[tuple[str, str]]:
    """The properties as RFC 5545 has them read: lines unfolded, then names and values."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")[:-1]
    assert all(len(line) <= FOLD for line in lines)
    whole = content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    return [(line.partition(":")[0], line.partition(":")[2]) for line in whole]


def value(found: list[tuple[str, str]], name: str) -> str:
    return next(text for key, text in found if key.partition(";")[0] == name)


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)


def test_a_meeting_for_a_calendar() -> None:
    found = read(write_ics(meeting()))
    assert found[0] == ("BEGIN", "VCALENDAR")
    assert found[-1] == ("END", "VCALENDAR")
    assert value(found, "VERSION") == "2.0"
    assert ("DTSTART;TZID=Europe/Paris", "20261215T090000") in found
    assert ("DTEND;TZID=Europe/Paris", "20261215T101500") in found
    assert value(found, "DTSTAMP") == "20261128T000000Z"
    assert unescaped(value(found, "SUMMARY")) == "CODIR : Qui pilote le numérique ?"
    names = [key.partition(";")[0] for key, _ in found]
    assert not {"ORGANIZER", "ATTENDEE", "CONTACT"} & set(names), "nobody is named"


def test_another_library_reads_the_same_meeting() -> None:
    told = "Ordre du jour ; durée, lieu : \\ à confirmer"
    (event,) = Calendar.from_ical(write_ics(meeting(summary=told))).walk("VEVENT")
    assert str(event["SUMMARY"]) == told
    assert event["DTSTART"].dt == datetime(2026, 12, 15, 9, tzinfo=PARIS)
    assert event["DTEND"].dt == datetime(2026, 12, 15, 10, 15, tzinfo=PARIS)


def test_the_same_meeting_replaces_itself() -> None:
    later = meeting(datetime(2026, 12, 16, 9, tzinfo=PARIS))
    assert value(read(write_ics(meeting())), "UID") == value(read(write_ics(later)), "UID")


ZONES = ["Europe/Paris", "America/Montreal", "Indian/Reunion", "Australia/Lord_Howe", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 7])
def test_the_file_carries_its_own_time_zone(zone: str, month: int) -> None:
    """A reader that knows no zone finds the hour in the file alone."""
    starts = datetime(2027, month, 15, 9, tzinfo=ZoneInfo(zone))
    found = read(write_ics(meeting(starts)))
    here = found[: found.index(("END", "VTIMEZONE"))]
    onsets = [text for key, text in here if key == "DTSTART"]
    offsets = [text for key, text in here if key == "TZOFFSETTO"]
    said = datetime.strptime(value(found[len(here) :], "DTSTART"), "%Y%m%dT%H%M%S")
    before = [
        o for day, o in zip(onsets, offsets, strict=True) if day <= said.strftime("%Y%m%dT%H%M%S")
    ]
    offset = before[-1]
    moved = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5])) * (
        -1 if offset[0] == "-" else 1
    )
    assert said.replace(tzinfo=timezone(moved)) == starts


def test_a_meeting_on_the_night_when_the_clock_changes() -> None:
    found = read(write_ics(meeting(datetime(2026, 10, 25, 1, 30, tzinfo=PARIS), minutes=120)))
    assert ("DTEND;TZID=Europe/Paris", "20261025T023000") in found


@given(st.text(max_size=300))
def test_any_title_stays_inside_its_property(text: str) -> None:
    """Nothing that is typed can end a line or add a property."""
    found = read(write_ics(meeting(summary=text)))
    assert len(found) == len(read(write_ics(meeting())))
    assert unescaped(value(found, "SUMMARY")) == " ".join(printable(text).split())


def test_what_is_escaped() -> None:
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d e"


# -- The page of codes ---------------------------------------------------------------------

ADDRESS = "https://t.me/codir_conseil_bot?start=i_abcdefgh" + "Qm7t2VxK9c" * 4
NAMES = ("Marketing", "Commerce", "Ressources humaines", "Informatique", "Finances", "Autre membre")


def page(lang: str = "fr", title: str = "") -> PdfReader:
    cards = [Card(name, f"{ADDRESS}{n}") for n, name in enumerate(NAMES)]
    texts = cases.shelf().texts
    until = "vendredi 4 décembre, 18 h"
    pdf = write_links(cards, title, until, lang, date(2026, 11, 24), texts)
    return PdfReader(io.BytesIO(pdf))


def test_one_page_with_a_card_for_each_function() -> None:
    pdf = page()
    assert len(pdf.pages) == 1
    text = cases.flat(pdf.pages[0].extract_text())
    for name in NAMES:
        assert name in text
    assert text.count("Lien personnel, sert une fois") == len(NAMES)
    assert "Avant le vendredi 4 décembre, 18 h" in text


def test_the_page_can_be_read_aloud_and_tells_no_link() -> None:
    pdf = page("en", "Choosing our way")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Choosing our way"
    assert "t.me" not in pdf.pages[0].extract_text() + str(pdf.metadata)


def test_each_code_holds_its_own_address() -> None:
    drawn = code(ADDRESS)
    assert drawn == code(ADDRESS)
    assert drawn != code(f"{ADDRESS}2")
    made = segno.make(ADDRESS, error="q", micro=False)
    assert made.error == "Q"
    width = made.symbol_size(border=2)[0]
    assert f'width="{width}"' in drawn or f"0 0 {width} {width}" in drawn


@pytest.mark.parametrize("title", ["#panic(1) $x$ *b*", "<script>", '"\\'])
def test_a_hostile_title_is_plain_text(title: str) -> None:
    assert cases.flat(title) in cases.flat(page(title=title).pages[0].extract_text())
