"""Whatever people write, through every free text, in every document, language and format."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from unicodedata import combining

import docx
import pytest
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from bot.core.dialog import Type
from bot.core.typography import printable
from bot.documents import charts
from bot.documents.document import Document
from bot.documents.docx import write_docx
from bot.documents.facts import File, Order
from bot.documents.glyphs import legible
from bot.documents.letterhead import inspect
from bot.documents.pdf import Brand, write_pdf
from bot.documents.reader import read
from tests.documents import cases
from tests.documents.papers import rich_paper

PAYLOADS = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "our own tags": "</td></tr></table><h2>Faux titre</h2><mark>[vide]</mark><cite>S999</cite>",
    "a whole document": '<document lang="fr" title="x" date="2026-01-01"><p>faux</p></document>',
    "entities": "&lt;b&gt; &amp;amp; &#x3C; &nbsp; &unknown;",
    "a DTD": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
    "CDATA": "]]> <![CDATA[ x ]]> <!-- y --> --",
    "Jinja": "{{ 7*7 }} {{ case.shelf }} {% for a in b %} {% raw %} {% endraw %} {# c #}",
    "Jinja classes": "{{ ''.__class__.__mro__[1].__subclasses__() }} {{ cycler.__init__ }}",
    "format": "{0} {company} {0.__class__} {} }{ %s %(x)s %n",
    "typst": '#import "x": * #read("/etc/passwd") #sys.inputs #{ 1 + 1 } #eval("1") @ref <label>',
    "typst marks": "$ sum_(k=1)^n k $ *gras* _ital_ `code` = Titre // fin /* com */ ~ \\ #",
    "Word XML": '</w:t></w:r></w:p><w:p><w:r><w:t>Faux</w:t></w:r><w:br w:type="page"/>',
    "Word field": '{ DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" } INCLUDETEXT "x" TOC \\o',
    "spreadsheet": "=cmd|'/c calc'!A1 +1+1 -2+3 @SUM(A1) =HYPERLINK(\"http://evil.example\")",
    "paths": "../../etc/passwd ..\\..\\boot.ini C:\\CON /dev/null %2e%2e%2f ~/.ssh a:b|c?*",
    "JSON": '{"a": [1, null, true], "b": "\\u0000", "c": "\\"}] ","is":"Heading"',
    "LaTeX": "\\input{/etc/passwd} \\write18{ls} \\documentclass{a} $\\frac{1}{2}$ %",
    "backslashes": "\\ \\\\ \\n \\0 \\x00 \\u202e \\' \\\" \\",
    "SQL": "'); DROP TABLE answers; -- ' OR '1'='1",
    "shell": "$(id) `id` ${HOME} | ; & && || > /tmp/x #{1}",
    "Telegram": "*gras* _i_ [lien](tg://user?id=1) ||spoiler|| <tg-spoiler>a</tg-spoiler> /start",
    "links": "javascript:alert(1) http://evil.example/?a=1&b=<2> file:///etc/passwd",
    "null-ish": "None null nil undefined NaN True False nsp so passe [] {}",
    "controls": "a\x00b\x01c\x07d\x08e\x1bf\x7fg\x85h\ufffei",
    "bidi": "\u202egauche\u202c \u2066isolé\u2069 \u200fmarque\u200e",
    "invisible": "z\u200bé\u200cr\u200do\ufeff \u2060lar\u00adgeur \u3164 \U000e0041",
    "surrogates": "moitié \ud83d seule \udc00 fin",
    "emoji": "🚀 👍🏽 👨\u200d👩\u200d👧 🇫🇷 ❤️ 1️⃣",
    "right to left": "שלום עולם مرحبا بكم",
    "other scripts": "田中 한국 ไทย हिन्दी 𝒜 ① ﬁ ǅ ẞ a̶b̶ e\u0301",
    "accents piled up": "Z\u0351\u0352a\u0300\u0301\u0302\u0303l\u0334\u0335g\u0489o",
    "line ends": "un\r\ndeux\rtrois\u2028quatre\u2029cinq\x0bsix\x0csept\t huit",
    "typography": "...  !!  ?  ;  : « a »  \"b\"  'c'  1 000 000 €  12:30  10 %  —",
}
LONG = {
    "4,000 letters": "x" * 4000,
    "a very long word": "Anticonstitutionnellement" * 12 + " fin",
    "a very long address": "https://exemple.fr/" + "a/b?c=d&" * 80,
    "1,000 words": "mot " * 999 + "fin",
    "4,000 signs": "<&\"'>" * 800,
}
FIELDS = tuple(
    question.id for question in cases.shelf().documents.questions if question.type is Type.TEXT
)
LANGS = ("fr", "en")
KINDS = sorted(cases.PRESS.kinds)
NAME = re.compile(r"[A-Za-z0-9_-]{1,150}\.(?:docx|pdf)")


def test_the_free_texts_are_those_of_the_interview() -> None:
    assert len(PAYLOADS) + len(LONG) >= 20
    known = {"company_name", "industry", "workplace", "collective_agreement"}
    assert known | {"application_contact", "mission_lead"} <= set(FIELDS)


def ordered(kind: str, lang: str, texts: dict[str, str]) -> Order:
    """A document whose option is not the best rated one, so that the reason is printed."""
    base = cases.gold("gold_p02" if kind == "fiche_cdo" else "gold_p04", kind, lang)
    values = {k: v for k, v in base.values.items() if k != "option"} | texts
    values.pop("option_reason", None)
    fit = [option.id for option in cases.shelf().model.options if kind in option.docs]
    values["option"] = fit[-1]
    return replace(base, values=values, reason=texts.get("option_reason", ""))


def expected(text: str) -> str:
    """What a person should read, but for spaces, quotes and dots, which typography changes."""
    text = printable(text).replace("…", "...").casefold()
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[\s\u200b\u00ad«»“”‘’'\"`.]+", "", text)


def word_text(data: bytes, among: str = r"document|header\d*|footer\d*") -> str:
    return expected("".join(texts_of(data, among)))


def texts_of(data: bytes, among: str) -> Iterator[str]:
    for name, content in parts_of(data).items():
        if re.fullmatch(rf"word/(?:{among})\.xml", name):
            for element in docx.oxml.parse_xml(content).iter():
                if element.tag.endswith("}t"):
                    yield element.text or ""
                elif element.tag.endswith("}noBreakHyphen"):
                    yield "-"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def pdf_text(data: bytes) -> str:
    return bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def bare(text: str) -> str:
    """Without accents either, which are read back apart from their letters, and ligatures."""
    return "".join(c for c in unicodedata.normalize("NFKD", expected(text)) if not combining(c))


TYPESET = {"br", "vertAlign"}
"""What words alone may bring: line breaks, raised ordinals."""


@dataclass(frozen=True)
class Shape:
    """What a file is made of, whatever its words."""

    parts: tuple[str, ...]
    tags: tuple[str, ...]
    blocks: tuple[str, ...]
    links: tuple[str, ...]
    fields: tuple[str, ...]


def shape_of(data: bytes) -> Shape:
    parts = parts_of(data)
    body = docx.oxml.parse_xml(parts["word/document.xml"])
    tags = {element.tag for element in body.iter()}
    blocks = [child.tag.rsplit("}")[-1] for child in body[0]]
    links = [target for part in parts.values() for target in re.findall(OUTSIDE, part)]
    fields = [f for part in parts.values() for f in re.findall(rb'w:instr="([^"]*)"', part)]
    shown = (tuple(sorted(x.decode() for x in found)) for found in (links, fields))
    inner = tuple(sorted({tag.rsplit("}")[-1] for tag in tags} - TYPESET))
    return Shape(tuple(sorted(parts)), inner, tuple(blocks), *shown)


OUTSIDE = re.compile(rb'Target="([^"]*)" TargetMode="External"')


def pdf_shape(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The links of a PDF, and whatever in it could act."""
    pdf = PdfReader(io.BytesIO(data))
    links, acts = set(), set()
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            links.add(str(note.get_object().get("/A", {}).get("/URI", "")))
    for number in range(1, len(pdf.xref_objStm) + len(pdf.xref.get(0, {})) + 1):
        found = pdf.get_object(IndirectObject(number, 0, pdf))
        if isinstance(found, DictionaryObject):
            acts |= {key for key in found if key in ACTS}
            acts |= {str(found[key]) for key in ("/S",) if str(found.get(key)) in ACTS}
    return tuple(sorted(links)), tuple(sorted(acts))


