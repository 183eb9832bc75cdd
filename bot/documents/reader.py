"""From what a template printed to a typed document, refusing all that is not in the subset."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Literal, cast

from bot.core.typography import BREAK, FIRM, settle
from bot.documents import document as doc
from bot.documents.markup import FLOW, INLINE, ROOT_TEXTS, TEXT, Node, parse

_HREF = re.compile(r"(?:https|mailto):[^\s<>]+")
_LIST = {"ul", "ol"}


def read(text: str, name: str = "document") -> doc.Document:
    """`name` is the template's, for its author to know which one to mend."""
    root = parse(text, name)
    lang = cast(doc.Language, root.one_of("lang", "fr", "en"))
    texts = {key: _attribute(root, key, lang) for key in ROOT_TEXTS}
    texts["subtitle"] = texts["subtitle"].replace(" ·", f"{FIRM}·")  # a dot ends its line
    if not texts["title"]:
        root.fail("a document needs a title")
    blocks = tuple(_Reader(lang).blocks(root, FLOW | {"section", "footer"}))
    pages = int(root.one_of("pages", "", "1") or 0)
    return doc.Document(lang=lang, date=_date(root), blocks=blocks, pages=pages, **texts)


def _attribute(node: Node, key: str, lang: str) -> str:
    return settle([node.attributes.get(key, "")], lang)[0]


def _date(root: Node) -> date:
    try:
        return date.fromisoformat(root.attributes.get("date", ""))
    except ValueError:
        root.fail('a document needs a date, as in date="2026-11-23"')


def _saying(run: doc.Run, text: str) -> doc.Run:
    """The same style with other words; `replace` is three times slower, on every word."""
    return doc.Run(text, run.bold, run.italic, run.mark, run.cite, run.href)


