"""What a Telegram update says, in the bot's own terms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import InaccessibleMessage, Message, Update

from bot.conversation.screen import Command, Hearing, Sent, Tap, Typed, Unreadable, decode

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


def hear(update: Update, lang: str) -> Heard | None:
    """The meaning of an update; None for what asks for no reply (service messages, blocks)."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or user.is_bot:
        return None
    private = chat.type == "private"
    spoken = _lang(user.language_code, lang)
    if update.callback_query:
        query = update.callback_query
        tap = decode(query.data or "") or Tap("", "")
        message = query.message
        lost = message is None or isinstance(message, InaccessibleMessage)
        known = message.message_id if message else 0
        tapped = 0 if lost else known
        return Heard(
            update.update_id, user.id, chat.id, spoken, tap, private, query.id, tapped, known
        )
    if update.edited_message:
        if not private or not update.edited_message.text:
            return None
        edited = Unreadable("edited", update.edited_message.text)
        return Heard(update.update_id, user.id, chat.id, spoken, edited)
    hearing = _message(update.message) if update.message else None
    if hearing is None or (not private and not isinstance(hearing, Command)):
        return None
    number = update.message.message_id if update.message else 0
    return Heard(update.update_id, user.id, chat.id, spoken, hearing, private, message=number)


def _lang(code: str | None, default: str) -> str:
    if not code:
        return default
    return "fr" if code.lower().startswith("fr") else "en"


def _message(message: Message) -> Hearing | None:
    if message.forward_origin:
        return Unreadable("forward")
    if message.text:
        command = _COMMAND.fullmatch(message.text)
        if command:
            return Command(command[1].lower(), (command[3] or "").strip())
        return Typed(message.text)
    if message.photo or message.video or message.animation:
        return Unreadable("photo")
    if message.voice or message.audio or message.video_note:
        return Unreadable("voice")
    if message.sticker or message.dice:
        return Unreadable("emoji")
    if (file := message.document) is not None:
        return Sent(file.file_id, file.file_name or "", file.file_size or 0)
    others = (message.contact, message.location, message.venue, message.poll)
    return Unreadable("file") if any(others) else None
