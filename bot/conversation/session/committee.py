"""A committee together: the session that an update is about, and its screens by place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.hearing import Command, Due, Hearing
from bot.conversation.meeting import record
from bot.conversation.reply import Reply
from bot.conversation.rounds import deeds as rounds
from bot.conversation.session import opening, sessions, settings, waiting, welcome
from bot.conversation.turn import Turn

Places = Mapping[str, Callable[[Turn, str], list[Reply]]]

PLACES: Places = {
    **opening.PLACES,
    **welcome.PLACES,
    **settings.PLACES,
    **rounds.PLACES,
    **record.PLACES,
    **waiting.PLACES,
}
"""What is shown where a person of a session is, under a note."""


def about(heard: Hearing) -> str:
    """The id of the session that an update is about, if not the person's own."""
    match heard:
        case Command("start", payload) if link := sessions.named(payload):
            return link[0]
        case Due(session, _):
            return session
    return ""
