"""One answer at a time in a terminal: numbers, words, keys, and what can go wrong around them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal import lines
from bot.content.library import Library
from bot.storage.repository import Busy
from bot.storage.sqlite import Sqlite
from tests.terminal.chat import (
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    OUT,
    TO_DOCUMENTS,
    UP,
    Chat,
    Screen,
    by_numbers,
)

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
