"""What the fonts of the PDF can show of a text."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache

import fontpkg_source_sans_3

FONTS = fontpkg_source_sans_3.ROOT / "files"

_ENDLESS = re.compile(r"[^\s\u200b]{29,}")
_ADDRESS = re.compile(r"https?:|mailto:|www\.|[^@]+@[^@]+\.[^@]+\Z")


def legible(text: str) -> str:
    """What the fonts of the PDF can show, within the margins."""
    shown = _ENDLESS.sub(_breakable, text.translate(_glyphs()))
    gone = text.strip() and not shown.strip()
    return "□" if gone else shown  # a heading must not be empty


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
    regular, italic = (_characters(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf")))
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
