"""A company's paper: what is refused and why, and what a good one keeps in every document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from bot.documents.docx import write_docx
from bot.documents.letterhead import (
    LIMIT,
    Letterhead,
    Unusable,
    check_size,
    inspect,
    preview,
    sample,
)
from bot.documents.letterhead_colour import contrast, readable
from bot.documents.pdf import raster
from tests.documents import cases
from tests.documents.papers import (
    BODY,
    HEADER,
    LOGO,
    before_end,
    edited,
    field,
    flagged,
    in_body,
    in_header,
    linked,
    lying,
    ole,
    overlapping,
    plain_paper,
    rich_paper,
    typed,
    zipped,
)

PLAIN, RICH = plain_paper(), rich_paper()
TYPES = "[Content_Types].xml"
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DEEP = f"{'<w:smartTag>' * 400}{'</w:smartTag>' * 400}"
PICTURE = """<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId999"/>
</v:shape></w:pict></w:r></w:p>"""
LINK = """<w:p><w:hyperlink r:id="rId999" xmlns:r=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:r><w:t>a</w:t></w:r>
</w:hyperlink></w:p>"""
RUN_FIELD = "<w:p><w:fldSimple w:instr='{}'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"


def without(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return zipped({part: file.read(part) for part in file.namelist() if part != name})


REFUSED: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    # what it is: the reason, the name of the file, how it is made
    "a PDF": ("bad_type", "entete.pdf", lambda: b"%PDF-1.7 ..."),
    "a PDF named .docx": ("bad_type", "entete.docx", lambda: b"%PDF-1.7 ..."),
    "an old .doc": ("bad_type", "entete.doc", lambda: ole("Root Entry", "WordDocument")),
    "an RTF": ("bad_type", "entete.docx", lambda: b"{\\rtf1 bonjour}"),
    "a picture": ("bad_type", "logo.png", lambda: LOGO),
    "an ODT": ("bad_type", "e.odt", lambda: zipped({"mimetype": b"application/vnd.oasis"})),
    "a spreadsheet": ("bad_type", "e.xlsx", lambda: edited(PLAIN, {TYPES: untyped})),
    "a .docm": ("macros", "entete.docm", lambda: PLAIN),
    "macros": ("macros", "e.docx", lambda: edited(PLAIN, {"word/vbaProject.bin": b"x"})),
    "macros elsewhere": ("macros", "e.docx", lambda: edited(PLAIN, {"a/VBAPROJECT.BIN": b"x"})),
    "a macro type": ("macros", "e.docx", lambda: edited(PLAIN, {TYPES: typed("a", MACRO)})),
    "a password": ("protected", "e.docx", lambda: ole("EncryptionInfo", "EncryptedPackage")),
    "a zip with a password": ("protected", "e.docx", lambda: flagged(PLAIN)),
    "38 MB": ("too_big", "catalogue.docx", lambda: b"PK\x03\x04" + bytes(38_000_000)),
    "nothing": ("broken", "e.docx", lambda: b""),
    "noise": ("broken", "e.docx", lambda: b"\0\1\2" * 1000),
    "half a file": ("broken", "e.docx", lambda: PLAIN[: len(PLAIN) // 2]),
    "no text part": ("broken", "e.docx", lambda: without(PLAIN, BODY)),
    "no list of types": ("broken", "e.docx", lambda: without(PLAIN, TYPES)),
    "unclosed XML": ("broken", "e.docx", lambda: edited(PLAIN, {BODY: lambda t: t[:-20]})),
    "no body": ("broken", "e.docx", lambda: edited(PLAIN, {BODY: "<a/>"})),
    "endless nesting": ("broken", "e.docx", lambda: in_body(DEEP)),
    "a way out of the folder": (
        "broken",
        "e.docx",
        lambda: edited(PLAIN, {"../../x.xml": b"<a/>"}),
    ),
    "overlapping parts": ("bomb", "e.docx", lambda: overlapping(PLAIN)),
    "too many parts": (
        "bomb",
        "e.docx",
        lambda: edited(PLAIN, {f"word/{n}.xml": b"<a/>" for n in range(900)}),
    ),
    "a part packed too well": ("bomb", "e.docx", lambda: edited(PLAIN, {"a.bin": bytes(9**7)})),
    "too much in all": ("bomb", "e.docx", lambda: edited(PLAIN, {"a.bin": bytes(10**8)})),
    "a huge XML": ("bomb", "e.docx", lambda: edited(PLAIN, {"word/a.xml": noise(9_000_000)})),
    "a lying directory": (
        "broken",
        "e.docx",
        lambda: lying(edited(PLAIN, {"a.bin": bytes(9**7)}), "a.bin", 10),
    ),
    "a remote template": (
        "links",
        "e.docx",
        lambda: settings_link("attachedTemplate", "https://evil.example/t.dotm"),
    ),
    "a template on a share": (
        "links",
        "e.docx",
        lambda: settings_link("attachedTemplate", "file:///\\\\evil\\share\\t.dotm"),
    ),
    "a remote picture": (
        "links",
        "e.docx",
        lambda: edited(in_header(PICTURE), linked(HEADER, "image", "http://evil.example/a.png")),
    ),
    "a remote picture in the text": (
        "links",
        "e.docx",
        lambda: edited(PLAIN, linked(BODY, "image", "https://evil.example/a.png")),
    ),
    "a linked object": (
        "links",
        "e.docx",
        lambda: edited(PLAIN, linked(BODY, "oleObject", "file:///C:/a.xlsx")),
    ),
    "a link to a share": (
        "links",
        "e.docx",
        lambda: edited(in_header(LINK), linked(HEADER, "hyperlink", "file://evil/share")),
    ),
    "a link that runs": (
        "links",
        "e.docx",
        lambda: edited(in_header(LINK), linked(HEADER, "hyperlink", "javascript:alert(1)")),
    ),
    "DDEAUTO in two runs": ("strange", "e.docx", lambda: in_body(field("DDE", "AUTO c:\\cmd.exe"))),
    "DDE in a header": ("strange", "e.docx", lambda: in_header(field(" dde excel"))),
    "INCLUDETEXT": ("strange", "e.docx", lambda: in_body(RUN_FIELD.format("INCLUDETEXT a.docx"))),
    "INCLUDEPICTURE": (
        "strange",
        "e.docx",
        lambda: in_header(RUN_FIELD.format('INCLUDEPICTURE "http://evil.example/a" \\d')),
    ),
    "a field spelled in numbers": ("strange", "e.docx", lambda: in_header(field("QUOTE 68 68 69"))),
    "altChunk": ("strange", "e.docx", lambda: in_body("<w:altChunk/>")),
    "altChunk by its link": (
        "strange",
        "e.docx",
        lambda: edited(PLAIN, linked(BODY, "aFChunk", "a.html", inside=True)),
    ),
    "an object": ("strange", "e.docx", lambda: in_body("<w:p><w:r><w:object/></w:r></w:p>")),
    "an embedded file": (
        "strange",
        "e.docx",
        lambda: edited(PLAIN, {"word/embeddings/a.xlsx": b"PK"}),
    ),
    "ActiveX": ("strange", "e.docx", lambda: edited(PLAIN, {"word/activeX/a.xml": b"<a/>"})),
    "a DTD in the text": (
        "strange",
        "e.docx",
        lambda: edited(PLAIN, {BODY: lambda t: t.replace("?>", '?><!DOCTYPE a SYSTEM "b">', 1)}),
    ),
    "entities in custom XML": (
        "strange",
        "e.docx",
        lambda: edited(PLAIN, {"customXml/a.xml": DTD}),
    ),
    "entities in UTF-16": (
        "strange",
        "e.docx",
        lambda: edited(PLAIN, {"customXml/a.xml": DTD.encode("utf-16")}),
    ),
    "entities among the links": (
        "strange",
        "e.docx",
        lambda: edited(PLAIN, {"word/_rels/a.xml.rels": DTD}),
    ),
}


def untyped(text: str) -> str:
    return text.replace(MAIN, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def noise(size: int) -> bytes:
    """XML that does not pack too well."""
    return b"<a>" + "".join(f"{n * n:x} " for n in range(size // 10)).encode()[:size] + b"</a>"


def settings_link(kind: str, target: str) -> bytes:
    return edited(PLAIN, linked("word/settings.xml", kind, target))


@pytest.mark.parametrize("what", REFUSED)
def test_refuses(what: str) -> None:
    reason, name, make = REFUSED[what]
    with pytest.raises(Unusable) as refused:
        inspect(make(), name)
    assert refused.value.reason_key == reason


def test_says_what_was_sent_and_how_big() -> None:
    words = {}
    for what in ("a PDF", "an old .doc", "a picture", "38 MB", "DDEAUTO in two runs"):
        with pytest.raises(Unusable) as refused:
            inspect(REFUSED[what][2](), REFUSED[what][1])
        words[what] = refused.value.words
    assert [words[what]["type"] for what in list(words)[:3]] == ["pdf", "doc", "other"]
    assert words["38 MB"] == {"size": "38", "limit": "5"}
    assert words["DDEAUTO in two runs"] == {"what": "DDEAUTO"}


def test_the_size_is_known_before_the_file() -> None:
    check_size(LIMIT)
    with pytest.raises(Unusable) as refused:
        check_size(LIMIT + 1)
    assert refused.value.words["size"] == "6"


# What is kept


@pytest.fixture(scope="module")
def rich() -> Letterhead:
    return inspect(RICH, "entete-helios.docx")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_finds_what_there_is(rich: Letterhead) -> None:
    assert (rich.header, rich.footer, rich.body_lines) == (True, True, 3)
    assert (rich.logo, rich.logo_type) == (LOGO, "png")
    assert rich.accent == "#0a7d5a"
    simple = inspect(PLAIN, "e.docx")
    assert (simple.logo, simple.logo_type, simple.accent, simple.body_lines) == (None, "", None, 0)


def test_keeps_no_text_no_name_and_no_other_part(rich: Letterhead) -> None:
    parts = parts_of(rich.docx)
    everything = b"".join(parts.values()).decode("utf-8", "ignore")
    for gone in ("Jeanne", "Paul Martin", "rsid", "docProps", "customXml", "thumbnail"):
        assert gone not in everything
    folders = {name.rpartition("/")[0] for name in parts}
    assert folders == {"", "_rels", "word", "word/_rels", "word/media"}


def test_a_clean_copy_gives_the_same_letterhead(rich: Letterhead) -> None:
    again = inspect(rich.docx, "entete.docx")
    assert replace(again, docx=b"") == replace(rich, docx=b"", body_lines=0)
    assert parts_of(inspect(again.docx, "entete.docx").docx) == parts_of(again.docx)


def test_the_memory_of_a_template_and_of_changes_is_dropped() -> None:
    data = edited(settings_link("attachedTemplate", "file:///C:\\Modeles\\Normal.dotm"), {
        HEADER: before_end(
            "w:hdr",
            '<w:p><w:del w:id="1" w:author="Zoé"><w:r><w:delText>avant</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="Zoé"><w:r><w:t>Après</w:t></w:r></w:ins>'
            '<w:commentRangeStart w:id="3"/><w:r><w:commentReference w:id="3"/></w:r></w:p>',
        )
    })  # fmt: skip
    kept = b"".join(parts_of(inspect(data, "e.docx").docx).values()).decode("utf-8", "ignore")
    assert "Après" in kept
    for gone in ("Zoé", "avant", "comment", "Normal.dotm"):
        assert gone not in kept


def test_links_and_fields_of_a_letterhead_stay() -> None:
    paper = edited(in_header(LINK), linked(HEADER, "hyperlink", "https://helios.example/"))
    kept = parts_of(inspect(paper, "e.docx").docx)
    assert any(b"https://helios.example/" in part for part in kept.values())
    fields = field('HYPERLINK "mailto:a@helios.example"') + RUN_FIELD.format(" NUMPAGES ")
    assert inspect(in_header(fields), "e.docx").header


def test_a_logo_that_cannot_be_drawn_stays_in_word_only() -> None:
    for broken in (b"\x89PNG\r\n\x1a\n broken", LOGO[:60], LOGO[:16] + b"\0\1\0\0" * 2 + LOGO[24:]):
        paper = inspect(edited(RICH, {"word/media/image1.png": broken}), "e.docx")
        assert paper.logo is None
        assert write_docx(sample(paper, "fr"), letterhead=paper.docx)


@pytest.mark.parametrize(
    ("given", "least"), [("FFD400", 4.5), ("FFFFFF", 4.5), ("00AEEF", 4.5), ("0A7D5A", 4.5)]
)
def test_an_accent_is_readable_on_white(given: str, least: float) -> None:
    shown = readable(given)
    assert contrast(tuple(int(shown[i : i + 2], 16) for i in (1, 3, 5))) >= least
    assert (shown == "#0a7d5a") is (given == "0A7D5A")


def test_the_theme_gives_the_accent_unless_it_is_the_one_of_office() -> None:
    theme = next(name for name in parts_of(RICH) if "theme" in name)
    themed = edited(RICH, {theme: lambda text: text.replace("4F81BD", "B3262E")})
    assert inspect(themed, "e.docx").accent == "#b3262e"


# Every document on it

ORDERS = [
    (kind, replace(cases.gold(name, "fiche_cdo"), kind=kind))
    for kind in sorted(cases.PRESS.kinds)
    for name in ("gold_p04" if kind in ("fiche_cdo", "brief_transition") else "gold_p02",)
]


@pytest.mark.parametrize(("kind", "order"), ORDERS, ids=[kind for kind, _ in ORDERS])
def test_every_document_keeps_the_letterhead(
    kind: str, order: cases.Order, rich: Letterhead, tmp_path: Path
) -> None:
    documents = cases.PRESS.compose(order)
    files = cases.PRESS.write(order, letterhead=rich)
    words = [file for file in files if file.name.endswith(".docx")]
    prints = [file for file in files if file.name.endswith(".pdf")]
    for document, word, print_ in zip(documents, words, prints, strict=True):
        check_word(word.content, document.title)
        check_pdf(print_.content)
    path = tmp_path / "a.docx"
    path.write_bytes(words[0].content)
    assert OpenXmlValidator().validate(str(path)).errors == []


def check_word(data: bytes, title: str) -> None:
    file = docx.Document(io.BytesIO(data))
    section = file.sections[0]
    assert len(file.sections) == 1
    assert "Groupe Hélios" in section.first_page_header.paragraphs[0].text
    assert section.header.paragraphs[0].text == "Hélios, pages impaires"
    assert section.even_page_header.paragraphs[0].text == "Hélios, pages paires"
    assert section.first_page_footer.paragraphs[0].text == "12, quai Rambaud, Lyon"
    assert file.settings.odd_and_even_pages_header_footer
    assert (section.page_width, section.left_margin) == pytest.approx((Mm(215.9), Mm(40)), abs=700)
    assert file.styles["Heading 1"].font.name == file.styles["Title"].font.name == "Georgia"
    assert "Adresse Hélios" in {style.name for style in file.styles}
    assert "Jeanne" not in "".join(p.text for p in file.paragraphs)
    assert title in [p.text for p in file.paragraphs]
    assert LOGO in parts_of(data).values()


def check_pdf(data: bytes) -> None:
    pdf = PdfReader(io.BytesIO(data))
    assert len(pdf.pages[0].images) >= 1
    claims = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", ("Page d’essai", "En-tête")), ("en", ("Test page", "Header"))]
)
def test_the_test_page_shows_logo_and_accent(
    lang: str, said: tuple[str, ...], rich: Letterhead
) -> None:
    pdf = PdfReader(io.BytesIO(preview(rich, lang)))
    text = pdf.pages[0].extract_text()
    assert all(words in text for words in said)
    assert "#0a7d5a" in text
    assert len(pdf.pages[0].images) == 1
    assert b"0.0392" in pdf.pages[0].get_contents().get_data()  # the red of #0a7d5a


def test_the_edition_for_phones_and_the_preview_have_the_logo(rich: Letterhead) -> None:
    order = cases.gold("gold_p02", "brief_stratege")
    for file in cases.PRESS.write(order, phone=True, letterhead=rich):
        assert len(PdfReader(io.BytesIO(file.content)).pages[0].images) == 1
    shown = cases.PRESS.preview(order, rich)
    assert shown.startswith(b"\x89PNG")
    assert shown != cases.PRESS.preview(order)


def test_a_wide_or_tall_logo_stays_within_its_place(rich: Letterhead) -> None:
    for size in ("900 30", "30 900"):
        width, height = size.split()
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
        brand = replace(rich, logo=raster(svg.encode(), 72))
        assert len(PdfReader(io.BytesIO(preview(brand, "fr"))).pages) == 1
