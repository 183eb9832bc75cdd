"""The job sheets of a specialist and an apprentice, and a facilitator's role sheet."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document as WordFile
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from bot.content.yaml import load
from bot.core.dialog import Type
from bot.documents import document as doc
from bot.documents.facts import DRAFT, FINAL, Order
from tests.documents import cases
from tests.documents.cases import PERSONAS, PRESS, flat, said_in_order, text
from tests.documents.checks import FORBIDDEN, HOSTILE, TODAY, UNBALANCED, any_order, assert_full
from tests.documents.sheets import GOLD, KINDS, SIGNED, gold, sheets

# -- The reference documents ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "edition", "said"),
    [
        ("fiche_specialiste", 0, "fiche_specialiste"),
        ("fiche_alternant", 0, "fiche_alternant"),
        ("fiche_alternant", 1, "feuillet_alternant"),
        ("brief_facilitateur", 0, "role_facilitateur"),
    ],
)
def test_says_what_the_reference_says(kind: str, edition: int, said: str) -> None:
    sentences = load(cases.HERE / "gold_fiches.yaml").data[said]
    said_in_order(gold(kind)[edition], sentences)


def test_the_reference_cases_lack_nothing_required() -> None:
    for kind in ("fiche_specialiste", "fiche_alternant"):
        order = cases.gold(GOLD[kind], kind)
        assert PRESS.missing(order) == []
        assert PRESS.status(order) == FINAL


# -- Whatever the answers ------------------------------------------------------------------

PRIVATE = re.compile(
    r"\[(S00\d|X\d|COST)|S00\d|\bpoints\b|sur 100|out of 100|Gueny|Idecys|Billat|CinWe|COST-BE"
    r"|honoraires|recruitment fee|CODIR|frein|obstacle|k€|€\d+k|difficult"
)
EMPLOYMENT = re.compile(
    r"salari|hiérarch|congé|horaire|télétravail|embauch"
    r"|employee|reporting line|\bleave\b|working hours|remote work|\bhire\b",
    re.IGNORECASE,
)
AGES = re.compile(r"\b\d\d ans\b|\baged\b|\bans révolus\b|years of age", re.IGNORECASE)


def check(order: Order) -> list[doc.Document]:
    """What holds for every sheet."""
    documents = sheets(order)
    for document in documents:
        for line in cases.lines(document):
            said = flat(line)
            assert not FORBIDDEN.search(said), line
            assert "  " not in re.sub(r"[\u00a0\u202f]", " ", line), line
            assert not UNBALANCED.search(said.replace("| ", "")), line
        assert_full(document.blocks)
        if order.lang == "en":
            assert "compléter" not in text(document)
    if order.kind == "fiche_specialiste":
        assert not any(AGES.search(text(document)) for document in documents)
    for public in documents[1:] if order.kind == "fiche_specialiste" else documents[:1]:
        if order.kind != "brief_facilitateur":
            assert PRIVATE.search(text(public)) is None, PRIVATE.search(text(public))
    return documents


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_persona_without_document_answers(persona: str, kind: str, lang: str) -> None:
    order = cases.order(PERSONAS[persona], kind, lang, option=KINDS[kind])
    check(order)
    assert PRESS.status(order) == DRAFT


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_persona_with_every_document_answer(persona: str, kind: str) -> None:
    known = cases.gold(GOLD[kind], kind).values
    answered = {id_: value for id_, value in known.items() if id_ in cases.shelf().documents}
    for lang in ("fr", "en"):
        check(cases.order(PERSONAS[persona], kind, lang, option=KINDS[kind], **answered))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_known_at_all(kind: str, lang: str) -> None:
    check(Order(kind, lang, TODAY, {}, 1))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=any_order(*KINDS))
def test_any_answers(order: Order) -> None:
    check(order)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_come_out_as_plain_text(words: str, kind: str) -> None:
    texts = {q.id: words for q in cases.shelf().documents.questions if q.type is Type.TEXT}
    signed = SIGNED if kind == "fiche_specialiste" else {}
    for before, after in zip(gold(kind, **signed), gold(kind, **(signed | texts)), strict=True):
        assert len(after.blocks) == len(before.blocks)
        visible = re.sub(r"[\u202e\u200b\x07]", "", words)
        shown = re.sub(r"[«»“”‘’'\"\s\u00a0\u202f]+", "", text(after))
        assert re.sub(r"[«»“”‘’'\"\s]+", "", visible) in shown


# -- The facilitator -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_a_role_is_not_a_job(persona: str, lang: str) -> None:
    known = cases.gold(GOLD["brief_facilitateur"], "brief_facilitateur").values
    answered = {id_: value for id_, value in known.items() if id_ in cases.shelf().documents}
    skills = ("management", "projet", "vente", "si", "changement")
    more = {**answered, "option": "facilitator", "essential_skills": skills}
    order = cases.order(PERSONAS[persona], "brief_facilitateur", lang, **more)
    (role,) = sheets(order)
    assert EMPLOYMENT.search(text(role)) is None, EMPLOYMENT.search(text(role))
    grid = next(one for one in _grids(role) if len(one.header) == 3)
    assert len(grid.rows) == 4


def _grids(document: doc.Document) -> list[doc.Grid]:
    inside = [one.blocks for one in document.blocks if isinstance(one, doc.Section)]
    every = [*document.blocks, *(block for blocks in inside for block in blocks)]
    return [block for block in every if isinstance(block, doc.Grid)]


# -- The files -----------------------------------------------------------------------------


def test_file_names_and_lengths() -> None:
    most = {
        "Fiche-de-poste_Specialiste_Maison-Lisiere_2026-11-23": 2,
        "Job-description_Specialist_Maison-Lisiere_2026-11-23": 2,
        "Annonce_Alternant_Atelier-Sauline_2026-11-23": 2,
        "Job-offer_Apprentice_Atelier-Sauline_2026-11-23": 2,
        "Fiche-de-poste_Feuillet-interne_Atelier-Sauline_2026-11-23": 2,
        "Job-description_Internal-sheet_Atelier-Sauline_2026-11-23": 2,
        "Brief_Fiche-de-role_Maison-Lisiere_2026-11-23": 1,
        "Brief_Role-sheet_Maison-Lisiere_2026-11-23": 1,
    }
    seen = set()
    for kind in KINDS:
        for lang in ("fr", "en"):
            for file in PRESS.write(cases.gold(GOLD[kind], kind, lang)):
                stem, _, ending = file.name.rpartition(".")
                if stem not in most:
                    continue
                seen.add(file.name)
                if ending == "pdf":
                    pages = len(PdfReader(io.BytesIO(file.content)).pages)
                    assert pages <= most[stem], file.name
                else:
                    assert WordFile(io.BytesIO(file.content)).paragraphs
    assert seen == {f"{stem}.{ending}" for stem in most for ending in ("docx", "pdf")}


CHOICES = [
    ("apprentice.projects", "priority_projects", set()),
    ("apprentice.learn", "essential_skills", set()),
    ("apprentice.acts", "qualities", set()),
    ("apprentice.signs", "success_signs", set()),
    ("apprentice.level", "apprentice_level", set()),
    ("apprentice.indicators", "marketing_indicators", {"aucun"}),
    ("apprentice.size", "headcount", set()),
    ("specialist.acts", "qualities", set()),
    ("specialist.brake_duty", "adoption_brakes", {"autre", "aucun"}),
    ("specialist.power", "decision_power", set()),
    ("role.power", "decision_power", set()),
    ("role.size", "headcount", set()),
]


@pytest.mark.parametrize(("path", "question", "silent"), CHOICES)
def test_every_choice_has_its_words(path: str, question: str, silent: set[str]) -> None:
    shelf = cases.shelf()
    dialog = shelf.documents if question in shelf.documents else shelf.diagnostic
    choices = {choice.id for choice in dialog[question].choices} - silent
    part, key = path.split(".")
    assert set(shelf.texts["fr"][part][key]) - {"unknown"} == choices
