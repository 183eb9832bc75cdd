"""Answers read line by line: a pipe, a file, or a terminal that only prints."""

from __future__ import annotations

import asyncio
import signal
import sys

from bot.channels.terminal.page import Page
from bot.channels.terminal.sheet import Sheet

TRIES, SECONDS = 5, 2.0


class Lines:
    """One answer a line, without colour."""

    live = False

    def __init__(self) -> None:
        self._prompt = "> " if sys.stdin.isatty() and sys.stdout.isatty() else ""

    def hint(self, sheet: Sheet) -> str:
        """How to give several answers, where there may be several."""
        return "term.several" if sheet.done and sheet.listed else ""

    async def line(self, _page: Page, _sheet: Sheet, _hint: str, /) -> str:
        """The next line. Raises EOFError at the end, KeyboardInterrupt on Ctrl+C."""
        if self._prompt:
            print(self._prompt, end="", flush=True)
        read = _read()
        if not read:
            raise EOFError
        return read.decode("utf-8", "replace")

    async def again(self, tries: int, /) -> bool:
        """Wait before saving anew; False when it has been tried enough."""
        await asyncio.sleep(SECONDS)
        return tries < TRIES


def _read() -> bytes:
    """A line, read with the plain Ctrl+C: asyncio's own would wait for the line to end."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return sys.stdin.buffer.readline()
    finally:
        signal.signal(signal.SIGINT, usual)
