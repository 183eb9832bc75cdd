"""Our own floor: the same client, poller, lanes and display, with nothing to decide and nothing
to keep.

`python -m bench.floor`, with BENCH_API and BENCH_SCREENS in the environment.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
from pathlib import Path

from bot.channels.telegram.client import Client
from bot.channels.telegram.hear import Heard
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.polling import poll
from bot.channels.telegram.rates import UNPACED
from bot.channels.telegram.show import Display
from bot.conversation.screen import Button, Screen

LANG = "fr"


def _load(path: Path) -> list[Screen]:
    return [_screen(one["text"], one["rows"]) for one in json.loads(path.read_text())]


def _screen(text: str, rows: list[list[str]]) -> Screen:
    before, _, after = html.unescape(text).partition("<b>")
    strong, _, rest = after.partition("</b>")
    buttons = tuple(tuple(Button(label, "a:p:b:c") for label in row) for row in rows)
    return Screen(before + strong + rest, buttons, strong)


class EmptyDesk:
    """In the place of the desk: shows one screen after the other."""

    def __init__(self, bot: Client, screens: list[Screen]) -> None:
        self._bot = bot
        self._screens = screens
        self._places: dict[int, int] = {}
        self._deciding = Lanes()
        self._sending = Lanes()

    def receive(self, heard: Heard) -> asyncio.Future[None]:
        return self._deciding.put(heard.person, lambda: self._decide(heard))

    async def _decide(self, heard: Heard) -> None:
        place = self._places.get(heard.person, -1) + 1
        self._places[heard.person] = place
        screen = self._screens[place % len(self._screens)]
        self._sending.put(heard.person, lambda: self._show(heard, screen))

    async def _show(self, heard: Heard, screen: Screen) -> None:
        display = Display(self._bot, heard.chat, heard.tapped)
        if not heard.callback:
            await display.send(screen, LANG)
            return
        shown = display.replace(heard.tapped, screen, LANG)
        await asyncio.gather(display.answer(heard, "", LANG), shown)


async def main() -> None:
    async with Client("1:bench", os.environ["BENCH_API"], UNPACED) as bot:
        desk = EmptyDesk(bot, _load(Path(os.environ["BENCH_SCREENS"])))
        await poll(bot, desk, asyncio.Event(), LANG)  # type: ignore[arg-type]


if __name__ == "__main__":
    asyncio.run(main())
