"""A document as a Word file that can be edited, made of named styles only."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu

from bot.core.typography import raised
from bot.documents import document as doc
from bot.documents import docx_xml as xml
from bot.documents.docx_page import Page, open_page, save, tighten
from bot.documents.pdf import raster

_NS = nsdecls("w", "r")
_TONES = {"": "Normal", "lead": "Lead", "small": "Small", "note": "Note"}
_Pair = tuple[doc.Words, doc.Words]
_SHORT = 500  # characters; a table this short is not cut in two


def write_docx(
    document: doc.Document,
    figures: Mapping[str, bytes] | None = None,
    letterhead: bytes | None = None,
) -> bytes:
    """On a letterhead, its styles, margins, headers and footers are kept."""
    page = open_page(document.lang, letterhead)
    writer = _Writer(page, figures or {}, document.lang)
    body = page.file.element.body
    for element in parse_xml(f"<w:body {_NS}>{writer.all(document)}</w:body>"):
        body.insert(len(body) - 1, element)
    if page.ours:
        _frame(page, document)
        if document.pages:
            tighten(page)
    _describe(page.file.core_properties, document)
    return save(page.file)


def _describe(properties: Any, document: doc.Document) -> None:
    """Word takes 255 characters at most."""
    properties.title, properties.subject = document.title[:255], document.kicker[:255]
    properties.author = properties.last_modified_by = document.company[:255]
    properties.comments = document.description[:255]
    properties.language = "fr-FR" if document.lang == "fr" else "en-GB"
    properties.created = properties.modified = datetime.combine(document.date, time(12), UTC)


def _frame(page: Page, document: doc.Document) -> None:
    """Running header and footer, with the letterhead of the first page."""
    section = page.file.sections[0]
    title, company = document.running
    name = xml.run(company, "CompanyName")
    _fill(section.first_page_header, "Company", name + xml.TAB + xml.run(document.confidential))
    _fill(section.header, "Header", xml.run(title) + xml.TAB + xml.run(company))
    numbers = xml.field("PAGE") + xml.run(" / ") + xml.field("NUMPAGES")
    for footer in (section.first_page_footer, section.footer):
        _fill(footer, "Footer", xml.run(document.footer) + xml.TAB + numbers)


def _keeps(size: int, short: bool = False) -> list[bool]:
    """Which rows or items hold on to the next: all of a short one, else the two ends of it."""
    return [short or index in (0, size - 2) for index in range(size - 1)] + [False] * min(size, 1)


def _fill(edge: Any, style: str, runs: str) -> None:
    element = edge._element
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(f"<w:hdr {_NS}>{xml.paragraph(style, runs)}</w:hdr>")))


class _Writer:
    """Turns blocks into the XML of a Word body; every text goes through `escape`."""

    def __init__(self, page: Page, figures: Mapping[str, bytes], lang: str) -> None:
        self.page, self.figures, self.lang = page, figures, lang
        self.kept = False  # whether each paragraph holds on to the next one
        self.turning = False  # whether the next paragraph begins a page

    def all(self, document: doc.Document) -> str:
        return self.opening(document) + "".join(map(self.block, document.blocks))

    def opening(self, document: doc.Document) -> str:
        status = xml.TAB + self.run(doc.Run(f" {document.status} "), "Status")
        kicker = xml.run(document.kicker) + (status if document.status else "")
        subtitle = self.text("Subtitle", xml.run(document.subtitle)) if document.subtitle else ""
        head = self.text("Kicker", kicker) if document.kicker or document.status else ""
        note = "" if self.page.ours else document.confidential  # ours says it in its header
        warned = self.text("Note", xml.run(note)) if note else ""
        return head + self.text("Title", xml.run(document.title)) + subtitle + warned

    def block(self, block: doc.Block) -> str:
        match block:
            case doc.Heading():
                return self.words(f"Heading{block.level - 1}", block.words)
            case doc.Paragraph():
                return self.words(_TONES[block.tone], block.words)
            case doc.Bullets():
                return self.bullets(block)
            case doc.Facts():
                return self.facts(block)
            case doc.Grid():
                return self.grid(block)
            case doc.Callout():
                return self.callout(block)
            case doc.Figure():
                return self.figure(block)
            case doc.Section():
                return self.section(block)
            case doc.SmallPrint():
                return self.small_print(block)

    # Words

    def text(self, style: str, runs: str, more: str = "", keep: bool = False) -> str:
        """A paragraph; `more` are properties that come after the page break."""
        kept = "<w:keepNext/>" if keep or self.kept else ""
        fresh = "<w:pageBreakBefore/>" if self.turning else ""
        self.turning = False
        return xml.paragraph(self.page.styles[style], runs, kept + fresh + more)

    def words(self, style: str, words: doc.Words, more: str = "", keep: bool = False) -> str:
        return self.text(style, "".join(map(self.run, words)), more, keep)

    def run(self, run: doc.Run, style: str = "") -> str:
        for name, asked in (("Cite", run.cite), ("Missing", run.mark), ("Hyperlink", run.href)):
            style = style or (name if asked else "")
        bold = "<w:b/>" if run.bold else ""
        italic = "<w:i/>" if run.italic else ""
        named = self.page.styles[style] if style else ""
        made = "".join(
            xml.run(text, named, bold + italic + (xml.RAISED if up else ""), whole=run.cite)
            for text, up in raised(run.text, self.lang)
        )
        return self.link(run.href, made) if run.href else made

    def link(self, href: str, made: str) -> str:
        key = self.page.file.part.relate_to(href, RT.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{key}">{made}</w:hyperlink>'

    # Lists

    def bullets(self, bullets: doc.Bullets, level: int = 0) -> str:
        number = self.number(bullets.start, level) if bullets.ordered else self.page.bullets
        style = "ListNumber" if bullets.ordered else "ListBullet"
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        items = []
        for item, keep in zip(bullets.items, _keeps(len(bullets.items)), strict=True):
            items.append(self.words(style, item.words, place, keep))
            items.append(self.bullets(item.inner, level + 1) if item.inner else "")
        return "".join(items)

    def number(self, start: int, level: int) -> int:
        """Each list counts for itself, which takes a numbering of its own."""
        num = self.page.numbering.add_num(self.page.decimal)
        num.add_lvlOverride(ilvl=level).add_startOverride(start)
        return int(num.numId)

    # Tables

    def facts(self, facts: doc.Facts) -> str:
        size = facts.columns
        rows = [facts.pairs[i : i + size] for i in range(0, len(facts.pairs), size)]
        short = sum(len(doc.plain(value)) for _, value in facts.pairs) < _SHORT
        keeps = _keeps(len(rows), short)
        made = [
            xml.row(self.fact_row(row, size, keep)) for row, keep in zip(rows, keeps, strict=True)
        ]
        if size == 2:
            return self.table("FactsTwoColumns", (2.2, 4.4, 2.0, 4.0), made)
        return self.table("Facts", (1.0, 3.4), made)

    def fact_row(self, pairs: Sequence[_Pair], columns: int, keep: bool) -> Iterator[str]:
        """A lone last fact takes the whole line."""
        span = '<w:gridSpan w:val="3"/>' if len(pairs) < columns else ""
        for label, value in pairs:
            shown = tuple(replace(run, bold=True) for run in value) if columns == 2 else value
            yield xml.cell(self.words("FactLabel", label, keep=keep))
            yield xml.cell(self.words("FactValue", shown, keep=keep), span)

    def grid(self, grid: doc.Grid) -> str:
        caption = self.words("Caption", grid.caption) if grid.caption else ""
        size = sum(len(doc.plain(cell.words)) for row in grid.rows for cell in row)
        head = xml.row((self.grid_cell("TableHeader", cell) for cell in grid.header), header=True)
        keeps = _keeps(len(grid.rows), size < _SHORT)
        rows = [
            xml.row(self.grid_cell("TableText", cell, keep) for cell in row)
            for row, keep in zip(grid.rows, keeps, strict=True)
        ]
        return caption + self.table("Grid", grid.widths, [head, *rows], header=True)

    def grid_cell(self, style: str, cell: doc.Cell, keep: bool = False) -> str:
        return xml.cell(self.words(style, cell.words, xml.JUSTIFY[cell.align], keep))

    def callout(self, callout: doc.Callout) -> str:
        kind = callout.kind.capitalize()
        title = "CalloutWarningTitle" if kind == "Warning" else "CalloutTitle"
        head = self.words(title, callout.title) if callout.title else ""
        cell = xml.cell(head + "".join(self.lines(block, "Callout") for block in callout.blocks))
        return self.table(f"Callout{kind}", [1], [xml.row([cell])])

    def lines(self, block: doc.Paragraph | doc.Bullets, style: str) -> str:
        if isinstance(block, doc.Paragraph):
            return self.words(style, block.words)
        return self.bullets(block)

    def table(
        self, style: str, shares: Sequence[float], rows: Sequence[str], header: bool = False
    ) -> str:
        """A small gap follows, for Word joins two tables that touch."""
        widths = [round(self.page.width * share / sum(shares)) for share in shares]
        return xml.table(self.page.styles[style], widths, rows, header) + self.text("Gap", "")

    # The rest

    def figure(self, figure: doc.Figure) -> str:
        data = self.figures[figure.key]
        picture = io.BytesIO(data if data.startswith(b"\x89PNG") else raster(data))
        inline = self.page.file.part.new_pic_inline(picture, width=Emu(self.page.width * 635))
        inline.docPr.set("descr", figure.alt)
        for side in "TBLR":  # left out, LibreOffice takes them for an eighth of an inch
            inline.set(f"dist{side}", "0")
        caption = self.words("Caption", figure.caption) if figure.caption else ""
        return caption + self.text("Figure", f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>")

    def section(self, section: doc.Section) -> str:
        self.turning = section.kind == "annex"
        self.kept = section.kind == "keep"
        leading = not isinstance(section.blocks[0], doc.Heading | doc.Paragraph | doc.Bullets)
        made = self.text("Gap", "") if self.turning and leading else ""
        made += "".join(map(self.block, section.blocks))
        if self.kept:  # its end does not hold on to what follows
            self.kept = False
            made = "".join(made.rpartition("<w:keepNext/>")[::2])
        return made

    def small_print(self, small: doc.SmallPrint) -> str:
        style, made = "SourcesFirst", ""
        for block in small.blocks:
            made += self.lines(block, style)
            style = "Sources"
        return made
