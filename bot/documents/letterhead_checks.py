"""What a letterhead may not bring along: links to elsewhere, fields that fetch, objects."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from bot.documents.letterhead_file import Unusable, parse

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PLAIN_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_OWN_DISK = re.compile(r"file:///[^/\\]|(?:file:/{0,2})?[A-Za-z]:|[^/\\:]+$", re.IGNORECASE)
_FETCHING = {
    "ADDIN", "AUTOTEXT", "AUTOTEXTLIST", "CONTROL", "DATABASE", "DDE", "DDEAUTO", "EMBED",
    "HTMLACTIVEX", "HTMLCONTROL", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK",
    "RD", "SUBSCRIBER",
}  # fmt: skip
_HARMLESS = {
    "AUTHOR", "COMMENTS", "COMPANY", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME",
    "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "KEYWORDS", "LASTSAVEDBY",
    "MERGEFIELD", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE", "REF",
    "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "SYMBOL",
    "TIME", "TITLE", "TOC", "USERADDRESS", "USERNAME",
}  # fmt: skip
_OBJECTS = ("altChunk", "object", "control", "OLEObject", "subDoc", "ocx")
_OBJECT_PARTS = re.compile(r"/(?:embeddings|activeX)/|\.bin$|\.ocx$|\.exe$", re.IGNORECASE)
_PRINTER = "printerSettings"


@dataclass(frozen=True, slots=True)
class Link:
    """What a part draws on: another part, or something outside."""

    kind: str  # the last word of its type: image, hyperlink, header…
    target: str
    outside: bool


def links_of(parts: Mapping[str, bytes], part: str) -> dict[str, Link]:
    """The links of a part by their id; targets inside are the names of parts."""
    folder, name = posixpath.split(part)
    content = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if content is None:
        return {}
    found = {}
    for element in parse(content).iter(_RELS):
        kind = (element.get("Type") or "").rsplit("/", 1)[-1]
        outside = (element.get("TargetMode") or "").lower() == "external"
        target = element.get("Target") or ""
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id") or ""] = Link(kind, target, outside)
    return found


def check(parts: Mapping[str, bytes], main: str, kept: set[str]) -> None:
    """Refuse what reaches outside or hides something, wherever it stands in the file.

    In the parts that are kept, nothing but harmless fields and plain links may stand.
    """
    _check_links(parts, kept)
    for part in parts:
        if _OBJECT_PARTS.search(part) and _PRINTER not in part:
            raise Unusable("strange", {"what": "OLE"})
    stories = {part for part in parts if _is_story(part, main)} | kept
    for part in stories & set(parts):
        _check_story(parse(parts[part]), part in kept)


def _is_story(part: str, main: str) -> bool:
    folder, name = posixpath.split(part)
    return part == main or (folder == posixpath.dirname(main) and name.endswith(".xml"))


def _check_links(parts: Mapping[str, bytes], kept: set[str]) -> None:
    for rels in (part for part in parts if part.lower().endswith(".rels")):
        owner = re.sub(r"(^|/)_rels/([^/]*)\.rels$", r"\1\2", rels)
        for link in links_of(parts, owner).values():
            if link.kind == "aFChunk":
                raise Unusable("strange", {"what": "altChunk"})
            if link.outside and not _tolerated(link, owner in kept):
                raise Unusable("links", {"what": link.kind})


def _tolerated(link: Link, kept: bool) -> bool:
    """A plain link, or the memory of a template on the author's own disk, which is dropped."""
    if link.kind == "hyperlink":
        return not kept or bool(_PLAIN_LINK.match(link.target))
    return link.kind == "attachedTemplate" and bool(_OWN_DISK.match(link.target))


def _check_story(root: Any, kept: bool) -> None:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rsplit("}", 1)[-1] in _OBJECTS:
            raise Unusable("strange", {"what": element.tag.rsplit("}", 1)[-1]})
    for instruction in _instructions(root):
        word = re.match(r"[\s\\]*([A-Za-z]+)", instruction)
        name = word[1].upper() if word else ""
        if name in _FETCHING or (kept and name not in _HARMLESS):
            raise Unusable("strange", {"what": name or "?"})
        if kept and name == "HYPERLINK" and not _plain_hyperlink(instruction):
            raise Unusable("links", {"what": "hyperlink"})


def _plain_hyperlink(instruction: str) -> bool:
    """« HYPERLINK "https://…" », or to a place in the document."""
    rest = instruction.strip()[len("HYPERLINK") :].strip().lstrip('"“« ')
    return rest.startswith("\\l") or bool(_PLAIN_LINK.match(rest))


def _instructions(root: Any) -> Iterator[str]:
    """Every field's instruction, put together again when it was spread over several runs."""
    tags = {qn("w:instrText"), qn("w:delInstrText")}
    begun: list[list[str]] = []
    for element in root.iter(qn("w:fldSimple"), qn("w:fldChar"), *tags):
        if element.tag == qn("w:fldSimple"):
            yield element.get(qn("w:instr")) or ""
        elif element.tag in tags:
            if not begun:
                begun.append([])
            begun[-1].append(element.text or "")
        elif element.get(qn("w:fldCharType")) == "begin":
            begun.append([])
        elif element.get(qn("w:fldCharType")) == "end" and begun:
            yield "".join(begun.pop())
    yield from ("".join(texts) for texts in begun if texts)
