"""When nobody was there at the deadline: the owner is asked all the same, and has a whole day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.content.library import Library
from bot.conversation.hearing import Due
from bot.core.session import Phase, Status
from tests.committees import five
from tests.round_table import PARIS, Table, answer_again, second


@pytest.mark.parametrize("late", [0, 60])
def test_the_owner_has_a_day_from_being_asked(library: Library, late: int) -> None:
    """The bot was out of order over the deadline: the question came first, then a whole day."""
    table = Table(library, five(library))
    deadline = datetime(2026, 12, 11, 18)
    table.session = replace(table.session, deadline=deadline.replace(tzinfo=PARIS)).change(
        "COM", status=Status.ANSWERING
    )
    table.now = deadline + timedelta(hours=late)
    table.hear("DG", Due(table.session.id, "deadline"))
    assert table.session.phase is Phase.FIRST
    table.wait(table.now + timedelta(hours=23))
    assert table.session.phase is Phase.FIRST
    table.wait(table.now + timedelta(hours=2))
    assert table.session.phase is Phase.BETWEEN


@pytest.mark.parametrize("late", [0, 60])
def test_the_owner_has_a_day_in_the_second_round_too(library: Library, late: int) -> None:
    table = Table(library, five(library))
    second(table)
    deadline = table.session.deadline.astimezone(PARIS).replace(tzinfo=None)
    due = sorted(table.due, key=lambda one: one.at)
    table.due = []
    table.now = deadline + timedelta(hours=late)
    table.due = due
    table.tell()
    assert table.session.phase is Phase.SECOND
    assert "le second tour se clôt dans 24 heures" in table.readers["DG"].text
    table.wait(table.now + timedelta(hours=23))
    assert table.session.phase is Phase.SECOND
    table.wait(table.now + timedelta(hours=2))
    assert table.session.phase is Phase.CLOSED


def test_more_time_is_time_to_come(library: Library) -> None:
    table = Table(library, five(library))
    second(table)
    table.now = (table.session.deadline + timedelta(hours=60)).replace(tzinfo=None)
    table.tell()
    table.press("DG", "second_wait")
    assert table.session.deadline > table.now.replace(tzinfo=PARIS)


def test_the_owner_is_asked_at_the_deadline_when_who_was_left_has_erased(library: Library) -> None:
    """The others had finished: nobody finished last, so that nobody had told the owner."""
    table = Table(library, five(library))
    second(table)
    for seat in ("DG", "MKT", "COM", "DRH"):
        answer_again(table, seat)
    table.press("DSI", "leave", "answers")
    before = len(table.readers["DG"].screens)
    table.wait(table.session.deadline.astimezone(PARIS).replace(tzinfo=None))
    table.wait(table.now + timedelta(hours=1))
    said = "\n".join(one.text for one in table.readers["DG"].screens[before:])
    assert "ont répondu" in said
    assert table.session.phase is Phase.SECOND
