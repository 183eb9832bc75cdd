"""The agenda adds up to the meeting, and its time goes where it changes the decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import Library
from bot.core.agenda import LENGTHS, Agenda, agenda, swapped, unclear
from bot.core.digest import Digest, Ending, Fact, Item
from bot.core.rounds import weights
from tests.committees import five, seen, with_item


@pytest.fixture(scope="module")
def found(library: Library) -> Digest:
    return seen(library, five(library))


@pytest.fixture(scope="module")
def by(library: Library) -> dict[str, float]:
    return weights(library.expertise)


def lines(plan: Agenda) -> list[tuple[str, str, int]]:
    return [(point.kind, point.subject, point.minutes) for point in plan.points]


def test_the_reference_meeting_of_75_minutes(found: Digest, by: dict[str, float]) -> None:
    plan = agenda(found, by, 75)
    assert lines(plan) == [
        ("frame", "", 5),
        ("reading", "", 5),
        ("why", "clarity_of_why", 10),
        ("pivot", "steering_days", 17),
        ("debate", "shared_targets", 12),
        ("choice", "", 15),
        ("document", "", 6),
        ("ritual", "", 5),
    ]
    assert plan.reserve == ("tool_usage", "joint_decisions")
    assert len(plan.facts) == 7, "the eighth is the pivot"


def test_in_60_minutes_everything_gives_way_a_little(found: Digest, by: dict[str, float]) -> None:
    assert [n for _, _, n in lines(agenda(found, by, 60))] == [3, 5, 8, 13, 9, 12, 5, 5]


def test_in_90_minutes_a_third_debate_finds_a_place(found: Digest, by: dict[str, float]) -> None:
    plan = agenda(found, by, 90)
    assert plan.debates == ("steering_days", "shared_targets", "tool_usage")
    assert plan.reserve == ("joint_decisions",)


statuses = st.sampled_from(["accord", "nuance", "opposes", "divergent", "isole"])


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    names = draw(st.lists(st.sampled_from("abcdef"), unique=True))
    names += ["clarity_of_why"] * draw(st.booleans())
    items = {name: Item(draw(statuses), 5, agreement=draw(st.floats(-1, 1))) for name in names}
    endings = {
        n: Ending(draw(st.booleans()), i.status) for n, i in items.items() if draw(st.booleans())
    }
    turns: dict[str, dict[str, str]] = {n: {} for n in [*names, "x", "y"] if draw(st.booleans())}
    facts = {n: Fact(("u", "v"), differ=True) for n in "xyz" if draw(st.booleans())}
    people = draw(st.integers(2, 8))
    return Digest(people, 8, items=items, facts=facts, endings=endings, turns=turns)


@given(found=digests(), minutes=st.sampled_from(LENGTHS))
def test_it_adds_up_whatever_was_answered(found: Digest, minutes: int) -> None:
    plan = agenda(found, {}, minutes)
    assert sum(point.minutes for point in plan.points) == minutes
    kinds = [point.kind for point in plan.points]
    assert kinds[:3] == ["frame", "reading", "why"]
    assert kinds[-3:] == ["choice", "document", "ritual"]
    assert ("open" in kinds) == (found.answered < 3)
    assert max(point.minutes for point in plan.points) <= 45
    listed = [*plan.debates, *plan.reserve, *plan.moving, *plan.facts]
    assert len(listed) == len(set(listed)), "nothing is planned twice"


def test_why_takes_five_minutes_when_it_is_clear(library: Library, by: dict[str, float]) -> None:
    clear = seen(library, with_item(five(library), "clarity_of_why", (4, 4, 5, 4, 5)))
    assert not unclear(clear)
    assert ("why", "clarity_of_why", 5) in lines(agenda(clear, by, 75))


def test_why_takes_ten_minutes_when_all_find_it_blurred(library: Library) -> None:
    low = seen(library, with_item(five(library), "clarity_of_why", (2, 2, 2, 2, 1)))
    assert low.items["clarity_of_why"].status == "accord"
    assert unclear(low)


def test_points_that_move_are_looked_at_together(found: Digest, by: dict[str, float]) -> None:
    endings = {
        "tool_usage": Ending(False, "isole"),
        "joint_decisions": Ending(False, "accord"),
        "shared_targets": Ending(True, "opposes"),
        "steering_days": Ending(False, "partages"),
    }
    plan = agenda(replace(found, endings=endings), by, 75)
    assert plan.moving == ("tool_usage",), "agreement found needs no time; a pivot has its own"
    assert ("moving", "", 5) in lines(plan)
    assert ("pivot", "steering_days", 12) in lines(plan)


def test_what_people_ask_to_discuss_comes_sooner(found: Digest, by: dict[str, float]) -> None:
    endings = {n: Ending(True, found.items[n].status) for n in ("shared_targets", "tool_usage")}
    endings["tool_usage"] = replace(endings["tool_usage"], discuss=1.0)
    plan = agenda(replace(found, endings=endings), by, 75)
    assert plan.debates == ("steering_days", "tool_usage")


def test_a_point_in_reserve_takes_the_place_of_a_debate(
    found: Digest, by: dict[str, float]
) -> None:
    plan = swapped(found, by, agenda(found, by, 75), "shared_targets", "joint_decisions")
    assert plan.debates == ("steering_days", "joint_decisions")
    assert "shared_targets" in plan.reserve


def test_blurred_roles_are_put_on_the_agenda(library: Library, by: dict[str, float]) -> None:
    calm = five(library)
    for name in ("tool_usage", "joint_decisions", "shared_targets", "clarity_of_why"):
        calm = with_item(calm, name, (4, 4, 4, 4, 4))
    blurred = seen(library, with_item(calm, "role_split", (2, 2, 2, 2, 2)))
    assert blurred.items["role_split"].status == "accord"
    assert "role_split" in agenda(blurred, by, 75).debates
    clear = seen(library, with_item(calm, "role_split", (4, 4, 4, 4, 4)))
    assert "role_split" not in agenda(clear, by, 75).debates


@pytest.mark.parametrize(("purposes", "planned"), [(["aucune"] * 4, True), (["aucune"] * 3, False)])
def test_a_network_that_nobody_sees_the_use_of_is_put_on_the_agenda(
    library: Library, by: dict[str, float], purposes: list[str], planned: bool
) -> None:
    """Four answers at least: below, the opinion is not told."""
    found = seen(library, with_item(five(library), "social_network_purpose", purposes))
    plan = agenda(found, by, 75)
    assert ("social_network_purpose" in (*plan.debates, *plan.reserve)) is planned


def test_without_debates_the_facts_to_confirm_take_their_place(by: dict[str, float]) -> None:
    facts = {"sponsor": Fact(("dg", "aucun"), differ=True)}
    plan = agenda(Digest(5, 5, facts=facts), by, 75)
    assert ("facts", "", 12) in lines(plan)
    assert ("choice", "", 30) in lines(plan)


def test_two_people_have_open_questions(by: dict[str, float]) -> None:
    plan = agenda(Digest(2, 3), by, 75)
    assert ("open", "", 34) in lines(plan)
    assert plan.debates == ()
