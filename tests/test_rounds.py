"""The second round: what comes back, what became of it, and what a change may not tell."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import compose
from bot.content.library import Library
from bot.content.personas import load_personas
from bot.content.yaml import ContentError
from bot.core.assessment import assess
from bot.core.comparing import gaps, guessed, moved
from bot.core.dialog import Blank
from bot.core.digest import Digest, Ending, Item
from bot.core.rounds import another, concluded, moved_by, priority, retained, weights
from bot.core.showing import advised
from tests.committees import Answers, five, of, seen, with_item


@dataclass(frozen=True)
class Said:
    """An answer of the second round."""

    value: object
    reason: str = ""
    discuss: str = ""


@pytest.fixture(scope="module")
def committee(library: Library) -> Answers:
    return five(library)


@pytest.fixture(scope="module")
def first(library: Library, committee: Answers) -> Digest:
    return seen(library, committee)


# -- Weights and priority (5.3) -----------------------------------------------------

WEIGHTS = {
    "annual_budget": 1.00,
    "steering_days": 0.81,
    "roadmap": 0.80,
    "projects": 0.75,
    "sponsor": 0.73,
    "need_duration": 0.70,
    "clarity_of_why": 0.67,
    "decision_power": 0.60,
    "workload_pattern": 0.60,
    "results_horizon": 0.59,
    "stage_ownership": 0.59,
    "adoption_brakes": 0.58,
    "tool_usage": 0.57,
    "customer_journey": 0.53,
    "it_marketing_cooperation": 0.53,
    "shared_targets": 0.52,
    "sales_ready_definition": 0.52,
    "role_split": 0.50,
}


def test_weights_come_from_the_rules(library: Library) -> None:
    found = weights(library.expertise)
    assert {name: round(found[name], 2) for name in WEIGHTS} == WEIGHTS
    assert {n for n, w in found.items() if w == 0.5} >= {"shared_dashboard", "joint_decisions"}


def test_priority_grows_with_the_spread_the_weight_and_the_wish_to_talk(
    library: Library, first: Digest
) -> None:
    by = weights(library.expertise)
    plain = priority(first, by)
    assert plain["clarity_of_why"] == pytest.approx((1 - 0.089) / 2 * by["clarity_of_why"])
    asked = priority(first, by, {"shared_targets": 0.6})
    assert asked["shared_targets"] - plain["shared_targets"] == pytest.approx(0.15)


# -- What comes back (5.4) --------------------------------------------------------------


def test_the_reference_committee_goes_over_five_points(library: Library, first: Digest) -> None:
    assert retained(first, weights(library.expertise)) == (
        "steering_days",
        "clarity_of_why",
        "shared_targets",
        "tool_usage",
        "joint_decisions",
    )


RETAINED = [
    ({"a": "accord", "b": "nuance"}, {}, 5, ()),
    ({"a": "isole", "b": "opposes"}, {}, 5, ("b", "a")),
    ({"a": "isole", "b": "opposes"}, {"p": {}}, 5, ("p", "b", "a")),
    ({"b": "opposes"}, {"b": {}}, 5, ("b",)),
    ({"a": "isole", "b": "opposes"}, {"p": {}}, 2, ()),
]


@pytest.mark.parametrize(("statuses", "turns", "people", "expected"), RETAINED)
def test_pivots_come_first_then_the_widest_gaps(
    statuses: dict[str, str],
    turns: dict[str, Any],
    people: int,
    expected: tuple[str, ...],
) -> None:
    spread = {"a": 0.4, "b": -0.2}
    items = {n: Item(status, 5, agreement=spread[n]) for n, status in statuses.items()}
    found = Digest(people, people, items=items, turns=turns)
    assert retained(found, {}) == expected


def test_five_points_at_most() -> None:
    items = {str(n): Item("opposes", 5, agreement=-n / 10) for n in range(9)}
    assert retained(Digest(5, 5, items=items), {}) == ("8", "7", "6", "5", "4")


# -- What became of it --------------------------------------------------------------------

# The moves of five people on one scale item; then: stable, status in the end.
MOVES = [
    ((1, 2, 4, 5, 5), True, "opposes"),
    ((2, 2, 4, 5, 5), True, "opposes"),
    ((2, 3, 4, 5, 5), False, "nuance"),
    ((3, 2, 4, 5, 5), False, "nuance"),
    ((4, 4, 4, 5, 5), False, "accord"),
]


@pytest.mark.parametrize(("again", "stable", "status"), MOVES)
def test_stable_when_one_person_at_most_moved_by_one(
    library: Library, committee: Answers, again: tuple[int, ...], stable: bool, status: str
) -> None:
    answers = with_item(committee, "clarity_of_why", (1, 2, 4, 5, 5))
    ending = ended(library, answers, "clarity_of_why", again).endings["clarity_of_why"]
    assert (ending.stable, ending.status) == (stable, status)


def ended(
    library: Library, answers: Answers, name: str, again: tuple[object, ...], **how: Any
) -> Digest:
    """One point taken through a second round; whoever is not in `again` did not answer."""
    votes = {s: {name: Said(v, "vecu", "oui")} for s, v in zip(answers, again, strict=False)}
    before = seen(library, answers)
    return concluded(library.expertise, before, answers, votes, [name], named=False, **how)


STEPS = [
    ("clarity_of_why", 2, 5, 3),
    ("clarity_of_why", 2, 2, 0),
    ("clarity_of_why", Blank.NSP, 4, 1),
    ("clarity_of_why", Blank.NSP, Blank.NSP, 0),
    ("steering_days", "j0_2", "j6_10", 2),
    ("steering_days", "j3_5", "j6_10", 1),
    ("annual_budget", "indecis", "b0_20", 2),
    ("sponsor", "dg", "membre", 2),
]


@pytest.mark.parametrize(("name", "before", "after", "steps"), STEPS)
def test_how_far_an_answer_moved(
    library: Library, name: str, before: object, after: object, steps: int
) -> None:
    assert moved_by(library.dialogs["diagnostic"][name], before, after) == steps


def test_everybody_keeps_their_answers_and_nothing_else_changes(
    library: Library, committee: Answers, first: Digest
) -> None:
    items = retained(first, weights(library.expertise))
    reasons = ("info", "vecu", "info", "vecu", "long")
    votes = {
        seat: {name: Said(mine.get(name), reason) for name in items}
        for (seat, mine), reason in zip(committee.items(), reasons, strict=True)
    }
    last = concluded(
        library.expertise, first, committee, votes, items, named=False, arguments=["b", "a"]
    )
    assert replace(last, endings={}, arguments=()) == first
    assert tuple(last.endings) == items
    assert all(ending.stable for ending in last.endings.values())
    assert last.endings["steering_days"].status == "partages"
    assert last.endings["clarity_of_why"].reasons == ("info", "long", "vecu"), "no count, no order"
    assert last.arguments == ("a", "b")


def test_the_answers_of_the_second_round_count(library: Library, committee: Answers) -> None:
    last = ended(library, committee, "steering_days", ("j3_5",) * 5)
    assert last.signals["steering_days"] == last.shared["steering_days"] == "j3_5"
    assert advised(library.model, last).top == "reorganise"
    assert last.endings["steering_days"] == Ending(
        stable=False, status="identiques", reasons=("vecu",), discuss=1.0
    )


@pytest.mark.parametrize("again", [(), (5,), (5, 5)])
def test_below_three_people_the_first_round_stands(
    library: Library, committee: Answers, first: Digest, again: tuple[int, ...]
) -> None:
    """Who took part is known: a distribution that moved would tell what they changed."""
    last = ended(library, committee, "clarity_of_why", again)
    assert last == first


def test_an_erasure_between_the_rounds_changes_no_figure(
    library: Library, committee: Answers, first: Digest
) -> None:
    """Whoever compares both results would otherwise read the answers of the one who left."""
    left = of(committee, "DG", "MKT", "DRH", "DSI")
    votes = {seat: {"clarity_of_why": Said(4)} for seat in left}
    last = concluded(
        library.expertise, first, left, votes, ["clarity_of_why"], named=False, hidden=True
    )
    item = last.items["clarity_of_why"]
    assert (item.counts, item.median, item.status) == ((), None, "opposes")
    assert not last.endings["clarity_of_why"].stable
    unchanged = replace(
        last, endings={}, items={**last.items, "clarity_of_why": first.items["clarity_of_why"]}
    )
    assert unchanged == first


@pytest.mark.parametrize(
    ("people", "stable", "allowed"),
    [(4, False, True), (3, False, False), (5, True, False)],
)
def test_one_more_round_only_for_four_people_and_a_moving_point(
    people: int, stable: bool, allowed: bool
) -> None:
    found = Digest(people, 5, endings={"clarity_of_why": Ending(stable, "opposes")})
    assert another(found) is allowed


# -- Side by side ---------------------------------------------------------------------------


def test_marketing_beside_sales(library: Library, committee: Answers) -> None:
    found = gaps(library.expertise.scale, committee["MKT"], committee["COM"])
    assert len(found) == 7
    assert {id_: gap.size for id_, gap in found.items() if gap.wide} == {
        "shared_objectives": 25.0,
        "handoff": 25.0,
        "shared_indicators": 25.0,
        "customer_knowledge": 25.0,
        "roles_and_skills": 25.0,
    }
    silent = {**committee["COM"], "shared_dashboard": Blank.NSP}
    assert "shared_indicators" not in gaps(library.expertise.scale, committee["MKT"], silent)


def test_a_guess_beside_the_answer(library: Library, committee: Answers) -> None:
    items = ("shared_targets", "joint_decisions", "role_split", "sales_ready_definition")
    guesses = {"shared_targets": 3, "joint_decisions": 2, "role_split": Blank.NSP}
    found = guessed(library.dialogs["diagnostic"], items, guesses, committee["COM"])
    assert {name: (g.guessed, g.answered, g.apart) for name, g in found.items()} == {
        "shared_targets": (3, 1, 2),
        "joint_decisions": (2, 2, 0),
    }


def test_what_moved_in_six_months(library: Library, committee: Answers, first: Digest) -> None:
    later = with_item(committee, "clarity_of_why", (5, 4, 4, 4, 5))
    later = with_item(later, "steering_days", ("j3_5",) * 5)
    found = moved(library.expertise, first, seen(library, later))
    assert found.option == ("interim_cdo", "reorganise")
    assert found.level == ("defini", "defini")
    assert found.statuses == {"clarity_of_why": ("opposes", "accord")}
    assert found.people == (5, 5)


def test_what_moved_says_nothing_of_a_status_that_was_not_told(
    library: Library, committee: Answers, first: Digest
) -> None:
    fewer = with_item(committee, "clarity_of_why", (5, 1))
    found = moved(library.expertise, first, seen(library, fewer))
    assert found.statuses == {}


# -- Personas ------------------------------------------------------------------------------

PERSONA = """
personas:
- id: X1
  respondents:
  - role: DG
    answers: {clarity_of_why: 5, steering_days: j6_10}
  - role: COM
    answers: {clarity_of_why: 1, steering_days: j0_2}
  second_round:
    clarity_of_why: {COM: 4}
    steering_days: {COM: %s}
