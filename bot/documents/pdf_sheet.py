"""A document as the page layout of the PDF reads it: plain JSON, and what may be cut in two."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from typing import Any

from bot.documents.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Run,
    Section,
    Words,
    plain,
)
from bot.documents.glyphs import legible


def sheet(document: Document) -> dict[str, Any]:
    """What the page layout reads: the document, and its properties as they were written."""
    title, company = map(legible, document.running)
    return _block(document) | {
        "running": title,
        "capitals": [legible(text.upper()) for text in (document.kicker, document.status)],
        "short_company": company,
        "name": document.title,
        "author": document.company,
        "description": document.description,
    }


_VERBATIM = {"href", "key", "alt"}  # never read on the page


def _jsonable(value: Any) -> Any:
    match value:
        case Run():
            return _run(value)
        case str():
            return legible(value)
        case tuple():
            return [_jsonable(item) for item in value]
        case date():
            return value.isoformat()
        case _ if is_dataclass(value):
            return _block(value)
    return value


def _run(run: Run) -> dict[str, Any]:
    """Only what differs from plain text, since most words are plain."""
    styles = {name: True for name in ("bold", "italic", "mark", "cite") if getattr(run, name)}
    link = {"href": run.href} if run.href else {}
    return {"text": legible(run.text), **styles, **link}


def _block(block: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"is": type(block).__name__}
    for name in _slots(block):
        content = getattr(block, name)
        made[name] = content if name in _VERBATIM else _jsonable(content)
    match block:
        case Cell():
            made["long"] = len(plain(block.words)) > _CELL
        case Facts():
            made["long"] = _length(block) > _TABLE
        case Grid():
            made["long"], made["tight"] = _length(block) > _TABLE, _tight(block)
        case Callout():
            made["long"] = _length(block) > _CALLOUT
        case Section():
            made["long"] = sum(map(_lines, block.blocks)) > _SECTION
    return made


# So many characters stay on one page; what might not fit has to be allowed to break.
_CELL, _TABLE, _CALLOUT = 500, 500, 1000
_SECTION = 32  # lines; beyond, the layout measures the section before it keeps it whole


def _length(block: Block) -> int:
    """How much there is to read."""
    match block:
        case Heading() | Paragraph():
            return len(plain(block.words))
        case Bullets():
            inner = (item.inner for item in block.items if item.inner)
            return sum(len(plain(item.words)) for item in block.items) + sum(map(_length, inner))
        case Facts():
            return sum(len(plain(words)) for pair in block.pairs for words in pair)
        case Grid():
            rows = (block.header, *block.rows)
            cells = sum(len(plain(cell.words)) for row in rows for cell in row)
            return cells + len(plain(block.caption))
        case Callout():
            return len(plain(block.title)) + sum(map(_length, block.blocks))
    return 0


_LINE = 100  # characters, more or less
_WIDE = re.compile("[A-ZÀ-Þmwœæ@%—…□]")


def _lines(block: Block) -> float:
    """About how many lines of 5 mm a block takes, spaces around it included."""
    match block:
        case Heading():
            return 2 + _needed(block.words)
        case Paragraph():
            return 0.7 + _needed(block.words)
        case Bullets():
            inner = (item.inner for item in block.items if item.inner)
            return 1 + sum(_needed(item.words) for item in block.items) + sum(map(_lines, inner))
        case Facts():
            return 1.5 + sum(0.4 + _needed(value, 0.6) for _, value in block.pairs)
        case Grid():
            rows = (block.header, *block.rows)
            return 2.5 + sum(0.4 + _row_lines(row, block.widths) for row in rows)
    return _SECTION + 1


def _row_lines(row: tuple[Cell, ...], widths: tuple[float, ...]) -> int:
    shares = (width / sum(widths) for width in widths)
    return max(_needed(cell.words, share) for cell, share in zip(row, shares, strict=True))


def _needed(words: Words, share: float = 1) -> int:
    """The lines that words take in a share of the page's width; a wide letter counts twice."""
    text = plain(words)
    room = max(_LINE * share - 4, 4) * 0.9
    return 1 + text.count("\n") + int((len(text) + len(_WIDE.findall(text))) / room)


def _tight(grid: Grid) -> list[bool]:
    """The columns that may not hold one of their words, where words are cut."""
    room = [_LINE * width / sum(grid.widths) - 4 for width in grid.widths]
    columns = zip(grid.header, *grid.rows, strict=True)
    return [any(map(_longer(most), column)) for most, column in zip(room, columns, strict=True)]


def _longer(most: float) -> Callable[[Cell], bool]:
    return lambda cell: any(len(word) > most for word in plain(cell.words).split())


def _slots(block: object) -> tuple[str, ...]:
    return type(block).__slots__  # type: ignore[attr-defined,no-any-return]
