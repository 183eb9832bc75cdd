"""The reorganisation brief: what the answers change in it."""

from __future__ import annotations

from bot.core.dialog import Blank
from tests.documents import cases
from tests.documents.briefs import written
from tests.documents.cases import said_in_order


def test_target_organisation_is_limited_to_the_departments_chosen() -> None:
    brief, _ = written("brief_reorg", process_departments=("acquisition",))
    said = cases.text(brief)
    assert "Acquisition client :" in cases.flat(said)
    assert "Expérience et fidélisation client :" not in cases.flat(said)
    none = cases.flat(cases.text(written("brief_reorg", process_departments=("aucune",))[0]))
    assert "Aucune direction nouvelle" in none
    assert "Plan d'acquisition client :" in none


def test_the_works_council_from_fifty_employees() -> None:
    small, small_sheet = written("brief_reorg", headcount="e20_49")
    assert "CSE" not in cases.text(small) + cases.text(small_sheet)
    unknown, _ = written("brief_reorg", headcount=Blank.NSP)
    said_in_order(unknown, "L'effectif reste à confirmer. À partir de 50 salariés")
    _, open_ = written("brief_reorg", stage_ownership="plutot_oui")
    said_in_order(open_, "consulter le CSE avant toute décision d'organisation")


def test_training_rows_follow_the_obstacles() -> None:
    brief, _ = written("brief_reorg", adoption_brakes=("formation", "management"))
    said_in_order(
        brief,
        """
        Managers | Utiliser l'outil et le montrer | 1, 3 et 6 mois
        Utilisateurs des outils | Petits groupes, sur le poste de travail | 1, 3 et 6 mois
        """,
    )


def test_the_functions_named_as_owners_fill_the_matrix() -> None:
    brief, _ = written("brief_reorg", owner_functions=("COM", "produit"))
    said_in_order(
        brief,
        """
        Garant : prise de conscience | [à désigner]
        Garant : comparaison et choix | | | ○
        Autres fonctions qui pourraient porter une étape : la production.
        """,
    )
