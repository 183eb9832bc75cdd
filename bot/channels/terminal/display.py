"""What is on the terminal: screens printed one below the other, and how to answer the last."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from bot.channels.terminal.page import Page, columns
from bot.channels.terminal.reader import Reader
from bot.channels.terminal.sheet import Sheet, sheet_of, spread
from bot.content.messages import Messages
from bot.conversation.screen import Screen


class Display:
    """One person's terminal.

    `sheet` is how the screen can be answered; `where` the number of the question asked and
    how many there are, None away from the questions.
    """

    def __init__(self, messages: Messages, lang: str, reader: Reader) -> None:
        self._messages = messages
        self._reader = reader
        self._begun = False
        self.lang = lang
        self.sheet = Sheet()
        self.where: tuple[int, int] | None = None

    def say(self, key: str, **words: object) -> str:
        """A sentence of the catalogue."""
        return self._messages(self.lang, key, **words)

    @property
    def page(self) -> Page:
        bold = self._reader.live and not os.environ.get("NO_COLOR")
        return Page(columns(), self.lang, bold)

    async def answer(self) -> str:
        """What the person answers to the screen."""
        return await self._reader.line(self.page, self.sheet, self._hint())

    def note(self, text: str) -> None:
        """A sentence; the screen above still waits for its answer."""
        self._print(self.page.text(text))
        if self._reader.live:
            print()

    def files(self, head: str, paths: Sequence[Path]) -> None:
        """Where the files are, one a line."""
        self._print("\n".join([self.page.text(head), *map(str, paths)]))

    def why(self, screen: Screen) -> None:
        """The explanation of a question that is still on the screen."""
        said = screen.text.partition(screen.strong)[2].strip()
        self.note(self.say("term.why_this", why=said))

    def show(self, screen: Screen) -> None:
        """A screen, and the answers that it offers if any."""
        screen = spread(screen)
        if not screen.rows:
            self._print(self.page.text(self._closed(screen), screen.strong))
            return
        self._locate(screen)
        self.sheet = sheet_of(screen, self.sheet, self.say)
        self._print(self.page.text(screen.text, screen.strong))
        if self.sheet.listed and not self.sheet.question:
            print()
        self.offer()

    def _closed(self, screen: Screen) -> str:
        """A question answered is not asked again above its benchmark: « Noté : … » is enough."""
        if not screen.strong:
            return screen.text
        said = screen.text.removeprefix(screen.strong).strip()
        yours, noted = (
            self.say(key, answer="\0").partition("\0")[0] for key in ("ack.yours", "ack.noted")
        )
        return noted + said.removeprefix(yours) if said.startswith(yours) else said

    def offer(self) -> None:
        """The answers, where the reader does not show them."""
        if self._reader.live:
            return
        page = self.page
        listed = page.choices(self.sheet) if self.sheet.listed else []
        for line in (*listed, *page.below(self.sheet, self._hint())):
            print(line)

    def tick(self, screen: Screen) -> None:
        """The same screen after a tick: remembered, not printed again."""
        self.sheet = sheet_of(screen, self.sheet, self.say)

    def _hint(self) -> str:
        key = self._reader.hint(self.sheet)
        return self.say(key) if key else ""

    def _locate(self, screen: Screen) -> None:
        """Remember « 5/28 », which stands over the question."""
        head = screen.text.partition(screen.strong)[0] if screen.strong else ""
        if found := re.search(r"(\d+)/(\d+)\n$", head):
            self.where = int(found[1]), int(found[2])
        elif not screen.question:
            self.where = None

    def _print(self, text: str) -> None:
        """A message, after a blank line; an empty one leaves no trace."""
        if not text.strip():
            return
        print(f"\n{text}" if self._begun else text, flush=True)
        self._begun = True
