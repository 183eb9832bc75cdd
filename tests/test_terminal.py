"""The interview in a terminal: numbers on a pipe, arrow keys on a screen, nothing lost."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot import compose
from bot.channels.terminal import converse, lines
from bot.content.library import Library
from bot.conversation.hearing import Tap
from bot.documents.press import Press
from bot.service import Service
from bot.settings import Settings
from bot.storage.repository import Busy
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite
from tests.documents import papers
from tests.terminal_chat import (
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    UP,
    Heard,
    Screen,
    answers_of,
    by_numbers,
    typed,
)

AUTHORED_ORDER = "abcdef000000cafe"
"""The chance that leaves the choices in the order in which they were written."""
OUT = Path("documents")
TO_DOCUMENTS = (
    "Voir la recommandation",
    "Retenir cette option",
    "Générer maintenant, à compléter",
)


Chat = Callable[..., Awaitable[Heard]]


@pytest.fixture
def chat(
    tmp_path: Path,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Chat:
    """Hold a conversation from a text, one answer a line, on the store of this test."""
    monkeypatch.chdir(tmp_path)
    press = Press(compose.shelf(library))
    seal = load_key(tmp_path / "key" / "key", database=tmp_path / "data" / "codir.db")

    async def hold(
        *answers: str,
        lang: str = "fr",
        asked: bool = False,
        out: Path = OUT,
        store: type[Sqlite] = Sqlite,
    ) -> Heard:
        text = "".join(f"{answer}\n" for answer in answers)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        house = compose.house(Settings(_env_file=None, codir_lang=lang), library, press)
        kept = store(tmp_path / "data" / "codir.db", seal)
        service = Service(house, kept, press, chance=lambda: AUTHORED_ORDER)
        try:
            code = await converse(service, out, lang, asked=asked)
        finally:
            await service.close()
        return Heard(code, capsys.readouterr().out)

    return hold


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


# -- One answer at a time ------------------------------------------------------

TO_INDICATORS = ("1", "1", "2", "2", "1", "3", "3", "3", "3", "2")
TO_BRAKES = (*TO_INDICATORS, "1", "3", "2", "2", "Non, continuer", "3", "3")


@pytest.mark.parametrize(
    ("before", "answers", "said"),
    [
        (("1",), ["0"], "Il y a 7 réponses possibles : tapez un numéro de 1 à 7."),
        (("1",), ["1 2"], "Une seule réponse à cette question : tapez un numéro de 1 à 7."),
        (("1",), ["<"], "Vous êtes à la première question."),
        (("1",), [""], "Il y a 7 réponses possibles : tapez un numéro de 1 à 7."),
        (("1",), ["/sources S002-C07"], "S002-C07"),
        (("1", "1"), ["n"], "Noté : vous ne savez pas."),
        (("1", "1"), ["retour"], "Retour. Votre réponse est cochée ; Entrée la garde."),
        (("1", "1", "2"), ["particuliers", "n"], "n voir les réponses Contexte · 3/28"),
        (("1", "1", "2"), ["particuliers", "3"], "Noté : Aux deux à parts comparables."),
        (TO_INDICATORS[:6], ["s"], "Noté : Sans objet."),
        (TO_INDICATORS, ["1 4"], "Noté : Flux (visites, demandes) ; Taux de conversion."),
        (TO_INDICATORS, ["4,1"], "Noté : Flux (visites, demandes) ; Taux de conversion."),
        (TO_INDICATORS, ["1 8"], "« Aucun » remplace vos autres réponses. Noté : Aucun."),
        (TO_INDICATORS, ["1 9"], "Il y a 8 réponses possibles : tapez un numéro de 1 à 8."),
        (TO_INDICATORS, ["1 4", "<", "4"], "Corrigé : Taux de conversion."),
        (TO_INDICATORS, ["1 4", "<", ""], "Noté : Flux (visites, demandes) ; Taux de conversion."),
        (TO_BRAKES, ["1 2 3 4"], "3 réponses au plus : tapez les numéros à garder."),
        (TO_BRAKES, ["1 2 3 4", "1 2"], "Noté : Crainte du changement ; Information gardée"),
    ],
)
async def test_an_answer(
    chat: Chat, before: tuple[str, ...], answers: list[str], said: str
) -> None:
    assert said not in (await chat(*before)).text
    await chat("/effacer", "2")
    assert said in (await chat(*before, *answers)).text


async def test_a_review_lists_each_line_as_its_own_choice(chat: Chat) -> None:
    heard = await chat("1", "1", "2", "/relire", "1", "2")
    assert "  2  Salariés : De 20 à 49" in heard.lines
    assert "2. Salariés : De 20 à 49" not in heard.lines
    assert "  2  ✓ De 20 à 49" in heard.lines
    assert heard.lines[-3].endswith("?  pourquoi cette question   <  garder cette réponse")


async def test_a_figure_awaited_is_not_a_choice(chat: Chat, library: Library) -> None:
    heard = await chat("1", *by_numbers(library, "P02"), "1", "/parametres", "1", "30")
    assert "<  revenir aux hypothèses" in heard.lines
    assert "Cotisations patronales, en part du salaire brut : 30 %" in heard.text


async def test_in_english(chat: Chat) -> None:
    heard = await chat("1", "1", "consumers", "2", lang="en")
    assert heard.text.startswith("Hello. I help you prepare")
    assert "Français" not in heard.text, "the command line has already said which language"
    assert "  1  I understand, let us start" in heard.lines
    assert "Noted: Chief executive." in heard.lines
    assert "n  I don't know   ?  why this question   <  back" in heard.lines
    assert heard.lines[-1] == ("End of the text at question 3 of 28: answers kept, no document.")


async def test_the_reason_for_another_choice_is_read_like_any_text(
    chat: Chat, library: Library, tmp_path: Path
) -> None:
    other = (
        "Choisir une autre option",
        "CDO de transition ou à temps partagé",
        "Ajouter une raison",
    )
    heard = await chat(
        "1",
        *by_numbers(library, "P02"),
        "Voir la recommandation",
        *other,
        "x" * 281,
        "👍",
        "Il nous faut quelqu'un de moins de 35 ans.",
        "Un appui\u202e tout de suite.",
    )
    assert (
        "Une phrase de 280 caractères au plus suffit ; je n'ai rien gardé de celle-ci."
        in heard.text
    )
    assert "Je ne peux pas imprimer « moins de 35 ans »" in heard.text
    assert "C'est noté, mot pour mot." in heard.text
    await chat("/mesdonnees", "Recevoir le fichier")
    (copy,) = (tmp_path / OUT).glob("mes-donnees_*.json")
    answers = json.loads(copy.read_text())["interview"]["answers"]
    assert answers["option_reason"] == "Un appui tout de suite."


# -- What can go wrong around it -----------------------------------------------


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A file where the folder should be."""
    (tmp_path / "taken").touch()
    return Path("taken")


