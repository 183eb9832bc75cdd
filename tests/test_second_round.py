"""Each point answered again in private, until the second round or the last is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.content.library import Library
from bot.conversation.rounds.again import cursor
from bot.core.dialog import Blank
from bot.core.pointing import pointed
from bot.core.session import Phase, Status
from tests.playing import normal
from tests.round_table import DIRECTORS, PARIS, Table, answer_again, finished, second


def test_each_answers_again_in_private(table: Table) -> None:
    second(table)
    assert table.session.phase is Phase.SECOND
    assert table.readers["DG"].screens[-2].text == (
        "Second tour ouvert jusqu'au mercredi 9 décembre, 18 h. "
        "Chacun reçoit 5 points, environ 3 minutes."
    )
    reader = table.tap("COM", "Commencer", "Je la maintiens")
    reader = table.tap("COM", "Ce que je constate dans mon service", "Oui")
    assert normal(reader.text) == normal(
        """Second tour · 2/5
        Au sein du CODIR, le « pourquoi » de la transformation digitale est…

        Votre réponse : Très flou
        Réponses du CODIR (5) :
        Très flou ●
        Plutôt flou ●
        Moyennement clair ·
        Plutôt clair ●
        Très clair ●●

        Maintenez-vous votre réponse ?"""
    )
    reader = table.tap("COM", "Je la modifie")
    assert reader.labels[0] == "✓ Très flou"
    reader = table.tap("COM", "Plutôt flou")
    assert reader.text.startswith("Noté : Plutôt flou.")
    reader = table.tap("COM", "Retour")
    assert "Maintenez-vous votre réponse ?" in reader.text
    for seat in DIRECTORS:
        if seat != "COM":
            assert "Noté : Plutôt flou" not in table.readers[seat].words


def test_who_had_no_answer_may_give_one_or_pass(table: Table) -> None:
    second(table)
    answers = dict(table.readers["DSI"].state.interview.answers)
    assert answers["shared_targets"] is Blank.NSP
    table.press("DSI", "second")
    while cursor(table.turn("DSI"))[0] != "shared_targets":
        name = cursor(table.turn("DSI"))[0]
        table.press("DSI", "keep", name)
        table.press("DSI", "reason", f"{name}.vecu")
        table.press("DSI", "discuss", f"{name}.oui")
    reader = table.readers["DSI"]
    assert "Vous n'aviez pas donné d'avis." in reader.text
    assert "Votre réponse" not in reader.text
    reader = table.tap("DSI", "Passer")
    assert "aucun avis ne sera compté pour vous" in reader.text


def test_coming_back_resumes_where_one_was(table: Table) -> None:
    second(table)
    table.tap("COM", "Commencer", "Je la maintiens", "Ce que je constate dans mon service")
    table.command("COM", "/resultats")
    reader = table.tap("COM", "Répondre au second tour")
    assert "Ce point mérite-t-il un échange en séance ?" in reader.text


def test_typing_a_label_is_tapping_it(table: Table) -> None:
    second(table)
    table.tap("COM", "Commencer")
    assert "Maintenu : De 0 à 2 jours." in table.say("COM", "je la maintiens").text
    assert "Cette question attend" in table.say("COM", "je ne sais pas trop").text
    answer_again(table, "COM")
    table.tap("COM", "Ajouter un argument")
    assert "Merci. Vos 5 choix" in table.say("COM", "passer").text


def test_an_argument_is_shown_back_before_it_is_kept(table: Table) -> None:
    second(table)
    answer_again(table, "COM")
    table.press("COM", "redo")
    reader = table.say(
        "COM", "Le directeur marketing change de priorité chaque mois, mes équipes ne suivent plus."
    )
    assert reader.text == (
        "Ces mots désignent une fonction du CODIR, donc une personne : « directeur marketing ». "
        "Décrivez plutôt un fait, par exemple : « L'objectif du trimestre a changé deux fois. »"
    )
    said = "Les priorités changent trop souvent pour que les équipes suivent."
    reader = table.say("COM", said)
    assert f"Voici ce que le CODIR lira, sans votre nom : « {said} »" in reader.text
    assert table.readers["COM"].state.member.argument == ""  # type: ignore[union-attr]
    table.tap("COM", "Confirmer")
    assert table.readers["COM"].state.member.argument == said  # type: ignore[union-attr]
    table.tap("COM", "Réécrire mon argument")
    reader = table.say("COM", "x" * 281)
    assert table.readers["COM"].state.member.draft == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le DSI bloque les projets", "DSI"),
        ("la Direction financière refuse", "la Direction financière"),
        ("Mon collègue change d'avis", "Mon collègue"),
        ("M. Durand n'en veut pas", "M. Durand"),
        ("le marketing décide seul", "le marketing"),
        ("Our sales director never agrees", "director"),
        ("The head of marketing decides", "head of marketing"),
        ("Les objectifs marketing et commerce se contredisent", ""),
        ("La direction prise l'an dernier a changé", ""),
        ("The targets of the quarter changed twice", ""),
    ],
)
def test_words_that_point_at_somebody(library: Library, text: str, found: str) -> None:
    chatter = library.chatter
    assert pointed(text, chatter["person"], chatter["domain"]) == found


def test_the_lone_voice_is_never_pointed_out(table: Table) -> None:
    second(table)
    for seat in DIRECTORS:
        answer_again(table, seat)
        assert "voix différente" not in "\n".join(
            one.text for one in table.readers[seat].screens if one.text.startswith("Second tour")
        )


def test_once_everybody_has_answered_the_owner_may_close(table: Table) -> None:
    second(table)
    for seat in reversed(DIRECTORS):
        answer_again(table, seat)
    assert "Les cinq personnes ont répondu. Clore le second tour ?" in table.readers["DG"].words


def test_the_last_morning_reminds_those_who_have_not_finished(table: Table) -> None:
    second(table)
    answer_again(table, "MKT")
    quiet = len(table.readers["MKT"].read)
    table.wait(datetime(2026, 12, 9, 8))
    before = len(table.readers["DSI"].read)
    table.wait(datetime(2026, 12, 9, 10))
    assert len(table.readers["MKT"].read) == quiet
    assert len(table.readers["DSI"].read) == before + 1
    assert table.readers["DSI"].text.startswith("Bonjour. Il reste 5 points du second tour")


def test_an_unanswered_deadline_closes_the_second_round_a_day_later(table: Table) -> None:
    second(table)
    answer_again(table, "MKT")
    table.wait(datetime(2026, 12, 9, 19))
    assert "Il est 18 h. Une personne sur cinq a terminé." in table.readers["DG"].words
    assert table.session.phase is Phase.SECOND
    table.wait(datetime(2026, 12, 10, 19))
    assert table.session.phase is Phase.CLOSED
    assert table.readers["DSI"].text.startswith("Second tour clos.")


def test_the_owner_may_wait_until_the_next_working_day(table: Table) -> None:
    second(table)
    table.wait(datetime(2026, 12, 9, 18))
    table.tap("DG", "Attendre jusqu'à jeudi 10 décembre, 12 h")
    assert table.session.deadline == datetime(2026, 12, 10, 12, tzinfo=PARIS)
    assert table.readers["COM"].text.startswith("Bonjour. L'échéance du second tour est reportée")
    table.wait(datetime(2026, 12, 10, 19))
    assert table.session.phase is Phase.SECOND


def test_nothing_changes_once_the_second_round_is_closed(table: Table) -> None:
    finished(table)
    kept = table.readers["COM"].state.member
    reader = table.press("COM", "value", "clarity_of_why.5")
    assert table.readers["COM"].state.member == kept
    assert "Ce tour est clos" in reader.text


def test_an_erasure_in_between_freezes_what_was_shown(table: Table) -> None:
    second(table)
    table.session = table.session.change("DRH", status=Status.LEFT, person="", agreed=None)
    table.session = replace(table.session, erased=1)
    for seat in ("COM", "MKT", "DSI", "DG"):
        answer_again(table, seat, {"clarity_of_why": "3"})
    table.press("DG", "close_yes")
    final = table.session.final
    assert final is not None
    assert final.items["clarity_of_why"].counts == ()
    assert final.dimensions == table.session.digest.dimensions  # type: ignore[union-attr]


def test_a_third_round_only_for_what_still_moves(table: Table) -> None:
    finished(table, {"COM": {"clarity_of_why": "3"}})
    final = table.session.final
    assert final is not None
    assert not final.endings["clarity_of_why"].stable
    moving = [n for n, e in final.endings.items() if not e.stable and e.status != "accord"]
    assert "Un dernier tour (1 point)" in table.readers["DG"].labels or len(moving) != 1
    table.press("DG", "second_open")
    assert table.session.phase is Phase.SECOND
    assert set(table.session.items) <= set(moving)
    reader = table.press("COM", "second")
    assert "Votre réponse : Moyennement clair" in reader.text
    for seat in DIRECTORS:
        answer_again(table, seat)
    table.press("DG", "close_yes")
    assert set(table.session.final.endings) == set(final.endings)  # type: ignore[union-attr]
    table.press("DG", "second_open")
    assert table.session.phase is Phase.CLOSED


def test_a_third_round_needs_somebody_to_ask_and_four_people(table: Table) -> None:
    finished(table)
    assert not any(label.startswith("Un dernier tour") for label in table.readers["DG"].labels)
