"""What was put off in a session, once its time has come: reminders, news, the closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import news, reminding, rounds
from bot.conversation.screen import Reply
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn

Result = tuple[Conversation, list[Reply]]

TOPICS: Mapping[str, Callable[[Turn], Result]] = {
    **reminding.TOPICS,
    **news.TOPICS,
    **rounds.TOPICS,
}
"""What each topic says and does. It may come twice, and looks at what is still true."""


def due(turn: Turn, session: str, topic: str) -> Result:
    """What a topic says to somebody who is still in the session, or has just ceased to be."""
    member = turn.state.member
    if topic in news.OUTSIDE:
        outside = member is not None and member.session == session and turn.seat is None
        return news.OUTSIDE[topic](turn) if outside else (turn.state, [])
    if turn.session is None or turn.session.id != session or turn.seat is None:
        return turn.state, []
    return TOPICS[topic](turn)
