"""What an art director sees: short last pages, lone words, raised letters, words cut in two."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from bot.core.typography import raised
from bot.documents.document import Cell, Document, Grid, Heading, Paragraph, Run, Section
from bot.documents.docx import write_docx
from bot.documents.pdf import snug, write_pdf
from bot.documents.pdf_sheet import sheet
from tests.documents import cases

LINE = "Une ligne de texte qui tient à peu près toute la largeur de la page, ou peu s'en faut."


def paragraph(text: str = LINE) -> Paragraph:
    return Paragraph((Run(text),))


def made(*blocks: Heading | Paragraph | Grid | Section, title: str = "Titre") -> Document:
    return Document("fr", title, date(2027, 3, 1), blocks)


def pages(document: Document) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(document))).pages]


# -- The last page -------------------------------------------------------------------------


def test_a_last_page_with_little_on_it_is_spared() -> None:
    document = made(*(paragraph() for _ in range(46)))
    assert len(pages(document)) == 2
    assert len(pages(snug(document))) == 1


def test_a_last_page_with_enough_on_it_keeps_its_air() -> None:
    document = made(*(paragraph() for _ in range(75)))
    assert snug(document) is document


def test_an_annex_keeps_its_own_page() -> None:
    document = made(paragraph(), Section("annex", (Heading(2, (Run("Annexe"),)), paragraph())))
    assert len(pages(document)) == 2
    assert snug(document) is document


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("kind", "option"),
    [("brief_transition", "interim_cdo"), ("brief_facilitateur", "facilitator")],
)
def test_the_briefs_that_ran_over_by_a_few_lines_no_longer_do(
    kind: str, option: str, lang: str
) -> None:
    order = cases.gold("gold_p07", kind, lang)
    order = replace(order, values={**order.values, "option": option})
    for file in cases.PRESS.write(order):
        if file.name.endswith(".pdf"):
            found = [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages]
            assert len(found) <= 3
            assert len(found[-1]) > max(map(len, found)) / 4, file.name


# -- Letters and lines ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "up"),
    [
        ("le 1er avril, 1re et 2e années", ["er", "re", "e"]),
        ("12e étape", ["e"]),
        ("1 erreur, 3et, a1er, 24 h", []),
    ],
)
def test_the_letters_of_an_ordinal_are_raised_in_french(said: str, up: list[str]) -> None:
    pieces = raised(said, "fr")
    assert "".join(text for text, _ in pieces) == said
    assert [text for text, high in pieces if high] == up
    assert raised(said, "en") == [(said, False)]


def test_word_raises_them_and_still_reads_the_same() -> None:
    document = made(paragraph("À partir du 1er avril"))
    word = docx.Document(io.BytesIO(write_docx(document)))
    found = next(p for p in word.paragraphs if "avril" in p.text)
    assert found.text == "À partir du 1er avril"
    assert [run.text for run in found.runs if run.font.superscript] == ["er"]


def test_the_pdf_raises_them_and_still_reads_the_same() -> None:
    content = write_pdf(made(paragraph("À partir du 1er avril")))
    assert "À partir du 1er avril" in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    english = replace(made(paragraph("From the 1er onwards")), lang="en")
    sizes = dict(_sizes(content)), dict(_sizes(write_pdf(english)))
    assert "er" in sizes[0]
    assert "er" not in sizes[1]


def _sizes(content: bytes) -> Iterator[tuple[str, float]]:
    found: list[tuple[str, float]] = []

    def visit(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        found.append((text.strip(), size * matrix[3]))

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=visit)
    yield from found


def test_no_word_of_a_title_is_left_alone() -> None:
    title = "Clarifier la vision et les usages numériques en trois jours"
    first = pages(made(paragraph(), title=title))[0]
    lines = [line for line in first.splitlines() if line and line.strip() in title]
    assert len(lines) == 2
    assert len(lines[1]) > len(lines[0]) / 2


def test_words_are_cut_only_in_a_column_that_cannot_hold_them() -> None:
    def row(*texts: str) -> tuple[Cell, ...]:
        return tuple(Cell((Run(text),)) for text in texts)

    rows = (row("10", "Choisir entre interne et externe"),)
    grid = Grid((0.2, 9.8), row("N°", "Étape"), rows)
    assert sheet(made(grid))["blocks"][0]["tight"] == [True, False]
