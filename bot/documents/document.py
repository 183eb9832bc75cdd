"""What a document is made of, whatever the format it is handed over in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["fr", "en"]
Tone = Literal["", "lead", "small", "note"]
Kind = Literal["essential", "note", "warning"]
Align = Literal["left", "right", "center"]

RUNNING_LINE = 114  # characters that the head of a page holds


class TemplateError(Exception):
    """A document template that its author must mend."""

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(f"{name}:{line}: {message}")
        self.name, self.line, self.message = name, line, message


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style; a line break is written as a newline."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: bool = False
    cite: bool = False
    href: str = ""


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: Literal[2, 3]
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Item:
    words: Words
    inner: Bullets | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered from `start` when it is ordered."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values, read row by row when laid out in two columns."""

    pairs: tuple[tuple[Words, Words], ...]
    columns: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Cell:
    words: Words
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header row; widths are shares of the line."""

    widths: tuple[float, ...]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: Words = ()


@dataclass(frozen=True, slots=True)
class Callout:
    kind: Kind
    title: Words
    blocks: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, whose bytes are handed to the writer under `key`."""

    key: str
    alt: str
    caption: Words = ()


@dataclass(frozen=True, slots=True)
class Section:
    """An annex begins on a new page; a kept section stays on one page."""

    kind: Literal["annex", "keep"]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """Sources and reserves, at the very end."""

    blocks: tuple[Paragraph | Bullets, ...]


Block = Heading | Paragraph | Bullets | Facts | Grid | Callout | Figure | Section | SmallPrint


@dataclass(frozen=True, slots=True)
class Document:
    lang: Language
    title: str
    date: date
    blocks: tuple[Block, ...]
    kicker: str = ""
    subtitle: str = ""
    company: str = ""
    status: str = ""
    confidential: str = ""
    footer: str = ""
    description: str = ""
    pages: int = 0
    """The number of pages it has to hold in, 0 for any: it is then set closer."""

    @property
    def running(self) -> tuple[str, str]:
        """What the head of each page recalls: the document, and whose it is."""
        name = " – ".join(filter(None, (self.kicker, self.title)))
        company = _shortened(self.company, 40)
        return _shortened(name, RUNNING_LINE - len(company)), company


def _shortened(text: str, limit: int) -> str:
    """No longer than the limit, cut between two words where there are some."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,–(&") + "…"


def plain(words: Words) -> str:
    return "".join(run.text for run in words)