class _Reader:
    def __init__(self, lang: doc.Language) -> None:
        self.lang = lang

    def blocks(self, node: Node, allowed: set[str]) -> Iterator[doc.Block]:
        """Empty paragraphs, lists and tables vanish: an unanswered option leaves no hole."""
        for child in node.elements(allowed):
            block = _READERS[child.tag](self, child)
            if block is not None:
                yield block

    def words(self, node: Node, beside: set[str] | None = None) -> doc.Words:
        runs = list(self._runs(node, doc.Run(""), beside or set()))
        texts = settle((run.text for run in runs), self.lang)
        return tuple(_saying(run, text) for run, text in zip(runs, texts, strict=True) if text)

    def _runs(self, node: Node, style: doc.Run, beside: set[str]) -> Iterator[doc.Run]:
        for child in node.children:
            if isinstance(child, str):
                yield _saying(style, child)
            elif node.admit(child, INLINE | beside).tag in INLINE:
                yield from self._inline(child, style)

    def _inline(self, node: Node, style: doc.Run) -> Iterator[doc.Run]:
        match node.tag:
            case "br":
                yield replace(style, text=BREAK)
            case "b":
                yield from self._runs(node, replace(style, bold=True), set())
            case "i":
                yield from self._runs(node, replace(style, italic=True), set())
            case "mark":
                yield from self._runs(node, replace(style, mark=True), set())
            case "cite":
                yield from self._cite(node, replace(style, cite=True))
            case _:
                yield from self._runs(node, replace(style, href=self._href(node)), set())

    def _cite(self, node: Node, style: doc.Run) -> Iterator[doc.Run]:
        ids = "".join(run.text for run in self._runs(node, style, set())).strip()
        if ids:
            yield replace(style, text=f"[{ids.strip('[]')}]")

    def _href(self, node: Node) -> str:
        href = node.attributes.get("href", "")
        if not _HREF.fullmatch(href):
            node.fail("a link begins with https: or mailto:")
        return href

    def heading(self, node: Node) -> doc.Heading | None:
        words = self.words(node)
        return doc.Heading(2 if node.tag == "h2" else 3, words) if words else None

    def paragraph(self, node: Node) -> doc.Paragraph | None:
        tone = cast(doc.Tone, node.one_of("class", "", "lead", "small", "note"))
        words = self.words(node)
        return doc.Paragraph(words, tone) if words else None

    def bullets(self, node: Node, beside: frozenset[str] = frozenset(_LIST)) -> doc.Bullets | None:
        start = node.attributes.get("start", "1")
        if not re.fullmatch("[0-9]{1,4}", start):
            node.fail(f'start="{start}" is not a number')
        items = [self._item(child, set(beside)) for child in node.elements({"li"})]
        full = tuple(item for item in items if item.words or item.inner)
        return doc.Bullets(full, node.tag == "ol", int(start)) if full else None

    def _item(self, node: Node, beside: set[str]) -> doc.Item:
        inner = [child for child in node.children if isinstance(child, Node) and child.tag in _LIST]
        if len(inner) > 1:
            inner[1].fail("one nested list at most in an item")
        words = self.words(node, beside)
        return doc.Item(words, self.bullets(inner[0], frozenset()) if inner else None)

    def table(self, node: Node) -> doc.Facts | doc.Grid | None:
        facts = node.one_of("class", "facts", "grid") == "facts"
        return self._facts(node) if facts else self._grid(node)

    def _facts(self, node: Node) -> doc.Facts | None:
        columns = node.attributes.get("columns", "1")
        if columns not in ("1", "2"):
            node.fail('a facts table has columns="1" or "2"')
        pairs: list[tuple[doc.Words, doc.Words]] = []
        for row in node.elements({"tr"}):
            cells = row.elements({"th", "td"})
            if not cells or [cell.tag for cell in cells] != ["th", "td"] * (len(cells) // 2):
                row.fail("a row of facts is a <th> then its <td>")
            words = [self.words(cell) for cell in cells]
            pairs += zip(words[::2], words[1::2], strict=True)
        return doc.Facts(tuple(pairs), 2 if columns == "2" else 1) if pairs else None

    def _grid(self, node: Node) -> doc.Grid | None:
        parts = node.elements({"caption", "tr"})
        captions = [part for part in parts if part.tag == "caption"]
        rows = [part for part in parts if part.tag == "tr"]
        if not rows or len(captions) > 1:
            node.fail("a grid has one header row and one caption at most")
        header = self._row(rows[0], "th")
        body = tuple(self._row(row, "td", header) for row in rows[1:])
        caption = self.words(captions[0]) if captions else ()
        widths = _widths(node, [header, *body])
        return doc.Grid(widths, header, body, caption) if body else None

    def _row(self, node: Node, tag: str, header: tuple[doc.Cell, ...] = ()) -> tuple[doc.Cell, ...]:
        cells = node.elements({tag})
        if not cells or (header and len(cells) != len(header)):
            node.fail(f"{len(cells)} cells <{tag}> in this row, {len(header)} in the header")
        aligns = [cell.align for cell in header] or ["left"] * len(cells)
        return tuple(map(self._cell, cells, aligns))

    def _cell(self, node: Node, inherited: str) -> doc.Cell:
        """A cell stands under its header unless it says otherwise."""
        align = node.one_of("class", "", "left", "right", "center") or inherited
        return doc.Cell(self.words(node), cast(doc.Align, align))

    def callout(self, node: Node) -> doc.Callout | None:
        kind = cast(doc.Kind, node.one_of("class", "essential", "note", "warning"))
        found = list(self.blocks(node, TEXT | {"h3"}))
        title = found[0].words if found and isinstance(found[0], doc.Heading) else ()
        text = found[1:] if title else found
        if any(isinstance(block, doc.Heading) for block in text):
            node.fail("the <h3> of an <aside> comes first, and once")
        blocks = cast(tuple[doc.Paragraph | doc.Bullets, ...], tuple(text))
        return doc.Callout(kind, title, blocks) if blocks or title else None

    def figure(self, node: Node) -> doc.Figure:
        key, alt = node.attributes.get("src", ""), _attribute(node, "alt", self.lang)
        captions = node.elements({"caption"})
        if not key or not alt or len(captions) > 1:
            node.fail("a figure has src, alt and one caption at most")
        return doc.Figure(key, alt, self.words(captions[0]) if captions else ())

    def section(self, node: Node) -> doc.Section | None:
        kind = cast(Literal["annex", "keep"], node.one_of("class", "annex", "keep"))
        allowed = FLOW | {"section"} if kind == "annex" else FLOW
        blocks = tuple(self.blocks(node, allowed))
        return doc.Section(kind, blocks) if blocks else None

    def footer(self, node: Node) -> doc.SmallPrint | None:
        blocks = cast(tuple[doc.Paragraph | doc.Bullets, ...], tuple(self.blocks(node, TEXT)))
        return doc.SmallPrint(blocks) if blocks else None


_READERS: dict[str, Callable[[_Reader, Node], doc.Block | None]] = {
    "h2": _Reader.heading,
    "h3": _Reader.heading,
    "p": _Reader.paragraph,
    "ul": _Reader.bullets,
    "ol": _Reader.bullets,
    "table": _Reader.table,
    "aside": _Reader.callout,
    "figure": _Reader.figure,
    "section": _Reader.section,
    "footer": _Reader.footer,
}


def _widths(node: Node, rows: list[tuple[doc.Cell, ...]]) -> tuple[float, ...]:
    """Shares of the line, as authored or else after what the columns hold."""
    written = node.attributes.get("widths", "")
    if not written:
        return tuple(_need(column) for column in zip(*rows, strict=True))
    try:
        widths = tuple(float(width) for width in written.split(","))
    except ValueError:
        node.fail(f'widths="{written}": numbers separated by commas')
    if len(widths) != len(rows[0]) or min(widths) <= 0:
        node.fail(f'widths="{written}" for {len(rows[0])} columns')
    return widths


def _need(column: tuple[doc.Cell, ...]) -> float:
    """The square root keeps a long column from starving the others."""
    texts = [doc.plain(cell.words) for cell in column]
    longest_word = max(len(word) for text in texts for word in text.split() or [""])
    return max(min(longest_word, 24) / 2, math.sqrt(max(map(len, texts))), 3.0)
