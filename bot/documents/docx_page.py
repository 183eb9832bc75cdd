"""The blank page a Word document is written on: ours, or the company's letterhead."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Mm

_LOCALES = {"fr": "fr-FR", "en": "en-GB"}
_STYLES = Path(__file__).with_name("docx_styles.xml")
_NS = nsdecls("w")
_FONTS = f"""<w:fonts {_NS}><w:font w:name="Source Sans 3"><w:altName w:val="Calibri,Arial"/>
<w:panose1 w:val="020B0503030403020204"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>
</w:font></w:fonts>"""
_SETTINGS = """<w:settings {ns}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>
<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
 w:val="15"/></w:compat><w:themeFontLang w:val="{lang}"/></w:settings>"""


@dataclass(slots=True)
class Page:
    """An open file, the names its styles go by, and how its lists are numbered."""

    file: Any
    styles: dict[str, str]
    width: int
    numbering: Any
    bullets: int
    decimal: int
    ours: bool


def open_page(lang: str, letterhead: bytes | None = None) -> Page:
    file: Any = docx.Document(io.BytesIO(letterhead or _blank(lang)))
    file.element.body.clear_content()
    _drop(file.part, ("stylesWithEffects",))  # Word 2010's copy of the styles, soon out of date
    _drop(file.part.package, ("thumbnail",))  # a picture of the page before it was written on
    section = file.sections[-1]
    gutter = section.gutter or 0
    line = section.page_width - section.left_margin - section.right_margin - gutter
    width = int(line / 635)
    if letterhead:
        _speak(file.styles.element, lang)
    styles = _adopt_styles(file.styles.element, width if letterhead else 0)
    numbering = _numbering(file.part)
    bullets, decimal = _adopt_lists(numbering)
    return Page(file, styles, width, numbering, bullets, decimal, letterhead is None)


@cache
def _blank(lang: str) -> bytes:
    file: Any = docx.Document()
    part = file.part
    _drop(part, ("webSettings", "customXml"))  # ballast of python-docx's own page
    _drop(part.package, ("extended-properties",))  # it says « Microsoft Macintosh Word », no words
    _replace(part.part_related_by(RT.STYLES).element, _sheet(lang))
    _replace(part.numbering_part.element, [])
    _replace(file.settings.element, parse_xml(_SETTINGS.format(ns=_NS, lang=_LOCALES[lang])))
    part.part_related_by(RT.FONT_TABLE)._blob = _FONTS.encode()
    _lay_out(file.sections[0])
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def save(file: Any) -> bytes:
    """The same bytes whenever it is written: what is packed bears no hour of its own."""
    saved, packed = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as fresh:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name)  # dated 1980, the first day a zip knows
            fresh.writestr(entry, parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _drop(part: Any, endings: tuple[str, ...]) -> None:
    for key in [key for key, rel in part.rels.items() if rel.reltype.endswith(endings)]:
        del part.rels[key]


def _sheet(lang: str) -> Any:
    text = _STYLES.read_text("utf-8")
    return parse_xml(text.replace('w:val="fr-FR"', f'w:val="{_LOCALES[lang]}"').encode())


def _replace(element: Any, children: Any) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(children))


def _lay_out(section: Any) -> None:
    """A4, with another header on the first page."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin, section.bottom_margin = Mm(24), Mm(18)
    section.header_distance, section.footer_distance = Mm(12), Mm(9)
    section.different_first_page_header_footer = True
    for edge in ("header", "first_page_header", "footer", "first_page_footer"):
        getattr(section, edge).is_linked_to_previous = False


_SMALLER = {"Title": 30, "Heading1": 23, "Normal": 19, "TableText": 17, "TableHeader": 17}


def tighten(page: Page) -> None:
    """For a document that has to hold in few pages: less air, and headings less tall."""
    section = page.file.sections[0]
    section.top_margin, section.bottom_margin = Mm(21), Mm(16)
    section.header_distance, section.footer_distance = Mm(10), Mm(8)
    for style in page.file.styles.element.style_lst:
        for spacing in style.findall(f"{qn('w:pPr')}/{qn('w:spacing')}"):
            for edge in ("w:before", "w:after"):
                spacing.set(qn(edge), str(int(spacing.get(qn(edge), "0")) // 2))
        size = _SMALLER.get(style.get(qn("w:styleId")))
        for tag in ("w:sz", "w:szCs") if size else ():
            for found in style.findall(f"{qn('w:rPr')}/{qn(tag)}"):
                found.set(qn("w:val"), str(size))


def _speak(styles: Any, lang: str) -> None:
    """The language of a letterhead is that of what is written on it."""
    for spoken in styles.findall(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        spoken.set(qn("w:val"), _LOCALES[lang])


def _named(style: Any) -> tuple[str, str]:
    return style.get(qn("w:type")), style.find(qn("w:name")).get(qn("w:val")).lower()


def _adopt_styles(theirs: Any, width: int) -> dict[str, str]:
    """Our style ids, and what they are called in this file, whose own styles come first."""
    known = {_named(style): style for style in theirs.style_lst}
    names = {name for _, name in known}
    taken = {style.get(qn("w:styleId")) for style in theirs.style_lst}
    ids: dict[str, str] = {}
    fresh = []
    for style in _our_styles():
        name, own = _named(style), style.get(qn("w:styleId"))
        if name in known:
            ids[own] = known[name].get(qn("w:styleId"))
            continue
        ids[own] = f"Codir{own}" if own in taken else own
        fresh.append(deepcopy(style))
        if name[1] in names:  # theirs is of another kind
            fresh[-1].find(qn("w:name")).set(qn("w:val"), f"Codir {own}")
    for style in fresh:
        _fit(style, ids, width)
        theirs.append(style)
    return ids


def _fit(style: Any, ids: dict[str, str], width: int) -> None:
    """To the names of the file, and to its line, where what stands on the right ends."""
    for tab in style.iter(qn("w:tab")):
        tab.set(qn("w:pos"), str(width))
    style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
    for tag in ("w:basedOn", "w:next"):
        link = style.find(qn(tag))
        if link is not None:
            link.set(qn("w:val"), ids[link.get(qn("w:val"))])


@cache
def _our_styles() -> list[Any]:
    return list(parse_xml(_STYLES.read_bytes()).style_lst)


def _numbering(part: Any) -> Any:
    try:
        return part.part_related_by(RT.NUMBERING).element
    except KeyError:
        element = parse_xml(f"<w:numbering {_NS}/>")
        made = NumberingPart(
            PackURI("/word/numbering.xml"), CT.WML_NUMBERING, element, part.package
        )
        part.relate_to(made, RT.NUMBERING)
        return element


_MARKS = (("bullet", "•", "bullet", "–"), ("decimal", "%1.", "decimal", "%2."))


def _adopt_lists(numbering: Any) -> tuple[int, int]:
    """Add bullets and numbers to those of the file, and say under which ids."""
    abstracts = numbering.findall(qn("w:abstractNum"))
    first = 1 + max((int(a.get(qn("w:abstractNumId"))) for a in abstracts), default=0)
    for place, marks in enumerate(_MARKS):
        numbering.insert(len(abstracts) + place, parse_xml(_abstract(first + place, *marks)))
    return numbering.add_num(first).numId, first + 1


def _abstract(number: int, kind: str, mark: str, inner_kind: str, inner_mark: str) -> str:
    levels = _level(0, kind, mark, 340) + _level(1, inner_kind, inner_mark, 640)
    return (
        f'<w:abstractNum {_NS} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


def _level(level: int, kind: str, mark: str, left: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="255"/></w:pPr></w:lvl>'
    )
