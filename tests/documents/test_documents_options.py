"""What an option, a contradiction or a kind of company changes in a document."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.core.dialog import Blank
from bot.core.reading import Forbidden
from bot.documents.facts import DRAFT, FINAL
from bot.documents.press import Press
from tests.documents import cases
from tests.documents.cases import PERSONAS, PRESS, said_in_order


def test_another_option_than_the_best_rated_is_said_with_the_reasons_and_the_persons_own() -> None:
    order = cases.order(PERSONAS["P10"], "fiche_cdo", "fr", option="permanent_cdo")
    order = replace(order, reason="Un seul interlocuteur.")
    document = PRESS.compose(order)[0]
    said_in_order(
        document,
        """
        Option retenue par le CODIR : recruter un CDO en CDI.
        L'outil plaçait en tête : facilitateur marketing indépendant (11 points contre –12)
        il faut surtout un gestionnaire de projet qui relie les services [S003-M02].
        le budget indiqué ne couvre pas le coût complet estimé d'un CDO salarié.
        Raison donnée : « Un seul interlocuteur ».
        Bloquant. Un CDO est retenu ; il coûterait 162 200 € par an, le budget est de 50 à 90 k€
        """,
    )
    assert PRESS.status(order) == DRAFT


@pytest.mark.parametrize(
    ("option", "raised"),
    [
        ("permanent_cdo", {"K02", "K03"}),
        ("strategist_then_specialist", {"K29"}),
        ("facilitator", set()),
    ],
)
def test_contradictions_on_the_preference_follow_the_option_chosen(
    option: str, raised: set[str]
) -> None:
    values = {**cases.gold("gold_p02", "brief_stratege").values, "option": option}
    assert set(PRESS.contradictions(values)) == raised


CHECKS = [
    ({"pay_max": Decimal(90000)}, {"K20"}, DRAFT),
    ({"pay_max": Decimal(131000)}, {"K21"}, FINAL),
    ({"pay_min": Decimal(20000), "pay_max": Decimal(21000)}, {"K22"}, DRAFT),
    (
        {"pay_min": Decimal(20000), "pay_max": Decimal(21000), "contract_type": "cdi_tp"},
        set(),
        FINAL,
    ),
    ({"trial_months": 4, "employment_status": "am"}, {"K23"}, DRAFT),
    ({"trial_months": 3, "employment_status": "am"}, set(), FINAL),
    (
        {"contract_type": "cdd_objet", "employment_status": "employe", "trial_months": 1},
        {"K24"},
        FINAL,
    ),
    ({"contract_type": "cdd_objet"}, set(), FINAL),
    ({"reports_to": "DSI"}, {"K25"}, FINAL),
    ({"annual_budget": "b130_180"}, {"K28"}, FINAL),
    ({"annual_budget": "b130_180", "pay_max": Decimal(110000)}, set(), FINAL),
]


@pytest.mark.parametrize(("more", "raised", "status"), CHECKS)
def test_named_checks(more: dict[str, object], raised: set[str], status: str) -> None:
    order = cases.changed(cases.gold("gold_p04", "fiche_cdo"), **more)
    assert set(PRESS.contradictions(order.values)) == raised
    assert PRESS.status(order) == status
    said = cases.flat(cases.text(PRESS.compose(order)[0]))
    heads = len(re.findall(r"(?:Bloquant|Attention|À vérifier)\. ", said))
    assert heads == len(raised)


def test_a_long_nearly_full_time_mission_is_flagged_for_independents() -> None:
    values = {"option": "facilitator", "days_per_month": 18, "mission_months": 12}
    assert PRESS.contradictions(values) == ("K26",)


def test_answers_kept_from_another_document_do_not_count() -> None:
    values = {"pay_min": Decimal(90000), "pay_max": Decimal(80000), "option": "facilitator"}
    assert PRESS.contradictions(values) == ("K20",)
    assert PRESS.contradictions({**values, "documents": ("brief_stratege",)}) == ()


def test_a_barred_wording_is_not_printed() -> None:
    rule = Forbidden(re.compile("moins de 35 ans"), "limite d'âge", firm=True)
    press = Press(replace(cases.shelf(), forbidden=(rule,)))
    order = cases.changed(cases.gold("gold_p04", "fiche_cdo"), industry="Équipe de moins de 35 ans")
    assert press.contradictions(order.values) == ("K27",)
    assert press.status(order) == DRAFT
    assert all("35 ans" not in cases.text(document) for document in press.compose(order))


def test_no_offer_when_the_hire_was_not_chosen() -> None:
    order = cases.changed(cases.gold("gold_p04", "fiche_cdo"), option="facilitator")
    (only,) = PRESS.compose(order)
    said_in_order(
        only,
        """
        Ce n'est pas l'option retenue : facilitateur marketing indépendant.
        Pas d'annonce pour l'instant.
        """,
    )


def test_an_offer_stays_a_draft_while_the_budget_is_in_doubt() -> None:
    order = cases.changed(cases.gold("gold_p04", "fiche_cdo"), annual_budget="indecis")
    job, offer = PRESS.compose(order)
    assert (job.status, offer.status) == (FINAL, DRAFT)
    assert "Ne pas publier avant d'avoir confirmé" in cases.flat(cases.text(offer))


def test_governance_table_for_large_companies_or_portfolios_only() -> None:
    small = {"headcount": "e50_249", "projects": "p3_5"}
    base = cases.gold("gold_p04", "fiche_cdo")
    for more, printed in (({}, True), (small, False), ({**small, "projects": "p6_10"}, True)):
        said = cases.text(PRESS.compose(cases.changed(base, **more))[0])
        assert ("Du besoin au déploiement" in said) is printed


def test_private_customers_have_sellers_and_a_sales_network() -> None:
    b2c = {"clientele": "b2c", "essential_skills": ("vente",), "success_signs": ("contacts", "ca")}
    documents = PRESS.compose(cases.changed(cases.gold("gold_p04", "fiche_cdo"), **b2c))
    for document in documents:
        said = cases.text(document).lower()
        assert "commerciaux" not in said
        assert "commerce" not in said
        assert "force de vente" not in said
    assert "Une action menée avec un réseau de vente" in cases.text(documents[0])


def test_who_does_not_know_is_told_whom_to_see() -> None:
    base = cases.gold("gold_p04", "fiche_cdo")
    order = cases.changed(base, collective_agreement=Blank.NSP)
    said_in_order(
        PRESS.compose(order)[0], "Convention collective | [à compléter, à voir avec la DRH]"
    )


def test_a_withheld_company_name_is_never_a_subject() -> None:
    order = cases.changed(cases.gold("gold_p04", "fiche_cdo"), company_name="Confidentiel")
    job = cases.flat(cases.text(PRESS.compose(order)[0]))
    assert "L'entreprise crée un poste permanent" in job
    assert "Confidentiel crée" not in job
