"""The press beside the event loop: what takes long delays nobody else's reply."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TypeVar

from bot.core.fields import Field
from bot.documents import letterhead
from bot.documents.facts import File, Order
from bot.documents.letterhead import Letterhead
from bot.documents.links import Card
from bot.documents.press import Press

T = TypeVar("T")


class Printer:
    """One thread. `paper` is a letterhead as it is kept, or None for our own."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="press")

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def write(self, orders: Sequence[Order], paper: bytes | None, phone: bool) -> list[File]:
        """The files of these orders. Raises whatever the press raises."""

        def work() -> list[File]:
            worn = _worn(paper)
            written = (self._press.write(order, phone=phone, letterhead=worn) for order in orders)
            return [file for files in written for file in files]

        return await self._run(work)

    async def codes(
        self, cards: Sequence[Card], title: str, until: str, order: Order
    ) -> list[File]:
        """The page of codes for the links of a session; nothing without links."""

        def work() -> list[File]:
            name = self._press.stem(order, "links.file")
            return [File(f"{name}.pdf", self._press.codes(cards, title, until, order))]

        return await self._run(work) if cards else []

    async def beside(self, order: Order, name: str, ending: str, content: bytes) -> File:
        """A file that goes with the documents of an order, named like them."""
        return File(f"{self._press.stem(order, name)}.{ending}", content)

    async def picture(self, order: Order, name: str) -> tuple[bytes, str]:
        """A chart as a PNG, and what it shows in words."""
        return await self._run(lambda: self._press.picture(order, name))

    async def preview(self, order: Order, paper: bytes | None) -> bytes:
        """The first page to come, as a PNG."""
        return await self._run(lambda: self._press.preview(order, _worn(paper)))

    async def inspect(self, data: bytes, name: str) -> Letterhead:
        """The letterhead that a file makes. Raises letterhead.Unusable."""
        return await self._run(lambda: letterhead.inspect(data, name))

    async def answers(self, orders: Sequence[Order], wanted: Sequence[Field]) -> dict[str, str]:
        """What fills a template's fields, by name: nothing for what nobody answered."""
        return await self._run(lambda: self._press.answers(orders, wanted))

    async def form(self, orders: Sequence[Order], paper: bytes) -> list[File]:
        """The template that was kept, filled from these orders; nothing without a field."""
        form = await self._run(lambda: self._press.form(orders, _kept(paper)))
        return [form] if form else []

    async def test_page(self, paper: bytes, lang: str, today: date) -> bytes:
        """A page on a letterhead, as a PDF."""
        return await self._run(lambda: letterhead.preview(_kept(paper), lang, today))

    def close(self) -> None:
        """Let what is being written finish."""
        self._thread.shutdown()


def _worn(paper: bytes | None) -> Letterhead | None:
    return _kept(paper) if paper else None


def _kept(paper: bytes) -> Letterhead:
    return letterhead.inspect(paper, "kept.docx")
