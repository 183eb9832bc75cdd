"""The rows of the acceptance list that only a committee's documents show, each under its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.core.condition import Values
from bot.documents import document as doc
from bot.documents.facts import DRAFT, FINAL
from tests.documents import cases
from tests.documents.committees import PRESS, answered, kept, order, people

P12 = people("P12")


def agenda(by: Mapping[str, Values]) -> str:
    (document,) = PRESS.compose(order("agenda", kept(by)))
    return cases.flat(cases.text(document))


def everybody(**answers: object) -> dict[str, Values]:
    """The committee, of one mind on these questions."""
    return {seat: {**values, **answers} for seat, values in P12.items()}


def test_fr01_prepared_by_two_who_both_approve() -> None:
    """The note says who prepared it, and stays a draft until both have approved."""
    both = {"owner": "DRH", "partner": "MKT"}
    waiting = order("note", kept(P12), **both, agreed=False)
    (document,) = PRESS.compose(waiting)
    assert cases.flat(document.subtitle).endswith(
        "Proposition préparée par la direction des ressources humaines et la direction marketing"
    )
    assert document.status == DRAFT
    (document,) = PRESS.compose(order("note", kept(P12), **both))
    assert document.status == FINAL


def test_fr22_who_does_what_when_roles_are_blurred() -> None:
    assert "répartition des rôles est jugée plutôt floue" in agenda(everybody(role_split=2))
    assert "qui fait quoi" not in agenda(everybody(role_split=4)).lower()


def test_fr22_who_does_what_when_roles_are_seen_apart() -> None:
    seen = dict(zip(P12, (1, 1, 5, 5, 1), strict=True))
    apart = {seat: {**values, "role_split": seen[seat]} for seat, values in P12.items()}
    assert "qui fait quoi" in agenda(apart).lower()


def test_fr35_a_social_network_without_a_purpose() -> None:
    without = agenda(everybody(social_network="peu", social_network_purpose="aucune"))
    assert "réseau" in without.lower()
    assert "suspen" in without
    assert "suspen" not in agenda(everybody(social_network="peu", social_network_purpose="temps"))


@pytest.mark.parametrize(("clarity", "minutes"), [(2, "10 min"), (5, "5 min")])
def test_fr37_the_why_comes_first_and_takes_its_time(clarity: int, minutes: str) -> None:
    text = agenda(everybody(clarity_of_why=clarity))
    assert f"{minutes} | 3. Le « pourquoi » en une phrase" in text


def test_fr45_private_answers_give_a_shared_picture() -> None:
    """P12: the « pourquoi » is opposed, the pivot is listed, no function stands beside either."""
    found = answered(P12)
    assert found.items["clarity_of_why"].status == "opposes"
    (document,) = PRESS.compose(order("note", found))
    text = cases.flat(cases.text(document))
    assert "Clarté du « pourquoi » : avis opposés." in text
    assert "de 0 à 2 ; de 3 à 5 ; de 6 à 10. Point pivot." in text


def test_a_lone_answer_is_no_committee() -> None:
    """The note of somebody alone keeps its own words."""
    (document,) = PRESS.compose(cases.order(cases.PERSONAS["P02"], "note", "fr"))
    text = cases.flat(cases.text(document))
    assert "Où nous ne voyons pas la même chose" not in text
    assert "Une seule personne a répondu" in text
    assert replace(order("note", kept(P12))).committee is not None


def test_the_note_draws_what_parts_the_committee_and_nothing_agreed() -> None:
    (document,) = PRESS.compose(order("note", kept(people("P21"))))
    alts = [block.alt for block in document.blocks if isinstance(block, doc.Figure)]
    assert any("avis opposés" in alt for alt in alts)
    assert not any("accord" in alt.lower() for alt in alts)


def test_a_long_company_name_leaves_no_sign_at_the_end_or_start_of_a_line() -> None:
    asked = order("note", kept(P12))
    long = "Établissements Bernard-Desmoulins & Fils, Œuvres et Mécanique de Précision"
    (document,) = PRESS.compose(replace(asked, values={**asked.values, "company_name": long}))
    assert document.running[1] == "Établissements Bernard-Desmoulins…"
    assert " ·" not in document.subtitle
