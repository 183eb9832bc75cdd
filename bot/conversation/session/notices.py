"""What was put off in a session, once its time has come: reminders, news, the closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.meeting import recording
from bot.conversation.reply import Reply
from bot.conversation.rounds import deeds as rounds
from bot.conversation.session import attending, later, leaving, news, reminding
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn

Result = tuple[Conversation, list[Reply]]
Topic = Callable[[Turn], Result]

TOPICS: Mapping[str, Topic] = {
    **reminding.TOPICS,
    **news.TOPICS,
    **rounds.TOPICS,
    **recording.TOPICS,
    **later.TOPICS,
    **attending.TOPICS,
    **leaving.TOPICS,
}
"""What each topic says and does. It may come twice, and looks at what is still true."""
OUTSIDE: Mapping[str, Topic] = {
    **news.OUTSIDE,
    **later.OUTSIDE,
}
"""What is said to somebody who sits in the session no more."""
ANEW: frozenset[str] = frozenset()
"""The topics said even to somebody of whom nothing else is kept any more."""
BROUGHT: Mapping[str, Topic] = {
    **recording.BROUGHT,
    **rounds.BROUGHT,
}
"""What is said under the files of a session, by the first kind of them."""


def due(turn: Turn, session: str, topic: str) -> Result:
    """What a topic says to somebody who is still in the session, or has just ceased to be."""
    member = turn.state.member
    if topic in OUTSIDE:
        outside = member is not None and member.session == session and turn.seat is None
        return OUTSIDE[topic](turn) if outside else (turn.state, [])
    elsewhere = member is not None and member.session != session
    if turn.seat is None or elsewhere:
        return turn.state, []
    return TOPICS[topic](turn)
