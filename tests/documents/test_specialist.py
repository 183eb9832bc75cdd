"""The specialist's job description and its offer: what the answers change in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.core.dialog import Blank
from bot.documents.facts import DRAFT, FINAL
from tests.documents import cases
from tests.documents.cases import PRESS, changed, flat, said_in_order, text
from tests.documents.sheets import GOLD, SIGNED, gold

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
