"""Word files as companies and attackers send them, built piece by piece."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Mm, Pt, RGBColor

from bot.documents.pdf import raster

LOGO = raster(
    b"""<svg xmlns="http://www.w3.org/2000/svg" width="180" height="60">
<rect width="180" height="60" rx="8" fill="#0a7d5a"/><circle cx="30" cy="30" r="18" fill="#fff"/>
</svg>""",
    72,
)
BODY, HEADER = "word/document.xml", "word/header1.xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(file: docx.document.Document) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def plain_paper() -> bytes:
    """The simplest letterhead: a header and a footer."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "MAISON LISIÈRE"
    file.sections[0].footer.paragraphs[0].text = "SAS au capital de 40 000 €"
    return saved(file)


def form_paper() -> bytes:
    """A job description of a company's own, with fourteen fields; the answers do not fill two."""
    file = docx.Document()
    section = file.sections[0]
    section.header.paragraphs[0].text = "MAISON LISIÈRE, {{ date }}"
    section.footer.paragraphs[0].text = "Grade : {{ grade }}"
    file.add_heading("Fiche : {{ intitule_poste }}", 1)
    rows = [("Matricule", "{{ matricule }}"), ("Entreprise", "{{ entreprise }}"),
            ("Effectif", "{{ effectif }}"), ("Porteur", "{{ porteur }}"),
            ("Pouvoir", "{{ pouvoir_decision }}"), ("Budget", "{{Budget}}"),
            ("Début", "{{ date de début }}")]  # fmt: skip
    table = file.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    for text in ("{{ mission }}", "{{ livrables }}", "{{ indicateurs }}"):
        file.add_paragraph(text)
    file.add_paragraph(f"Pour {split_field('company')}")
    return replaced(saved(file))


def split_field(name: str) -> str:
    """Stands for a field that Word has spread over several runs."""
    return f"@@{name}@@"


def replaced(data: bytes) -> bytes:
    """The same file, with each field that was to be spread over four runs, the first in bold."""
    pieces = (
        "<w:r><w:t xml:space='preserve'>{before}</w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>{{{{</w:t></w:r><w:proofErr w:type='spellStart'/>"
        "<w:r><w:t xml:space='preserve'> {name}</w:t></w:r><w:proofErr w:type='spellEnd'/>"
        "<w:r><w:t xml:space='preserve'> }}</w:t></w:r><w:r><w:t>}}.</w:t></w:r>"
    )

    def change(text: str) -> str:
        found = re.compile(r"<w:r><w:t>([^<]*)@@(\w+)@@</w:t></w:r>")
        return found.sub(lambda m: pieces.format(before=m[1], name=m[2]), text)

    return edited(data, {BODY: change})


def rich_paper() -> bytes:
    """A letterhead with a logo, three headers, its own styles, page and theme, and some text."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    section.orientation = WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Cm(4), Cm(1.5)
    section.different_first_page_header_footer = True
    file.settings.odd_and_even_pages_header_footer = True
    first = section.first_page_header.paragraphs[0]
    first.add_run().add_picture(io.BytesIO(LOGO), width=Mm(36))
    first.add_run("Groupe Hélios").font.color.rgb = RGBColor(0x0A, 0x7D, 0x5A)
    section.header.paragraphs[0].text = "Hélios, pages impaires"
    section.even_page_header.paragraphs[0].text = "Hélios, pages paires"
    section.first_page_footer.paragraphs[0].text = "12, quai Rambaud, Lyon"
    page = '<w:fldSimple {} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    section.footer.paragraphs[0]._p.append(parse_xml(page.format(nsdecls("w"))))
    for name, font in (("Heading 1", "Georgia"), ("Title", "Georgia"), ("Normal", "Verdana")):
        file.styles[name].font.name = font
    file.styles["Normal"].font.size = Pt(11)
    file.styles.add_style("Adresse Hélios", 1)
    file.core_properties.author = "Jeanne Dupont"
    for line in ("Jeanne Dupont, direction", "Paul Martin, finances", "", "Anne Roy, ventes"):
        file.add_paragraph(line)
    return saved(file)


def edited(data: bytes, changes: Mapping[str, Callable[[str], str] | bytes | str]) -> bytes:
    """The same file with some parts changed or added, its zip made anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        left = dict(changes)
        for name in old.namelist():
            change = left.pop(name, None)
            content = old.read(name)
            new.writestr(name, change(content.decode()) if callable(change) else change or content)
        for name, change in left.items():
            new.writestr(name, change("") if callable(change) else change)
    return out.getvalue()


def before_end(tag: str, more: str) -> Callable[[str], str]:
    """Add something at the end of an element, with all the prefixes it may need."""

    def change(text: str) -> str:
        at = text.rindex(f"</{tag}>")
        return text[:at] + more + text[at:]

    return change


def linked(part: str, kind: str, target: str, inside: bool = False) -> Mapping[str, object]:
    """A link added to a part that may have none yet."""
    folder, _, name = part.rpartition("/")
    mode = "" if inside else ' TargetMode="External"'
    link = f'<Relationship Id="rId999" Type="{_REL}/{kind}" Target="{target}"{mode}/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"

    def change(text: str) -> str:
        whole = text if "</Relationships>" in text else f'<Relationships xmlns="{space}"/>'
        whole = re.sub(r"(<Relationships[^>]*)/>\Z", r"\1></Relationships>", whole.strip())
        return before_end("Relationships", link)(whole)

    return {f"{folder}/_rels/{name}.rels": change}


def typed(name: str, type_: str) -> Callable[[str], str]:
    """The content type of one more part."""
    return before_end("Types", f'<Override PartName="/{name}" ContentType="{type_}"/>')


def field(*pieces: str) -> str:
    """A complex field whose instruction is spread over several runs."""
    marks = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    begin, end = marks
    texts = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f"<w:p>{begin}{texts}{end}</w:p>"


def in_body(xml: str) -> bytes:
    return edited(plain_paper(), {BODY: lambda text: text.replace("<w:sectPr", f"{xml}<w:sectPr")})


def in_header(xml: str) -> bytes:
    return edited(plain_paper(), {HEADER: before_end("w:hdr", xml)})


def ole(*names: str) -> bytes:
    """The beginning of an old binary file, with the names of what it holds."""
    directory = b"".join(name.encode("utf-16-le") + b"\0" * 64 for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + directory + b"\0" * 512


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def flagged(data: bytes) -> bytes:
    """The same zip with every entry said to be encrypted."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := out.find(mark, start)) >= 0:
            out[start + at] |= 1
            start += 4
    return bytes(out)


def lying(data: bytes, name: str, size: int) -> bytes:
    """The same zip, whose directory says that an entry holds `size` bytes."""
    out = bytearray(data)
    at = out.rfind(name.encode())
    start = out.rfind(b"PK\x01\x02", 0, at)
    struct.pack_into("<L", out, start + 24, size)
    return bytes(out)


def overlapping(data: bytes) -> bytes:
    """The same zip, whose second entry stands where the first one does."""
    out = bytearray(data)
    first = out.find(b"PK\x01\x02")
    second = out.find(b"PK\x01\x02", first + 4)
    out[second + 42 : second + 46] = out[first + 42 : first + 46]
    return bytes(out)
