"""The points of the meeting, in the order in which they are run."""

from __future__ import annotations

from bot.conversation import board
from bot.conversation.turn import Turn
from bot.core.agenda import Agenda, agenda
from bot.core.rounds import weights


def planned(turn: Turn) -> Agenda:
    """The agenda that the owner has settled, as the results give it."""
    session = board.session(turn)
    by = weights(turn.library.expertise)
    return agenda(board.digest(turn), by, session.minutes, session.debates)
