"""A document as a PDF that anyone can read, search, listen to and archive."""

from __future__ import annotations

import base64
import json
import re
import struct
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import typst

from bot.documents.document import Callout, Cell, Document, Facts, Grid, Run

_FONTS = fontpkg_source_sans_3.ROOT / "files"
_LAYOUT = Path(__file__).with_name("doc.typ")
_STANDARDS = ["ua-1", "a-3a"]
_local = threading.local()  # a compiler belongs to the thread that made it

Figures = Mapping[str, bytes]


def write_pdf(document: Document, figures: Figures | None = None, phone: bool = False) -> bytes:
    """With `phone`, pages as wide as a hand, and wide tables read row by row."""
    noon = datetime.combine(document.date, time(12), UTC)
    options = {"format": "pdf", "pdf_standards": _STANDARDS, "timestamp": noon}
    return _compile(document, figures or {}, phone, options)[0]


def write_png(
    document: Document, page: int = 1, ppi: int = 110, figures: Figures | None = None
) -> bytes:
    """One page, as a preview."""
    pages = _compile(document, figures or {}, False, {"format": "png", "ppi": float(ppi)})
    return pages[page - 1]


def count_pages(document: Document, figures: Figures | None = None) -> int:
    """How many pages the document takes, without making them for good."""
    return len(_compile(document, figures or {}, False, {"format": "png", "ppi": 8.0}))


def _compile(
    document: Document, figures: Figures, phone: bool, options: dict[str, Any]
) -> list[bytes]:
    inputs = {
        "document": json.dumps(_sheet(document), ensure_ascii=False),
        "figures": json.dumps({key: _svg(data) for key, data in figures.items()}),
        "phone": "yes" if phone else "no",
    }
    return lay_out(_LAYOUT, inputs, options)


def lay_out(layout: Path, inputs: dict[str, str], options: dict[str, Any]) -> list[bytes]:
    """The pages that a static layout makes of its inputs, in our fonts and no others."""
    try:
        made = _compiler(layout).compile(sys_inputs=inputs, **options)
    except BaseException:  # a panic of the Rust side is one, and leaves the compiler in doubt
        _local.__dict__.clear()
        raise
    return made if isinstance(made, list) else [made]


def _compiler(layout: Path) -> Any:
    compilers = _local.__dict__.setdefault("compilers", {})
    if layout not in compilers:
        root = str(layout.parent)
        compilers[layout] = typst.Compiler(str(layout), root=root, font_paths=_fonts())
    return compilers[layout]


def _fonts() -> Any:
    if not hasattr(_local, "fonts"):
        _local.fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
    return _local.fonts


def _sheet(document: Document) -> dict[str, Any]:
    """What the page layout reads: the document, and its properties as they were written."""
    title, company = map(legible, document.running)
    return _block(document) | {
        "running": title,
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
    sheet: dict[str, Any] = {"is": type(block).__name__}
    for name in _slots(block):
        content = getattr(block, name)
        sheet[name] = content if name in _VERBATIM else _jsonable(content)
    if type(block) in _TOGETHER:
        sheet["long"] = _length(block) > _TOGETHER[type(block)]
    return sheet


# So many characters stay on one page; what might not fit has to be allowed to break.
_TOGETHER = {Cell: 500, Facts: 500, Grid: 500, Callout: 1000}


def _length(value: Any) -> int:
    """How much there is to read."""
    match value:
        case str():
            return len(value)
        case tuple():
            return sum(_length(item) for item in value)
        case _ if is_dataclass(value):
            return sum(_length(getattr(value, name)) for name in _slots(value))
    return 0


def _slots(block: object) -> tuple[str, ...]:
    return type(block).__slots__  # type: ignore[attr-defined,no-any-return]


_ENDLESS = re.compile(r"[^\s\u200b]{29,}")
_ADDRESS = re.compile(r"https?:|mailto:|www\.|[^@]+@[^@]+\.[^@]+\Z")


def legible(text: str) -> str:
    """What the fonts of the PDF can show, within the margins."""
    return _ENDLESS.sub(_breakable, text.translate(_glyphs()))


def _breakable(word: re.Match[str]) -> str:
    """Addresses stay whole, so that they can be copied; typst knows how to break them."""
    if _ADDRESS.match(word[0]) and len(word[0]) < 80:
        return word[0]
    return re.sub(r"(.{12})(?=.)", "\\1\u200b", word[0])


class _Glyphs(dict[int, str]):
    """Each character as the PDF can print it.

    A character without a glyph would make the export fail, since such a PDF cannot be read
    aloud. A reader would rather see that something stood there than miss it: an emoji or a
    foreign letter becomes □, and the .docx keeps it. A lone accent or a skin tone just goes.
    """

    def __init__(self, known: frozenset[int]) -> None:
        self.known = known

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if code in self.known else _stand_in(chr(code))
        return self[code]


def _stand_in(char: str) -> str:
    return "" if unicodedata.category(char) in ("Mn", "Me", "Sk", "Cc", "Cf") else "□"


@cache
def _glyphs() -> _Glyphs:
    regular, italic = (_characters(path.read_bytes()) for path in sorted(_FONTS.glob("*.ttf")))
    return _Glyphs((regular & italic) | {0x0A} | _EMBEDDED)


# Hebrew and Arabic letters come from the fonts inside typst.
_EMBEDDED = frozenset({*range(0x5D0, 0x5EB), *range(0x621, 0x63B), *range(0x641, 0x64B)})


def _characters(font: bytes) -> frozenset[int]:
    """The characters a TrueType font can draw, after its cmap table in format 12."""
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4s4xLL", font, 12 + 16 * i) for i in range(tables))
    cmap = next(offset for tag, offset, _ in entries if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    starts = (cmap + struct.unpack_from(">4xL", font, cmap + 4 + 8 * i)[0] for i in range(count))
    start = next(at for at in starts if struct.unpack_from(">H", font, at)[0] == 12)
    groups = struct.unpack_from(">L", font, start + 12)[0]
    spans = (struct.unpack_from(">LL", font, start + 16 + 12 * i) for i in range(groups))
    return frozenset(code for first, last in spans for code in range(first, last + 1))


def raster(svg: bytes, ppi: int = 220) -> bytes:
    """A drawing as a PNG, for formats that cannot hold one."""
    source = b"#set page(width: auto, height: auto, margin: 0pt)\n" + (
        b'#image(bytes(sys.inputs.svg), format: "svg")'
    )
    inputs = {"svg": svg.decode()}
    made = typst.compile(source, font_paths=_fonts(), format="png", ppi=ppi, sys_inputs=inputs)
    return made if isinstance(made, bytes) else made[0]


def _svg(data: bytes) -> str:
    """A PNG is wrapped in an SVG, the one kind of picture that travels inside JSON as text."""
    if not data.startswith(b"\x89PNG"):
        return data.decode()
    width, height = struct.unpack_from(">LL", data, 16)
    address = "data:image/png;base64," + base64.b64encode(data).decode()
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{address}"/></svg>'
