"""A session at rest, and the words for its moments, functions and links."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.session import GROUP, SECRET_LENGTH, Phase, Session

KEY = "session"
_AT_REST = TypeAdapter(Session)


def key(id_: str) -> str:
    """The store's name for a session."""
    return f"{KEY}:{id_}"


def chat_key(chat: int) -> str:
    """The store's name for a committee's chat: under it, the id of the session that it follows."""
    return f"chat:{chat}"


def pack(session: Session) -> bytes:
    """The session as JSON."""
    return _AT_REST.dump_json(session)


def unpack(data: bytes) -> Session:
    """The session from its JSON."""
    return _AT_REST.validate_json(data)


ID_LENGTH = 8
_LINK = re.compile(rf"[ig]_([a-z2-7]{{{ID_LENGTH}}})([\w-]{{{SECRET_LENGTH}}})", re.ASCII)


def named(payload: str) -> tuple[str, str] | None:
    """The session and the secret that a link's payload names; None for another payload.

    `i_…` is one person's link, `g_…` the one of the committee's chat.
    """
    found = _LINK.fullmatch(payload)
    return (found[1], found[2]) if found else None


def link(turn: Turn, session: Session, place: str) -> str:
    """The address that opens a seat (or GROUP) in a private chat with the bot."""
    kind = "g" if place == GROUP else "i"
    return address(turn, f"{kind}_{session.id}{session.secret(place)}")


def address(turn: Turn, payload: str) -> str:
    """The address of a private chat with the bot, which a payload opens."""
    return f"https://t.me/{turn.bot}?start={payload}"


def over(session: Session) -> bool:
    """Whether nothing is under way in it: closed, not waited for, its meeting not open."""
    meets = session.meeting is not None and not session.meeting.ended
    return session.phase is Phase.CLOSED and not session.waiting and not meets


def led(session: Session) -> bool:
    """Whether whoever opened it still takes part in it."""
    return session.seat_of(session.owner) is not None


def chance(turn: Turn, what: str) -> str:
    """64 hexadecimal digits of the turn's chance, kept apart from what else it is used for."""
    return hashlib.sha256(f"{what}:{turn.token}".encode()).hexdigest()


def new_id(turn: Turn) -> str:
    """An id for a new session."""
    made = bytes.fromhex(chance(turn, "session"))
    return base64.b32encode(made).decode().lower()[:ID_LENGTH]


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
