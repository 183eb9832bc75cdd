"""A Word file from outside, opened with care: what it is, how big it is, what it is made of."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from docx.oxml import parse_xml

LIMIT = 5_000_000  # bytes received
MOST_PARTS = 300
MOST_UNPACKED = 40_000_000  # bytes, all parts together
MOST_XML = 8_000_000  # bytes of one XML part
MOST_PACKED = 120  # times smaller than its content; text in XML seldom goes beyond 30
_SMALL = 500_000  # bytes under which nobody minds how well a part is packed
_CHUNK = 65_536

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORD = (f"{_MAIN}document.main+xml", f"{_MAIN}template.main+xml")
TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\w*\.bin|vbaData\.xml)$", re.IGNORECASE)
_MACRO_NAMES = (".docm", ".dotm")


class Unusable(Exception):
    """A file that cannot serve as a letterhead.

    `reason_key` ends the name of the sentence to say: bad_type, macros, protected, too_big,
    broken, bomb, links or strange. `words` fill it: `type` (pdf, doc or other) for bad_type,
    `size` and `limit` in megabytes for too_big, `what` for links and strange.
    """

    def __init__(self, reason_key: str, words: Mapping[str, str] | None = None) -> None:
        super().__init__(reason_key)
        self.reason_key = reason_key
        self.words = dict(words or {})


def check_size(size: int) -> None:
    """Before anything is downloaded, since Telegram tells the size first."""
    if size > LIMIT:
        words = {"size": str(max(round(size / 1e6), LIMIT // 10**6 + 1)), "limit": "5"}
        raise Unusable("too_big", words)


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word file by name, none of them bigger than it may be."""
    check_size(len(data))
    _check_kind(data, name)
    parts = _read(data)
    _check_word(parts, name)
    for part, content in parts.items():
        if part.lower().endswith((".xml", ".rels", ".vml")):
            _check_xml(content)
    return parts


def parse(content: bytes) -> Any:
    """An XML part, once it is known to declare nothing; too deep a tree is refused as well."""
    _check_xml(content)
    try:
        return parse_xml(content)
    except (SyntaxError, ValueError, RecursionError):
        raise Unusable("broken") from None


def _check_kind(data: bytes, name: str) -> None:
    if name.lower().endswith(_MACRO_NAMES):
        raise Unusable("macros")
    if data.startswith(_OLE):
        if any(mark in data for mark in _ENCRYPTED):
            raise Unusable("protected")
        raise Unusable("bad_type", {"type": "doc"})
    if b"%PDF-" in data[:1024]:
        raise Unusable("bad_type", {"type": "pdf"})
    if not data.startswith(b"PK\x03\x04"):
        known = name.lower().endswith(".docx") and (not data or data[:1] not in b"{<")
        raise Unusable("broken") if known else Unusable("bad_type", {"type": "other"})


# The directory of the zip comes first: what it announces is checked before anything is read.


def _read(data: bytes) -> dict[str, bytes]:
    _check_directory_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _check_directory(entries)
            return _unpacked(file, entries)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error):
        raise Unusable("broken") from None
    except (EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Unusable("broken") from None


def _check_directory_size(data: bytes) -> None:
    """Python reads the whole directory at once, whatever the number of entries it announces."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + 22:
        raise Unusable("broken")
    count, size = struct.unpack_from("<HL", data, end + 10)
    if count > MOST_PARTS or size > MOST_PARTS * 400 or data[end - 20 : end - 16] == _END_64:
        raise Unusable("bomb")


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise Unusable("bomb")
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in zip(ordered, [*ordered[1:], None], strict=True):
        _check_entry(entry)
        if following and entry.header_offset + 30 + entry.compress_size > following.header_offset:
            raise Unusable("bomb")  # two entries share the same bytes
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise Unusable("broken")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Unusable("protected")
    packed = max(entry.compress_size, 1)
    if entry.file_size > _SMALL and entry.file_size / packed > MOST_PACKED:
        raise Unusable("bomb")
    name = entry.orig_filename
    if "\\" in name or "\0" in name or name.startswith("/") or ".." in name.split("/"):
        raise Unusable("broken")


def _unpacked(file: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Each part, read in small pieces that are counted, whatever the directory said."""
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in entries:
        content = bytearray()
        with file.open(entry) as opened:
            while piece := opened.read(_CHUNK):
                content += piece
                left -= len(piece)
                if left < 0 or len(content) > entry.file_size:
                    raise Unusable("bomb")
        parts[entry.filename] = bytes(content)
    return parts


def _check_word(parts: Mapping[str, bytes], name: str) -> None:
    if TYPES not in parts:
        whole = name.lower().endswith(".docx") and any(part.startswith("word/") for part in parts)
        raise Unusable("broken") if whole else Unusable("bad_type", {"type": "other"})
    types = {element.get("ContentType", "") for element in parse(parts[TYPES]).iter()}
    macros = any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in types)
    if macros or any(_MACROS.search(part) for part in parts):
        raise Unusable("macros")
    if types.isdisjoint(_WORD):
        raise Unusable("bad_type", {"type": "other"})


def _check_xml(content: bytes) -> None:
    """Refuse a DTD before its entities could be declared, let alone expanded."""
    if len(content) > MOST_XML:
        raise Unusable("bomb")
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Unusable("strange", {"what": "DTD"})

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unusable("broken") from None


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the text."""
    for element in parse(parts[TYPES]):
        if element.tag == f"{_TYPES_NS}Override" and element.get("ContentType") in _WORD:
            name = (element.get("PartName") or "").lstrip("/")
            if name in parts:
                return name
    raise Unusable("broken")
