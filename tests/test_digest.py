"""What a committee may see of its answers, item by item, and what nobody can infer from it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.content.library import Library
from bot.core.assessment import assess
from bot.core.decision import Confidence
from bot.core.dialog import Blank
from bot.core.digest import Digest, Item
from bot.core.digesting import picked
from bot.core.rounds import priority, weights
from bot.core.showing import advised, judged, open_points, quotable, scored, told
from tests.committees import FACTS, SCALES, SCORES, STATUSES, Answers, five, of, seen, with_item

FAST = settings(max_examples=60, deadline=None)

# -- The five of the reference (domain 4.4) -------------------------------------


@pytest.fixture(scope="module")
def committee(library: Library) -> Answers:
    return five(library)


@pytest.fixture(scope="module")
def found(library: Library, committee: Answers) -> Digest:
    return seen(library, committee)


def test_the_reference_committee_sees_where_it_stands(library: Library, found: Digest) -> None:
    read = {name: (item.status, item.agreement) for name, item in found.items.items()}
    assert read.pop("initial_preference") == ("partages", None)
    three = {"sales_ready_definition": ("nuance", None)}  # three answers: no figure is kept
    assert read == {**STATUSES, **three}
    assert found.dimensions == SCORES
    alignment = scored(library.expertise.scale, found)
    assert (round(alignment.overall or 0, 1), alignment.level and alignment.level.id) == (
        33.6,
        "defini",
    )
    assert (found.answered, found.invited, found.unknown) == (5, 5, 4)
    assert found.items["clarity_of_why"].counts == (1, 1, 0, 1, 2)
    assert found.items["initial_preference"].counts == (1, 0, 1, 1, 1, 0, 1)


def test_three_answers_among_five_show_a_median_and_no_distribution(found: Digest) -> None:
    item = found.items["sales_ready_definition"]
    assert (item.answers, item.counts, item.median) == (3, (), 2.0)


def test_the_pivot_says_what_each_answer_would_put_first(library: Library, found: Digest) -> None:
    assert found.turns == {
        "steering_days": {
            "j0_2": "reorganise",
            "j3_5": "reorganise",
            "j6_10": "interim_cdo",
        }
    }
    advice = advised(library.model, found)
    assert advice.tied == ("interim_cdo", "reorganise")
    assert advice.pivots == ("steering_days",)
    assert advice.confidence == Confidence.LOW


def test_the_advice_is_the_one_of_the_same_answers(
    library: Library, committee: Answers, found: Digest
) -> None:
    direct = assess(library.expertise, list(committee.values())).advice
    whole = judged(library.expertise, found)
    assert whole.advice == advised(library.model, found)
    assert whole.divergences["clarity_of_why"].status == "opposes"
    ours = whole.advice
    assert (ours.points, ours.ranking, ours.margin) == (
        direct.points,
        direct.ranking,
        direct.margin,
    )
    assert ours.contradictions == (), "some read what people lean towards"
    assert "initial_preference" not in found.signals


def test_a_pivot_caps_the_confidence(library: Library, found: Digest) -> None:
    sure = {**found.signals, "roadmap": "avec_budget", "steering_days": "j16"}
    sure |= {"annual_budget": "b180", "need_duration": "m36", "headcount": "gte5000"}
    free = Digest(5, 5, signals=sure)
    tied = Digest(5, 5, signals=sure, turns={"steering_days": {}})
    assert advised(library.model, free).confidence == Confidence.HIGH
    assert advised(library.model, tied).confidence == Confidence.MEDIUM


def test_eight_facts_were_told_differently(found: Digest) -> None:
    disputed = {name for name, fact in found.facts.items() if fact.disputed}
    assert disputed == set(FACTS) - {"annual_budget"}
    assert found.facts["sponsor"].values == ("dg", "aucun"), "in authored order, without authors"


def test_results_survive_being_kept(found: Digest) -> None:
    kept = TypeAdapter(Digest)
    assert kept.validate_json(kept.dump_json(found)) == found


# -- Thresholds (5.5), which count the answers to the item ---------------------

# How many of five people answered, then: status told, distribution, median.
THRESHOLDS = [(1, None), (2, ("", False, False)), (3, ("told", False, True))] + [
    (n, ("told", True, False)) for n in (4, 5)
]


@pytest.mark.parametrize("name", [*SCALES, "stage_ownership", "initial_preference"])
@pytest.mark.parametrize(("answers", "shown"), THRESHOLDS)
def test_what_so_many_answers_show(
    library: Library, committee: Answers, name: str, answers: int, shown: Any
) -> None:
    choices = library.dialogs["diagnostic"][name].choices
    ids: list[Any] = [int(choice.id) if name in SCALES else choice.id for choice in choices]
    item = seen(library, with_item(committee, name, ids[-1:] * answers)).items.get(name)
    if shown is None:
        assert item is None
        return
    status, spread, middle = shown
    assert item is not None
    assert bool(item.status) == bool(status)
    assert bool(item.counts) == spread
    assert (item.median is not None) == (middle and name != "initial_preference")
    assert item.roles == {}


@pytest.mark.parametrize("answers", [1, 2, 3, 4, 5])
def test_functions_are_told_with_a_distribution_and_everybodys_word(
    library: Library, committee: Answers, answers: int
) -> None:
    asked = with_item(committee, "tool_usage", [2, 4, 2, 4, 2][:answers])
    item = seen(library, asked, named=True).items.get("tool_usage", Item("", 0))
    expected = {"2": ("DG", "COM", "DSI"), "4": ("MKT", "DRH")} if answers == 5 else None
    if answers == 4:
        expected = {"2": ("DG", "COM"), "4": ("MKT", "DRH")}
    assert item.roles == (expected or {})


def test_two_people_see_statuses_if_both_accept_and_nothing_else(
    library: Library, committee: Answers
) -> None:
    pair = of(committee, "DG", "COM")
    shut, open_ = seen(library, pair), seen(library, pair, both=True)
    assert {item.status for item in shut.items.values()} == {""}
    assert not any(fact.disputed or fact.held for fact in shut.facts.values())
    assert not any(fact.values for fact in open_.facts.values())
    assert open_.items["clarity_of_why"].status == "ecart_fort"
    assert open_.facts["sponsor"].disputed
    for found in (shut, open_):
        assert not any(i.counts or i.median for i in found.items.values())
        assert not found.dimensions
        assert not found.turns
        assert set(found.shared) <= {"headcount", "clientele"}


def test_after_an_erasure_no_figure_is_made_again(library: Library, committee: Answers) -> None:
    left = seen(library, of(committee, "DG", "MKT", "COM", "DRH"), hidden=True)
    assert left.items["clarity_of_why"].status == "opposes"
    assert not any(i.counts or i.median or i.roles for i in left.items.values())
    assert (left.dimensions, left.shared, left.turns) == ({}, {}, {})
    assert not any(fact.values or fact.held for fact in left.facts.values())


# -- Facts ------------------------------------------------------------------------

# The answers to a fact in the order of seats, then: what is held, what is listed.
HELD = [
    (["dg"], None, ()),
    (["dg", "dg"], "dg", ()),
    (["dg", "aucun"], None, ()),
    (["dg", "dg", "aucun"], "dg", ("dg", "aucun")),
    (["dg", "membre", "aucun"], None, ("dg", "membre", "aucun")),
    (["aucun", "aucun", "dg", "dg"], None, ("dg", "aucun")),
    (["aucun", "dg", "dg", "dg"], "dg", ("dg", "aucun")),
]


@pytest.mark.parametrize(("given_", "held", "values"), HELD)
def test_a_fact_is_held_when_two_people_gave_it(
    library: Library,
    committee: Answers,
    given_: list[str],
    held: str | None,
    values: tuple[str, ...],
) -> None:
    fact = seen(library, with_item(committee, "sponsor", given_)).facts["sponsor"]
    assert (fact.held, fact.values) == (held, values)


def test_the_signal_follows_authority_and_is_not_printed_for_that(found: Digest) -> None:
    assert found.signals["projects"] == "p6_10", "the only answer of the first in authority"
    assert found.facts["projects"].held == "p3_5"
    assert found.shared["projects"] == "p3_5"
    assert "results_horizon" not in found.shared, "two values were given twice"


def test_the_owners_pick_settles_a_fact_for_the_rules_and_the_documents(
    library: Library, committee: Answers, found: Digest
) -> None:
    kept = seen(library, committee, picks={"steering_days": "j3_5", "sponsor": "agenda"})
    assert kept == picked(library.expertise, found, "steering_days", "j3_5")
    assert kept.shared["steering_days"] == kept.signals["steering_days"] == "j3_5"
    assert advised(library.model, kept).top == "reorganise"
    assert "steering_days" not in kept.pivots, "the owner has settled it"
    assert kept.facts["sponsor"] == found.facts["sponsor"], "sent to the meeting"
    assert kept.facts["steering_days"].values == found.facts["steering_days"].values


def test_one_person_alone_is_never_printed(library: Library, committee: Answers) -> None:
    found = seen(library, committee)
    for name, fact in found.facts.items():
        givers = [mine for mine in committee.values() if mine.get(name) == fact.held]
        assert fact.held is None or len(givers) >= 2
        assert found.shared.get(name) == fact.held
    for name in ("internal_skills", "marketing_indicators", "adoption_brakes"):
        for choice in found.shared.get(name, ()):  # type: ignore[union-attr]
            assert sum(choice in mine.get(name, ()) for mine in committee.values()) >= 2


@given(data=st.data())
@FAST
def test_no_fact_of_one_person_is_held_whatever_they_answer(
    library: Library, committee: Answers, data: st.DataObject
) -> None:
    for name in FACTS:
        ids = [choice.id for choice in library.dialogs["diagnostic"][name].choices]
        answers = data.draw(st.lists(st.sampled_from([*ids, Blank.NSP]), min_size=0, max_size=5))
        committee = with_item(committee, name, answers)
    found = seen(library, committee)
    for name in FACTS:
        value = found.shared.get(name)
        assert value == (found.facts[name].held if name in found.facts else None)
        assert value is None or sum(m[name] == value for m in committee.values()) >= 2
    view = told(found)
    for rule in library.model.rules:
        if quotable(found, rule.when):
            assert rule.when(view)


def test_an_apprentices_supervisor_does_not_tell_why_it_was_asked(
    library: Library, committee: Answers
) -> None:
    """It is asked for some budgets, sizes and preferences: only a printed one explains it."""
    committee = {**committee, "DG": {**committee["DG"], "apprentice_tutor": "oui"}}
    assert "apprentice_tutor" not in seen(library, committee).shared
    small = {**committee, "DG": {**committee["DG"], "headcount": "lt20"}}
    assert seen(library, small).shared["apprentice_tutor"] == "oui"


def test_what_a_guest_was_not_asked_is_left_aside(library: Library, committee: Answers) -> None:
    """Somebody with an interview of their own brings a headcount; authority would take it."""
    brought = {**committee, "DRH": {**committee["DRH"], "headcount": "lt20"}}
    found = seen(library, brought)
    assert found.signals["headcount"] == found.shared["headcount"] == "e250_999"


# -- What may be said -------------------------------------------------------------


def test_reasons_rest_on_what_everybody_may_read(library: Library, found: Digest) -> None:
    model, fired = library.model, advised(library.model, found).fired
    quoted = [id_ for id_ in fired if quotable(found, model.rule(id_).when)]
    assert {"R16", "R19", "R28", "R47", "R06", "R45"} <= set(quoted)
    silent = set(fired) - set(quoted)
    assert silent == {"R31", "R37", "R56"}, "the answers of one person"
    view = told(found)
    for names in (model.rule(id_).when.names for id_ in ("R31", "R37")):
        read = [name for name in names if name in view]
        counts = [n for n in read if n not in found.facts or view[n] == found.signals.get(n)]
        assert set(counts) != set(names), "all may be read, and are what counts"


def test_what_is_told_never_goes_by_a_preference(found: Digest) -> None:
    assert "initial_preference" not in told(found)


@pytest.mark.parametrize(
    ("option", "points"),
    [
        ("interim_cdo", {"K13", "K14"}),
        ("reorganise", {"K13", "K14"}),
        ("permanent_cdo", {"K13", "K14"}),
    ],
)
def test_the_open_points_of_the_reference(
    library: Library, found: Digest, option: str, points: set[str]
) -> None:
    ids = open_points(library.model, library.costs, library.dialogs["documents"], found, option)
    assert set(ids) == points


@given(preferences=st.lists(st.sampled_from(["cdo", "partage", "profil", "reorg"]), min_size=5))
@FAST
def test_preferences_change_nothing_but_their_own_distribution(
    library: Library, committee: Answers, preferences: list[str]
) -> None:
    base, other = (
        seen(library, with_item(committee, "initial_preference", p))
        for p in (["cdo"] * 5, preferences)
    )
    assert base.signals == other.signals
    assert base.shared == other.shared
    for option in ("permanent_cdo", "interim_cdo", "reorganise", "clarify_first"):
        said = [
            open_points(library.model, library.costs, library.dialogs["documents"], one, option)
            for one in (base, other)
        ]
        assert said[0] == said[1]


def test_a_budget_that_one_person_alone_gave_raises_no_point(
    library: Library, committee: Answers
) -> None:
    only = with_item(committee, "annual_budget", ["b0_20"])
    found = seen(library, only)
    assert found.signals["annual_budget"] == "b0_20"
    for option in ("permanent_cdo", "interim_cdo"):
        points = open_points(
            library.model, library.costs, library.dialogs["documents"], found, option
        )
        assert not {"K02", "K14", "K29"} & set(points)


def test_a_budget_below_the_post_is_said_once(library: Library, committee: Answers) -> None:
    found = seen(library, with_item(committee, "annual_budget", ["b20_50"] * 3))
    questions = library.dialogs["documents"]
    as_cdo = open_points(library.model, library.costs, questions, found, "permanent_cdo")
    assert {"K02"} == {"K02", "K14"} & set(as_cdo)
    other = open_points(library.model, library.costs, questions, found, "clarify_first")
    assert {"K14"} == {"K02", "K14"} & set(other)


# -- What nobody can infer -----------------------------------------------------------

answer = st.one_of(st.integers(1, 5), st.just(Blank.NSP))


def shown(found: Digest) -> tuple[Any, ...]:
    """Everything of a digest that reaches a reader (A orders the agenda and is not shown)."""
    items = {
        name: (item.status, item.answers, item.counts, item.median, item.roles)
        for name, item in found.items.items()
    }
    return items, found.facts, found.shared, found.dimensions, found.behind, found.unknown


@given(
    name=st.sampled_from(SCALES),
    values=st.lists(st.integers(1, 5), min_size=4, max_size=5),
    shuffled=st.randoms(use_true_random=False),
)
@FAST
def test_whose_answer_is_whose_shows_nowhere(
    library: Library, committee: Answers, name: str, values: list[int], shuffled: Any
) -> None:
    others = [*values, Blank.NSP][:5]
    shuffled.shuffle(others)
    before = seen(library, with_item(committee, name, [*values, Blank.NSP][:5]))
    after = seen(library, with_item(committee, name, others))
    assert shown(before) == shown(after)


@given(name=st.sampled_from(SCALES), values=st.lists(st.integers(1, 5), min_size=3, max_size=3))
@FAST
def test_of_three_answers_only_the_status_and_the_median_show(
    library: Library, committee: Answers, name: str, values: list[int]
) -> None:
    before, weigh = seen(library, with_item(committee, name, values)), weights(library.expertise)
    for n in range(3):
        for value in range(1, 6):
            changed = [*values[:n], value, *values[n + 1 :]]
            after = seen(library, with_item(committee, name, changed))
            same = [(d.items[name].status, d.items[name].median) for d in (before, after)]
            if same[0] == same[1]:
                assert shown(before) == shown(after)
                assert before.items == after.items
                assert priority(before, weigh) == priority(after, weigh), "nor by their order"


@given(people=st.lists(st.lists(answer, min_size=10, max_size=10), min_size=2, max_size=2))
@FAST
def test_two_people_learn_nothing_of_each_other_without_a_word(
    library: Library, committee: Answers, people: list[list[object]]
) -> None:
    pair = of(committee, "DG", "COM")
    same = {name: pair["DG"][name] for name in (*FACTS, "marketing_indicators")}
    base = {**pair, "COM": {**pair["COM"], **dict(zip(SCALES, people[0], strict=True)), **same}}
    other = {**pair, "COM": {**pair["COM"], **dict(zip(SCALES, people[1], strict=True))}}
    views = [seen(library, one) for one in (base, other)]
    assert views[0].shared == views[1].shared
    assert views[0].dimensions == views[1].dimensions == {}
    assert views[0].turns == views[1].turns == {}
