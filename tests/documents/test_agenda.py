"""The agenda of a committee's meeting, and the record of its decisions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.core.meeting import Decision
from bot.documents import document as doc
from tests.documents import cases
from tests.documents.cases import said_in_order
from tests.documents.committees import (
    DECIDED,
    P12,
    VOTE,
    answered,
    composed,
    kept,
    order,
    pages,
    said,
)

# -- The agenda ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "opening"),
    [("fr", "quel exemple récent illustre ce point"), ("en", "which recent example illustrates")],
)
def test_the_agenda_opens_disagreements_as_the_owner_asked(lang: str, opening: str) -> None:
    asked = order("agenda", kept(P12), lang, openers=True, starts="9:30", rule="majorite")
    assert opening in said(asked)
    assert opening not in said(order("agenda", kept(P12), lang))
    assert pages(asked) <= 3


def test_the_agenda_of_a_divided_committee() -> None:
    said_in_order(
        composed(order("agenda", kept(P12))),
        """
        Ordre du jour
        Qui pilote le numérique ?
        CODIR du 9 décembre 2026 · 75 minutes · [à compléter : heure, lieu]
        À apporter : l'information que vous seul détenez sur les points 4 et 5.
        5 min | 1. Le cadre : nous décidons sur des rôles et des faits, pas sur des personnes
        5 min | 2. Lecture silencieuse de la note | Une question écrite par personne
        10 min | 3. Le « pourquoi » en une phrase | Une phrase, ou deux versions à départager
        17 min | 4. Point pivot : combien de jours de pilotage ? | Un nombre de jours par mois
        12 min | 5. Désaccord stable : des objectifs communs ? | Un objectif commun
        15 min | 6. Choisir l'option : départager | Une option, ses conditions, sa date de revue
        6 min | 7. Le document joint : valider, amender, reporter | Un document, une date
        5 min | 8. Le rituel et trois indicateurs | Une date de premier point mensuel
        En réserve, faute de temps : usage des outils, réunions de décision et sept faits
        """,
    )


def test_the_points_of_a_divided_committee() -> None:
    said_in_order(
        composed(order("agenda", kept(P12))),
        """
        En réserve, faute de temps : usage des outils, réunions de décision et sept faits
        Cinq réponses : très flou (1), plutôt flou (1), plutôt clair (1), très clair (2).
        Avis opposés, désaccord stable.
        Raisons données, sans nom : une information que d'autres n'ont pas ; ce que je constate
        Méthode : chacun écrit une phrase, deux minutes, en silence.
        Réponses reçues : de 0 à 2 ; de 3 à 5 ; de 6 à 10. Désaccord stable.
        Ce que cela change : à cinq jours par mois ou moins, l'option en tête devient
        « réorganiser » ; à partir de six, « CDO de transition ou à temps partagé ».
        ce que je constate dans mon service ; une priorité au long terme.
        Quelle information lèverait l'écart ? La liste des arbitrages, comités, budgets
        Quatre réponses : entièrement séparés (1), plutôt séparés (1), en partie communs (1)
        À garder en tête : défendre le client ou le produit
        Quelle information lèverait l'écart ? Les deux listes d'objectifs de l'année, côte à côte.
        Points | 13 | 12
        Demande | Un porteur, un budget propre, une date de sortie | 48 journées internes
        Coût, an 1 / trois ans | 86 400 € / 259 200 € | 37 200 € / 47 200 €
        Deux préalables, aucun bloquant
        Brief de mission « CDO de transition » ou brief de réorganisation, selon le point 6.
        Contacts qualifiés acceptés par le commerce / contacts transmis (marketing et commerce).
        Sur l'usage des outils, une voix diffère : ne pas chercher laquelle, mesurer.
        Frein cité par la moitié d'entre nous au moins : formation insuffisante
        Faits à vérifier avant la séance
        Feuille de route | Il n'y en a pas ; des intentions, rien d'écrit ; en cours de rédaction
        Porteur au CODIR | La direction générale ; personne à ce stade
        Relevé de décisions
        Jours de pilotage par mois :
        Usage des outils mesuré :
        Désaccords maintenus, à consigner tels quels
        Sources. S001
        Il n'est ni un avis juridique ni une décision.
        """,
    )


@pytest.mark.parametrize("minutes", [60, 75, 90])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_minutes_add_up_and_three_pages_are_enough(minutes: int, lang: str) -> None:
    asked = order("agenda", kept(P12), lang, minutes=minutes, starts="9:30", rule="majorite")
    table = next(block for block in composed(asked).blocks if isinstance(block, doc.Grid))
    times = [int(doc.plain(row[0].words).split()[0]) for row in table.rows]
    assert sum(times) == minutes
    assert pages(asked) <= 3
    end = {60: "10 h 30", 75: "10 h 45", 90: "11 h"}[minutes]
    if lang == "fr":
        assert f"9 h 30 à {end}" in said(asked)
        assert "Règle de décision rappelée : majorité" in said(asked)


def test_without_a_day_nor_an_hour_nor_a_name_it_can_be_had() -> None:
    for kind in ("note", "agenda", "minutes"):
        for lang in ("fr", "en"):
            bare = order(kind, kept(P12), lang, decides=None)
            assert said(replace(bare, values={**bare.values, "company_name": None}))
    assert "CODIR, [date à fixer] · 75 minutes" in said(order("agenda", kept(P12), decides=None))


def test_confirmed_arguments_are_read_in_the_meeting_and_nowhere_else() -> None:
    told = "Les priorités changent trop souvent pour que les équipes suivent."
    longest = tuple(f"{n} " + "mot " * 69 for n in range(5))
    found = replace(kept(P12), arguments=(told, *longest))
    text = said(order("agenda", found))
    assert f"sans nom « {told} »" in text
    assert told not in said(order("note", found))
    assert pages(order("agenda", found)) <= 3


def test_a_lone_voice_is_never_asked_to_speak_up() -> None:
    """Put on the agenda, its point asks nobody for what they alone know."""
    text = said(order("agenda", kept(P12), chosen=("tool_usage", "steering_days")))
    assert "4. Désaccord stable : qui se sert vraiment des outils ?" in text
    assert "À apporter : l'information que vous seul détenez sur le point 5." in text
    assert "Une voix diffère : ne pas chercher laquelle." in text
    assert text.count("ne pas chercher laquelle") == 1


def test_a_fact_that_the_owner_settled_is_no_longer_to_be_checked() -> None:
    found = answered(P12, picks={"roadmap": "redaction", "projects": "agenda"})
    text = said(order("agenda", found))
    assert "Feuille de route |" not in text
    assert "Chantiers dans l'année | 1 ou 2" in text


# -- The record ----------------------------------------------------------------------------


def test_the_record_of_decisions() -> None:
    asked = order("minutes", kept(P12), decisions=DECIDED, **VOTE)
    said_in_order(
        composed(asked),
        """
        Relevé de décisions
        Ce que le CODIR a décidé
        Trois décisions ont été prises. Option retenue : CDO de transition ou à temps partagé.
        Une reste à compléter.
        Décision | Responsable (fonction) | Échéance | Indicateur de suivi
        Le « pourquoi » : Chaque client est reconnu
        Option retenue : CDO de transition ou à temps partagé | Direction générale | 12 février 2027
        Premier point mensuel : 45 minutes, le premier mardi | Marketing | 5 janvier 2027
        Vote anonyme, totaux seulement :
        CDO de transition ou à temps partagé : trois voix
        Aucune des deux aujourd'hui : aucune voix
        Désaccords maintenus
        Jours de pilotage par mois
        Objectifs marketing et commerce
        sans aucune réponse individuelle
        """,
    )
    maintained = said(asked).split("Désaccords maintenus")[1]
    assert "Clarté du" not in maintained, "what was decided on is no longer a disagreement"
    assert "Usage des outils" not in maintained, "a lone voice is left in peace"


HOSTILE = ["<script>alert(1)</script>", "{{ 7*7 }} {0}", "#panic(1) $x$ *b* \\n", "</p></document>"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_of_a_meeting_come_out_as_plain_text(words: str) -> None:
    decided = Decision("why", words, lead=words, measure=words, tells=words)
    asked = order("minutes", replace(kept(P12), arguments=(words,)), decisions=(decided,))
    asked = replace(asked, values={**asked.values, "company_name": words})
    plain = re.sub(r"[^\w<>{}#$*/]", "", cases.text(composed(asked)))
    assert plain.count(re.sub(r"[^\w<>{}#$*/]", "", words)) >= 5
    assert pages(asked) >= 1
    assert pages(replace(asked, kind="agenda")) <= 3


def test_an_option_whose_name_has_a_colon_is_named_shortly() -> None:
    waiting = Decision("option", option="clarify_first", lead="DG", due=date(2027, 1, 15))
    vote = {"ballot": ("clarify_first", "reorganise"), "tally": (4, 1)}
    for line in cases.lines(composed(order("minutes", kept(P12), decisions=(waiting,), **vote))):
        for cell in cases.flat(line).split(" | "):
            assert cell.count(" : ") <= 1, line


def test_a_tied_vote_is_said() -> None:
    asked = order("minutes", kept(P12), ballot=("interim_cdo", "reorganise"), tally=(2, 2))
    assert "Les voix se partagent" in said(asked)
    assert "Aucune décision n'a été enregistrée." in said(asked)
