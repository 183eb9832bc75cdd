"""A document as a PDF that anyone can read, search, listen to and archive."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from docx.image.image import Image

from bot.documents.document import Document, Section
from bot.documents.glyphs import FONTS, legible
from bot.documents.pdf_sheet import sheet

__all__ = [
    "Brand",
    "count_pages",
    "lay_out",
    "legible",
    "picture_type",
    "pixels",
    "raster",
    "snug",
    "write_pdf",
    "write_png",
]

_LAYOUT = Path(__file__).with_name("doc.typ")
_STANDARDS = ["ua-1", "a-3a"]
_local = threading.local()  # a compiler belongs to the thread that made it

Figures = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Brand:
    """A company's logo, as a PNG, JPEG or GIF, and its accent colour, as #rrggbb."""

    logo: bytes | None = None
    accent: str | None = None


_PLAIN = Brand()


def write_pdf(
    document: Document,
    figures: Figures | None = None,
    phone: bool = False,
    brand: Brand = _PLAIN,
) -> bytes:
    """With `phone`, pages as wide as a hand, and wide tables read row by row."""
    noon = datetime.combine(document.date, time(12), UTC)
    options = {"format": "pdf", "pdf_standards": _STANDARDS, "timestamp": noon}
    return _compile(document, figures or {}, phone, options, brand)[0]


def write_png(
    document: Document,
    page: int = 1,
    ppi: int = 110,
    figures: Figures | None = None,
    brand: Brand = _PLAIN,
) -> bytes:
    """One page, as a preview."""
    options = {"format": "png", "ppi": float(ppi)}
    pages = _compile(document, figures or {}, False, options, brand)
    return pages[page - 1]


def count_pages(document: Document, figures: Figures | None = None) -> int:
    """How many pages the document takes, without making them for good."""
    return len(_drafts(document, figures))


_SHORT = 0.4  # of what the fullest page holds


def snug(document: Document, figures: Figures | None = None) -> Document:
    """Set closer when that spares a last page with little on it; an annex keeps its own page.

    A draft weighs about as much as there is on its page.
    """
    annexed = any(isinstance(block, Section) and block.kind == "annex" for block in document.blocks)
    drafts = _drafts(document, figures)
    if document.pages or annexed or len(drafts[-1]) > _SHORT * max(map(len, drafts)):
        return document
    closer = replace(document, pages=len(drafts) - 1)
    return closer if count_pages(closer, figures) < len(drafts) else document


def _drafts(document: Document, figures: Figures | None) -> list[bytes]:
    return _compile(document, figures or {}, False, {"format": "png", "ppi": 8.0})


def _compile(
    document: Document,
    figures: Figures,
    phone: bool,
    options: dict[str, Any],
    brand: Brand = _PLAIN,
) -> list[bytes]:
    inputs = {
        "document": sheet(document),
        "figures": {key: _svg(data) for key, data in figures.items()},
        "phone": phone,
        "brand": _brand(brand),
    }
    return lay_out(_LAYOUT, inputs, options)


def lay_out(layout: Path, inputs: Mapping[str, Any], options: dict[str, Any]) -> list[bytes]:
    """The pages that a static layout makes of its inputs, in our fonts and no others.

    The inputs stand before the layout as one string of JSON. `sys.inputs` would do as well, but
    typst forgets all that it has laid out when they change, which takes twice the time.
    """
    source = f"#let inputs = json(bytes({_quoted(inputs)}))\n{_text(layout)}"
    with _careful():
        made = _compiler(layout.parent).compile(input=source.encode(), **options)
    return made if isinstance(made, list) else [made]


@contextmanager
def _careful() -> Iterator[None]:
    """A failure leaves the compiler in doubt; a panic of the Rust side becomes a plain error.

    Its message is dropped, since it could hold a piece of the text.
    """
    try:
        yield
    except BaseException as error:
        _local.__dict__.clear()
        if isinstance(error, Exception | KeyboardInterrupt | SystemExit):
            raise
        raise RuntimeError("typst panicked") from None


def _quoted(inputs: Mapping[str, Any]) -> str:
    """JSON in plain ASCII, where only a quote or a backslash could end or bend the string."""
    return '"' + json.dumps(inputs).replace("\\", "\\\\").replace('"', '\\"') + '"'


@cache
def _text(layout: Path) -> str:
    return layout.read_text("utf-8")


def _compiler(folder: Path) -> Any:
    compilers = _local.__dict__.setdefault("compilers", {})
    if folder not in compilers:
        compilers[folder] = typst.Compiler(root=str(folder), font_paths=_fonts())
    return compilers[folder]


def _fonts() -> Any:
    if not hasattr(_local, "fonts"):
        _local.fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return _local.fonts


def raster(svg: bytes, ppi: int = 220) -> bytes:
    """A drawing as a PNG, for formats that cannot hold one."""
    source = b"#set page(width: auto, height: auto, margin: 0pt)\n" + (
        b'#image(bytes(sys.inputs.svg), format: "svg")'
    )
    inputs = {"svg": svg.decode()}
    with _careful():
        made = typst.compile(source, font_paths=_fonts(), format="png", ppi=ppi, sys_inputs=inputs)
    return made if isinstance(made, bytes) else made[0]


def _brand(brand: Brand) -> dict[str, Any]:
    width, height = pixels(brand.logo) if brand.logo else (1, 1)
    return {
        "accent": brand.accent or "",
        "logo": _svg(brand.logo) if brand.logo else "",
        "ratio": width / height,
    }


def pixels(picture: bytes) -> tuple[int, int]:
    """The width and height that a picture announces."""
    found = Image.from_blob(picture)
    return found.px_width, found.px_height


_MAGIC = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}


def picture_type(data: bytes) -> str:
    """« png », « jpeg » or « gif », the pictures that a PDF can hold; else nothing."""
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")


def _svg(data: bytes) -> str:
    """A picture is wrapped in an SVG, the one kind that travels inside JSON as text."""
    kind = picture_type(data)
    if not kind:
        return data.decode()
    width, height = pixels(data)
    address = f"data:image/{kind};base64," + base64.b64encode(data).decode()
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{address}"/></svg>'
