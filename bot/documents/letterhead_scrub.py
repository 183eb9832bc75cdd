"""The letterhead without comments, tracked changes, hidden addresses, nor lost links."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W = qn("w:p")[:-1]
_GONE = {
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "permStart",
    "permEnd", "proofErr", "footnoteReference", "endnoteReference", "dataBinding", "placeholder",
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange",
    "trPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rsid",
    "entryMacro", "exitMacro",
}  # fmt: skip
_UNWRAPPED = {"ins", "moveTo", "smartTag", "customXml"}
_FETCHED = {"src", "href", "althref"}  # addresses that VML takes without a link


def local(element: Any) -> str:
    """The name of an element without its namespace; nothing for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def scrub(root: Any, links: set[str]) -> None:
    """Without comments, changes, hidden addresses, nor what draws on links that are gone."""
    for element in list(root.iter()):
        if element.getparent() is None and element is not root:
            continue  # inside what went already
        if not isinstance(element.tag, str) or local(element) in _GONE:
            _remove(element)
        elif local(element) in _UNWRAPPED and element.tag.startswith(_W):
            _unwrap(element)
        else:
            _scrub_one(element, links)
    _drop_broken_styles(root)


def _scrub_one(element: Any, links: set[str]) -> None:
    for name in list(element.attrib):
        bare = name.rsplit("}", 1)[-1]
        if bare.startswith("rsid") or (bare in _FETCHED and not name.startswith(_R)):
            del element.attrib[name]
    if local(element) == "blip":
        for more in element.findall("{*}extLst"):  # a second picture, as a drawing
            element.remove(more)
    dangling = [name for name in element.attrib if name.startswith(_R)]
    if any(element.get(name) not in links for name in dangling):
        _remove(_whole(element))


def _whole(element: Any) -> Any:
    """The drawing that an element belongs to, or itself."""
    for above in element.iterancestors(qn("w:drawing"), qn("w:pict")):
        return above if local(element) not in ("hlinkClick", "hlinkHover") else element
    return element


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        if local(child) != "customXmlPr" and local(child) != "smartTagPr":
            parent.insert(at, child)
    parent.remove(element)


def _drop_broken_styles(root: Any) -> None:
    known: set[str] = set()
    for style in root.findall(qn("w:style")):
        name, id_ = style.find(qn("w:name")), style.get(qn("w:styleId"))
        if name is None or not name.get(qn("w:val")) or not id_ or id_ in known:
            root.remove(style)
        else:
            known.add(id_)
