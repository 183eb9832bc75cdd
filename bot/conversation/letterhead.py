"""The company's own paper: what is said when it is asked for, tried and taken away."""

from __future__ import annotations

from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.turn import Turn

PLACES = ("letterhead", "trial")
"""Where the person is while a file is awaited, then tried."""


def offered(turn: Turn) -> Button:
    """The button that adds the company's paper, or takes it away."""
    if turn.state.letterhead:
        return turn.button("btn.letterhead_forget", "x", "plain")
    return turn.button("btn.letterhead", "g", "letterhead")


def status(turn: Turn) -> str:
    """Whether the documents carry the company's paper."""
    return turn.say("letterhead.on" if turn.state.letterhead else "letterhead.off")


def ask_screen(turn: Turn, note: str = "") -> Screen:
    """What to send; after a refusal the reason alone, which says what to send instead."""
    cancel = ((turn.button("btn.cancel", "g", "resume"),),)
    return Screen(note or turn.say("letterhead.ask"), cancel, question="letterhead")


def lines_screen(turn: Turn, n: int) -> Screen:
    """The file said more than its edges."""
    rows = _or_another(turn, turn.button("btn.letterhead_continue", "g", "trial"))
    return Screen(turn.say("letterhead.lines", n=n), rows, fresh=True)


def trial_screen(turn: Turn) -> Screen:
    """The test page has been seen: does it suit?"""
    rows = _or_another(turn, turn.button("btn.letterhead_use", "x", "paper"))
    return Screen(turn.say("letterhead.suits"), rows, fresh=True)


def _or_another(turn: Turn, button: Button) -> Rows:
    another = turn.button("btn.letterhead_other", "g", "letterhead")
    return grouped([button, another], single=True)
