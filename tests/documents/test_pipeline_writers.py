"""One document, the same in Word and in PDF, whatever people wrote in it."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from bot.core.typography import clean, typeset
from bot.documents.document import Paragraph, Run, TemplateError
from bot.documents.docx import write_docx
from bot.documents.pdf import legible, raster, write_pdf, write_png
from bot.documents.reader import read
from bot.documents.template import compose, environment

HERE = Path(__file__).parent
RADAR = b"""<svg xmlns="http://www.w3.org/2000/svg" width="600" height="240">
<circle cx="120" cy="120" r="90" fill="#1b365d"/><text x="300" y="120">Radar</text></svg>"""
FIGURES = {"radar": RADAR}


@pytest.fixture(scope="module")
def sample():
    answers = {"company": "Groupe Orvanne", "team_size": 6, "triggers": None}
    return compose(environment(HERE), "test_pipeline_sample.html", answers)


@pytest.fixture(scope="module")
def pdf(sample):
    return PdfReader(io.BytesIO(write_pdf(sample, FIGURES)))


@pytest.fixture(scope="module")
def word(sample):
    return docx.Document(io.BytesIO(write_docx(sample, FIGURES)))


def squeezed(text):
    """Lines end elsewhere in each format, and long words may be cut."""
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def pdf_text(data):
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def docx_text(data):
    parts = zipfile.ZipFile(io.BytesIO(data))
    texts = []
    for name in parts.namelist():
        if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name):
            root = docx.oxml.parse_xml(parts.read(name))
            texts += [t.text or "" for t in root.iter(qn("w:t"))]
    return squeezed("".join(texts))


def test_the_pdf_says_what_it_is(pdf):
    catalog = pdf.trailer["/Root"]
    assert catalog["/Lang"].startswith("fr")
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in catalog
    assert pdf.metadata.title.startswith("Directeur / Directrice de la transformation digitale")
    assert pdf.metadata.author == "Groupe Orvanne"
    assert pdf.metadata.creation_date.date() == date(2026, 11, 23)
    claims = catalog["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert "<pdfaid:part>3</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims


def test_the_pdf_holds_one_family_of_fonts(pdf):
    fonts = {font["/BaseFont"] for page in pdf.pages for font in _fonts(page)}
    assert all("SourceSans3" in name for name in fonts)
    assert len(fonts) >= 3  # regular, bold, italic


def _fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_narrow_spaces_come_out(pdf, word):
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "100\u202f000 à 125\u202f000 €" in text.replace("\u00a0", " ")
    assert "100\u202f000 à 125\u202f000\u00a0€" in "".join(
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    )


def test_each_page_recalls_the_document(pdf):
    first, second = pdf.pages[0].extract_text(), pdf.pages[1].extract_text()
    assert "Fiche de poste – Directeur" not in first
    assert "Fiche de poste – Directeur" in second
    assert f"2 / {len(pdf.pages)}" in second


def test_the_head_of_a_page_is_cut_between_two_words():
    long = replace(_document("<p>a</p>"), title="Suivre une personne " * 8, company="Atelier")
    title, company = long.running
    assert company == "Atelier"
    assert re.fullmatch(r"(Suivre une personne )*Suivre( une( personne)?)?…", title)
    whole = replace(long, title="Suivre une personne en alternance et son maître d’apprentissage")
    assert whole.running[0] == whole.title


def test_the_same_document_gives_the_same_pdf(sample):
    assert write_pdf(sample, FIGURES) == write_pdf(sample, FIGURES)


def test_the_same_document_gives_the_same_word_file_whatever_the_hour(sample):
    first = write_docx(sample, FIGURES)
    parts = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}
    assert write_docx(sample, FIGURES) == first


def test_word_carries_nothing_of_the_blank_page_it_was_made_from(word):
    kinds = {rel.reltype.rsplit("/", 1)[1] for rel in word.part.package.rels.values()}
    assert kinds == {"officeDocument", "core-properties"}


def test_a_long_list_or_table_leaves_no_lone_end_on_a_page():
    items = "".join(f"<li>Point {n}</li>" for n in range(5))
    rows = "".join(f"<tr><td>{'mot ' * 60}</td><td>{n}</td></tr>" for n in range(5))
    table = f'<table class="grid"><tr><th>A</th><th>B</th></tr>{rows}</table>'
    word = docx.Document(io.BytesIO(write_docx(_document(f"<ul>{items}</ul>{table}"))))
    ends = [True, False, False, True, False]
    assert [_held(p) for p in word.paragraphs if p.style.name == "List Bullet"] == ends
    assert [_held(row.cells[0].paragraphs[0]) for row in word.tables[0].rows[1:]] == ends


def _held(paragraph):
    return bool(paragraph.paragraph_format.keep_with_next)


def test_a_picture_in_word_has_the_height_of_its_line(word):
    """Set closer than its own height, it would run under the line before."""
    (line,) = [p for p in word.paragraphs if p._p.findall(".//" + qn("w:drawing"))]
    assert line.style.paragraph_format.line_spacing == 1


def test_both_formats_hold_the_same_words(sample):
    shown = docx_text(write_docx(sample, FIGURES))
    printed = pdf_text(write_pdf(sample, FIGURES))
    for words in ("Réunirlesdonnéesd’unmêmeclient", "[àcompléter]", "Annexe.Grilled’entretien"):
        assert words in shown
        assert words in printed


def test_word_has_named_styles_only(word):
    names = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Kicker"} <= names
    assert {table.style.name for table in word.tables} == {
        "Callout Essential",
        "Callout Note",
        "Callout Warning",
        "Facts",
        "Facts Two Columns",
        "Grid",
    }
    body = word.element.body.xml
    assert "w:rFonts" not in body
    assert "w:sz " not in body
    assert "w:color" not in body


def test_word_knows_its_properties(word):
    properties = word.core_properties
    assert (properties.author, properties.language) == ("Groupe Orvanne", "fr-FR")
    assert properties.title.startswith("Directeur / Directrice")
    assert word.styles.element.find(".//" + qn("w:lang")).get(qn("w:val")) == "fr-FR"


def test_word_repeats_header_rows_and_cuts_none(word):
    grids = [table for table in word.tables if table.style.name == "Grid"]
    assert all(table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is not None for table in grids)
    rows = [row for table in word.tables for row in table.rows]
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_word_marks_what_is_missing_and_describes_pictures(word):
    marked = [run.text for p in word.paragraphs for run in p.runs if run.style.name == "Missing"]
    assert "[à compléter]" in marked
    assert word.inline_shapes[0]._inline.docPr.get("descr").startswith("Niveau attendu")


def test_word_counts_pages(sample):
    parts = zipfile.ZipFile(io.BytesIO(write_docx(sample, FIGURES)))
    footers = [
        parts.read(n).decode() for n in parts.namelist() if "footer" in n and "rels" not in n
    ]
    assert len(footers) == 2
    assert all("PAGE" in footer and "NUMPAGES" in footer for footer in footers)


def test_each_ordered_list_starts_where_it_says():
    text = '<ol><li>a</li></ol><p>b</p><ol><li>c</li></ol><ol start="7"><li>d</li></ol>'
    made = docx.Document(io.BytesIO(write_docx(_document(text))))
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert len(set(numbers)) == 3
    nums = {num.numId: num for num in made.part.numbering_part.element.num_lst}
    starts = [nums[n].find(".//" + qn("w:startOverride")).get(qn("w:val")) for n in numbers]
    assert starts == ["1", "1", "7"]


def test_what_is_kept_whole_does_not_hold_on_to_what_follows():
    whole = '<section class="keep"><h2>One</h2><p>Its text</p></section>'
    made = write_docx(_document(whole + whole), {})
    held = [p.paragraph_format.keep_with_next for p in docx.Document(io.BytesIO(made)).paragraphs]
    assert held[-4:] == [True, None, True, None]


def test_word_file_is_valid(sample, tmp_path):
    path = tmp_path / "fiche.docx"
    path.write_bytes(write_docx(sample, FIGURES))
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_a_letterhead_keeps_its_own_look(sample, tmp_path):
    made = docx.Document(io.BytesIO(write_docx(sample, FIGURES, _letterhead())))
    assert made.sections[0].header.paragraphs[0].text == "MAISON LISIÈRE"
    assert made.sections[0].left_margin.cm == pytest.approx(4, abs=0.01)
    assert made.paragraphs[0].text.startswith("Fiche de poste")
    assert "ancien corps" not in "".join(p.text for p in made.paragraphs)
    assert made.styles["Heading 1"].font.name == "Georgia"
    path = tmp_path / "fiche.docx"
    path.write_bytes(write_docx(sample, FIGURES, _letterhead()))
    assert OpenXmlValidator().validate(str(path)).errors == []


def _letterhead():
    theirs = docx.Document()
    theirs.add_paragraph("ancien corps")
    theirs.sections[0].header.paragraphs[0].text = "MAISON LISIÈRE"
    theirs.sections[0].left_margin = docx.shared.Cm(4)
    theirs.styles["Heading 1"].font.name = "Georgia"
    saved = io.BytesIO()
    theirs.save(saved)
    return saved.getvalue()


def test_previews_phones_and_pictures(sample):
    png = raster(RADAR)
    assert write_png(sample, figures=FIGURES).startswith(b"\x89PNG")
    phone = PdfReader(io.BytesIO(write_pdf(sample, {"radar": png}, phone=True)))
    assert float(phone.pages[0].mediabox.width) < 300
    assert len(docx.Document(io.BytesIO(write_docx(sample, {"radar": png}))).inline_shapes) == 1


def test_a_panic_of_typst_is_an_error_without_its_words(sample):
    """No `except Exception` catches a panic as it comes, and its message may quote the text."""
    with pytest.raises(RuntimeError, match="typst panicked") as caught:
        write_png(sample, ppi=10**12, figures=FIGURES)
    assert caught.value.__suppress_context__
    assert write_png(sample, figures=FIGURES).startswith(b"\x89PNG")


def test_english():
    text = '<document lang="en" title="Job" date="2026-11-23"><p>"Why" : 5%</p></document>'
    document = read(text)
    assert "“Why”:5%" in pdf_text(write_pdf(document))
    assert docx.Document(io.BytesIO(write_docx(document))).core_properties.language == "en-GB"


def test_a_compiler_stays_on_its_thread(sample):
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: write_pdf(sample, FIGURES), range(8)))
    assert len(made) == 1


def test_a_failure_does_not_spoil_the_next_document(sample):
    with pytest.raises(Exception, match="radar"):
        write_pdf(sample, {})
    assert write_pdf(sample, FIGURES)


# Whatever people write

HOSTILE = [
    '{{7*7}} {% if %} #import "x" $x$ #sys.inputs *b* _i_ `c` @ref <label> \\ //',
    "</w:t></w:r><w:br/> ]]> <![CDATA[ &amp; &lt; <!-- --> <?xml?>",
    "<script>alert(1)</script> <b>gras</b> <document lang='fr'>",
    "a\x00b\x07c\x1bd \u202egauche\u202c \u200bzéro\u200d \ud800",
    "x" * 4000,
    "mot " * 1000,
    "🚀 👍🏽 👨\u200d👩\u200d👧 🇫🇷 ❤️ 1️⃣",
    "שלום עולם, مرحبا بكم",
    "田中 한국 ไทย हिन्दी 𝒜 ① a̶b̶",
    "- tiret\n1. point\n= titre\n",
]
FIELDS = ("kicker", "subtitle", "company", "status", "confidential", "footer", "description")
EVERYWHERE = (
    '<document lang="fr" title="{{ x }}" date="2026-11-23"'
    + "".join(f' {field}="{{{{ x }}}}"' for field in FIELDS)
    + """><h2>{{ x }}</h2><h3>{{ x }}</h3><p class="lead">{{ x }} <b>{{ x }}</b>
