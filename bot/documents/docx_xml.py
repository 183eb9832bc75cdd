"""The few pieces of WordprocessingML that documents are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_OPEN = '<w:t xml:space="preserve">'
TAB = "<w:r><w:tab/></w:r>"
RAISED = '<w:vertAlign w:val="superscript"/>'
JUSTIFY = {"left": "", "right": '<w:jc w:val="right"/>', "center": '<w:jc w:val="center"/>'}


def run(text: str, style: str = "", more: str = "", whole: bool = False) -> str:
    """With `whole`, an id is not cut at its hyphen, which stays a hyphen for searching."""
    styled = f'<w:rStyle w:val="{style}"/>' if style else ""
    look = f"<w:rPr>{styled}{more}</w:rPr>" if styled or more else ""
    lines = (f"{_OPEN}{escape(line)}</w:t>" for line in text.split("\n"))
    words = "<w:br/>".join(lines)
    kept = words.replace("-", f"</w:t><w:noBreakHyphen/>{_OPEN}") if whole else words
    return f"<w:r>{look}{kept}</w:r>"


def field(name: str) -> str:
    """A number that Word works out."""
    return f'<w:fldSimple w:instr=" {name} ">{run("1")}</w:fldSimple>'


def paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, widths: Sequence[int], rows: Iterable[str], header: bool = False) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0620" if header else "0600"}" w:firstRow="{header:d}"'
        ' w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
