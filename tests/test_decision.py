"""The decision model gives every visible persona what it expects, point by point."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.personas import Persona, load_personas
from bot.core.assessment import Assessment, assess
from bot.core.condition import Compares, parse
from bot.core.decision import reasons
from tests.committees import SCORES, STATUSES

PERSONAS = Path(__file__).parent / "personas.yaml"
OPTIONS = (
    "permanent_cdo",
    "interim_cdo",
    "strategist_then_specialist",
    "facilitator",
    "apprentice",
    "reorganise",
    "clarify_first",
)

# Points in the order of OPTIONS, margin, coverage, decisive rules, alignment (domain 4.4).
REFERENCE = {
    "P01": ((-9, 3, 9, 10, -1, 2, 0), 1, 0.94, ("R11", "R15", "R19"), 32.1),
    "P02": ((-16, -1, 12, 9, 0, 2, -4), 3, 1.0, (), 42.9),
    "P03": ((-10, 0, 3, 6, 18, 3, -5), 12, 1.0, (), 64.3),
    "P04": ((26, 8, -4, 0, -4, 4, -7), 18, 1.0, (), 44.6),
    "P05": ((0, 15, 4, 5, -1, 4, -4), 10, 1.0, (), 50.0),
    "P06": ((-13, 8, 9, 15, 2, 4, -3), 6, 1.0, (), 48.2),
    "P07": ((-9, 0, 3, -1, 8, 17, -2), 14, 1.0, (), 21.4),
    "P08": ((-18, -5, 4, 1, -5, 1, 13), 9, 0.78, (), 19.6),
    "P09": ((26, 7, -7, -4, 0, 6, -8), 19, 1.0, (), 66.1),
    "P10": ((-12, 6, 6, 11, 2, -1, -7), 5, 1.0, (), 50.0),
    "P11": ((-6, 0, 7, 2, -2, 1, -1), 5, 0.28, (), None),
}


def judge(library: Library, persona: Persona) -> Assessment:
    return assess(library.expertise, persona.respondents)


@pytest.fixture(scope="module")
def personas(library: Library) -> dict[str, Persona]:
    return {persona.id: persona for persona in load_personas(PERSONAS, library.dialogs)}


@pytest.mark.parametrize("id_", REFERENCE)
def test_lone_personas_give_the_reference_results(
    library: Library, personas: dict[str, Persona], id_: str
) -> None:
    points, margin, coverage, decisive, score = REFERENCE[id_]
    found = judge(library, personas[id_])
    advice, overall = found.advice, found.alignment.overall
    level = found.alignment.level.id if found.alignment.level else "nd"
    expect = personas[id_].expect
    assert tuple(advice.points[option] for option in OPTIONS) == points
    assert advice.top == expect["top"]
    assert advice.margin == margin
    assert round(advice.coverage, 2) == coverage
    assert advice.decisive == decisive
    assert (None if overall is None else round(overall, 1)) == score
    assert level == expect["align_level"]
    assert advice.confidence in expect["conf_in"]
    assert set(expect.get("K", [])) <= set(advice.contradictions)
    assert not set(expect.get("K_not", [])) & set(advice.contradictions)
    assert set(expect.get("gated", [])) <= set(advice.gated)


def test_several_respondents_give_one_recommendation(
    library: Library, personas: dict[str, Persona]
) -> None:
    found = judge(library, personas["P12"])
    advice, alignment = found.advice, found.alignment
    assert tuple(advice.points[option] for option in OPTIONS) == (2, 13, 4, 2, -2, 12, 0)
    assert advice.tied == ("interim_cdo", "reorganise")
    assert advice.contradictions == ("K14", "K13")
    assert (advice.margin, advice.decisive, advice.confidence) == (1, ("R16",), "faible")
    assert advice.pivots == ("steering_days",)
    scores = {id_: round(score, 1) for id_, score in alignment.dimensions.items()}
    assert scores == SCORES
    read = {id_: (one.status, one.agreement) for id_, one in found.divergences.items()}
    assert read == STATUSES


def test_a_tie_goes_to_the_least_committing_option(
    library: Library, personas: dict[str, Persona]
) -> None:
    advice = judge(library, personas["P01"]).advice
    assert advice.tied == ("strategist_then_specialist", "facilitator")
    assert advice.points["facilitator"] > advice.points[advice.top]


def test_counts_of_the_specification(library: Library) -> None:
    model = library.model
    assert (len(model.rules), len(model.gates), len(model.contradictions)) == (56, 5, 24)
    assert (len(model.options), len(model.key_inputs)) == (7, 18)


CONDITIONS = [
    ({"a": "x"}, {"a": "x"}, True),
    ({"a": "x"}, {}, False),
    ({"a": ["x", "y"]}, {"a": "y"}, True),
    ({"a": {"at_most": "2"}}, {"a": 2}, True),
    ({"a": {"at_most": "2"}}, {"a": "nsp"}, False),
    ({"a": {"below": "50"}}, {"a": 49.9}, True),
    ({"a": {"at_least": "4"}}, {"a": 3.5}, False),
    ({"a": "1"}, {"a": 1.0}, True),
    ({"a": {"has": "x"}}, {"a": ("x", "y")}, True),
    ({"a": {"lacks": "x"}}, {"a": ("y",)}, True),
    ({"a": {"lacks": "x"}}, {"a": "nsp"}, False),
    ({"a": {"lacks": "x"}}, {}, False),
    ({"a": {"has_all": ["x", "y"]}}, {"a": ("y", "x", "z")}, True),
    ({"a": {"has_all": ["x", "y"]}}, {"a": ("x",)}, False),
    ({"any": [{"a": "x"}, {"b": "y"}]}, {"b": "y"}, True),
    ({"all": [{"a": "x"}, {"b": "y"}]}, {"b": "y"}, False),
    ({"not": {"a": "x"}}, {}, True),
    ({"a": "x", "b": "y"}, {"a": "x", "b": "z"}, False),
    ({"flag": "true"}, {"flag": True}, True),
    (None, {}, True),
]


@pytest.mark.parametrize(("node", "values", "expected"), CONDITIONS)
def test_conditions(node: object, values: dict[str, object], expected: bool) -> None:
    assert parse(node)(values) is expected


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"a": {"more_than": "2"}}, "test inconnu « more_than »"),
        ({"a": {"at_most": "deux"}}, "attend un nombre"),
        ({"any": {"a": "x"}}, "liste de conditions"),
        (["a"], "une condition est un dictionnaire"),
    ],
)
def test_a_wrong_condition_is_refused_in_words(node: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(node)


def test_conditions_name_what_they_read() -> None:
    condition = parse({"any": [{"a": "x"}, {"not": {"b": {"has": "y"}}}], "c": {"at_most": "2"}})
    assert condition.names == {"a", "b", "c"}
    assert Compares("c", "at_most", Decimal(2)).names == {"c"}


def test_a_rule_that_speaks_more_for_another_option_comes_last(
    personas: dict[str, Persona], library: Library
) -> None:
    found = assess(
        library.expertise, [{**personas["P08"].respondents[0], "annual_budget": "b0_20"}]
    )
    assert "R25" in found.advice.fired
    given = [rule for rule, _ in reasons(library.model, found.advice, "clarify_first")]
    assert given[-1].id == "R25"
    assert given[0].add["clarify_first"] * 2 > max(given[0].add.values())
