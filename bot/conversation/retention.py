"""Until when a conversation is kept, if nothing more is said in it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.conversation.state import Conversation
from bot.conversation.turn import House, Turn

SILENCE_DAYS = 90
"""How long an interview without documents is kept after its last message."""
WARNED_DAYS = 7
"""How long before the end the person is warned, or half of what is kept if that is less."""


def kept_days(house: House, state: Conversation) -> int:
    """The days for which a conversation is kept from its last message on."""
    return house.retention_days if state.version else SILENCE_DAYS


def shortest(house: House) -> int:
    """The fewest days for which any message keeps a conversation."""
    return min(house.retention_days, SILENCE_DAYS)


def kept_until(turn: Turn) -> date:
    """The day on which the answers go, if nothing happens."""
    return (turn.now + timedelta(days=kept_days(turn.house, turn.state))).date()


def warned_days(days: int) -> int:
    """How many days before the end of so many the person is warned."""
    return min(WARNED_DAYS, days // 2)