async def test_a_folder_that_cannot_be_written(chat: Chat, library: Library, taken: Path) -> None:
    heard = await chat("1", *by_numbers(library, "P02"), *TO_DOCUMENTS, out=taken)
    assert heard.code == 1
    assert "Je ne peux pas écrire dans le dossier taken" in heard.text
    assert "Vos réponses sont intactes." in heard.text
    assert "  1  Réessayer maintenant" in heard.lines
    assert (
        "Quatre documents, dans le dossier documents :"
        in (await chat("1", "Générer les documents")).lines
    )


class Full(Sqlite):
    """A store on a disk that fills up after three answers, for a while."""

    saved = 0
    refusals = 2

    async def save(self, *args: Any, **more: Any) -> bool:
        self.saved += 1
        if self.saved > 3 and self.refusals:
            self.refusals -= 1
            raise Busy("disk full")
        return await super().save(*args, **more)


class Stuck(Full):
    refusals = 99


async def test_a_store_that_cannot_write(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "SECONDS", 0.0)
    heard = await chat("1", "1", "2", store=Full)
    assert heard.text.count("Je ne peux rien enregistrer pour l'instant.") == 1
    assert "Noté : De 20 à 49." in heard.lines, "the answer was kept, not the next one lost"
    heard = await chat("1", "2", "1", store=Stuck)
    assert heard.code == 1
    assert heard.lines[-2:] == [
        "Votre dernière réponse n'a pas pu être enregistrée ; les précédentes sont",
        "gardées.",
    ]


# -- A real screen -------------------------------------------------------------


def test_arrow_keys_on_a_terminal(tmp_path: Path) -> None:
    screen = Screen(tmp_path)
    screen.wait_for("ou un numéro. >")
    screen.press(ENTER)
    screen.wait_for("pourquoi cette question >")
    screen.press(DOWN, DOWN, DOWN, UP, ENTER)
    screen.wait_for("Noté : Direction commerciale.")
    screen.wait_for("< retour >")
    screen.press("4", ENTER)
    screen.wait_for("Noté : De 250 à 999.")
    screen.wait_for("< retour >")
    screen.press(CTRL_C)
    screen.wait_for("C'est en pause à la question 3 sur 27. Rien n'est perdu.")
    assert screen.close() == 0


async def test_the_space_bar_ticks(chat: Chat, tmp_path: Path) -> None:
    await chat(*TO_INDICATORS)
    screen = Screen(tmp_path)
    screen.wait_for("Recommencer à zéro Flèches ↑ ↓ et Entrée, ou un numéro. >")
    screen.press(ENTER)
    screen.wait_for("< retour >")
    screen.press(" ", DOWN, DOWN, " ", ENTER)
    screen.wait_for("Noté : Flux (visites, demandes) ; Engagement (clics, réactions).")
    screen.wait_for("Réunies et accessibles n je ne sais pas")
    screen.press(CTRL_D)
    screen.wait_for("C'est en pause à la question 11 sur 28.")
    assert screen.close() == 0