<mark>{{ x }}</mark> <cite>{{ x }}</cite> <a href="mailto:a@b.example">{{ x }}</a></p>
<ol><li>{{ x }}<ul><li>{{ x | lines }}</li></ul></li></ol>
<table class="facts" columns="2"><tr><th>{{ x }}</th><td>{{ x }}</td></tr></table>
<table class="grid"><caption>{{ x }}</caption><tr><th>{{ x }}</th><th>b</th><th>c</th></tr>
<tr><td>{{ x }}</td><td>b</td><td>c</td></tr></table>
<aside class="warning"><h3>{{ x }}</h3><p>{{ x }}</p></aside>
<figure src="radar" alt="{{ x }} ."><caption>{{ x }}</caption></figure>
<section class="keep"><p>{{ x }}</p></section><footer><p>{{ x }}</p></footer></document>"""
)


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    (folder / "all.html").write_text(EVERYWHERE.replace('title="{{ x }}"', 'title="{{ x }} ."'))
    return environment(folder)


@pytest.mark.parametrize("answer", HOSTILE)
def test_hostile_words_are_only_words(everywhere, answer, tmp_path):
    document = compose(everywhere, "all.html", {"x": answer})
    word = write_docx(document, FIGURES)
    (tmp_path / "a.docx").write_bytes(word)
    assert OpenXmlValidator().validate(str(tmp_path / "a.docx")).errors == []
    expected = squeezed(typeset(clean(answer).replace("\n", " "), "fr"))
    assert docx_text(word).count(expected) >= 15
    assert write_pdf(document, FIGURES, phone=True)
    printed = pdf_text(write_pdf(document, FIGURES))
    if not re.search("[\u0590-\u06ff]", answer):  # read back from right to left
        assert squeezed(legible(expected)) in printed


CHARACTERS = st.characters(min_codepoint=1)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet=CHARACTERS, max_size=40))
def test_any_words_come_out(everywhere, answer):
    document = compose(everywhere, "all.html", {"x": answer})
    expected = squeezed(typeset(clean(answer).replace("\n", " "), "fr"))
    assert expected in docx_text(write_docx(document, FIGURES))
    assert write_pdf(document, FIGURES).startswith(b"%PDF")


def test_every_character_the_pdf_claims_to_print_is_printed():
    """An export for screen readers fails on the first missing glyph."""
    shown = [legible(chr(code)) for code in range(0x20, 0x20000)]
    kept = sorted({char for char in shown if len(char) == 1})
    words = tuple(Run(char + " ", italic=italic) for char in kept for italic in (False, True))
    assert write_pdf(replace(_document("<p>a</p>"), blocks=(Paragraph(words),)))


def test_a_sign_stands_for_what_has_no_glyph():
    assert legible("Oui 🚀, 田中") == "Oui □, □□"
    assert legible("👍🏽") == "□"
    assert legible("100\u202f000\u00a0€ – ’…") == "100\u202f000\u00a0€ – ’…"
    assert "\u200b" in legible("x" * 60)
    assert "\u200b" not in legible("prenom.nom-compose@entreprise-longue.example")


def _document(text):
    return read(f'<document lang="fr" title="T" date="2026-11-23">{text}</document>')


def test_a_missing_template_is_an_author_mistake(everywhere):
    with pytest.raises(TemplateError):
        compose(everywhere, "absent.html", {})
