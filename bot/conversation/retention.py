"""Until when a conversation is kept, if nothing more is said in it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.conversation.state import Conversation
from bot.conversation.turn import House, Turn

SILENCE_DAYS = 90
"""How long an interview without documents is kept after its last message."""


def kept_days(house: House, state: Conversation) -> int:
    """The days for which a conversation is kept from its last message on."""
    return house.retention_days if state.version else SILENCE_DAYS


def kept_until(turn: Turn) -> date:
    """The day on which the answers go, if nothing happens."""
    return (turn.now + timedelta(days=kept_days(turn.house, turn.state))).date()
