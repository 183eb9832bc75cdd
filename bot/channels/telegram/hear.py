"""What a Telegram update says, in the bot's own terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.screen import Command, Hearing, Sent, Tap, Typed, Unreadable, decode

Json = Mapping[str, Any]
NOTHING: Json = {}
IN_GROUPS = (Tap, Command)
"""What is heard in a group."""
UNREADABLE = {
    "photo": ("photo", "video", "animation"),
    "voice": ("voice", "audio", "video_note"),
    "emoji": ("sticker", "dice"),
}
"""The fields of a message that say what it is instead of words; an animation is a document too."""
OTHERS = ("contact", "location", "venue", "poll")
_COMMAND = re.compile(r"/([a-zA-Z_]\w*)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heard:
    """Who did what, where. `callback` must be answered; `tapped` is the message to edit.

    `message` is the newest one known of the chat: the tapped one, or what was written.
    """

    update: int
    person: int
    chat: int
    lang: str
    hearing: Hearing
    private: bool = True
    callback: str = ""
    tapped: int = 0
    message: int = 0


def hear(update: Json, lang: str) -> Heard | None:
    """The meaning of an update; None for what asks for no reply (service messages, blocks).

    Raises KeyError, TypeError or AttributeError for what Telegram does not send.
    """
    query = update.get("callback_query", NOTHING)
    source = query or update
    message = source.get("message") or source.get("edited_message")
    if message is None:
        return None
    user, chat = (query or message)["from"], message["chat"]
    private, hearing = chat["type"] == "private", _hearing(update, query, message)
    if hearing is None or user["is_bot"] or not (private or isinstance(hearing, IN_GROUPS)):
        return None
    return Heard(
        update=update["update_id"],
        person=user["id"],
        chat=chat["id"],
        lang=_lang(user.get("language_code"), lang),
        hearing=hearing,
        private=private,
        callback=query.get("id", ""),
        tapped=message["message_id"] if query and message["date"] else 0,
        message=message["message_id"],
    )


def _hearing(update: Json, query: Json, message: Json) -> Hearing | None:
    if query:
        return decode(query.get("data", "")) or Tap("", "")
    if "edited_message" not in update:
        return _message(message)
    return Unreadable("edited", message["text"]) if "text" in message else None


def _lang(code: str | None, default: str) -> str:
    if not code:
        return default
    return "fr" if code.lower().startswith("fr") else "en"


def _message(message: Json) -> Hearing | None:
    if "forward_origin" in message:
        return Unreadable("forward")
    if text := message.get("text"):
        command = _COMMAND.fullmatch(text)
        if command:
            return Command(command[1].lower(), (command[3] or "").strip())
        return Typed(text)
    for kind, fields in UNREADABLE.items():
        if not message.keys().isdisjoint(fields):
            return Unreadable(kind)
    if file := message.get("document"):
        return Sent(file["file_id"], file.get("file_name", ""), file.get("file_size", 0))
    return None if message.keys().isdisjoint(OTHERS) else Unreadable("file")
