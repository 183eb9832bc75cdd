"""How replies look on Telegram: questions edited in place, files as one album."""

from __future__ import annotations

import asyncio
import html
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    Message,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.hear import Heard
from bot.conversation.screen import Button, Screen
from bot.core.typography import typeset
from bot.documents.facts import File

T = TypeVar("T")
log = logging.getLogger(__name__)

TRIES = 4
CAPTION = 1024


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """A call to Telegram, tried again after a flood, a cut or a hiccup of the server.

    Raises the last TelegramError when trying again cannot help.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return await call()
        except RetryAfter as error:
            await asyncio.sleep(pause(error))
        except (BadRequest, Forbidden):
            raise
        except NetworkError:
            if attempt == TRIES:
                raise
            await asyncio.sleep(0.5 * 2**attempt)
    return await call()


def pause(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def markup(screen: Screen, lang: str) -> InlineKeyboardMarkup | None:
    """The buttons under a screen."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup([[_button(button, lang) for button in row] for row in screen.rows])


def _button(button: Button, lang: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(typeset(button.label, lang), callback_data=button.action)


def written(screen: Screen, lang: str) -> str:
    """The text as Telegram's HTML: everything escaped, what matters in bold."""
    text = html.escape(typeset(screen.text, lang), quote=False)
    strong = html.escape(typeset(screen.strong, lang), quote=False)
    return text.replace(strong, f"<b>{strong}</b>", 1) if strong else text


class Display:
    """One person's chat: shows screens and remembers which message carries the buttons."""

    def __init__(self, bot: Bot, chat: int, live: int) -> None:
        self._bot = bot
        self._chat = chat
        self.live = live

    async def answer(self, heard: Heard, toast: str, lang: str) -> None:
        """End the little clock on the tapped button; too late is no matter."""
        if not heard.callback:
            return
        text = typeset(toast, lang) or None
        try:
            await patiently(lambda: self._bot.answer_callback_query(heard.callback, text=text))
        except BadRequest as error:
            log.info("callback not answered: %s", error.message)
        except TelegramError as error:
            log.warning("callback not answered: %s", type(error).__name__)

    async def replace(self, message: int, screen: Screen, lang: str) -> bool:
        """Edit a message into this screen; False when it cannot be edited any more."""
        buttons = markup(screen, lang)
        try:
            await patiently(
                lambda: self._bot.edit_message_text(
                    written(screen, lang),
                    chat_id=self._chat,
                    message_id=message,
                    parse_mode=ParseMode.HTML,
                    reply_markup=buttons,
                )
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                return False
        if buttons is None:
            self.live = 0 if self.live == message else self.live
        else:
            await self._move(message)
        return True

    async def send(self, screen: Screen, lang: str) -> None:
        """A new message below."""
        buttons = markup(screen, lang)
        sent = await patiently(
            lambda: self._bot.send_message(
                self._chat,
                written(screen, lang),
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
            )
        )
        if buttons is not None:
            await self._move(sent.message_id)

    async def _move(self, message: int) -> None:
        """Only the newest message keeps its buttons."""
        old, self.live = self.live, message
        if old and old != message:
            try:
                await self._bot.edit_message_reply_markup(
                    chat_id=self._chat, message_id=old, reply_markup=None
                )
            except TelegramError as error:
                log.debug("old buttons stay: %s", type(error).__name__)

    async def busy(self) -> None:
        """« envoie un document… » at the top of the chat."""
        try:
            await self._bot.send_chat_action(self._chat, ChatAction.UPLOAD_DOCUMENT)
        except TelegramError as error:
            log.debug("no chat action: %s", type(error).__name__)

    async def picture(self, content: bytes, caption: str, lang: str) -> None:
        """A picture, with what it shows in words."""
        text = typeset(caption, lang)[:CAPTION]
        await patiently(
            lambda: self._bot.send_photo(self._chat, InputFile(content, "image.png"), caption=text)
        )

    async def fetch(self, file: str) -> bytes:
        """The content of a file that the person sent."""
        found = await patiently(lambda: self._bot.get_file(file))
        return bytes(await patiently(lambda: found.download_as_bytearray()))

    async def files(self, files: Sequence[File | str]) -> tuple[list[int], list[str]]:
        """The files, as one album when there are several; a text is the id of a file sent before.

        The ids of the messages and of the files, which Telegram keeps.
        """
        sent: Sequence[Message]
        if len(files) == 1:
            only = _upload(files[0])
            sent = [await patiently(lambda: self._bot.send_document(self._chat, only))]
        else:
            album = [InputMediaDocument(_upload(file, attach=True)) for file in files]
            sent = await patiently(lambda: self._bot.send_media_group(self._chat, album))
        ids = [message.document.file_id for message in sent if message.document]
        return [message.message_id for message in sent], ids


def _upload(file: File | str, *, attach: bool = False) -> InputFile | str:
    return file if isinstance(file, str) else InputFile(file.content, file.name, attach=attach)
