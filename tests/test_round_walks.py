"""Whatever people tap, in whatever order: nobody is left without a word, nothing is told too soon.

Directors of a committee touch any button that is on their screen or was just before, type, use
commands and let time pass. Each walk is drawn from its number, so that it can be walked again.
"""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest

from bot.content.library import Library
from bot.conversation.screen import Tap, decode
from bot.core.session import Mode, Phase
from tests.round_table import DIRECTORS, Table, directors

STEPS = 70
SAID = ("bonjour", "15 décembre à 9 h", "Les priorités changent", "qui a répondu ?")
COMMANDS = ("/resultats", "/statut", "/relire", "/reprendre", "/document", "/modifier", "/seance")
NOT_NOW = {("x", "erase"), ("x", "restart"), ("s", "leave")}
"""What ends it all is tried elsewhere."""
BESIDE = re.compile(r"[●·] direction", re.IGNORECASE)
"""A function beside an answer."""


def committee(library: Library, chance: random.Random) -> Table:
    """Two to five people, in either language, anonymous or not."""
    every = directors(library)
    guests = chance.sample(DIRECTORS[1:], chance.randint(1, 4))
    langs = {seat: chance.choice(["fr", "en"]) for seat in guests}
    mode = chance.choice(list(Mode))
    return Table(library, {s: every[s] for s in ("DG", *guests)}, langs=langs, mode=mode)


def tappable(table: Table, seat: str) -> list[Tap]:
    """The buttons of the two newest screens."""
    shown = [b for one in table.chairs[seat].screens[-2:] for row in one.rows for b in row]
    taps = [tap for button in shown if (tap := decode(button.action))]
    return [tap for tap in taps if (tap.verb, *tap.args[:1]) not in NOT_NOW]


def step(table: Table, chance: random.Random) -> None:
    """One thing that somebody does; it is answered."""
    seat, what = chance.choice(list(table.chairs)), chance.random()
    before = len(table.chairs[seat].read)
    if what < 0.05:
        table.wait(table.now + timedelta(hours=chance.choice([2, 20, 50])))
        return
    if what < 0.1:
        table.say(seat, chance.choice(SAID))
    elif what < 0.2 or not tappable(table, seat):
        table.command(seat, chance.choice(COMMANDS))
    else:
        table.hear(seat, chance.choice(tappable(table, seat)))
    assert len(table.chairs[seat].read) > before


@pytest.mark.parametrize("number", range(24))
def test_whatever_is_tapped(library: Library, number: int) -> None:
    chance = random.Random(number)
    table = committee(library, chance)
    table.press("DG", "close")
    for _ in range(STEPS):
        first = table.session.phase is Phase.FIRST
        step(table, chance)
        words = "\n".join(chair.words for chair in table.chairs.values())
        if first and table.session.phase is Phase.FIRST:
            assert "●" not in words
        if table.session.mode is Mode.ANONYMOUS or len(table.chairs) < 4:
            assert not BESIDE.search(words)
        if len(table.chairs) < 4:
            assert "●" not in words
