"""Where answers come from: arrow keys on a terminal, one line each on a pipe."""

from __future__ import annotations

import os
import sys
from typing import Protocol

from bot.channels.terminal.keys import Keys
from bot.channels.terminal.lines import Lines
from bot.channels.terminal.page import Page
from bot.channels.terminal.sheet import Sheet


class Reader(Protocol):
    """Someone's answers. `live` tells that the reader shows the choices itself."""

    live: bool

    def hint(self, sheet: Sheet) -> str:
        """The key of a sentence on how to answer, or nothing."""
        ...

    async def line(self, page: Page, sheet: Sheet, hint: str, /) -> str:
        """The next answer. Raises EOFError at the end of the text, KeyboardInterrupt to stop."""
        ...

    async def again(self, tries: int, /) -> bool:
        """Wait before saving anew; False when it has been tried enough."""
        ...


def reader() -> Reader:
    """Arrow keys where somebody sits in front of a terminal that can move its cursor."""
    seated = sys.stdin.isatty() and sys.stdout.isatty()
    return Keys() if seated and os.environ.get("TERM") != "dumb" else Lines()
