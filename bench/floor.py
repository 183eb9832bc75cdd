"""Our own floor: the same client, poller and lanes, with nothing to decide and nothing to keep.

`python -m bench.floor`, with BENCH_API and BENCH_SCREENS in the environment.
"""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode

from bot.channels.telegram.hear import Heard
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.polling import poll
from bot.channels.telegram.request import AiohttpRequest

Shown = tuple[str, InlineKeyboardMarkup]


def _load(path: Path) -> list[Shown]:
    return [(screen["text"], _keyboard(screen["rows"])) for screen in json.loads(path.read_text())]


def _keyboard(rows: list[list[str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data="a:p:b:c") for label in row] for row in rows]
    )


class EmptyDesk:
    """In the place of the desk: shows one screen after the other."""

    def __init__(self, bot: Bot, screens: list[Shown]) -> None:
        self._bot = bot
        self._screens = screens
        self._places: dict[int, int] = {}
        self._deciding = Lanes()
        self._sending = Lanes()

    def receive(self, heard: Heard) -> asyncio.Task[None]:
        return self._deciding.put(heard.person, lambda: self._decide(heard))

    async def _decide(self, heard: Heard) -> None:
        place = self._places.get(heard.person, -1) + 1
        self._places[heard.person] = place
        text, markup = self._screens[place % len(self._screens)]
        self._sending.put(heard.person, lambda: self._show(heard, text, markup))

    async def _show(self, heard: Heard, text: str, markup: InlineKeyboardMarkup) -> None:
        if not heard.callback:
            await self._bot.send_message(heard.chat, text, ParseMode.HTML, reply_markup=markup)
            return
        await asyncio.gather(
            self._bot.answer_callback_query(heard.callback),
            self._bot.edit_message_text(
                text,
                chat_id=heard.chat,
                message_id=heard.tapped,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
            ),
        )


async def main() -> None:
    base = f"{os.environ['BENCH_API']}/bot"
    bot = Bot("1:bench", base, request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    async with bot:
        desk = EmptyDesk(bot, _load(Path(os.environ["BENCH_SCREENS"])))
        await poll(bot, desk, asyncio.Event(), "fr")  # type: ignore[arg-type]


if __name__ == "__main__":
    asyncio.run(main())
