"""The rows of the acceptance list that a document shows, each under its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from bot.core.dialog import Blank
from bot.documents import document as doc
from bot.documents.facts import Order
from tests.documents import cases
from tests.documents.cases import PERSONAS, PRESS, changed, flat, said_in_order, text

JOB = cases.gold("gold_p04", "fiche_cdo")
STRATEGIST = cases.gold("gold_p02", "brief_stratege")
SPECIALIST = cases.gold("gold_p02_specialiste", "fiche_specialiste")
REORG = cases.gold("gold_p07", "brief_reorg")
FOLLOW_UP = cases.gold("gold_p03", "brief_suivi")
APPRENTICE = cases.gold("gold_p03", "fiche_alternant")
P07_INTERIM = cases.gold("gold_p07", "brief_transition")
INTERIM = changed(P07_INTERIM, option="interim_cdo", role_orientation="client")
FACILITATOR = changed(cases.gold("gold_p07", "brief_facilitateur"), option="facilitator")
CLARIFY = changed(cases.gold("gold_p07", "brief_clarification"), option="clarify_first")


def persona(id_: str, kind: str, option: str) -> Order:
    return cases.order(PERSONAS[id_], kind, "fr", option=option)


@dataclass(frozen=True)
class Row:
    """What an order says, and the answers without which its first line is not said."""

    id: str
    order: Order
    said: str
    without: Mapping[str, object] | None = None
    edition: int = 0


ROWS = [
    Row(
        "FR02",
        JOB,
        """
        Ce que ce poste ne remplace pas
        Marketing : garde la voix du client, le positionnement et les synthèses régulières
        Commerce : garde la relation de vente et les retours du terrain
        Systèmes d'information : garde l'architecture, l'exploitation et la sécurité
        Ressources humaines : garde les compétences et l'accompagnement des personnes
        """,
    ),
    Row(
        "FR03",
        JOB,
        "la synthèse voix du client, chaque trimestre, écrite par le marketing [S000-M03]",
        {"priority_projects": ("acquisition",)},
    ),
    Row(
        "FR04",
        changed(FACILITATOR, customer_roles=("utilisateur", "innovateur")),
        "Utilisateur final | Prise en main, usage\nInnovateur | Idées, essais",
        {"customer_roles": ("acheteur",)},
    ),
    Row(
        "FR05",
        changed(
            persona("P02", "note", "facilitator"),
            clarity_of_why=2,
            internal_skills=("mktdigital",),
        ),
        "un « pourquoi » flou : la vue d'ensemble risque de se perdre [S000-C04]",
        {"clarity_of_why": 3},
    ),
    Row(
        "FR06",
        changed(JOB, marketing_indicators=("aucun",), success_signs=()),
        """
        Contacts qualifiés acceptés par le commerce / contacts transmis
        Délai médian de reprise d'un contact
        Taux de conversion entre deux étapes
        Trois indicateurs ; cinq au plus, chacun avec un responsable
        """,
        {id_: JOB.values[id_] for id_ in ("marketing_indicators", "success_signs")},
    ),
    Row(
        "FR06",
        changed(JOB, indicator_count=4),
        "Le marketing en suit déjà trop : en retirer avant d'en ajouter [S000-C06]",
        {"indicator_count": 3},
    ),
    Row("FR08", JOB, "Vers les clients\nVers l'entreprise\nVers l'écosystème"),
    Row(
        "FR09",
        JOB,
        "Exprime un désaccord avec clarté et respect [S000-C11]",
        {"qualities": ("ecoute",)},
    ),
    Row(
        "FR10",
        persona("P09", "fiche_cdo", "permanent_cdo"),
        """
        1. Besoins | Lignes de produits et métiers
        2. Cohérence | CDO et CODIR
        3. Déploiement | Équipe numérique
        4. Appui | Fonctions support et partenaires
        """,
        {"headcount": "e20_49", "projects": "p1_2"},
    ),
    Row(
        "FR11",
        changed(JOB, need_duration="m12_24"),
        """
        limitée dans le temps
        Un contrat permanent est à justifier
        30 jours
        90 jours
        180 jours
        365 jours (31 mars 2028) | Bilan, puis décision du CODIR sur la suite du rôle
        """,
        {"need_duration": "m36"},
    ),
    Row(
        "FR12",
        changed(JOB, social_network="utilise"),
        """
        ce qu'il ne remplace pas | Réseau social interne, en conversation ouverte
        À l'arrivée | Qui décide quoi, premiers chantiers | Réseau social interne
        Après 90 jours | Ce qui a changé, ce qui s'arrête, ce qui suit | Réseau social interne
        """,
        {"social_network": "non"},
    ),
    Row(
        "FR13",
        REORG,
        "Expérience et fidélisation client : satisfait le client",
        {"process_departments": ("acquisition",)},
    ),
    Row(
        "FR14",
        REORG,
        "Formaliser le parcours cible – à faire d'abord | Carte du parcours et étapes clés",
        {"customer_journey": 5},
    ),
    Row(
        "FR15",
        REORG,
        """
        Étape 2 – Du parcours au processus
        Étape du client | Action interne | Indicateur | Cible
        Prise de conscience du besoin | [atelier 2] | Flux
        Comparaison et choix – étape fragile | [atelier 2] | Contacts qualifiés
        Achat | [atelier 2] | Délai médian de reprise
        Usage | [atelier 2] | Satisfaction client
        Réachat – étape fragile | [atelier 2] | Taux de réachat
        """,
    ),
    Row(
        "FR16",
        REORG,
        "prise de conscience ; comparaison et choix ; achat ; usage ; réachat.",
    ),
    Row(
        "FR17",
        REORG,
        "Contenus et référencement | Mixte",
        {"outsource": ("technique",)},
    ),
    Row(
        "FR18",
        REORG,
        """
        Garant : comparaison et choix | | ○ | ○
        Garant : achat | | | ○
        Une personne peut tenir plusieurs rôles ; au-delà de trois, répartir
        """,
    ),
    Row(
        "FR19",
        changed(REORG, adoption_brakes=("formation",)),
        "Utilisateurs des outils | Petits groupes, sur le poste de travail | 1, 3 et 6 mois",
        {"adoption_brakes": ("rigidite",)},
    ),
    Row(
        "FR20",
        SPECIALIST,
        """
        Construire et exécuter le plan d'acquisition client
        Le plan d'acquisition suit les étapes du client
        non une liste de canaux
        """,
        {"priority_projects": ("data",)},
    ),
    Row("FR21", REORG, "Garants d'étape (un seul par étape\nExpertises (répondent de"),
    Row(
        "FR22",
        changed(CLARIFY, role_split=2),
        "7. Qui fait quoi\nQui décide et qui agit : à écrire en séance.",
    ),
    Row(
        "FR23",
        STRATEGIST,
        "à deux jours par mois, louer reste moins cher à toute échéance",
        edition=1,
    ),
    Row(
        "FR24",
        SPECIALIST,
        "Responsable marketing digital – H/F\nPréfiguration – à confirmer à l'issue de la mission",
        {"priority_projects": ("data", "crm")},
    ),
    Row(
        "FR25",
        changed(FOLLOW_UP, roadmap="aucune"),
        "Préalable. La feuille de route n'est pas écrite",
        {"roadmap": "sans_budget"},
    ),
    Row("FR25", APPRENTICE, "Un conseil extérieur vous suit, vous et l'entreprise"),
    Row(
        "FR26",
        changed(STRATEGIST, deliverables=Blank.SKIPPED),
        "Audit de l'existant | Dix pages au plus",
        {"deliverables": ("feuille",)},
    ),
    Row("FR26", CLARIFY, "Audit de l'existant : inventaire des outils"),
    Row(
        "FR27",
        changed(JOB, essential_skills=("marketing", "contenus")),
        "Aucune compétence transversale n'est demandée.\n[S002-C11]",
        {"essential_skills": ("marketing", "management")},
    ),
    Row(
        "FR30",
        persona("P06", "brief_facilitateur", "facilitator"),
        "cherche un facilitateur marketing indépendant",
    ),
    Row(
        "FR31",
        FACILITATOR,
        """
        Vision stratégique et marketing | 13 % | Un projet relié à un objectif de vente
        Lien entre profils et techniques | 13 % | Deux services
        Compréhension du numérique | 13 % | Un besoin métier
        Récit cohérent, dedans et dehors | 13 % | Le même projet
        """,
    ),
    Row(
        "FR32",
        changed(FACILITATOR, selection_criteria=("metier", "reseau")),
        "qui les coordonne en votre absence",
        {"selection_criteria": ("metier",)},
    ),
    Row(
        "FR33",
        changed(INTERIM, provider_experience=2),
        "Étape test\nChacun peut alors arrêter la mission sans pénalité\nparlez-vous notre langue",
        {"provider_experience": 5},
    ),
    Row(
        "FR34",
        STRATEGIST,
        "La question du modèle économique.",
        {"roadmap": "avec_budget"},
    ),
    Row(
        "FR35",
        changed(FACILITATOR, social_network="utilise", social_network_purpose="aucune"),
        "Aucune finalité n'est définie : le CODIR en choisit une, ou suspend le réseau.",
        {"social_network": "non"},
    ),
    Row(
        "FR36",
        persona("P06", "brief_facilitateur", "facilitator"),
        """
        Outils trop nombreux ou peu clairs : inventorier les outils, en retirer avant d'en ajouter
        Formation insuffisante : former par petits groupes, sur le poste de travail
        Suivi insuffisant après le lancement : suivre l'usage à 1, 3 et 6 mois
        """,
        {"adoption_brakes": ("aucun",)},
    ),
    Row(
        "FR37",
        changed(JOB, clarity_of_why=2),
        "[à écrire par le CODIR]. Il est jugé « plutôt flou » : l'écrire passe avant",
        {"clarity_of_why": 5},
    ),
    Row(
        "FR37",
        changed(persona("P02", "note", "facilitator"), clarity_of_why=2),
        "30 jours : le « pourquoi » écrit en une phrase",
        {"clarity_of_why": 4},
    ),
    Row(
        "FR38",
        changed(FACILITATOR, adoption_brakes=("securite",)),
        "La DSI arrête par écrit la liste des personnes, des données et des outils.",
        {"adoption_brakes": ("temps",)},
    ),
    Row(
        "FR39",
        changed(FACILITATOR, it_marketing_cooperation=2),
        """
        Ce rendez-vous reste à installer.
        Qui | Informatique, marketing, commerce
        Rythme | Mensuel
        Trois points | Chantiers bloqués ; chiffres communs ; décisions à prendre
        """,
        {"it_marketing_cooperation": 5, "joint_decisions": 5},
    ),
    Row(
        "FR40",
        changed(FACILITATOR, adoption_brakes=("inutile", "formation")),
        """
        qui s'en sert, pour quelle tâche, que se passe-t-il si on l'arrête ?
        Outils sans besoin réel : vérifier le besoin
        Formation insuffisante : former
        """,
    ),
    Row(
        "FR41",
        JOB,
        """
        Usage relevé à un, trois et six mois après chaque lancement
        aucun retour sur investissement n'est promis avant six mois [S004-C14]
        """,
    ),
    Row(
        "FR42", FACILITATOR, "Transfert de compétences | Deux séances\n12. Transfert de compétences"
    ),
    Row("FR42", FOLLOW_UP, "Bilan et transfert de compétences : méthodes et accès remis"),
    Row(
        "FR43",
        changed(INTERIM, days_per_month=18, mission_months=12),
        "risque de requalification en contrat de travail (L. 8221-6)",
        {"days_per_month": 6},
        edition=1,
    ),
    Row("FR43", FACILITATOR, "Indépendance.\nVigilance. La mission dépassant 5 000 € HT"),
    Row(
        "FR47",
        REORG,
        """
        Selon un directeur d'agence de marketing
        Selon une consultante indépendante
        À l'inverse, deux chercheurs observent que les différences
        certaines servent les résultats
        """,
    ),
]


def said_by(row: Row, order: Order) -> doc.Document:
    return PRESS.compose(order)[row.edition]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.id}-{n}" for n, row in enumerate(ROWS)])
def test_a_row_of_the_list_is_written(row: Row) -> None:
    said_in_order(said_by(row, row.order), row.said)
    if row.without is not None:
        first = flat(row.said.strip().splitlines()[0])
        assert first not in flat(text(said_by(row, changed(row.order, **row.without))))


PUBLIC = [
    (JOB, 1),
    (APPRENTICE, 0),
    (STRATEGIST, 0),
    (REORG, 0),
    (FACILITATOR, 0),
    (INTERIM, 0),
    (FOLLOW_UP, 0),
    (CLARIFY, 0),
]
"""The editions that leave the company."""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_fr48_no_public_document_names_an_author(lang: str) -> None:
    names = ("Gueny", "Billat", "Idecys", "CinWe", "Plug&Pulse")
    known = str(list(cases.shelf().sources.values()))
    for order, edition in PUBLIC:
        said = text(PRESS.compose(replace(order, lang=lang))[edition])
        assert not [name for name in names if name in said]
    assert all(name in known for name in names)


def test_fr46_no_public_document_quotes_a_dated_figure() -> None:
    for order, edition in PUBLIC:
        said = text(PRESS.compose(order)[edition])
        assert not [id_ for id_ in cases.shelf().sources if "-F" in id_ and id_ in said]
        assert "non vérifié" not in said
