"""The briefs of the other options and their internal sheets, whatever the answers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx import Document as WordFile
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from bot.content.yaml import load
from bot.core.dialog import Type
from bot.documents import document as doc
from bot.documents.facts import DRAFT, FINAL, Order
from tests.documents import cases
from tests.documents.briefs import KINDS, written
from tests.documents.cases import PERSONAS, PRESS, said_in_order
from tests.documents.checks import FORBIDDEN, TODAY, UNBALANCED, any_order

EVERY_CASE = [
    (persona, kind, lang) for persona in PERSONAS for kind in KINDS for lang in ("fr", "en")
]


# -- The reference document ----------------------------------------------------------------


def expected(name: str) -> str:
    """The sentences expected of a document, in order."""
    return str(load(cases.HERE / "gold_briefs.yaml").data[name])


@pytest.mark.parametrize(("edition", "name"), [(0, "brief_reorg"), (1, "feuillet_reorg")])
def test_says_what_the_reference_says(edition: int, name: str) -> None:
    said_in_order(PRESS.compose(cases.gold("gold_p07", "brief_reorg"))[edition], expected(name))


def test_the_reference_case_is_ready_for_approval() -> None:
    order = cases.gold("gold_p07", "brief_reorg")
    assert PRESS.status(order) == FINAL
    assert PRESS.missing(order) == []
    assert PRESS.contradictions({**order.values, "documents": ("brief_reorg",)}) == ("K09",)


# -- Whatever the answers ------------------------------------------------------------------

PRIVATE = re.compile(
    r"\[(S00\d|X\d|COST)|S00\d|\d points?\b|Gueny|Idecys|Billat|CinWe|COST-BE|k€|€\d+k"
)


def check(order: Order) -> list[doc.Document]:
    """What holds for every brief and every sheet."""
    documents = PRESS.compose(order)
    for document in documents:
        assert document.lang == order.lang
        for line in cases.lines(document):
            said = cases.flat(line)
            assert not FORBIDDEN.search(said), line
            cells = re.sub(r"[\u00a0\u202f]", " ", line).split(" | ")
            assert not any("  " in cell for cell in cells), line
            assert not UNBALANCED.search(re.sub(r"\|[| ]*", "", said)), line
        assert_full(document.blocks)
        if order.lang == "en":
            assert "à compléter" not in cases.text(document)
    private = PRIVATE.search(cases.text(documents[0]))
    assert private is None, private
    return documents


def assert_full(blocks: Iterable[doc.Block]) -> None:
    """Empty cells are those of a form: a mark to give, a question to answer, a role to hold."""
    for block in blocks:
        match block:
            case doc.Grid():
                heads = [doc.plain(cell.words) for cell in block.header]
                free = {i for i, head in enumerate(heads) if "0" in head or head.endswith("?")}
                matrix = heads[0] in ("Rôle", "Role") and len(heads) > 3
                for row in block.rows:
                    assert row[0].words
                    for i, cell in enumerate(row[1:], 1):
                        assert cell.words or i in free or matrix, doc.plain(row[0].words)
            case doc.Facts():
                assert all(label and value for label, value in block.pairs)
            case doc.Section():
                assert_full(block.blocks)


@pytest.mark.parametrize(("persona", "kind", "lang"), EVERY_CASE)
def test_every_persona_without_document_answers(persona: str, kind: str, lang: str) -> None:
    order = cases.order(PERSONAS[persona], kind, lang, option=KINDS[kind])
    check(order)
    assert PRESS.status(order) == DRAFT
    assert "company_name" in PRESS.missing(order)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_persona_with_every_document_answer(persona: str, kind: str) -> None:
    answered = {
        id_: value
        for id_, value in cases.gold("gold_p07", kind).values.items()
        if id_ in cases.shelf().documents
    }
    answered["role_orientation"] = "client"
    for lang in ("fr", "en"):
        order = cases.order(PERSONAS[persona], kind, lang, option=KINDS[kind], **answered)
        check(order)
        assert PRESS.missing(order) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_known_at_all(kind: str) -> None:
    for lang in ("fr", "en"):
        check(Order(kind, lang, TODAY, {}, 1))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=any_order(*KINDS))
def test_any_answers(order: Order) -> None:
    check(order)


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "</td></tr><h2>Titre</h2>",
    "{0} {company} %s %(x)s **gras** [crochets]",
    "a\u202eb\u200b\x07c",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_come_out_as_plain_text(words: str, kind: str) -> None:
    texts = {q.id: words for q in cases.shelf().documents.questions if q.type is Type.TEXT}
    plain, hostile = written(kind), written(kind, **texts)
    visible = re.sub(r"[\u202e\u200b\x07\s]", "", words)
    for before, after in zip(plain, hostile, strict=True):
        assert len(after.blocks) == len(before.blocks)
        shown = re.sub(r"[\s\u00a0\u202f]+", "", cases.text(after))
        assert visible in shown


# -- Details and words ---------------------------------------------------------------------


def test_the_details_given_take_the_place_of_the_blanks() -> None:
    details = {
        "progress_rhythm": "quinzaine",
        "reply_address": "achats@tessel.example",
        "security_approver": "responsable informatique",
        "deliverable_approvers": "codir",
    }
    for kind in KINDS:
        brief, _ = written(kind, **details)
        said = cases.text(brief)
        assert "adresse de service" not in said
        assert "outes les deux semaines" in said
        assert "esponsable informatique" in said
    assert (
        "Direction générale" not in cases.text(written("brief_reorg", **details)[0]).split("9.")[0]
    )


def test_private_customers_have_sellers_and_a_sales_network() -> None:
    for kind in KINDS:
        for document in written(kind, clientele="b2c"):
            said = cases.text(document).lower().replace("commerciale", "")
            assert "commerciaux" not in said
            assert "commerce" not in said.replace("registre du commerce", "")


# -- The other briefs ----------------------------------------------------------------------


def test_an_interim_cdo_has_a_mandate_a_handover_and_a_legal_form() -> None:
    brief, sheet = written(
        "brief_transition",
        role_orientation="harmonisateur",
        mission_purpose="pilotage",
        mission_months=18,
        days_per_month=8,
        decision_power="decide",
    )
    said_in_order(brief, expected("brief_transition"))
    said_in_order(sheet, expected("feuillet_transition"))


@pytest.mark.parametrize("kind", ["brief_transition", "brief_facilitateur"])
def test_a_long_nearly_full_time_mission_is_flagged(kind: str) -> None:
    brief, sheet = written(kind, days_per_month=18, mission_months=12)
    assert "la forme juridique est vérifiée avant la signature" in cases.text(brief)
    assert "risque de requalification en contrat de travail" in cases.text(sheet)
    brief, sheet = written(kind, days_per_month=6, mission_months=12)
    assert "forme juridique est vérifiée" not in cases.text(brief)


def test_a_facilitator_translates_and_gets_tools_used() -> None:
    brief, _ = written(
        "brief_facilitateur",
        it_marketing_cooperation=2,
        adoption_brakes=("illisible", "formation", "suivi"),
        selection_criteria=("metier", "reseau"),
        social_network="utilise",
        social_network_purpose="aucune",
        customer_roles=("utilisateur", "innovateur"),
    )
    said_in_order(brief, expected("brief_facilitateur"))


def test_security_is_long_when_its_rules_are_an_obstacle() -> None:
    for kind in KINDS:
        short, _ = written(kind)
        long, _ = written(kind, adoption_brakes=("securite",), sharing_vs_confidentiality=1)
        assert "Avant tout accès." not in cases.text(short)
        said_in_order(
            long,
            """
            La DSI arrête par écrit la liste des personnes, des données et des outils.
            article 28 du RGPD
            n'a jamais été discuté
            Incident.
            """,
        )


def test_the_test_step_answers_disappointment() -> None:
    for kind, always in (("brief_facilitateur", True), ("brief_transition", False)):
        assert ("Étape test" in cases.text(written(kind)[0])) is always
        assert "Étape test" in cases.text(written(kind, provider_experience=2)[0])


def test_the_business_model_is_questioned_without_a_roadmap() -> None:
    for kind in ("brief_transition", "brief_facilitateur", "brief_clarification"):
        assert "modèle économique" not in cases.text(written(kind)[0])
        assert "modèle économique" in cases.text(written(kind, roadmap="aucune")[0])


def test_milestones_of_a_follow_up_fall_within_the_mission() -> None:
    brief, sheet = written("brief_suivi", mission_months=3, roadmap="aucune")
    said = cases.text(brief)
    assert "90 jours" in said
    assert "180 jours" not in said
    assert "La feuille de route n’est pas écrite" in said
    said_in_order(sheet, "Aucun maître d'apprentissage n'est déclaré")


def test_a_clarification_ends_with_a_decision() -> None:
    brief, _ = written("brief_clarification", sponsor="aucun", start_date=date(2027, 3, 1))
    said_in_order(
        brief,
        """
        Clarifier la vision et les usages, en trois jours
        1. La vision
        1er mars 2027
        15 mars 2027
        26 mars 2027
        Notre vision, en une phrase
        [à écrire par le CODIR, le premier jour]
        Le porteur reste à désigner. Qui, au CODIR, répondra du sujet et y consacrera du temps ?
        Décision : [à écrire le troisième jour].
        """,
    )


# -- Another option, names and lengths -----------------------------------------------------


def test_another_option_is_said_in_the_internal_sheet_only() -> None:
    brief, sheet = written("brief_facilitateur")
    assert "L'outil plaçait en tête" not in cases.flat(cases.text(brief))
    said_in_order(
        sheet,
        """
        Option retenue par le CODIR : facilitateur marketing indépendant.
        L'outil plaçait en tête : réorganiser par processus, sans recruter (17 points
        """,
    )
    order = cases.changed(cases.gold("gold_p07", "brief_facilitateur"), option="reorganise")
    sheet = PRESS.compose(order)[1]
    said_in_order(sheet, "Ce brief décrit un facilitateur marketing indépendant.")


def test_file_names() -> None:
    subjects = {
        "fr": ("Reorganisation", "Transition", "Facilitateur", "Suivi", "Clarification"),
        "en": ("Reorganisation", "Interim", "Facilitator", "Follow-up", "Clarification"),
    }
    for lang, names in subjects.items():
        for kind, subject in zip(KINDS, names, strict=True):
            found = [file.name for file in PRESS.write(cases.gold("gold_p07", kind, lang))]
            assert f"Brief_{subject}_Tessel-Industrie_2026-11-23.docx" in found
            sheet = "Feuillet-interne" if lang == "fr" else "Internal-sheet"
            assert f"Brief_{sheet}_Tessel-Industrie_2026-11-23.pdf" in found


MOST = {"brief_reorg": 4, "brief_transition": 4, "brief_facilitateur": 4}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_files_open_and_keep_their_length(kind: str, lang: str) -> None:
    order = cases.changed(
        cases.gold("gold_p07", kind, lang), option=KINDS[kind], role_orientation="client"
    )
    for file in PRESS.write(order):
        if file.name.endswith(".docx"):
            assert WordFile(io.BytesIO(file.content)).paragraphs
            continue
        pages = len(PdfReader(io.BytesIO(file.content)).pages)
        sheet = "Feuillet" in file.name or "sheet" in file.name
        assert pages <= (2 if sheet else MOST.get(kind, 3)), file.name


def test_amounts_follow_the_assumptions_that_were_changed() -> None:
    order = cases.gold("gold_p07", "brief_reorg")
    order = replace(order, params={"reorg_team": Decimal(4)})
    brief, sheet = PRESS.compose(order)
    assert "Groupe projet de quatre personnes" in cases.text(brief)
    said_in_order(sheet, "Temps interne : quatre personnes × huit jours × 400 € | 12 800 €")


# -- Little is known -----------------------------------------------------------------------


def unknown(kind: str) -> tuple[str, str]:
    """The brief and its sheet when nobody has answered anything."""
    documents = PRESS.compose(Order(kind, "fr", TODAY, {"option": KINDS[kind]}))
    return cases.flat(cases.text(documents[0])), cases.flat(cases.text(documents[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_options_that_nothing_separates_are_counted_not_listed(kind: str) -> None:
    _, sheet = unknown(kind)
    assert "Les réponses ne la départagent pas encore de six autres options." in sheet
    assert not re.search(r"Option retenue : [^.]* : ", sheet)


def test_an_unknown_budget_covers_nothing_and_hides_nothing() -> None:
    _, sheet = unknown("brief_reorg")
    assert "Le temps interne s'y ajoute : 48 journées à libérer" in sheet
    assert "Il ne couvre pas" not in sheet


def test_one_criterion_among_those_to_come_has_no_weight_yet() -> None:
    brief, _ = unknown("brief_transition")
    assert "Transformation conduite, puis transmise | [à compléter] |" in brief


def test_a_choice_against_the_advice_is_said_once() -> None:
    sheet = cases.flat(cases.text(written("brief_clarification")[1]))
    assert sheet.count("Option retenue") == 1
    assert "Option retenue par le CODIR : clarifier d'abord vision et usages." in sheet


@pytest.mark.parametrize("kind", ["brief_transition", "brief_facilitateur"])
def test_an_orientation_is_not_called_a_decision_before_the_works_council(kind: str) -> None:
    """Announced as decided, a reorganisation would hinder the council (L. 2312-8)."""
    brief = cases.flat(cases.text(written(kind, stage_ownership="decide")[0]))
    assert "s'est prononcé pour le principe d'un seul responsable par étape" in brief
    assert "Décision de principe" not in brief


def test_the_first_year_of_an_apprentice_leaves_supervision_aside() -> None:
    values = cases.gold("gold_p03", "brief_suivi").values
    sheet = PRESS.compose(Order("brief_suivi", "fr", TODAY, values))[1]
    said = cases.flat(cases.text(sheet))
    assert "couvre la première année, hors temps de tutorat (19 924 €)" in said
