"""What is said around the questions: half-way once, an « I do not know » explained once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.content.personas import load_personas
from bot.conversation.asking import noted, opening
from bot.conversation.turn import Turn
from bot.core.dialog import Blank, Type
from bot.core.exchange import Noted
from bot.core.flow import END
from tests.talking import Talk
from tests.terminal.chat import TESTS


def turn_with(library: Library, answers: dict[str, object]) -> Turn:
    turn = Talk(library, {}).turn
    interview = replace(turn.interview, answers=answers)
    return turn.then(replace(turn.state.at("asking"), interview=interview))


@pytest.mark.parametrize("offer", ["tout", "non", "jamais"])
@pytest.mark.parametrize("persona", ["P02", "P04", "P07"])
def test_half_way_is_said_once(library: Library, persona: str, offer: str) -> None:
    personas = load_personas(TESTS / "personas.yaml", library.dialogs)
    given = next(one for one in personas if one.id == persona).respondents[0]
    half = library.messages("fr", "progress.half", minutes=0).partition("0")[0].split(",")[0]
    dialog, answers, said = library.dialogs["diagnostic"], {}, []
    while True:
        turn = turn_with(library, answers)
        place = library.flows["diagnostic"].position(turn.interview.values)
        if place == END:
            break
        said.append(opening(turn, place))
        offered = dialog[place].type is Type.OFFER
        answers[place] = offer if offered else given.get(place, Blank.NSP)
    assert sum(half in sentence for sentence in said) == 1


def test_not_knowing_is_explained_the_first_time(library: Library) -> None:
    first = turn_with(library, {"headcount": Blank.NSP})
    again = turn_with(library, {"headcount": Blank.NSP, "clientele": Blank.NSP})
    assert "non renseigné" in noted(first, Noted("headcount", Blank.NSP))
    assert noted(again, Noted("clientele", Blank.NSP)) == "Noté : vous ne savez pas."
