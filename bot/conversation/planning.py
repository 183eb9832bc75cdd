"""The points of the meeting, in the order in which they are run."""

from __future__ import annotations

from bot.conversation import board
from bot.conversation.turn import Turn
from bot.core.agenda import Agenda, agenda
from bot.core.rounds import weights


def planned(turn: Turn) -> Agenda:
    """The agenda that the owner has settled, as the results give it."""
    return agenda(board.digest(turn), weights(turn.library.expertise), board.session(turn).minutes)