"""


def personas(library: Library, path: Path, written: str) -> Any:
    path.write_text(PERSONA % written)
    return load_personas(path, library.dialogs)[0]


def test_a_personas_second_round_is_read_and_used(library: Library, tmp_path: Path) -> None:
    persona = personas(library, tmp_path / "p.yaml", "j3_5")
    assert persona.second_round == {"clarity_of_why": {"COM": 4}, "steering_days": {"COM": "j3_5"}}
    assert [one["clarity_of_why"] for one in persona.final] == [5, 4]
    found = assess(library.expertise, persona.final)
    assert found.divergences["clarity_of_why"].status == "proches"


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("{COM: jamais}", "réponse inconnue « jamais »"),
        ("{DAF: j3_5}", "personne n'a la fonction « DAF »"),
        ("j3_5", "fonction: réponse"),
    ],
)
def test_a_wrong_second_round_is_refused_with_its_line(
    library: Library, tmp_path: Path, second: str, words: str
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(PERSONA.replace("{COM: %s}", second))
    with pytest.raises(ContentError, match=words) as caught:
        load_personas(path, library.dialogs)
    assert caught.value.line == 11


def test_replaying_a_persona_ends_on_its_second_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(PERSONA % "j3_5")
    compose.replay(path, None, None, as_json=True)
    [found] = json.loads(capsys.readouterr().out)
    assert found["divergence"] == {"clarity_of_why": "proches"}
    assert found["level"] == "nd"
