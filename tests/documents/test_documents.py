"""The reference documents, said by said, and what no document may ever print."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from bot.content.yaml import load
from bot.core.dialog import Type
from bot.documents import document as doc
from bot.documents.facts import DRAFT, FINAL, Order
from tests.documents import cases
from tests.documents.cases import PERSONAS, PRESS, said_in_order
from tests.documents.checks import FORBIDDEN, HOSTILE, TODAY, UNBALANCED, any_order, assert_full

KINDS = {"fiche_cdo": "permanent_cdo", "brief_stratege": "strategist_then_specialist"}
EVERY_CASE = [
    (persona, kind, lang) for persona in PERSONAS for kind in KINDS for lang in ("fr", "en")
]


# -- The reference documents ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "edition", "said"),
    [
        ("gold_p04", "fiche_cdo", 0, "fiche_cdo"),
        ("gold_p04", "fiche_cdo", 1, "annonce_cdo"),
        ("gold_p02", "brief_stratege", 0, "brief_stratege"),
        ("gold_p02", "brief_stratege", 1, "feuillet_stratege"),
    ],
)
def test_says_what_the_reference_says(name: str, kind: str, edition: int, said: str) -> None:
    sentences = load(cases.HERE / "gold_sentences.yaml").data[said]
    said_in_order(PRESS.compose(cases.gold(name, kind))[edition], sentences)


@pytest.mark.parametrize(
    ("name", "kind", "left"),
    [("gold_p04", "fiche_cdo", ()), ("gold_p02", "brief_stratege", ("K29",))],
)
def test_reference_cases_are_ready_for_approval(
    name: str, kind: str, left: tuple[str, ...]
) -> None:
    order = cases.gold(name, kind)
    assert PRESS.status(order) == FINAL
    assert PRESS.missing(order) == []
    assert PRESS.contradictions({**order.values, "documents": (kind,)}) == left


# -- Whatever the answers ------------------------------------------------------------------


def check(order: Order) -> list[doc.Document]:
    """What holds for every document."""
    documents = PRESS.compose(order)
    for document in documents:
        assert document.lang == order.lang
        for line in cases.lines(document):
            said = cases.flat(line)
            assert not FORBIDDEN.search(said), line
            assert "  " not in re.sub(r"[\u00a0\u202f]", " ", line), line
            assert not UNBALANCED.search(said.replace("| ", "")), line
        assert_full(document.blocks)
        if order.lang == "en":
            assert "à compléter" not in cases.text(document)
    if order.kind == "fiche_cdo" and len(documents) == 2:
        assert_public(documents[1])
    return documents


PRIVATE = re.compile(
    r"\[(S00\d|X\d|COST)|S00\d|points\b|sur 100|out of 100|Gueny|Idecys|Billat|CinWe|COST-BE"
    r"|honoraires de recrutement|recruitment fee|CODIR|frein|obstacle|budget de projets"
    r"|900[\s\u202f]000|900,000",
)


def assert_public(offer: doc.Document) -> None:
    found = PRIVATE.search(cases.text(offer))
    assert found is None, found


@pytest.mark.parametrize(("persona", "kind", "lang"), EVERY_CASE)
def test_every_persona_without_document_answers(persona: str, kind: str, lang: str) -> None:
    order = cases.order(PERSONAS[persona], kind, lang, option=KINDS[kind])
    check(order)
    assert PRESS.status(order) == DRAFT
    assert "company_name" in PRESS.missing(order)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_persona_with_every_document_answer(persona: str, kind: str) -> None:
    name = "gold_p04" if kind == "fiche_cdo" else "gold_p02"
    answered = {
        id_: value
        for id_, value in cases.gold(name, kind).values.items()
        if id_ in cases.shelf().documents
    }
    for lang in ("fr", "en"):
        order = cases.order(PERSONAS[persona], kind, lang, option=KINDS[kind], **answered)
        check(order)
        assert PRESS.missing(order) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_known_at_all(kind: str) -> None:
    for lang in ("fr", "en"):
        check(Order(kind, lang, TODAY, {}, 1))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=any_order(*KINDS))
def test_any_answers(order: Order) -> None:
    check(order)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_hostile_words_come_out_as_plain_text(words: str, lang: str) -> None:
    for name, kind in (("gold_p04", "fiche_cdo"), ("gold_p02", "brief_stratege")):
        base = cases.gold(name, kind, lang)
        texts = {q.id: words for q in cases.shelf().documents.questions if q.type is Type.TEXT}
        plain = PRESS.compose(base)
        documents = PRESS.compose(cases.changed(base, **texts))
        for before, after in zip(plain, documents, strict=True):
            assert len(after.blocks) == len(before.blocks)
            visible = re.sub(r"[\u202e\u200b\x07]", "", words)
            shown = re.sub(r"[«»“”‘’'\"\s\u00a0\u202f]+", "", cases.text(after))
            assert re.sub(r"[«»“”‘’'\"\s]+", "", visible) in shown
