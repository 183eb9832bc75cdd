"""The interview in a terminal: numbers on a pipe, arrow keys on a screen, nothing lost."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from bot import compose
from bot.content.library import Library
from bot.conversation.hearing import Tap
from bot.documents.press import Press
from bot.service import Service
from bot.settings import Settings
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite
from tests.documents import papers
from tests.terminal.chat import (
    AUTHORED_ORDER,
    OUT,
    TO_DOCUMENTS,
    Chat,
    answers_of,
    by_numbers,
    typed,
)

# -- Whole interviews ----------------------------------------------------------


async def test_p02_ends_with_its_brief(chat: Chat, library: Library, tmp_path: Path) -> None:
    heard = await chat(
        "1",
        *by_numbers(library, "P02"),
        *TO_DOCUMENTS,
        "Terminer",
    )
    assert heard.code == 0
    assert "Stratège externe, puis spécialiste recruté · 12 points" in heard.lines
    assert "Quatre documents, dans le dossier documents :" in heard.lines
    printed = [line for line in heard.lines if line.startswith("documents/")]
    assert len(printed) == 8
    assert all((tmp_path / path).stat().st_size > 10_000 for path in printed)
    assert re.search(r"À bientôt\. Vos réponses sont gardées jusqu'au \d", heard.text)
    assert max(map(len, heard.lines)) <= 80
    assert not re.search(r"[\x00-\x1f]", "".join(heard.lines)), "no colour on a pipe"


async def test_p04_answers_what_its_document_needs(chat: Chat, library: Library) -> None:
    known = {
        **answers_of(library, "P04"),
        "owner": "oui",
        "documents": ("fiche_cdo",),
        "depth": "utile",
        "option": "permanent_cdo",
    }
    heard = await chat(
        "1",
        *by_numbers(library, "P04"),
        *TO_DOCUMENTS[:2],
        "1",
        *typed(library, "documents", known, {}, {}),
        "Générer les documents",
    )
    assert heard.code == 0, "documents were delivered, the text may end there"
    assert "Recruter un CDO en CDI · 26 points" in heard.lines
    assert sum(line.startswith("documents/Fiche-de-poste_CDO_") for line in heard.lines) == 2
    assert "Version 1, VERSION À VALIDER." in heard.lines
    assert "À bientôt." in heard.text


FIRST_MINUTES = """\
Bonjour. Je vous aide à préparer une décision du CODIR sur l'alignement
marketing-ventes et le besoin d'une direction du digital.

Comptez 8 à 12 minutes ; vous pouvez vous arrêter et reprendre. Rien ne quitte
cet ordinateur : vos réponses restent, chiffrées, dans le dossier data. Je ne
donne pas d'avis juridique.

Répondez par un numéro. À tout moment : ? pourquoi, < retour, /aide.

  1  J'ai compris, je commence
  2  Lire la notice complète

Commençons par situer votre entreprise et votre rôle.

Contexte · 1/27
Quelle fonction exercez-vous au comité de direction ?
  1  Direction générale
  2  Direction marketing
  3  Direction commerciale
  4  Direction des ressources humaines
  5  Direction des systèmes d'information
  6  Direction administrative et financière
  7  Autre membre du CODIR
?  pourquoi cette question

Noté : Direction générale.

Contexte · 2/27
Combien de salariés compte votre entreprise ?
  1  Moins de 20
  2  De 20 à 49
  3  De 50 à 249
  4  De 250 à 999
  5  De 1 000 à 4 999
  6  5 000 ou plus
n  je ne sais pas   ?  pourquoi cette question   <  retour

Pourquoi : Celui de l'entreprise, non du groupe. Il détermine les solutions
envisageables et des obligations légales.
Ce que cela change : la place d'un CDO (réduite sous 250 salariés, renforcée
au-delà), la mention du CSE et les aides à l'alternance.
Sources : S002-C01, S002-C04. Détail : /sources S002-C01

Il y a 6 réponses possibles : tapez un numéro de 1 à 6.

Noté : De 20 à 49.

Contexte · 3/28
À qui vendez-vous principalement ?
  1  À des entreprises ou organisations
  2  À des particuliers
  3  Aux deux à parts comparables
n  je ne sais pas   ?  pourquoi cette question   <  retour

J'ai compris : À des particuliers. Entrée pour confirmer.
n  voir les réponses

Noté : À des particuliers.

Contexte · 4/28
À ce stade, vers quelle solution penchez-vous ?
  1  Recruter une direction du digital (CDO)
  2  Un CDO de transition ou à temps partagé
  3  Recruter un autre profil digital
  4  Faire appel à un intervenant externe
  5  Réorganiser sans recruter
  6  Ne rien engager pour l'instant
  7  Je n'ai pas encore d'avis
?  pourquoi cette question   <  retour

Retour. Votre réponse est cochée ; Entrée la garde.

Contexte · 3/28
À qui vendez-vous principalement ?
  1  À des entreprises ou organisations
  2  ✓ À des particuliers
  3  Aux deux à parts comparables
n  je ne sais pas   ?  pourquoi cette question   <  retour

