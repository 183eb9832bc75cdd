"""What a Telegram update says, in the bot's own terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.hearing import (
    Command,
    Hearing,
    Moved,
    Placed,
    Sent,
    Tap,
    Typed,
    Unreadable,
    decode,
)

Json = Mapping[str, Any]
NOTHING: Json = {}
INSIDE = {"member", "administrator", "restricted"}
"""Where the bot stands in a group that it can write to."""
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

    @property
    def lane(self) -> int:
        """What is done in order: by one person, or in one group."""
        return self.person if self.private else self.chat


def hear(update: Json, lang: str, name: str = "") -> Heard | None:
    """The meaning of an update for the bot of this name.

    None for what asks for no reply: service messages, blocks, what people of a group say among
    themselves.

    Raises KeyError, TypeError or AttributeError for what Telegram does not send.
    """
    query = update.get("callback_query", NOTHING)
    source = query or update
    message = source.get("message") or source.get("edited_message")
    if message is None:
        return _placed(update, lang)
    user, chat = (query or message)["from"], message["chat"]
    private = chat["type"] == "private"
    hearing = _hearing(update, query, message) if private else _in_group(update, message, name)
    if hearing is None or user["is_bot"]:
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


def _placed(update: Json, lang: str) -> Heard | None:
    """The bot's own place in a group has changed."""
    change = update.get("my_chat_member")
    if change is None or change["chat"]["type"] not in ("group", "supergroup"):
        return None
    before, after = (change[f"{when}_chat_member"]["status"] in INSIDE for when in ("old", "new"))
    if before == after:
        return None
    user = change["from"]
    return Heard(
        update=update["update_id"],
        person=user["id"],
        chat=change["chat"]["id"],
        lang=_lang(user.get("language_code"), lang),
        hearing=Placed(inside=after),
        private=False,
    )


def _in_group(update: Json, message: Json, name: str) -> Hearing | None:
    """Commands, taps, and words in reply to a message of ours: a group keeps all else to itself."""
    if "edited_message" in update:
        return None
    if query := update.get("callback_query"):
        return decode(query.get("data", "")) or Tap("", "")
    if to := message.get("migrate_to_chat_id"):
        return Moved(to)
    text = message.get("text", "")
    if command := _COMMAND.fullmatch(text):
        if command[2] and name and command[2].lower() != name.lower():
            return None
        return Command(command[1].lower(), (command[3] or "").strip())
    replied = message.get("reply_to_message", NOTHING)
    ours = replied.get("from", NOTHING).get("username", "") == name
    return Typed(text, replied["message_id"]) if text and name and ours else None


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
