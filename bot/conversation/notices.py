"""What was put off in a session, once its time has come: reminders, news, the closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.screen import Reply
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn

Result = tuple[Conversation, list[Reply]]
Topic = Callable[[Turn], Result]

TOPICS: Mapping[str, Topic] = {}
"""What each topic says and does. It may come twice, and looks at what is still true."""
DISSOLVED: frozenset[str] = frozenset()
"""The topics said to a member of a session that is there no more."""
ANEW: frozenset[str] = frozenset()
"""The topics said even to somebody of whom nothing else is kept any more."""
BROUGHT: Mapping[str, Topic] = {}
"""What is said under the files of a session, by the first kind of them."""


def due(turn: Turn, session: str, topic: str) -> Result:
    """What a topic says to somebody who is still in the session."""
    member = turn.state.member
    elsewhere = member is not None and member.session != session
    if topic in DISSOLVED:
        there = turn.session is None and member is not None
    else:
        there = turn.seat is not None
    return TOPICS[topic](turn) if there and not elsewhere else (turn.state, [])
