"""The engine against an independent reading of the rules, and against its own record."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.content.paths import content_folder
from bot.content.yaml import load
from bot.core.assessment import assess
from bot.core.condition import parse
from bot.core.decision import winner
from bot.core.dialog import Blank, Question, Type
from bot.core.whatif import switches, try_answers

AUTHORED = load(content_folder("knowledge") / "decision.yaml").data
SCALE = load(content_folder("knowledge") / "alignment.yaml").data
WRITTEN = [*AUTHORED["rules"], *AUTHORED["gates"]]


@pytest.mark.parametrize("rule", WRITTEN, ids=[rule["id"] for rule in WRITTEN])
def test_the_examples_beside_each_rule(rule: Mapping[str, Any]) -> None:
    condition = parse(rule["when"])
    assert condition(typed(rule["examples"]["holds"]))
    assert not condition(typed(rule["examples"]["fails"]))
    assert not condition({}), "a rule never rests on a missing answer"


def typed(example: Mapping[str, Any]) -> dict[str, object]:
    def value(written: Any) -> object:
        if isinstance(written, list):
            return tuple(written)
        try:
            return float(written)
        except ValueError:
            return written

    return {name: value(written) for name, written in example.items()}


# -- an independent, straightforward evaluation --------------------------------


def holds(node: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """The condition language again, as plainly as its description reads."""
    for key, wanted in node.items():
        if key == "any":
            fine = any(holds(part, answers) for part in wanted)
        elif key == "all":
            fine = all(holds(part, answers) for part in wanted)
        elif key == "not":
            fine = not holds(wanted, answers)
        else:
            fine = leaf(wanted, answers.get(key))
        if not fine:
            return False
    return True


def leaf(wanted: Any, answer: Any) -> bool:
    if answer is None or answer in ("nsp", "so"):
        return False
    if isinstance(wanted, list):
        return answer in wanted
    if isinstance(wanted, str):
        return str(answer) == wanted
    for how, bound in wanted.items():
        fine = {
            "at_most": lambda b: answer <= float(b),
            "at_least": lambda b: answer >= float(b),
            "below": lambda b: answer < float(b),
            "has": lambda b: b in answer,
            "lacks": lambda b: b not in answer,
            "has_all": lambda b: all(one in answer for one in b),
        }[how](bound)
        if not fine:
            return False
    return True


def plain_scores(answers: Mapping[str, Any]) -> dict[str, float]:
    """The alignment, worked out with nothing but sums."""
    scores = {}
    for dimension in SCALE["dimensions"]:
        given_ = [
            answers[item] for item in dimension["items"] if isinstance(answers.get(item), int)
        ]
        if given_:
            scores["alignment." + dimension["id"]] = sum((g - 1) * 25 for g in given_) / len(given_)
    if len(scores) >= 5:
        scores["alignment.overall"] = sum(scores.values()) / len(scores)
    return scores


def plain_advice(answers: Mapping[str, Any]) -> tuple[str, dict[str, int], set[str], list[str]]:
    """Winner, points, gated options and contradictions, step by step from the files."""
    known = {**answers, **plain_scores(answers)}
    points = {option["id"]: 0 for option in AUTHORED["options"]}
    for rule in AUTHORED["rules"]:
        if holds(rule["when"], known):
            for option, weight in rule["add"].items():
                points[option] += int(weight)
    gated = {gate["option"] for gate in AUTHORED["gates"] if holds(gate["when"], known)}
    order = {option["id"]: int(option["order"]) for option in AUTHORED["options"]}
    free = [option for option in points if option not in gated]
    best = max(points[option] for option in free)
    level = [option for option in free if points[option] >= best - 1]
    raised = [
        one["id"]
        for one in AUTHORED["contradictions"]
        if "when" in one and holds(one["when"], {**known, "conflict.sponsor": "false"})
    ]
    return min(level, key=order.__getitem__), points, gated, raised


def any_answer(question: Question, chance: random.Random) -> object:
    """Uniform singles and scales; one to three picks on a multiple choice."""
    ids = [choice.id for choice in question.choices]
    if question.type is Type.SCALE:
        return chance.randint(1, 5)
    if question.type is Type.MULTI:
        picked = chance.sample(ids, chance.randint(1, 3))
        alone = [one for one in picked if question.choice(one).exclusive]  # type: ignore[union-attr]
        kept = alone[:1] or picked
        return tuple(one for one in ids if one in kept)
    return chance.choice(ids)


def session(library: Library, chance: random.Random, *, unknown: float = 0.0) -> dict[str, object]:
    """A lone owner's answers to the core path."""
    answers: dict[str, object] = {"owner": "oui"}
    for question in library.dialogs["diagnostic"].questions:
        if question.core and question.type is not Type.OFFER and question.when(answers):
            lost = question.nsp and chance.random() < unknown
            answers[question.id] = Blank.NSP if lost else any_answer(question, chance)
    return answers


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), unknown=st.sampled_from([0.0, 0.1, 0.5]))
def test_the_engine_agrees_with_a_plain_evaluation(
    library: Library, seed: int, unknown: float
) -> None:
    answers = session(library, random.Random(seed), unknown=unknown)
    found = assess(library.expertise, [answers])
    top, points, gated, raised = plain_advice(answers)
    assert dict(found.advice.points) == points
    assert set(found.advice.gated) == gated
    assert found.advice.top == top
    assert list(found.advice.contradictions) == raised


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_would_change_the_advice_does_change_it(library: Library, seed: int) -> None:
    answers = session(library, random.Random(seed))
    mine = assess(library.expertise, [answers]).advice.top
    for switch in switches(library.expertise, answers):
        tried = try_answers(library.expertise, answers, switch.changes)
        assert winner(library.model, tried) == switch.option != mine


def test_the_distribution_of_random_sessions_is_as_recorded(library: Library) -> None:
    recorded = load(content_folder("dialogs").parent / "tests" / "distribution.yaml").data
    chance = random.Random(int(recorded["seed"]))
    found: Counter[str] = Counter()
    for _ in range(int(recorded["sessions"])):
        answers = session(library, chance)
        found[winner(library.model, try_answers(library.expertise, answers, ()))] += 1
    assert dict(found) == {option: int(n) for option, n in recorded["winners"].items()}