ACTS = {"/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile", "/SubmitForm"}


@cache
def plain(kind: str, lang: str) -> tuple[Order, list[File], list[Document]]:
    """The same document with harmless words, each field with a word of its own."""
    order = ordered(kind, lang, {field: marked(field, "ordinaire") for field in ALL})
    return order, cases.PRESS.write(order), cases.PRESS.compose(order)


ALL = (*FIELDS, "option_reason")


def marked(field: str, text: str) -> str:
    """Begun by a word of the field's own, and ended by a letter."""
    return f"Zq{field.replace('_', '')}qz {text} fin"


def check_names(files: list[File]) -> None:
    for file in files:
        assert NAME.fullmatch(file.name), file.name
    assert len({file.name for file in files}) == len(files)


def check_properties(data: bytes) -> None:
    found = docx.Document(io.BytesIO(data)).core_properties
    for text in (found.title, found.subject, found.author, found.comments, found.last_modified_by):
        assert len(text) <= 255
        assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co") for char in text)


JOINED = " ¤ ".join(PAYLOADS.values())
LEAKS = re.compile(
    r"<(?:Shelf|Case|Order|class|bound|function)\b[^>]*object|0x[0-9a-f]{8}|root:x:0"
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_payload_in_every_free_text(kind: str, lang: str, tmp_path: Path) -> None:
    _, harmless, _ = plain(kind, lang)
    files = cases.PRESS.write(ordered(kind, lang, {f: marked(f, JOINED) for f in ALL}))
    check_names(files)
    assert len(files) == len(harmless)
    for before, after in zip(harmless, files, strict=True):
        if after.name.endswith(".docx"):
            whole = kind != "note"  # which clips the reason to hold on its page
            printed = check_word(before.content, after.content, whole)
            if lang == "fr":  # slow, and the same in English, as is reading the PDF back
                (tmp_path / "a.docx").write_bytes(after.content)
                assert OpenXmlValidator().validate(str(tmp_path / "a.docx")).errors == []
        else:
            check_pdf(before.content, after.content, read_back=printed and lang == "fr")


def check_word(before: bytes, after: bytes, whole: bool) -> bool:
    """Whether a field's words are printed in full."""
    assert shape_of(after) == shape_of(before)
    check_properties(after)
    was, now = word_text(before), word_text(after)
    shown = word_text(before, "document")
    printed = False
    assert not LEAKS.search(now)
    for field in ALL:
        mark = expected(marked(field, "")).removesuffix("fin")
        assert now.count(mark) == was.count(mark), field
        if f"{mark}ordinairefin" in shown:
            assert expected(marked(field, JOINED))[: None if whole else 60] in now, field
            printed = whole
    return printed


REORDERED = {"right to left", "accents piled up"}  # by what reads the PDF back


def check_pdf(before: bytes, after: bytes, read_back: bool) -> None:
    assert pdf_shape(after) == pdf_shape(before)
    if not read_back:
        return
    now = pdf_text(after)
    assert not LEAKS.search(now)
    for name, payload in PAYLOADS.items():
        if name not in REORDERED:
            assert bare(legible(printable(payload))) in now, name


@pytest.mark.parametrize("kind", KINDS)
def test_each_payload_alone(kind: str) -> None:
    """Alone, a text may be empty once cleaned, or look like a value; one kind in two has it."""
    rotating = list({**PAYLOADS, **LONG}.values())
    order, _, harmless = plain(kind, "fr")
    for turn in range(KINDS.index(kind) % 2, len(rotating), 2):
        texts = {f: rotating[(turn + i) % len(rotating)] for i, f in enumerate(ALL)}
        hostile = replace(order, values=order.values | texts, reason=texts["option_reason"])
        documents = cases.PRESS.compose(hostile)
        assert len(documents) == len(harmless)
        for document in documents:
            assert not LEAKS.search(cases.text(document))
        check_properties(write_docx(documents[0], FIGURES if kind == "note" else None))


FIGURES = {"alignment": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}


@pytest.mark.parametrize("kind", KINDS)
def test_endless_texts(kind: str) -> None:
    """Long words are broken, so that nothing leaves the page; the phone's edition as well."""
    texts = {f: list(LONG.values())[i % len(LONG)] for i, f in enumerate(ALL)}
    order = ordered(kind, "fr", texts)
    files = [*cases.PRESS.write(order), *cases.PRESS.write(order, phone=True)]
    check_names(files)
    for file in files:
        if file.name.endswith(".docx"):
            check_properties(file.content)
            continue
        assert len(PdfReader(io.BytesIO(file.content)).pages) < 100


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\CON",
        ".",
        "/",
        "\x00",
        "🚀",
        "a" * 300,
        "Œuvre & Cie",
        "-rf *",
        "= 1",
    ],
)
def test_a_company_name_never_leaves_its_folder(name: str) -> None:
    order, files, _ = plain("brief_stratege", "fr")
    made = cases.PRESS.write(replace(order, values=order.values | {"company_name": name}))
    check_names(made)
    assert len(made) == len(files)


