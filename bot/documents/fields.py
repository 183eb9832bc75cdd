"""The fields of a company's own template, « {{ nom }} »: found where text is read, and filled.

Nothing is evaluated: a name between double braces is replaced, once, by words that stay words.
Word may spread one field over several runs; what fills it takes the look of the first.
"""

from __future__ import annotations

import bisect
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.core.fields import Field
from bot.core.typography import printable
from bot.documents.letterhead_file import Unusable, parse
from bot.documents.letterhead_package import zipped

MOST = 300  # fields to fill in one file, each repeat counted
_FIELD = re.compile(r"\{\{([^{}\n]*)\}\}")
_STORY = re.compile(r"word/(document|header|footer)\d*\.xml")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = (qn("w:br"), qn("w:cr"), qn("w:tab"))
_PLAIN = {qn(f"w:{name}") for name in ("pPr", "r", "rPr", "t", "proofErr", "lastRenderedPageBreak")}


def any_in(root: Any) -> bool:
    """Whether a part holds a field."""
    return any(_matches(map(_text, _pieces(paragraph))) for paragraph in root.iter(qn("w:p")))


def find(form: bytes) -> tuple[Field, ...]:
    """The fields of a clean template, each name once. Raises Unusable beyond MOST."""
    found: list[Field] = []
    for part, root in _stories(form):
        kind, tables = _kind(part), _tables(root)
        for paragraph in root.iter(qn("w:p")):
            for match in _matches(map(_text, _pieces(paragraph))):
                name = " ".join(printable(match[1]).split())
                found.append(Field(name, *_place(paragraph, kind, tables)))
                if len(found) > MOST:
                    raise Unusable("many_fields", {"most": str(MOST)})
    first: dict[str, Field] = {}
    for field in found:
        first.setdefault(field.key or field.name, field)
    return tuple(first.values())


def fill(form: bytes, words: Callable[[str], str]) -> bytes:
    """The template with what `words` gives for each name, one line after the other.

    The same template and words give the same bytes.
    """
    with zipfile.ZipFile(io.BytesIO(form)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for part, root in _stories(form):
        for paragraph in list(root.iter(qn("w:p"))):
            _fill(paragraph, words)
        parts[part] = serialize_part_xml(root)
    return zipped(parts)


def _stories(form: bytes) -> Iterator[tuple[str, Any]]:
    """The text, then the headers and footers: nowhere else is a field looked for."""
    with zipfile.ZipFile(io.BytesIO(form)) as file:
        for part in sorted(filter(_STORY.fullmatch, file.namelist())):
            yield part, parse(file.read(part))


def _kind(part: str) -> str:
    found = _STORY.fullmatch(part)
    return found[1].replace("document", "text") if found else "text"


def _tables(root: Any) -> dict[Any, int]:
    """The tables that stand in no other, by their number."""
    outer = (one for one in root.iter(qn("w:tbl")) if next(_above(one, "w:tbl"), None) is None)
    return {table: n for n, table in enumerate(outer, start=1)}


def _above(element: Any, tag: str) -> Iterator[Any]:
    return element.iterancestors(qn(tag))  # type: ignore[no-any-return]


def _place(paragraph: Any, kind: str, tables: dict[Any, int]) -> tuple[str, int]:
    """Where a reader looks for it."""
    if kind != "text":
        return kind, 0
    if next(_above(paragraph, "w:txbxContent"), None) is not None:
        return "box", 0
    number = next((tables[table] for table in _above(paragraph, "w:tbl") if table in tables), 0)
    return ("table", number) if number else ("text", 0)


# One paragraph


def _pieces(paragraph: Any) -> list[Any]:
    """The texts and breaks of a paragraph, without those of the text boxes inside."""
    every = paragraph.iter(qn("w:t"), *_BREAKS)
    runs = (one for one in every if one.getparent().tag == qn("w:r"))
    return [one for one in runs if next(_above(one, "w:p"), None) is paragraph]


def _text(piece: Any) -> str:
    """Line ends inside a text are spaces to Word; a break parts what stands around it."""
    return "\n" if piece.tag in _BREAKS else re.sub(r"[\n\r\t]", " ", piece.text or "")


def _matches(texts: Iterable[str]) -> list[re.Match[str]]:
    return [match for match in _FIELD.finditer("".join(texts)) if match[1].strip()]


def _fill(paragraph: Any, words: Callable[[str], str]) -> None:
    """A list that fills a paragraph of its own makes one for each item, bullets included."""
    pieces = _pieces(paragraph)
    texts = list(map(_text, pieces))
    found = _matches(texts)
    filled = [printable(words(match[1])) for match in found]
    if len(found) == 1 and "".join(texts).strip() == found[0][0] and _is_plain(paragraph):
        first, *more = filled[0].split("\n")
        filled = [first]
        for line in reversed(more):
            another = deepcopy(paragraph)
            another.attrib.clear()  # Word's own numbers, each of which stands once
            _replace(_pieces(another), found, [line])
            paragraph.addnext(another)
    _replace(pieces, found, filled)


def _is_plain(paragraph: Any) -> bool:
    """Whether it holds nothing but text, so that nothing is doubled along with it."""
    if paragraph.getparent().tag == qn("w:sdtContent"):  # a control may want one paragraph
        return False
    inside = (one for run in paragraph.findall(qn("w:r")) for one in run)
    ends = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    return not ends and all(one.tag in _PLAIN for one in (*paragraph, *inside))


def _replace(pieces: Sequence[Any], found: Sequence[re.Match[str]], filled: Sequence[str]) -> None:
    """From the last field to the first, so that what stands before keeps its place."""
    texts = list(map(_text, pieces))
    starts = list(itertools.accumulate(map(len, texts), initial=0))
    changed = set()
    for match, value in zip(reversed(found), reversed(filled), strict=True):
        i = bisect.bisect_right(starts, match.start()) - 1
        while i < len(pieces) and starts[i] < match.end():
            before = texts[i][: max(match.start() - starts[i], 0)]
            texts[i] = before + value + texts[i][match.end() - starts[i] :]
            value = ""  # the first piece has it
            changed.add(i)
            i += 1
    for i in changed:
        _write(pieces[i], texts[i])


def _write(piece: Any, text: str) -> None:
    """One line after the other, in the same run."""
    first, *more = text.split("\n")
    piece.text = first
    piece.set(_XML_SPACE, "preserve")
    for line in more:
        words = OxmlElement("w:t")
        words.text = line
        words.set(_XML_SPACE, "preserve")
        piece.addnext(words)
        piece.addnext(OxmlElement("w:br"))
        piece = words
