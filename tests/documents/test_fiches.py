"""The job sheets of a specialist and an apprentice, and a facilitator's role sheet."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from docx import Document as WordFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.content.yaml import load
from bot.core.dialog import Blank, Type
from bot.documents import document as doc
from bot.documents.facts import DRAFT, FINAL, Order
from tests.documents import cases
from tests.documents.cases import PERSONAS, PRESS, changed, flat, said_in_order, text
from tests.documents.test_documents import FORBIDDEN, HOSTILE, UNBALANCED, _answers, assert_full

KINDS = {
    "fiche_specialiste": "strategist_then_specialist",
    "fiche_alternant": "apprentice",
    "brief_facilitateur": "facilitator",
}
GOLD = {
    "fiche_specialiste": "gold_p02_specialiste",
    "fiche_alternant": "gold_p03",
    "brief_facilitateur": "gold_p02",
}
SIGNED = {
    "contract_type": "cdi",
    "employment_status": "cadre",
    "pay_min": Decimal(40000),
    "pay_max": Decimal(46000),
    "variable_pay": 0,
    "trial_months": 4,
    "remote_days": 2,
    "application_contact": "emploi@lisiere.example",
    "annual_budget": "b50_90",
    "headcount": "e250_999",
    "team_size": 0,
}
"""The terms of a specialist whom the budget covers."""


def sheets(order: Order) -> list[doc.Document]:
    """The editions that this file is about."""
    documents = PRESS.compose(order)
    if order.kind == "brief_facilitateur":
        return [one for one in documents if one.kicker in ("Fiche de rôle de mission", ROLE_EN)]
    return documents


ROLE_EN = "Assignment role sheet"


def gold(kind: str, lang: str = "fr", **more: object) -> list[doc.Document]:
    return sheets(changed(cases.gold(GOLD[kind], kind, lang), **more))


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
    check(Order(kind, lang, date(2026, 11, 23), {}, 1))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    values=_answers(cases.shelf().diagnostic, cases.shelf().documents),
    option=st.sampled_from([option.id for option in cases.shelf().model.options]),
    kind=st.sampled_from(sorted(KINDS)),
    lang=st.sampled_from(["fr", "en"]),
)
def test_any_answers(values: dict[str, object], option: str, kind: str, lang: str) -> None:
    check(Order(kind, lang, date(2026, 11, 23), {**values, "option": option}, 2))


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


# -- The specialist ------------------------------------------------------------------------

TITLES = [
    (["acquisition", "contenus", "crm"], {}, "Responsable marketing digital – H/F"),
    (["crm", "data", "contenus"], {}, "Chef / Cheffe de projet digital – H/F"),
    (["contenus", "crm"], {}, "Responsable marketing digital – H/F"),
    (["crm", "contenus"], {}, "Chef / Cheffe de projet digital – H/F"),
    ([], {}, "Chef / Cheffe de projet digital – H/F"),
    (["contenus"], {"pay_max": 30000}, "Chargé / Chargée de marketing digital – H/F"),
    (["contenus"], {"pay_max": 30000, "annual_budget": "b90_130"}, "Responsable marketing"),
    (["contenus"], {"pay_max": 30000, "annual_budget": "indecis"}, "Responsable marketing"),
    (["contenus"], {"pay_max": 40000}, "Responsable marketing digital – H/F"),
    (["data"], {"pay_max": 30000}, "Chef / Cheffe de projet digital – H/F"),
]


@pytest.mark.parametrize(("projects", "more", "title"), TITLES)
def test_the_title_follows_the_priorities_then_the_pay(
    projects: list[str], more: dict[str, object], title: str
) -> None:
    answers = {
        id_: Decimal(value) if isinstance(value, int) else value for id_, value in more.items()
    }
    fiche = gold("fiche_specialiste", priority_projects=tuple(projects), **answers)[0]
    assert flat(fiche.title).startswith(title)


BUDGETS = [
    ({}, "Trois issues : un profil de chargé ou chargée de marketing digital"),
    ({"priority_projects": ("data",)}, "Trois issues : un profil moins expérimenté"),
    ({"annual_budget": "b0_20"}, "20 000 € ne paient pas un plein temps au SMIC."),
    ({"annual_budget": "b50_90"}, "Coût complet. À 45 000 € brut, 69 900 € par an."),
    ({"annual_budget": "b90_130"}, "Le budget annoncé, 90 à 130 k€, le couvre."),
    ({"annual_budget": "b180"}, "n'a pas de plafond connu : le fixer."),
    ({"annual_budget": "indecis"}, "Le budget n'est pas décidé. À 45 000 € brut"),
    ({"annual_budget": Blank.NSP}, "Le budget annuel n'est pas indiqué."),
    (
        {"annual_budget": "indecis", "budget_ceiling": Decimal(60000)},
        "Le plafond annoncé est de 60 000 € par an, tout compris.",
    ),
    (
        {"pay_min": Decimal(28000), "pay_max": Decimal(30000), "variable_pay": 0},
        "Coût complet. À 29 000 € brut, 47 180 € par an.",
    ),
]


@pytest.mark.parametrize(("more", "said"), BUDGETS)
def test_the_budget_is_settled_before_any_offer(more: dict[str, object], said: str) -> None:
    assert said in flat(text(gold("fiche_specialiste", **more)[0]))


def test_the_first_obstacle_sets_the_line_on_training_inside_only() -> None:
    fiche, offer = gold("fiche_specialiste", **SIGNED, adoption_brakes=("peur", "temps"))
    duty = "Montrer chaque outil sur un cas réel, avec un volontaire, avant de le déployer"
    assert f"{duty} [S004-C02]." in flat(text(fiche))
    assert duty not in flat(text(offer))
    assert "Former les équipes aux outils et suivre leur usage." in flat(text(offer))


def test_no_offer_before_its_terms_are_settled() -> None:
    assert len(gold("fiche_specialiste")) == 1
    assert len(gold("fiche_specialiste", **SIGNED)) == 2
    for id_ in ("contract_type", "employment_status", "pay_min", "workplace"):
        assert len(gold("fiche_specialiste", **{**SIGNED, id_: Blank.NSP})) == 1
    barred = [{"annual_budget": "b20_50"}, {"post_funded": "non"}, {"option": "facilitator"}]
    for more in barred:
        assert len(gold("fiche_specialiste", **{**SIGNED, **more})) == 1


def test_an_offer_is_a_draft_until_the_roadmap_and_the_post_are_confirmed() -> None:
    confirmed = {"roadmap": "avec_budget", "post_funded": "oui"}
    for more in ({}, {"roadmap": "avec_budget"}, {"post_funded": "oui"}):
        assert gold("fiche_specialiste", **SIGNED, **more)[1].status == DRAFT
    offer = gold("fiche_specialiste", **SIGNED, **confirmed)[1]
    assert offer.status == FINAL
    assert "Ne pas publier" not in text(offer)


def test_terms_already_settled_are_printed_and_the_others_named() -> None:
    said_in_order(
        gold("fiche_specialiste", contract_type="cdi", remote_days=1)[0],
        """
        Contrat | CDI
        Télétravail | Jusqu'à un jour par semaine
        Statut, période d'essai, rémunération, date : [à compléter à la remise de la feuille
        """,
    )


def test_without_a_mission_the_date_given_is_that_of_the_arrival() -> None:
    fiche = gold("fiche_specialiste", mission_months=Blank.NSP, start_date=date(2027, 4, 1))[0]
    said_in_order(fiche, "30 jours (30 avril 2027)\nDate | 1er avril 2027")


def test_open_contradictions_are_said_in_the_internal_edition() -> None:
    high = {"pay_min": Decimal(60000), "pay_max": Decimal(40000)}
    base = cases.gold(GOLD["fiche_specialiste"], "fiche_specialiste")
    order = changed(base, **(SIGNED | high))
    assert PRESS.status(order) == DRAFT
    (fiche,) = PRESS.compose(order)
    said_in_order(fiche, "Points à régler\nBloquant. Le salaire maximum est inférieur")


# -- The apprentice ------------------------------------------------------------------------


def test_what_is_known_of_the_apprenticeship_replaces_the_fields() -> None:
    more = {
        "apprentice_months": 12,
        "school_rhythm": "Une semaine sur trois",
        "tutor_role": "Responsable marketing",
        "application_deadline": date(2027, 5, 31),
        "post_funded": "oui",
        "action_budget": Decimal(6000),
    }
    public, sheet = gold("fiche_alternant", **more)
    assert public.status == FINAL
    assert "Ne pas publier" not in text(public)
    said_in_order(
        public,
        """
        Contrat | Apprentissage, 12 mois
        Maître d'apprentissage : responsable marketing, du temps réservé chaque semaine.
        Contrat d'apprentissage de 12 mois
        Rythme école-entreprise : une semaine sur trois.
        Envoyez à alternance@sauline.example, jusqu'au 31 mai 2027 inclus, dix lignes
        """,
    )
    said_in_order(sheet, "Un budget d'actions. 6 000 € par an, hors rémunération")


AIDS = [
    ("e20_49", "n4", "– 5 000 €", False),
    ("e20_49", "n5", "– 4 500 €", False),
    ("e20_49", "n7", "– 2 000 €", True),
    ("e250_999", "n5", "– 1 500 €", False),
    ("e250_999", "n6", "– 750 €", True),
    ("e250_999", "n4", "", False),
]


@pytest.mark.parametrize(("size", "level", "aid", "share"), AIDS)
def test_the_grant_follows_the_size_and_the_qualification(
    size: str, level: str, aid: str, share: bool
) -> None:
    said = flat(text(gold("fiche_alternant", headcount=size, apprentice_level=level)[1]))
    assert (f"Aide exceptionnelle | {aid} | –" in said) is bool(aid)
    assert ("Participation de l'employeur | 750 €" in said) is share
    assert ("Aucune aide n'est comptée : [à vérifier]" in said) is not aid


@pytest.mark.parametrize(
    ("band", "place"),
    [
        ("b0_20", "tutorat étant du temps interne"),
        ("b20_50", "dans le budget annoncé."),
        ("b180", "pour un budget sans plafond connu"),
        ("indecis", "pour un budget à décider"),
        (Blank.NSP, "pour un budget [à compléter]"),
    ],
)
def test_the_cost_of_an_apprentice_meets_the_budget(band: object, place: str) -> None:
    said = flat(text(gold("fiche_alternant", annual_budget=band)[1]))
    assert re.search(rf"Deux ans : 52 724 €, .*{re.escape(place)}", said)


def test_without_a_roadmap_the_strategy_comes_first() -> None:
    public, sheet = gold("fiche_alternant", roadmap="aucune", apprentice_tutor="non")
    said_in_order(
        sheet,
        """
        La feuille de route d'abord. Elle n'est pas écrite
        Personne ne peut encadrer à ce jour : sans maître d'apprentissage, pas de contrat.
        """,
    )
    assert "pas écrite" not in text(public)


@pytest.mark.parametrize("kind", ["fiche_specialiste", "fiche_alternant"])
def test_another_option_is_said_inside_only(kind: str) -> None:
    documents = gold(kind, option="reorganise")
    said = ["Ce n'est pas l'option retenue" in flat(text(one)) for one in documents]
    assert said == ([True] if kind == "fiche_specialiste" else [False, True])
    assert PRESS.status(cases.gold(GOLD[kind], kind)) == FINAL


def test_private_customers_have_sellers() -> None:
    for kind in KINDS:
        for document in gold(kind, clientele="b2c", essential_skills=("vente",)):
            said = text(document).lower()
            assert "commerciaux" not in said
            assert not re.search(r"\bcommerce\b", said)


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
