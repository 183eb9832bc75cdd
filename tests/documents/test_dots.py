"""The dot plot: as many dots as may be shown, most divided first, the same in words."""

from __future__ import annotations

import re
import struct
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest import Digest, Item
from bot.documents.chart_dots import LONGEST_ALT, DotRow, dot_rows, dots_chart, most_apart
from bot.documents.charts import Chart
from bot.documents.facts import Case
from bot.documents.facts_committee import name
from bot.documents.facts_words import Words
from tests.documents import cases, committees
from tests.documents.committees import answered, kept, only, order, people

P12 = people("P12")


def rows(found: Digest, lang: str = "fr", named: bool = False) -> list[DotRow]:
    case = Case(committees.shelf(), order("note", found, lang, named=named))
    names = {id_: name(Words(case), id_) for id_ in found.items}
    items = committees.expertise().divergences
    return dot_rows(found, items, case.question, names, lang, named=named)


def chart(found: Digest, lang: str = "fr", named: bool = False) -> Chart:
    return dots_chart(rows(found, lang, named), found, lang, cases.shelf().texts)


def test_what_divides_most_comes_first() -> None:
    found = rows(answered(P12))
    assert [row.status for row in found][:4] == ["opposes", "opposes", "isole", "isole"]
    assert found[0].name == "Clarté du « pourquoi »"
    assert found[0].counts == (1, 1, 0, 1, 2)
    assert len(found) == 8


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("named", [False, True])
def test_it_is_drawn_for_the_chat_and_for_documents(lang: str, named: bool) -> None:
    made = chart(kept(P12, named=named), lang, named)
    assert struct.unpack_from(">LL", made.png, 16)[0] == 1000
    for svg in (made.svg, made.hand):
        assert svg.startswith(b"<svg")
    assert len(made.alt) <= LONGEST_ALT
    assert not re.search(r"\{|None|nsp", made.alt)


def test_in_a_chat_only_what_divides_is_said() -> None:
    brief = cases.flat(chart(answered(P12)).brief)
    assert len(brief) <= 700
    assert "Usage des outils : une voix différente (presque personne : 1" in brief
    assert "accord" not in brief


def test_it_is_said_as_it_is_drawn() -> None:
    alt = cases.flat(chart(answered(P12)).alt)
    assert alt.startswith(
        "Où nous ne voyons pas la même chose, 5 réponses sur 5, sans les fonctions. "
        "Clarté du « pourquoi » : avis opposés (très flou : 1, plutôt flou : 1, "
        "plutôt clair : 1, très clair : 2) ; "
    )
    assert "Définition d'un contact prêt : nuances, médiane « implicite »" in alt
    assert not re.search(": (?:marketing|commerce|informatique|direction)", alt)


def test_functions_have_a_shape_each_when_everybody_accepted() -> None:
    made = chart(kept(P12, named=True), named=True)
    assert [one["name"] for one in made.sheet["legend"]] == [
        "Direction générale",
        "Marketing",
        "Commerce",
        "Ressources humaines",
        "Informatique",
    ]
    assert made.sheet["rows"][0]["marks"] == [[2], [1], [], [3], [0, 4]]
    assert "très flou : commerce" in cases.flat(made.alt)


def test_with_three_answers_only_the_median_is_marked() -> None:
    found = chart(answered(only("P12", "DG", "MKT", "COM")))
    for row in found.sheet["rows"]:
        assert row["marks"] == []
        assert row["median"] is not None
    assert found.sheet["key"]["dot"] == ""


def test_with_two_answers_nothing_is_drawn_but_a_status_that_both_accepted() -> None:
    two = only("P12", "DG", "COM")
    assert rows(answered(two)) == []
    both = rows(answered(two, both=True))
    assert both
    assert all(row.counts == () and row.median is None for row in both)
    assert chart(answered(two, both=True)).png.startswith(b"\x89PNG")


def test_once_somebody_has_erased_answers_statuses_are_left_alone() -> None:
    found = rows(answered(P12, hidden=True))
    assert [row.status for row in found][:2] == ["opposes", "opposes"]
    assert all(row.counts == () and row.median is None for row in found)
    assert chart(answered(P12, hidden=True)).svg.startswith(b"<svg")


@given(
    counts=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    answers=st.integers(0, 8),
    status=st.sampled_from(["", "accord", "opposes", "ecart"]),
)
@settings(max_examples=60, deadline=None)
def test_a_digest_that_holds_too_much_still_shows_too_little(
    counts: list[int], answers: int, status: str
) -> None:
    """The thresholds hold here too, whatever is handed over."""
    item = Item(status, answers, tuple(counts), 3.0, 0.1, {"1": ("DG",)})
    found = replace(answered(P12), items={"clarity_of_why": item})
    for row in rows(found):
        assert status
        assert (row.counts == ()) == (answers < 4)
        assert (row.median is None) == (answers != 3)
        assert row.roles == ()


def test_an_opinion_without_an_order_is_not_drawn() -> None:
    items = committees.expertise().divergences
    assert "initial_preference" not in most_apart(answered(P12), items)
