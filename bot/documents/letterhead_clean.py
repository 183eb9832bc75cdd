"""A letterhead made anew from the few parts it needs: nothing else of the file is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from bot.documents.letterhead_checks import Link, links_of
from bot.documents.letterhead_file import Unusable, parse
from bot.documents.letterhead_package import EDGES, WORD, Package
from bot.documents.letterhead_scrub import local

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BESIDE = {
    "styles": f"{WORD}.wordprocessingml.styles+xml",
    "theme": f"{WORD}.theme+xml",
    "numbering": f"{WORD}.wordprocessingml.numbering+xml",
    "fontTable": f"{WORD}.wordprocessingml.fontTable+xml",
    "settings": f"{WORD}.wordprocessingml.settings+xml",
}
_SETTINGS = {
    "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter", "gutterAtTop", "autoHyphenation", "consecutiveHyphenLimit",
    "hyphenationZone", "doNotHyphenateCaps", "defaultTabStop", "evenAndOddHeaders",
    "characterSpacingControl", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol",
    "listSeparator",
}  # fmt: skip
_SECTION = {
    "headerReference", "footerReference", "pgSz", "pgMar", "paperSrc", "pgBorders", "pgNumType",
    "titlePg", "docGrid",
}  # fmt: skip


def sections_of(root: Any) -> list[Any]:
    """The sections of a text, without what they were before a change."""
    if root.tag != qn("w:document") or root.find(qn("w:body")) is None:
        raise Unusable("broken")
    every = root.iter(qn("w:sectPr"))
    return [one for one in every if one.getparent().tag != qn("w:sectPrChange")]


def section_of(root: Any) -> Any:
    """The section whose edges are kept: the first that has any, else the last."""
    found = sections_of(root)
    edged = [one for one in found if next(_references(one), None) is not None]
    return next(iter(edged), found[-1] if found else parse_xml(f"<w:sectPr {nsdecls('w')}/>"))


def edges_of(section: Any, links: Mapping[str, Link], parts: Mapping[str, bytes]) -> dict[str, str]:
    """The headers and footers of a section: their parts, by the id of their links."""
    named = {reference.get(f"{_R}id", ""): reference for reference in _references(section)}
    return {
        id_: links[id_].target
        for id_ in named
        if id_ in links and links[id_].kind in EDGES and links[id_].target in parts
    }


def _references(section: Any) -> Iterator[Any]:
    return section.iter(qn("w:headerReference"), qn("w:footerReference"))  # type: ignore[no-any-return]


def clean(parts: Mapping[str, bytes], main: str, section: Any, edges: Mapping[str, str]) -> bytes:
    """The paper alone: the styles and one section's edges, without a text."""
    package, renamed = _dressed(parts, main, edges)
    return package.bound_empty(_section(section, renamed))


def clean_whole(
    parts: Mapping[str, bytes], main: str, root: Any, edges: Mapping[str, str]
) -> bytes:
    """The paper with its text, which is a form to fill."""
    package, renamed = _dressed(parts, main, edges)
    return package.bound_whole(main, root, renamed)


def _dressed(
    parts: Mapping[str, bytes], main: str, edges: Mapping[str, str]
) -> tuple[Package, dict[str, str]]:
    """The styles, the headers and the footers, whose new ids are told by the old ones."""
    package = Package(parts)
    links = links_of(parts, main)
    for link in {link.kind: link for link in links.values()}.values():
        if link.kind in BESIDE and link.target in parts and not link.outside:
            root = _settings(parse(parts[link.target])) if link.kind == "settings" else None
            package.add(link.kind, link.target, BESIDE[link.kind], root)
    renamed = {}
    for id_, target in edges.items():
        kind = links[id_].kind
        renamed[id_] = package.add(kind, target, f"{WORD}.wordprocessingml.{kind}+xml")
    return package, renamed


def _section(section: Any, renamed: Mapping[str, str]) -> Any:
    """Of a section only its page and its edges remain; it gets a page if it has none."""
    for child in list(section):
        known = local(child) in _SECTION
        id_ = child.get(f"{_R}id")
        if not known or (id_ is not None and id_ not in renamed):
            section.remove(child)
        elif id_ is not None:
            child.set(f"{_R}id", renamed[id_])
    for name in list(section.attrib):
        del section.attrib[name]
    if not _roomy(section):
        for tag in ("w:pgSz", "w:pgMar"):
            for old in section.findall(qn(tag)):
                section.remove(old)
        at = len(list(_references(section)))
        for child in reversed(list(parse_xml(_PAGE))):
            section.insert(at, child)
    return section


_PAGE = f"""<w:sectPr {nsdecls("w")}><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1474"
 w:right="1304" w:bottom="1191" w:left="1304" w:header="737" w:footer="567" w:gutter="0"/>
</w:sectPr>"""
_LEAST = 4000  # twentieths of a point: a line of 7 cm


def _roomy(section: Any) -> bool:
    try:
        size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        wide, high = (int(size.get(qn(f"w:{side}"))) for side in "wh")
        sides = {side: int(margins.get(qn(f"w:{side}"), "0")) for side in _SIDES}
        width = wide - sides["left"] - sides["right"] - sides["gutter"]
        height = high - abs(sides["top"]) - abs(sides["bottom"])
    except (AttributeError, TypeError, ValueError):
        return False
    return width >= _LEAST and height >= _LEAST and max(wide, high) <= 31_680


_SIDES = ("top", "bottom", "left", "right", "header", "footer", "gutter")


def _settings(root: Any) -> Any:
    for child in list(root):
        if local(child) not in _SETTINGS:
            root.remove(child)
    return root
