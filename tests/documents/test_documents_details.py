"""What each detail writes in place of its field to complete, and what stays out of the offer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.documents.facts import DRAFT, FINAL, Order
from tests.documents import cases
from tests.documents.cases import PRESS, said_in_order

HIRE = {
    "classification": "Position 3.2, coefficient 210",
    "committees": "CODIR, comité d'investissement.",
    "codir_reserved": "engagements de plus de 50 k€",
    "rhythm_hr": "mois",
    "rhythm_finance": "trimestre",
    "rhythm_providers": "quinzaine",
    "day_count_source": "accord d'entreprise du 12 mars 2019",
    "day_count_days": 212,
    "trial_renewal": "oui",
    "benefits": "complémentaire santé, intéressement",
    "recruitment_steps": "codir",
    "application_deadline": date(2027, 1, 15),
    "communication_channel": "equipes",
    "post_funded": "oui",
    "triggers": ("clients", "outils"),
}
MISSION = {
    "progress_rhythm": "quinzaine",
    "security_approver": "Responsable informatique",
    "reply_address": "achats@lisiere.example",
}


def fiche(lang: str = "fr", **more: object) -> Order:
    return cases.changed(cases.gold("gold_p04", "fiche_cdo", lang), **more)


def brief(lang: str = "fr", **more: object) -> Order:
    return cases.changed(cases.gold("gold_p02", "brief_stratege", lang), **more)


def said(order: Order, edition: int = 0) -> str:
    return cases.flat(cases.text(PRESS.compose(order)[edition]))


def test_the_details_fill_the_job_description() -> None:
    said_in_order(
        PRESS.compose(fiche(**HIRE))[0],
        """
        Classification | Position 3.2, coefficient 210
        Ce qui déclenche la décision : les attentes des clients évoluent ;
        des outils sont peu utilisés.
        Comités | CODIR, comité d'investissement
        Reste réservé au CODIR | engagements de plus de 50 k€
        DRH | Recrutements, formation, accompagnement | Mensuel
        DAF | Budget, retour sur investissement | Trimestriel
        Prestataires | Livrables, délais, transfert de compétences | Toutes les deux semaines
        Quatre mois ; renouvelable une fois avec l'accord de la personne, comme
        l'accord de branche étendu le permet, huit mois au total au plus
        forfait en jours, 212 jours par an au plus, en application de l'accord collectif
        (accord d'entreprise du 12 mars 2019)
        Avantages | complémentaire santé, intéressement
        Quatre étapes, les mêmes pour tous
        Candidatures : recrutement@orvanne.example, jusqu'au 15 janvier 2027.
        ce qu'il ne remplace pas | Réunions d'équipe, par les managers
        Poste ouvert et financé : confirmé dans les réponses
        """,
    )


def test_nothing_is_left_to_complete_but_what_only_the_company_can_write() -> None:
    whole = fiche(collective_agreement="Syntec", **HIRE)
    left = said(whole).replace("« [à compléter] »", "")
    assert "[à compléter" not in left
    assert "[à compléter" not in said(whole, 1)


def test_the_details_fill_the_offer_without_its_private_part() -> None:
    order = fiche(**HIRE)
    job, offer = PRESS.compose(order)
    assert (job.status, offer.status) == (FINAL, FINAL)
    said_in_order(
        offer,
        """
        dans la limite de 212 jours par an, en application de l'accord collectif
        (accord d'entreprise du 12 mars 2019)
        Période d'essai : quatre mois, renouvelable une fois avec votre accord
        Avantages : complémentaire santé, intéressement.
        Le recrutement comprend quatre étapes
        un échange avec le comité de direction.
        recrutement@orvanne.example, jusqu'au 15 janvier 2027 inclus.
        """,
    )
    public = said(order, 1)
    assert not [words for words in ("coefficient", "CODIR", "50 k€", "Réunions") if words in public]


def test_the_details_in_english() -> None:
    job, offer = PRESS.compose(fiche("en", **HIRE))
    said_in_order(
        job,
        """
        HR director | Hires, training, support for people | Monthly
        212 days a year at most, under the collective agreement (
        Four steps, the same for everyone
        by 15 January 2027.
        Team meetings, by managers
        """,
    )
    assert "[to be completed]" not in cases.text(offer).replace("collective agreement: [", "")
    said_in_order(
        PRESS.compose(brief("en", **MISSION))[0],
        """
        Progress meeting every two weeks; report to the executive committee
        Position that approves access and data: responsable informatique
        to achats@lisiere.example.
        """,
    )


@pytest.mark.parametrize("answer", ["non", None])
def test_an_offer_waits_for_a_post_that_is_open_and_funded(answer: str | None) -> None:
    order = fiche(post_funded=answer)
    job, offer = PRESS.compose(order)
    assert (job.status, offer.status) == (FINAL, DRAFT)
    assert "Ne pas publier avant d'avoir confirmé" in said(order, 1)
    warned = "Poste pas encore ouvert ou financé." if answer else "à confirmer avant toute annonce"
    assert warned in said(order)


def test_a_trial_that_the_branch_does_not_let_renew() -> None:
    order = fiche(trial_renewal="non")
    assert "Période d'essai | Quatre mois, non renouvelable" in said(order)
    assert "Période d'essai : quatre mois, non renouvelable." in said(order, 1)
    assert "à confirmer]" in said(fiche(trial_renewal="verifier"), 1)


def test_a_senior_executive_has_no_working_time_and_a_caution() -> None:
    order = fiche(employment_status="dirigeant", decision_power="propose")
    assert PRESS.contradictions({**order.values, "documents": ("fiche_cdo",)}) == ()
    said_in_order(
        PRESS.compose(order)[0],
        """
        Statut | Cadre dirigeant (article L. 3111-2 du Code du travail) [à vérifier]
        huit mois au total au plus
        Durée du travail | Sans décompte horaire ni forfait en jours
        Cadre dirigeant. Vérifier les trois critères de l'article L. 3111-2
        Le pouvoir donné à ce poste ne s'y prête pas.
        """,
    )
    assert "218" not in said(order)
    late = fiche(employment_status="dirigeant", trial_months=5)
    assert "K23" in PRESS.contradictions(late.values)


def test_a_ceiling_replaces_a_budget_that_has_none() -> None:
    short = fiche(budget_ceiling=Decimal(150000))
    assert PRESS.contradictions(short.values) == ("K28",)
    assert "le plafond est de 150 000 € par an" in said(short)
    assert "150 000 € par an au plus, ne le couvre pas" in said(short)
    enough = fiche(annual_budget="indecis", budget_ceiling=Decimal(200000), post_funded="oui")
    assert "200 000 € par an au plus, le couvre." in said(enough)
    assert "K28" not in PRESS.contradictions(enough.values)
    forgotten = fiche(annual_budget="b130_180", budget_ceiling=Decimal(900000))
    assert "K28" in PRESS.contradictions(forgotten.values)


def test_the_details_fill_the_brief() -> None:
    said_in_order(
        PRESS.compose(brief(**MISSION))[0],
        """
        Rythme | Point d'avancement toutes les deux semaines ;
        restitution au CODIR à chaque livrable qu'il valide
        Sécurité | Fonction qui valide les accès et les données : responsable informatique
        avant le 18 décembre 2026, à achats@lisiere.example.
        """,
    )


@pytest.mark.parametrize(
    ("approvers", "audit", "vision"),
    [
        ("pilote", "Direction générale", "Direction générale"),
        ("codir", "CODIR", "CODIR"),
        ("selon", "Direction générale", "CODIR"),
        (None, "Direction générale", "CODIR"),
    ],
)
def test_who_approves_the_deliverables(approvers: str | None, audit: str, vision: str) -> None:
    found = said(brief(deliverable_approvers=approvers))
    assert f"10 février | {audit}" in found
    assert f"22 février | {vision}" in found
    assert ("restitution au CODIR en fin de mission" in found) is (approvers == "pilote")
