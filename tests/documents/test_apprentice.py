"""The apprentice's job description and its sheet: what the answers change in them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from bot.core.dialog import Blank
from bot.documents.facts import FINAL
from tests.documents import cases
from tests.documents.cases import PRESS, flat, said_in_order, text
from tests.documents.sheets import GOLD, KINDS, gold


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