EVERYWHERE = """<document lang="fr" title="T" date="2026-01-01"><h2>a</h2><p>b</p>
<figure src="f" alt="c"><caption>d</caption></figure></document>"""


def test_titles_alternative_texts_and_logos() -> None:
    """What a template would write in these places, were it a person's words."""
    words = " ".join(printable(JOINED).split())
    base = read(EVERYWHERE)
    figure = replace(base.blocks[2], alt=words)
    document = replace(
        base, title=words, kicker=words, subtitle=words, company=words, status=words,
        confidential=words, footer=words, description=words, blocks=(*base.blocks[:2], figure),
    )  # fmt: skip
    drawing = {"f": FIGURES["alignment"]}
    paper = inspect(rich_paper(), "e.docx")
    for data in (write_docx(document, drawing), write_docx(document, drawing, paper.docx)):
        assert expected(JOINED) in word_text(data)
        check_properties(data)
        alts = re.findall('descr="([^"]*)"', parts_of(data)["word/document.xml"].decode())
        assert any("&lt;script&gt;" in alt for alt in alts)
    for brand in (Brand(), paper.brand):
        printed = pdf_text(write_pdf(document, drawing, brand=brand))
        assert bare(legible(PAYLOADS["typst"])) in printed
    assert write_pdf(document, drawing, phone=True)


@pytest.mark.parametrize("lang", LANGS)
def test_chart_labels(lang: str) -> None:
    texts = cases.shelf().texts
    few = [charts.OptionBar("b", -2, gated=True), charts.OptionBar("c", 9, best=True)]
    for name, payload in {**PAYLOADS, "long": LONG["a very long word"]}.items():
        bars = [charts.DimensionBar(payload, 40.0), charts.DimensionBar("b", 50.0, True)]
        rows = [charts.CostBar(payload, Decimal(9000), Decimal(20000))]
        made = [
            charts.options_chart([charts.OptionBar(payload, 3), *few], lang, texts),
            charts.alignment_chart(bars, 45.0, lang, texts),
            charts.costs_chart(rows, lang, texts, payload),
        ]
        for chart in made:
            assert expected(payload) in expected(chart.alt), name
            assert chart.svg.startswith(b"<svg")
            assert b"<script" not in chart.svg
    assert made[0].png.startswith(b"\x89PNG")
