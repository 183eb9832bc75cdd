"""A session at rest, and the words for its moments, functions and links."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.session import Session

KEY = "session"
_AT_REST = TypeAdapter(Session)


def key(id_: str) -> str:
    """The store's name for a session."""
    return f"{KEY}:{id_}"


def pack(session: Session) -> bytes:
    """The session as JSON."""
    return _AT_REST.dump_json(session)


def unpack(data: bytes) -> Session:
    """The session from its JSON."""
    return _AT_REST.validate_json(data)


def named(payload: str) -> tuple[str, str] | None:
    """The session and the secret that a link's payload (`i_…`) names; None for another one."""
    found = payload.removeprefix("i_")
    if found == payload or len(found) <= ID_LENGTH:
        return None
    return found[:ID_LENGTH], found[ID_LENGTH:]


ID_LENGTH = 8


def local(session: Session, when: datetime) -> datetime:
    """A moment in the session's time zone."""
    return when.astimezone(ZoneInfo(session.zone))


def moment(turn: Turn, when: datetime) -> str:
    """« vendredi 4 décembre, 18 h », "Friday 4 December, 18:00"."""
    assert turn.session is not None
    here = local(turn.session, when)
    day = speech.day(here, turn.lang, weekday=True).removesuffix(f" {here.year}")
    return f"{day}, {hour(here, turn.lang)}"


def hour(when: datetime, lang: str) -> str:
    """« 9 h », « 9 h 30 », "9:30"."""
    if lang == "en":
        return f"{when.hour}:{when.minute:02}"
    return f"{when.hour} h {when.minute:02}" if when.minute else f"{when.hour} h"
