"""How replies look on Telegram: questions edited in place, files as one album."""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import InputFile, InputMediaDocument, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.hear import Heard
from bot.conversation.screen import Button, Screen
from bot.core.typography import typeset
from bot.documents.facts import File

log = logging.getLogger(__name__)

CAPTION = 1024
FORCE_REPLY = {"force_reply": True}
DOUBLES = 10
"""How many messages after the last one known may be the double of a question."""


def markup(screen: Screen, lang: str) -> Mapping[str, object] | None:
    """The buttons under a screen, in Telegram's own terms."""
    if not screen.rows or screen.reply:
        return None
    return {"inline_keyboard": [[_button(button, lang) for button in row] for row in screen.rows]}


def _button(button: Button, lang: str) -> Mapping[str, str]:
    label = typeset(button.label, lang)
    if button.url:
        return {"text": label, "url": button.url}
    return {"text": label, "callback_data": button.action}


def written(screen: Screen, lang: str) -> str:
    """The text as Telegram's HTML: everything escaped, what matters in bold."""
    text = html.escape(typeset(screen.text, lang), quote=False)
    strong = html.escape(typeset(screen.strong, lang), quote=False)
    return text.replace(strong, f"<b>{strong}</b>", 1) if strong else text


class Display:
    """One person's chat: shows screens and remembers which message carries the buttons.

    `uncertain`: a question was sent, before a stop perhaps, and nobody knows whether it passed.
    `revision` is the last that this process has shown here.
    """

    __slots__ = ("_bot", "_chat", "_handled", "_newest", "live", "revision", "uncertain")

    def __init__(self, bot: Client, chat: int, live: int) -> None:
        self._bot = bot
        self._chat = chat
        self._newest = live
        self._handled = 0
        self.live = live
        self.uncertain = False
        self.revision = 0

    def know(self, message: int) -> None:
        """A message of this chat: what is sent from now on has a higher number."""
        if not self.uncertain:
            self._newest = max(self._newest, message)

    def stale(self, message: int) -> bool:
        """Whether a message neither carries the buttons nor has just been tapped and edited."""
        return message not in (0, self.live, self._handled)

    def follow(self, live: int) -> None:
        """Another process may have gone on: a message that is new here carries the buttons."""
        if live > max(self.live, self._newest):
            self.live = live
            self.know(live)

    async def answer(self, heard: Heard, toast: str, lang: str) -> None:
        """End the little clock on the tapped button; too late is no matter."""
        if not heard.callback:
            return
        text = typeset(toast, lang) or None
        try:
            await self._bot.call("answerCallbackQuery", callback_query_id=heard.callback, text=text)
        except BadRequest as error:
            log.info("callback not answered: %s", error.message)
        except TelegramError as error:
            log.warning("callback not answered: %s", type(error).__name__)

    async def replace(self, message: int, screen: Screen, lang: str) -> bool:
        """Edit the tapped message into this screen; False when it cannot be edited any more.

        When a question went out twice and the upper one was tapped, the lower one is edited.
        """
        buttons, tapped = markup(screen, lang), message
        self._handled = tapped
        message = max(tapped, self.live)
        try:
            await self._bot.call(
                "editMessageText",
                text=written(screen, lang),
                chat_id=self._chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                return False
        if message != tapped:
            await self.strip(tapped)
        if buttons is None:
            self.live = 0 if self.live == message else self.live
        else:
            await self._move(message)
        return True

    async def send(self, screen: Screen, lang: str) -> int:
        """A new message below; its number."""
        buttons, before = markup(screen, lang), self._newest
        doubt, self.uncertain = self.uncertain, True
        self._bot.pace.doubtful(self._chat)  # doubts about other calls are of no concern
        sent = await self._bot.call(
            "sendMessage",
            text=written(screen, lang),
            chat_id=self._chat,
            parse_mode=ParseMode.HTML,
            reply_markup=FORCE_REPLY if screen.reply else buttons,
        )
        message: int = sent["message_id"]
        self.uncertain = False
        self.know(message)
        if buttons is None or screen.aside:
            return message
        await self._move(message)
        if self._bot.pace.doubtful(self._chat) or doubt:
            await self._strip_doubles(before, message)
        return message

    async def poll(self, question: str, options: Sequence[str], lang: str) -> int:
        """An anonymous vote, its results hidden until it is closed; its number."""
        before, choices = self._newest, [{"text": typeset(one, lang)} for one in options]
        self._bot.pace.doubtful(self._chat)
        sent = await self._bot.call(
            "sendPoll",
            chat_id=self._chat,
            question=typeset(question, lang),
            options=choices,
            is_anonymous=True,
            hide_results_until_closes=True,
        )
        message: int = sent["message_id"]
        self.know(message)
        if self._bot.pace.doubtful(self._chat):
            for double in self._doubles(before, message):
                if await self.end_poll(double):
                    await self._bot.call("deleteMessage", chat_id=self._chat, message_id=double)
        return message

    async def end_poll(self, message: int) -> tuple[int, ...]:
        """Close a vote; its counts, none when it is gone."""
        try:
            poll = await self._bot.call("stopPoll", chat_id=self._chat, message_id=message)
        except BadRequest as error:
            log.info("vote not closed: %s", error.message)
            poll = await self._closed(message) if "closed" in error.message else None
        return tuple(option["voter_count"] for option in poll["options"]) if poll else ()

    async def _closed(self, message: int) -> Mapping[str, Any] | None:
        """A vote that was closed before, perhaps by a call whose reply was lost.

        Only a message that is changed is given back: it gets a button for a moment.
        """
        button = {"text": "…", "callback_data": "-"}
        try:
            found: Mapping[str, Any] = await self._bot.call(
                "editMessageReplyMarkup",
                chat_id=self._chat,
                message_id=message,
                reply_markup={"inline_keyboard": [[button]]},
            )
        except BadRequest:
            return None
        await self.strip(message)
        return found.get("poll")

    async def _move(self, message: int) -> None:
        """Only the newest message keeps its buttons."""
        old, self.live = self.live, message
        if old and old != message:
            await self.strip(old)

    async def _strip_doubles(self, before: int, sent: int) -> None:
        """When a reply was lost, the same question may stand above: its buttons go.

        Telegram does not tell its number, but numbers only rise, so that it is one of the
        next after the last one known.
        """
        for message in self._doubles(before, sent):
            await self.strip(message)

    @staticmethod
    def _doubles(before: int, sent: int) -> range:
        """Where the double of a message may stand, after the last one known before it."""
        first = (before or sent - DOUBLES - 1) + 1
        return range(max(first, 1), min(first + DOUBLES, sent))

    async def strip(self, message: int) -> None:
        """Take the buttons away from a message, if it is there and has any."""
        try:
            await self._bot.call("editMessageReplyMarkup", chat_id=self._chat, message_id=message)
        except BadRequest as error:
            log.debug("no buttons to take away: %s", error.message)

    async def busy(self) -> None:
        """« envoie un document… » at the top of the chat."""
        try:
            await self._bot.send_chat_action(self._chat, ChatAction.UPLOAD_DOCUMENT)
        except TelegramError as error:
            log.debug("no chat action: %s", type(error).__name__)

    async def picture(self, content: bytes, caption: str, lang: str) -> None:
        """A picture, with what it shows in words."""
        text = typeset(caption, lang)[:CAPTION]
        await self._bot.send_photo(self._chat, InputFile(content, "image.png"), caption=text)

    async def fetch(self, file: str) -> bytes:
        """The content of a file that the person sent."""
        return await self._bot.download(file)

    async def files(self, files: Sequence[File | str]) -> tuple[list[int], list[str]]:
        """The files, as one album when there are several; a text is the id of a file sent before.

        The ids of the messages and of the files, which Telegram keeps.
        """
        sent: Sequence[Message]
        if len(files) == 1:
            sent = [await self._bot.send_document(self._chat, _upload(files[0]))]
        else:
            album = [InputMediaDocument(_upload(file, attach=True)) for file in files]
            sent = await self._bot.send_media_group(self._chat, album)
        ids = [message.document.file_id for message in sent if message.document]
        return [message.message_id for message in sent], ids


def _upload(file: File | str, *, attach: bool = False) -> InputFile | str:
    return file if isinstance(file, str) else InputFile(file.content, file.name, attach=attach)