Noté : À des particuliers.
"""


async def test_the_first_minutes_word_for_word(chat: Chat) -> None:
    """Why, out of range, a label confirmed, back, and an answer kept."""
    heard = await chat("1", "1", "?", "12", "2", "particuliers", "", "<", "")
    expected = FIRST_MINUTES.splitlines()
    assert heard.lines[: len(expected)] == expected


# -- Stopping and coming back --------------------------------------------------


async def test_the_end_of_the_text_keeps_the_answers(chat: Chat, tmp_path: Path) -> None:
    heard = await chat("1", "1", "2", "2", "1")
    end = "Fin du texte à la question 5 sur 28 : réponses gardées, aucun document."
    assert (heard.code, heard.lines[-1]) == (1, end)
    assert not (tmp_path / OUT).exists()
    again = await chat("1", "3")
    back = "Bonjour de nouveau. Vous en étiez à la question 5 sur 28, section « Alignement »."
    assert again.text.startswith(f"{back} Il reste environ")
    ways = ["  1  Reprendre la question 5", "  2  Relire mes réponses", "  3  Recommencer à zéro"]
    assert [line for line in again.lines if line in ways] == ways
    assert "Noté : En partie communs." in again.text


@pytest.mark.parametrize("word", ["/pause", "quitter", "/exit"])
async def test_leaving_by_a_word(chat: Chat, word: str) -> None:
    heard = await chat("1", "1", word, "this is read by nobody")
    pause = [
        "C'est en pause à la question 2 sur 27. Rien n'est perdu.",
        "Pour reprendre : codir chat",
    ]
    assert (heard.code, heard.lines[-2:]) == (0, pause)


async def test_whoever_has_finished_finds_the_documents_again(
    chat: Chat, library: Library, tmp_path: Path
) -> None:
    await chat("1", *by_numbers(library, "P02"), *TO_DOCUMENTS, "Terminer")
    first = next((tmp_path / OUT).glob("*.docx"))
    first.write_bytes(b"edited by hand")
    heard = await chat("1", "1", "Terminer")
    assert heard.text.startswith("Bonjour de nouveau. Vous en étiez à la remise des documents.")
    assert heard.code == 0
    assert first.read_bytes() == b"edited by hand", "somebody's work is never written over"
    assert f"documents/{first.stem}-2.docx" in heard.lines
    assert len(list((tmp_path / OUT).iterdir())) == 9, "what is the same is not written twice"


async def test_a_letterhead_is_a_path_here(chat: Chat, library: Library, tmp_path: Path) -> None:
    paper = tmp_path / "en-tête.docx"
    paper.write_bytes(papers.plain_paper())
    asked = ("/document", "Ajouter un papier à en-tête", "absent.docx", f"'{paper}'")
    heard = await chat(
        "1", *by_numbers(library, "P02"), *TO_DOCUMENTS, *asked, "L'utiliser", "quit"
    )
    assert "Je ne trouve pas ce fichier" in heard.text
    assert "Reçu. En-tête, pied de page et styles sont lisibles" in heard.text
    assert list((tmp_path / OUT).glob("essai-en-tete_*.pdf"))
    assert "C'est fait. Il sera supprimé avec la session." in heard.text


async def test_documents_that_a_killed_run_left_are_brought_by_the_next(
    chat: Chat, library: Library, tmp_path: Path
) -> None:
    await chat("1", *by_numbers(library, "P02"), *TO_DOCUMENTS[:2])
    database = tmp_path / "data" / "codir.db"
    store = Sqlite(database, load_key(tmp_path / "key" / "key", database=database))
    press = Press(compose.shelf(library))
    house = compose.house(Settings(_env_file=None), library, press)
    service = Service(house, store, press, chance=lambda: AUTHORED_ORDER)
    interview = AUTHORED_ORDER[:6]
    await service.handle("terminal", Tap(interview, "x", ("generate",)), "fr")
    await service.close()
    assert waiting(database) == ["deliver", "keep"]
    heard = await chat("1", "Terminer")
    assert "Quatre documents, dans le dossier documents :" in heard.lines
    assert waiting(database) == ["keep"]


def waiting(database: Path) -> list[str]:
    """The kinds of the jobs in the store."""
    with sqlite3.connect(database) as db:
        return [kind for (kind,) in db.execute("select kind from job order by kind")]


async def test_erasing_ends_the_conversation(chat: Chat) -> None:
    heard = await chat("1", "1", "/effacer", "2", "this is read by nobody")
    assert heard.code == 0
    assert "Effacé : 1 réponse, votre accord et votre langue." in heard.text
    assert (await chat()).text.startswith("Bonjour. Je vous aide")


async def test_a_copy_of_everything(chat: Chat, tmp_path: Path) -> None:
    await chat("1", "1", "3", "/mesdonnees", "1")
    (copy,) = (tmp_path / OUT).glob("mes-donnees_*.json")
    assert json.loads(copy.read_text())["interview"]["answers"] == {
        "role": "DG",
        "headcount": "e50_249",
    }


@pytest.mark.parametrize("command", ["/seance", "/resultats"])
async def test_what_belongs_to_telegram_does_not_end_the_interview(
    chat: Chat, command: str
) -> None:
    heard = await chat("1", "1", command, "2")
    assert heard.lines[-1].startswith("Fin du texte à la question 3 sur 28")
    assert "Noté : De 20 à 49." in heard.text


async def test_the_language_asked_for_is_that_of_who_comes_back(chat: Chat) -> None:
    await chat("1", "1")
    again = await chat("1", lang="en", asked=True)
    assert again.text.startswith("Hello again. You were at question 2 of 27, section “Context”.")
    assert "Fewer than 20" in again.text
    unasked = await chat(lang="fr")
    assert unasked.text.startswith("Hello again."), "what was chosen stays"
