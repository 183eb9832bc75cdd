"""How far an interview has come."""

from __future__ import annotations

from enum import IntEnum

from bot.conversation.drafting import wanted
from bot.conversation.turn import Turn


class Stage(IntEnum):
    """In order. An interview leaves a stage forwards, or by being erased or begun again."""

    NEW = 0
    BEGUN = 1
    CHOSEN = 2
    DOCUMENTS = 3
    ISSUED = 4


def reached(turn: Turn) -> Stage:
    """The last stage that an interview has come to, told without walking its path."""
    if turn.state.version:
        return Stage.ISSUED
    if wanted(turn):
        return Stage.DOCUMENTS
    if "option" in turn.interview.answers:
        return Stage.CHOSEN
    return Stage.BEGUN if turn.state.begun else Stage.NEW
