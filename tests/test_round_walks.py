"""Whatever people tap, in whatever order: nobody is left without a word, nothing is told too soon.

Directors of a committee touch any button that is on their screen or was just before, type, use
commands and let time pass. Each walk is drawn from its number, so that it can be walked again.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.content.library import Library
from bot.conversation.hearing import Command, Hearing, Tap, Typed, decode
from bot.conversation.respond import respond
from bot.conversation.rounds import deeds as rounds
from bot.core.session import Mode, Phase, Status
from tests.committees import five
from tests.round_table import DIRECTORS, Table, finished

STEPS = 70
SAID = ("bonjour", "15 décembre à 9 h", "Les priorités changent", "qui a répondu ?")
COMMANDS = ("/resultats", "/statut", "/relire", "/reprendre", "/document", "/modifier", "/seance")
NOT_NOW = {("x", "erase"), ("x", "restart"), ("s", "leave")}
"""What ends it all is tried elsewhere."""
BESIDE = re.compile(r"[●·] direction", re.IGNORECASE)
"""A function beside an answer."""


def committee(library: Library, chance: random.Random) -> Table:
    """Two to five people, in either language, anonymous or not."""
    every = five(library)
    guests = chance.sample(DIRECTORS[1:], chance.randint(1, 4))
    langs = {seat: chance.choice(["fr", "en"]) for seat in guests}
    mode = chance.choice(list(Mode))
    return Table(library, {s: every[s] for s in ("DG", *guests)}, langs=langs, mode=mode)


def tappable(table: Table, seat: str) -> list[Tap]:
    """The buttons of the two newest screens."""
    shown = [b for one in table.readers[seat].screens[-2:] for row in one.rows for b in row]
    taps = [tap for button in shown if (tap := decode(button.action))]
    return [tap for tap in taps if (tap.verb, *tap.args[:1]) not in NOT_NOW]


def step(table: Table, chance: random.Random) -> None:
    """One thing that somebody does; it is answered."""
    seat, what = chance.choice(list(table.readers)), chance.random()
    before = len(table.readers[seat].read)
    if what < 0.05:
        table.wait(table.now + timedelta(hours=chance.choice([2, 20, 50])))
        return
    if what < 0.1:
        table.say(seat, chance.choice(SAID))
    elif what < 0.2 or not tappable(table, seat):
        table.command(seat, chance.choice(COMMANDS))
    else:
        table.hear(seat, chance.choice(tappable(table, seat)))
    assert len(table.readers[seat].read) > before


@pytest.mark.parametrize("number", range(24))
def test_whatever_is_tapped(library: Library, number: int) -> None:
    chance = random.Random(number)
    table = committee(library, chance)
    table.press("DG", "close")
    for _ in range(STEPS):
        first = table.session.phase is Phase.FIRST
        step(table, chance)
        words = "\n".join(chair.words for chair in table.readers.values())
        if first and table.session.phase is Phase.FIRST:
            assert "●" not in words
        if table.session.mode is Mode.ANONYMOUS or len(table.readers) < 4:
            assert not BESIDE.search(words)
        if len(table.readers) < 4:
            assert "●" not in words


ARGUMENTS = ("", "x", "x.y", "clarity_of_why.9", "2026-13-99.9999", "9999")


@pytest.mark.parametrize("deed", sorted(rounds.DEEDS))
def test_a_button_of_another_time_breaks_nothing(library: Library, deed: str) -> None:
    table = finished(Table(library, five(library)))
    closed = table.session
    bare = replace(closed, digest=None, final=None, items=())
    for held in (None, *(replace(s, phase=p) for s in (closed, bare) for p in Phase)):
        for seat in ("DG", "COM"):
            for arg in ARGUMENTS:
                turn = replace(table.turn(seat), session=held)
                args = (deed, arg) if arg else (deed,)
                assert respond(turn, Tap(turn.interview.id, "s", args))[1]


@pytest.mark.parametrize("place", sorted(rounds.PLACES))
def test_whoever_stands_somewhere_without_a_session_is_somewhere_else(
    library: Library, place: str
) -> None:
    table = finished(Table(library, five(library)))
    left = table.session.change("COM", status=Status.LEFT, person="")
    heard: tuple[Hearing, ...] = (Typed("bonjour"), Command("resultats"), Command("statut"))
    for held in (None, left):
        turn = replace(table.turn("COM"), session=held)
        turn = turn.then(turn.state.at(place))
        for one in heard:
            state, replies = respond(turn, one)
            assert replies
            assert state.place not in rounds.PLACES
