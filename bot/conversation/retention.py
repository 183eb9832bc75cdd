"""Until when a conversation is kept, if nothing more is said in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.state import Conversation
from bot.conversation.turn import House, Turn
from bot.core.session import Phase, Session

SILENCE_DAYS = 90
"""How long an interview without documents is kept after its last message."""
LATER_DAYS = 183
"""How long after its closing a committee that wants it is asked again."""
WARNED_DAYS = 7
"""How long before the end the person is warned, or half of what is kept if that is less."""


def kept_days(house: House, state: Conversation, session: Session | None = None) -> int:
    """The days for which a conversation is kept from its last message on.

    Whoever has agreed to nothing, as after only opening a link, is known for the shorter time.
    Once a committee's session is closed, its answers go as those of a finished interview do.
    Whoever wishes to be asked again in six months stays known until then, without any answer.
    """
    if state.member and state.member.later:
        return house.retention_days + LATER_DAYS
    seated = state.member and session and state.place != "invited"
    if not state.begun and not seated:
        return shortest(house)
    if state.member and session:
        return house.retention_days if session.phase is Phase.CLOSED else SILENCE_DAYS
    return house.retention_days if state.version else SILENCE_DAYS


def shortest(house: House) -> int:
    """The fewest days for which any message keeps a conversation."""
    return min(house.retention_days, SILENCE_DAYS)


def kept_until(turn: Turn) -> date:
    """The day on which the answers go, if nothing happens."""
    return (turn.now + timedelta(days=kept_days(turn.house, turn.state, turn.session))).date()


def warned_days(days: int) -> int:
    """How many days before the end of so many the person is warned."""
    return min(WARNED_DAYS, days // 2)


def session_until(house: House, session: Session) -> datetime:
    """Until when a session is kept: its retention from the closing, from the meeting that was
    set after it, or from the day it comes back.

    One that is not closed waits from its deadline, as its members' answers do.
    """
    days = timedelta(days=house.retention_days)
    if session.later and session.comes:
        return session.comes + days
    if session.phase is not Phase.CLOSED:
        return session.deadline + timedelta(days=SILENCE_DAYS)
    closed = session.closed or session.deadline
    return max(closed, _meeting(session) or closed) + days


def _meeting(session: Session) -> datetime | None:
    if session.decides is None or not session.starts:
        return None
    hour = time.fromisoformat(session.starts)
    return datetime.combine(session.decides, hour, ZoneInfo(session.zone))


def answers_end(turn: Turn) -> datetime:
    """When the answers of the turn's session go, whether or not it comes back."""
    assert turn.session is not None
    return session_until(turn.house, replace(turn.session, later=False))
