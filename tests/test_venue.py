"""The company's name and the meeting's place, which the owner may add once the day is settled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents.committee import committee_of
from bot.orders import invitation, session_order
from tests.playing import normal
from tests.round_table import Table, closed


@pytest.fixture
def table(table: Table) -> Table:
    """P12 with its meeting on the agenda."""
    closed(table).press("DG", "skip", "yes")
    table.press("DG", "plan_rule", "majorite")
    table.press("DG", "plan_minutes", "75")
    table.press("DG", "plan_at", "2026-12-15.0900")
    return table


def text(table: Table) -> str:
    return " ".join(normal(table.readers["DG"].text))


def test_both_are_asked_once_and_printed(table: Table) -> None:
    table.tap("DG", "Préciser l'entreprise et le lieu")
    assert "Quel nom d'entreprise doit figurer" in text(table)
    table.say("DG", "Société Calvane")
    assert "Où se tiendra la séance ?" in text(table)
    table.say("DG", "Salle Pasteur")
    assert "Société Calvane · Salle Pasteur" in text(table)
    turn = table.turn("DG")
    order = session_order(turn, turn, "agenda")
    assert order is not None
    assert order.values["company_name"] == "Société Calvane"
    held = committee_of(table.session)
    assert held is not None
    assert held.place == "Salle Pasteur"
    meeting = invitation(turn, table.turn("COM"))
    assert meeting is not None
    assert meeting.place == "Salle Pasteur"


def test_either_may_be_passed_over(table: Table) -> None:
    table.tap("DG", "Préciser l'entreprise et le lieu", "Passer")
    assert "Où se tiendra la séance ?" in text(table)
    table.tap("DG", "Passer")
    assert text(table).startswith("Ordre du jour · mardi 15 décembre")
    assert table.session.place == ""


def test_a_person_is_no_place(table: Table) -> None:
    table.tap("DG", "Préciser l'entreprise et le lieu", "Passer")
    table.say("DG", "chez M. Dupont")
    assert "Une fonction suffit" in text(table)
    assert table.session.place == ""


def test_only_the_owner_settles_them(table: Table) -> None:
    before = replace(table.session)
    table.press("COM", "venue")
    table.press("COM", "venue_skip", "place")
    assert table.session == before
    assert "Seule la personne qui a ouvert" in " ".join(normal(table.readers["COM"].words))
