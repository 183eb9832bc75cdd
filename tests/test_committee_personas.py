"""Committees of two, three and five people: what may be told of each, as the persona file says."""

from __future__ import annotations

import pytest

from bot.content.library import Library
from bot.content.personas import Persona, load_personas
from bot.core.digest import Digest
from bot.core.digesting import digest
from bot.core.rounds import retained, weights
from bot.core.showing import advised, open_points
from tests.test_decision import PERSONAS

COMMITTEES = ("P12", "P21", "P22")


@pytest.fixture
def persona(request: pytest.FixtureRequest, library: Library) -> Persona:
    """A committee by its id."""
    every = load_personas(PERSONAS, library.dialogs)
    return next(one for one in every if one.id == request.param)


def closed(library: Library, persona: Persona, *, both: bool = False) -> Digest:
    """The first round; `both` when two people alone have accepted to be compared."""
    answers = {str(one["role"]): one for one in persona.respondents}
    return digest(library.expertise, answers, invited=len(answers), named=False, both=both)


@pytest.mark.parametrize("persona", COMMITTEES, indirect=True)
def test_the_option_and_the_views_apart(library: Library, persona: Persona) -> None:
    found, expect = closed(library, persona, both=True), persona.expect
    assert advised(library.model, found).top == expect["top"]
    assert {name: found.items[name].status for name in expect["div"]} == expect["div"]
    told = open_points(
        library.model, library.costs, library.dialogs["documents"], found, expect["top"]
    )
    assert set(expect["K"]) <= set(told)


@pytest.mark.parametrize("persona", ["P21", "P22"], indirect=True)
def test_few_people_read_little(library: Library, persona: Persona) -> None:
    found, expect = closed(library, persona), persona.expect
    assert not any(item.counts for item in found.items.values())
    medians = {name: found.items[name].median for name in expect["medians"]}
    assert medians == {name: float(value) for name, value in expect["medians"].items()}
    for name in expect["untold"]:
        assert (found.items[name].status, found.items[name].median) == ("", None)
    assert list(retained(found, weights(library.expertise))) == expect["retained"]


@pytest.mark.parametrize("persona", ["P21"], indirect=True)
def test_in_the_second_round_one_person_comes_nearer(library: Library, persona: Persona) -> None:
    answers = {str(one["role"]): one for one in persona.final}
    found = digest(library.expertise, answers, invited=3, named=False)
    assert found.items["clarity_of_why"].status == "nuance"
    assert found.items["clarity_of_why"].median == 3
