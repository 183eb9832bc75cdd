"""From the close of the first round to the agenda, as the five directors read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.conversation.again import cursor
from bot.conversation.hearing import Brought
from bot.core.dialog import Blank
from bot.core.pointing import pointed
from bot.core.reading import Answer
from bot.core.session import Mode, Phase, Status
from tests.committees import five
from tests.playing import normal
from tests.round_table import DIRECTORS, PARIS, Table

FIRST = "Porter ce point à l'ordre du jour"
DISAGREE = "Un désaccord n'est pas un échec : il dit où discuter."
SECOND = "Lancer le second tour (5 points)"


@pytest.fixture
def table(library: Library) -> Table:
    """The divided committee, everybody having answered."""
    return Table(library, five(library))


def closed(table: Table) -> Table:
    """The first round closed, every disputed fact sent to the meeting."""
    table.press("DG", "close")
    table.tap("DG", "Clore le premier tour", FIRST, "Tout porter en séance")
    return table


def second(table: Table) -> Table:
    """The second round opened."""
    closed(table).tap("DG", SECOND)
    return table


def answer_again(table: Table, seat: str, changes: Mapping[str, str] | None = None) -> None:
    """Every point of the second round, kept or changed, with the same reason; no argument."""
    table.press(seat, "second")
    while (here := cursor(table.turn(seat)))[1] not in ("argument", "done"):
        name, step = here
        match step:
            case "answer" if changes and name in changes:
                table.press(seat, "value", f"{name}.{changes[name]}")
            case "answer" if table.turn(seat).interview.answers.get(name) is Blank.NSP:
                table.press(seat, "pass", name)
            case "answer":
                table.press(seat, "keep", name)
            case _:
                code = "vecu" if step == "reason" else "oui"
                table.press(seat, step, f"{name}.{code}")
    table.press(seat, "silent")


def finished(table: Table, changes: Mapping[str, Mapping[str, str]] | None = None) -> Table:
    """The second round answered by everybody and closed."""
    second(table)
    for seat in reversed(table.chairs):
        answer_again(table, seat, (changes or {}).get(seat))
    table.tap("DG", "Clore et envoyer les résultats")
    return table


def short(table: Table, seats: tuple[str, ...]) -> dict[str, Mapping[str, Answer]]:
    every = five(table.library)
    return {seat: every[seat] for seat in seats}


# -- The close -------------------------------------------------------------------


def test_the_owner_closes_and_settles_facts_without_authors(table: Table) -> None:
    chair = table.press("DG", "close")
    assert chair.text.startswith("Les cinq personnes ont répondu. Clore le premier tour ?")
    chair = table.tap("DG", "Clore le premier tour")
    assert chair.screens[-2].text == (
        "Premier tour clos : 5 réponses sur 5. Huit faits ont reçu des réponses différentes ; "
        "pour chacun, vous gardez une réponse ou portez le point en séance."
    )
    assert chair.text.startswith("Fait 1 sur 8 · Deux réponses différentes à : Qui porte")
    assert "Leurs auteurs ne sont pas indiqués." in chair.text
    chair = table.tap("DG", FIRST)
    assert "En attendant, le calcul garde la vôtre." in chair.text
    assert chair.labels == ["Les voir un par un", "Tout porter en séance"]
    chair = table.tap("DG", "Tout porter en séance")
    assert "Noté : 8 faits à confirmer en séance." in chair.screens[-2].text
    assert normal(chair.text) == normal(
        f"""Où vous ne voyez pas la même chose · 5 réponses

        Avis opposés
        • Le « pourquoi » de la transformation
        • Les objectifs marketing et commerce
        Une voix différente
        • L'usage des outils
        • Les réunions de décision communes
        Change la recommandation
        • Les jours de pilotage par mois

        Accord sur 6 autres points, nuances sur un. {DISAGREE}"""
    )


def test_a_value_kept_is_the_committee_s(table: Table) -> None:
    table.press("DG", "close")
    table.tap("DG", "Clore le premier tour", "La direction générale", "Les voir un par un")
    found = table.session.digest
    assert found is not None
    assert found.facts["sponsor"].held == "dg"
    assert table.session.picks == {"sponsor": "dg"}
    assert table.chairs["DG"].text.startswith("Fait 2 sur 8")


def test_settling_goes_on_where_the_owner_left_it(table: Table) -> None:
    table.press("DG", "close")
    table.tap("DG", "Clore le premier tour", FIRST, "Les voir un par un")
    table.press("DG", "point", "0")
    table.press("DG", "facts_each")
    assert table.chairs["DG"].text.startswith("Fait 2 sur 8")


def test_a_second_tap_closes_nothing_twice(table: Table) -> None:
    closed(table)
    before = table.session
    table.press("DG", "close_yes")
    table.press("DG", "fact", "sponsor.0")
    assert table.session == before


def test_everybody_learns_of_the_close_and_sees_no_author(table: Table) -> None:
    closed(table)
    for seat in DIRECTORS[1:]:
        told = table.chairs[seat].screens[0].text
        assert told.startswith("Premier tour clos : 5 réponses sur 5.")
    chair = table.tap("DRH", "Voir les divergences", "Voir le détail d'un point")
    assert "Très flou ●\nPlutôt flou ●\nMoyennement clair ·" in chair.text
    assert "Les fonctions ne sont pas affichées." in chair.text
    assert SECOND not in chair.labels


def test_one_answer_is_too_few_to_close(library: Library) -> None:
    answers: dict[str, Mapping[str, Answer]] = {seat: {"role": seat} for seat in DIRECTORS}
    answers["DG"] = five(library)["DG"]
    table = Table(library, answers)
    table.press("DG", "close")
    chair = table.tap("DG", "Clore le premier tour")
    assert "Une seule personne a répondu" in chair.text
    assert table.session.phase is Phase.FIRST


def test_who_has_not_finished_counts_and_who_never_came_does_not(library: Library) -> None:
    answers = dict(five(library))
    answers["DSI"] = {"role": "DSI", "clarity_of_why": 5, "tool_usage": 1}
    table = Table(library, answers)
    table.session = table.session.change("DRH", status=Status.INVITED, agreed=None)
    table.session = table.session.change("DSI", status=Status.ANSWERING)
    table.press("DG", "close_yes")
    found, gone = table.session.digest, table.session.seat("DRH")
    assert found is not None
    assert gone is not None
    assert (found.answered, found.invited) == (4, 5)
    assert gone.status is Status.REVOKED
    assert found.items["clarity_of_why"].answers == 4
    assert [one.text for one in table.chairs["DRH"].screens] == [
        "Le premier tour de la session de CODIR est clos sans votre participation. "
        "Vos propres réponses restent à vous seul."
    ]
    assert gone.person == ""


def test_only_the_owner_closes(table: Table) -> None:
    chair = table.press("COM", "close_yes")
    assert table.session.phase is Phase.FIRST
    assert "Seule la personne qui a ouvert la session" in chair.words


def test_a_day_after_an_unanswered_deadline_the_round_closes_by_itself(table: Table) -> None:
    table.session = replace(table.session, deadline=datetime(2026, 12, 7, 18, tzinfo=PARIS))
    at = datetime(2026, 12, 8, 18, tzinfo=PARIS).timestamp()
    table.later("DG", "closing", at)
    table.wait(datetime(2026, 12, 8, 17))
    assert table.session.phase is Phase.FIRST
    table.wait(datetime(2026, 12, 8, 19))
    assert table.session.phase is Phase.BETWEEN
    assert table.chairs["DG"].text.startswith("Fait 1 sur 8")


def test_two_mornings_later_the_owner_learns_that_the_others_wait(table: Table) -> None:
    table.press("DG", "close_yes")
    table.wait(datetime(2026, 12, 9, 8))
    assert "attend la suite" not in table.chairs["DG"].words
    table.wait(datetime(2026, 12, 9, 10))
    assert "le CODIR attend la suite" in table.chairs["DG"].text
    assert table.tap("DG", "Continuer").text.startswith("Fait 1 sur 8")
    moved_on = closed(Table(table.library, five(table.library)))
    moved_on.tap("DG", SECOND)
    moved_on.wait(datetime(2026, 12, 9, 10))
    assert "attend la suite" not in moved_on.chairs["DG"].words


# -- Few people -------------------------------------------------------------------


def test_two_people_compare_only_if_both_accept(table: Table) -> None:
    two = Table(table.library, short(table, ("DG", "COM")))
    two.press("DG", "close_yes")
    assert two.session.phase is Phase.CLOSED
    assert "À deux, vos avis ne sont pas comparés" in two.chairs["DG"].words
    two.press("DG", "share", "yes")
    assert all(not item.status for item in two.session.digest.items.values())  # type: ignore[union-attr]
    two.tap("COM", "J'accepte")
    statuses = {item.status for item in two.session.digest.items.values()}  # type: ignore[union-attr]
    assert "ecart_fort" in statuses
    for chair in two.chairs.values():
        assert "Vous avez accepté tous les deux" in chair.words
        assert "●" not in chair.words
        assert "points)" not in chair.words


def test_one_of_two_may_refuse_and_nothing_is_compared(table: Table) -> None:
    two = Table(table.library, short(table, ("DG", "COM")))
    two.press("DG", "close_yes")
    two.press("DG", "share", "yes")
    two.tap("COM", "Je préfère éviter")
    assert all(not item.status for item in two.session.digest.items.values())  # type: ignore[union-attr]
    two.press("DG", "skip")
    assert two.session.rounds == 0


def test_three_people_see_a_status_and_no_distribution(table: Table) -> None:
    three = Table(table.library, short(table, ("DG", "MKT", "COM")))
    three.press("DG", "close_yes")
    three.press("DG", "facts_all")
    chair = three.press("DG", "point", "0")
    assert "Réponse du milieu :" in chair.text
    assert "●" not in chair.words
    three.press("DG", "second_open")
    three.press("COM", "second")
    asked = next(name for name in three.session.items if name in three.session.digest.items)  # type: ignore[union-attr]
    while cursor(three.turn("COM"))[0] != asked:
        name = cursor(three.turn("COM"))[0]
        three.press("COM", "keep", name)
        three.press("COM", "reason", f"{name}.vecu")
        three.press("COM", "discuss", f"{name}.non")
    assert "Réponse du milieu" not in three.chairs["COM"].text
    assert "●" not in three.chairs["COM"].text


# -- The second round --------------------------------------------------------------


def test_each_answers_again_in_private(table: Table) -> None:
    second(table)
    assert table.session.phase is Phase.SECOND
    assert table.chairs["DG"].screens[-2].text == (
        "Second tour ouvert jusqu'au mercredi 9 décembre, 18 h. "
        "Chacun reçoit 5 points, environ 3 minutes."
    )
    chair = table.tap("COM", "Commencer", "Je la maintiens")
    chair = table.tap("COM", "Ce que je constate dans mon service", "Oui")
    assert normal(chair.text) == normal(
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
    chair = table.tap("COM", "Je la modifie")
    assert chair.labels[0] == "✓ Très flou"
    chair = table.tap("COM", "Plutôt flou")
    assert chair.text.startswith("Noté : Plutôt flou.")
    chair = table.tap("COM", "Retour")
    assert "Maintenez-vous votre réponse ?" in chair.text
    for seat in DIRECTORS:
        if seat != "COM":
            assert "Noté : Plutôt flou" not in table.chairs[seat].words


def test_who_had_no_answer_may_give_one_or_pass(table: Table) -> None:
    second(table)
    answers = dict(table.chairs["DSI"].state.interview.answers)
    assert answers["shared_targets"] is Blank.NSP
    table.press("DSI", "second")
    while cursor(table.turn("DSI"))[0] != "shared_targets":
        name = cursor(table.turn("DSI"))[0]
        table.press("DSI", "keep", name)
        table.press("DSI", "reason", f"{name}.vecu")
        table.press("DSI", "discuss", f"{name}.oui")
    chair = table.chairs["DSI"]
    assert "Vous n'aviez pas donné d'avis." in chair.text
    assert "Votre réponse" not in chair.text
    chair = table.tap("DSI", "Passer")
    assert "aucun avis ne sera compté pour vous" in chair.text


def test_coming_back_resumes_where_one_was(table: Table) -> None:
    second(table)
    table.tap("COM", "Commencer", "Je la maintiens", "Ce que je constate dans mon service")
    table.command("COM", "/resultats")
    chair = table.tap("COM", "Répondre au second tour")
    assert "Ce point mérite-t-il un échange en séance ?" in chair.text


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
    chair = table.say(
        "COM", "Le directeur marketing change de priorité chaque mois, mes équipes ne suivent plus."
    )
    assert chair.text == (
        "Ces mots désignent une fonction du CODIR, donc une personne : « directeur marketing ». "
        "Décrivez plutôt un fait, par exemple : « L'objectif du trimestre a changé deux fois. »"
    )
    said = "Les priorités changent trop souvent pour que les équipes suivent."
    chair = table.say("COM", said)
    assert f"Voici ce que le CODIR lira, sans votre nom : « {said} »" in chair.text
    assert table.chairs["COM"].state.member.argument == ""  # type: ignore[union-attr]
    table.tap("COM", "Confirmer")
    assert table.chairs["COM"].state.member.argument == said  # type: ignore[union-attr]
    table.tap("COM", "Réécrire mon argument")
    chair = table.say("COM", "x" * 281)
    assert table.chairs["COM"].state.member.draft == ""  # type: ignore[union-attr]


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
            one.text for one in table.chairs[seat].screens if one.text.startswith("Second tour")
        )


def test_once_everybody_has_answered_the_owner_may_close(table: Table) -> None:
    second(table)
    for seat in reversed(DIRECTORS):
        answer_again(table, seat)
    assert "Les cinq personnes ont répondu. Clore le second tour ?" in table.chairs["DG"].words


def test_the_last_morning_reminds_those_who_have_not_finished(table: Table) -> None:
    second(table)
    answer_again(table, "MKT")
    quiet = len(table.chairs["MKT"].read)
    table.wait(datetime(2026, 12, 9, 8))
    before = len(table.chairs["DSI"].read)
    table.wait(datetime(2026, 12, 9, 10))
    assert len(table.chairs["MKT"].read) == quiet
    assert len(table.chairs["DSI"].read) == before + 1
    assert table.chairs["DSI"].text.startswith("Bonjour. Il reste 5 points du second tour")


def test_an_unanswered_deadline_closes_the_second_round_a_day_later(table: Table) -> None:
    second(table)
    answer_again(table, "MKT")
    table.wait(datetime(2026, 12, 9, 19))
    assert "Il est 18 h. Une personne sur cinq a terminé." in table.chairs["DG"].words
    assert table.session.phase is Phase.SECOND
    table.wait(datetime(2026, 12, 10, 19))
    assert table.session.phase is Phase.CLOSED
    assert table.chairs["DSI"].text.startswith("Second tour clos.")


def test_the_owner_may_wait_until_the_next_working_day(table: Table) -> None:
    second(table)
    table.wait(datetime(2026, 12, 9, 18))
    table.tap("DG", "Attendre jusqu'à jeudi 10 décembre, 12 h")
    assert table.session.deadline == datetime(2026, 12, 10, 12, tzinfo=PARIS)
    assert table.chairs["COM"].text.startswith("Bonjour. L'échéance du second tour est reportée")
    table.wait(datetime(2026, 12, 10, 19))
    assert table.session.phase is Phase.SECOND


def test_nothing_changes_once_the_second_round_is_closed(table: Table) -> None:
    finished(table)
    kept = table.chairs["COM"].state.member
    chair = table.press("COM", "value", "clarity_of_why.5")
    assert table.chairs["COM"].state.member == kept
    assert "Ce tour est clos" in chair.text


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
    assert "Un dernier tour (1 point)" in table.chairs["DG"].labels or len(moving) != 1
    table.press("DG", "second_open")
    assert table.session.phase is Phase.SECOND
    assert set(table.session.items) <= set(moving)
    chair = table.press("COM", "second")
    assert "Votre réponse : Moyennement clair" in chair.text
    for seat in DIRECTORS:
        answer_again(table, seat)
    table.press("DG", "close_yes")
    assert set(table.session.final.endings) == set(final.endings)  # type: ignore[union-attr]
    table.press("DG", "second_open")
    assert table.session.phase is Phase.CLOSED


def test_a_third_round_needs_somebody_to_ask_and_four_people(table: Table) -> None:
    finished(table)
    assert not any(label.startswith("Un dernier tour") for label in table.chairs["DG"].labels)


# -- Marketing and sales ------------------------------------------------------------


def test_the_gap_needs_both(table: Table) -> None:
    closed(table)
    table.tap("COM", "J'accepte")
    assert table.session.gap is None
    table.tap("COM", "Retirer mon accord")
    table.tap("MKT", "J'accepte")
    assert table.session.gap is None
    table.tap("COM", "J'accepte")
    assert table.session.gap is not None
    assert "Objectifs communs : 25 (écart net)" in table.chairs["COM"].words
    assert "Objectifs communs : 25 (écart net)" in table.chairs["MKT"].words
    for seat in ("DG", "DRH", "DSI"):
        assert "écart net" not in table.chairs[seat].words
    assert "handoff" not in table.session.gap


def test_three_people_are_not_compared(table: Table) -> None:
    three = Table(table.library, short(table, ("DG", "MKT", "COM")))
    three.press("DG", "close_yes")
    three.press("COM", "gap", "yes")
    three.press("MKT", "gap", "yes")
    assert three.session.gap is None
    assert "Comparer marketing et commerce" not in three.chairs["COM"].words


def test_guessing_is_shown_only_with_both_consents(table: Table) -> None:
    for seat, other in (("MKT", "commerce"), ("COM", "marketing")):
        chair = table.press(seat, "guess")
        assert "Devinez · 1/3" in chair.text
        assert other[:8] in chair.text
        for name in table.library.expertise.scale.guessed:
            table.press(seat, "guess_pick", f"{name}.1")
    table.tap("MKT", "J'accepte")
    closed(table)
    chair = table.press("MKT", "guess_look")
    assert "ne sont comparées que si chacun" in chair.text
    table.session = table.session.change("COM", guessing=True)
    chair = table.press("MKT", "guess_look")
    assert "Les objectifs marketing et commerce : deviné juste" in chair.text
    assert "Entièrement" not in chair.text


def test_the_game_always_leads_somewhere(table: Table) -> None:
    ways = ["Relire mes réponses", "Terminer"]
    table.press("MKT", "guess")
    assert table.tap("MKT", "Ne pas jouer").labels == ways
    for name in table.library.expertise.scale.guessed:
        table.press("MKT", "guess_pick", f"{name}.1")
    assert table.tap("MKT", "J'accepte").labels[-2:] == ways
    assert table.tap("MKT", "Retirer mon accord").labels[-2:] == ways
    table.session = table.session.change("COM", status=Status.LEFT, person="")
    chair = table.press("MKT", "guess")
    assert chair.labels == ways
    assert "clos" not in chair.text, "the round is not"
    assert "commerc" not in chair.text
    table.tap("MKT", "Terminer")
    closed(table)
    for deed in ("guess", "guess_stop", "guess_share", "guess_look"):
        assert table.press("MKT", deed).labels == ["Voir les résultats"]


# -- Results and agenda --------------------------------------------------------------


def test_everybody_reads_the_same_results(table: Table) -> None:
    finished(table, {"COM": {"steering_days": "j6_10"}, "MKT": {"steering_days": "j6_10"}})
    texts = {table.chairs[seat].screens[-1].text for seat in ("COM", "DRH", "DSI")}
    assert len(texts) == 1
    (text,) = texts
    assert "Désaccords stables : le « pourquoi » de la transformation" in text
    assert "Accord trouvé : les jours de pilotage par mois" in text
    assert "CDO de transition ou à temps partagé (13 points)" in text


def test_before_the_close_results_say_how_far_and_when(table: Table) -> None:
    table.session = table.session.change("DSI", status=Status.ANSWERING)
    chair = table.command("COM", "/resultats")
    assert "4 personnes sur 5 ont terminé" in chair.text
    assert "informatique" not in chair.text


def test_own_answers_first_and_second(table: Table) -> None:
    finished(table, {"COM": {"clarity_of_why": "2"}})
    chair = table.tap("COM", "Revoir mes réponses")
    assert "Très flou, puis plutôt flou" in chair.text
    for seat in DIRECTORS:
        if seat != "COM":
            assert "puis Plutôt flou" not in table.chairs[seat].words


def test_without_a_second_round_the_results_go_to_all(table: Table) -> None:
    closed(table)
    chair = table.tap("DG", "Aller à l'ordre du jour")
    assert "Sans second tour, les résultats partent aussitôt à chacun" in chair.text
    table.tap("DG", "Clore et envoyer les résultats")
    assert table.session.phase is Phase.CLOSED
    assert "Avis opposés : le « pourquoi »" in table.chairs["DSI"].text


def test_a_closed_session_advises_from_its_results_alone(table: Table) -> None:
    finished(table)
    chair = table.tap("DG", "Voir la recommandation")
    assert "Et si…" not in chair.labels
    chair = table.tap("DG", "Voir pourquoi")
    chair = table.press("DG", "results")
    before = len(table.chairs["COM"].read)
    table.chairs["COM"].state = table.chairs["COM"].state.at("advice")
    chair = table.command("COM", "/document")
    assert len(chair.read) > before
    assert "Ce que le CODIR a dit" in chair.text


def test_the_owner_plans_the_meeting(table: Table) -> None:
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Majorité", "75 minutes")
    chair = table.tap("DG", "Jeudi 10 décembre, 9 h")
    minutes = [int(line.split(" min")[0]) for line in chair.text.splitlines() if " min · " in line]
    assert sum(minutes) == 75
    assert chair.text.startswith("Ordre du jour · jeudi 10 décembre, 9 h à 10 h 15")
    assert "17 min · Les jours de pilotage par mois (change la recommandation)" in chair.text
    assert "15 min · Départager deux options, à la majorité" in chair.text
    out, into = "Les objectifs marketing et commerce", "L'usage des outils"
    chair = table.tap("DG", "Changer un point", out, into)
    assert f"12 min · {into}" in chair.text
    table.tap("DG", "Recevoir les fichiers")
    assert table.brought[-1][0] == "DG"
    assert table.brought[-1][1].kinds == ("agenda", "note", "invitation")


def test_the_owner_adds_questions_that_aim_at_nobody(table: Table) -> None:
    finished(table)
    chair = table.say("DG", "qui a répondu que le pourquoi était très flou ?")
    assert "Je ne montre les réponses de personne" in chair.text
    chair = table.tap("DG", "Préparer l'échange en séance")
    assert "Trois questions qui ouvrent sans viser personne" in chair.text
    table.session = replace(table.session, approved=("DG",))
    chair = table.tap("DG", "Les ajouter à l'ordre du jour")
    assert table.session.openers
    assert table.session.approved == (), "what was approved has changed"
    chair = table.tap("DG", "Préparer l'ordre du jour", "Majorité", "75 minutes")
    chair = table.tap("DG", "Jeudi 10 décembre, 9 h")
    assert "Trois questions ouvrent chaque désaccord, sans viser personne." in chair.text
    table.tap("DG", "Préparer l'échange en séance", "Les retirer de l'ordre du jour")
    assert not table.session.openers
    chair = table.press("COM", "prepare")
    assert chair.labels == ["Voir les résultats"]
    table.press("COM", "openers", "on")
    assert not table.session.openers


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("15 décembre à 9 h 30", "mardi 15 décembre 2026, 9 h 30"),
        ("15/12 14:00", "mardi 15 décembre 2026, 14 h"),
        ("mardi 15 décembre 14h", "mardi 15 décembre 2026, 14 h"),
        ("bientôt", "Il me faut un jour"),
        ("31 février 10 h", "Il me faut un jour"),
        ("15 décembre", "À quelle heure ?"),
        ("20 décembre à 10 h", "On n'y travaille pas d'ordinaire"),
    ],
)
def test_typed_days(table: Table, typed: str, said: str) -> None:
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Consentement", "60 minutes", "Autre date")
    assert said in table.say("DG", typed).text


def test_two_who_prepare_it_both_approve(table: Table) -> None:
    table.session = replace(table.session, partner="MKT")
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Majorité", "75 minutes")
    table.tap("DG", "Jeudi 10 décembre, 9 h", "Recevoir les fichiers")
    assert "que vous préparez avec la direction générale" in table.chairs["MKT"].words
    table.hear("MKT", Brought(table.session.id, ("agenda", "note")))
    assert "gardent la mention BROUILLON" in table.chairs["MKT"].text
    table.tap("MKT", "Je valide")
    table.press("COM", "approve")
    assert table.session.approved == ("MKT",)
    table.press("DG", "approve")
    assert set(table.session.approved) == {"MKT", "DG"}
    assert "ne portent plus la mention BROUILLON" in table.chairs["MKT"].words


def test_functions_are_named_only_where_all_accepted(library: Library) -> None:
    table = closed(Table(library, five(library), mode=Mode.NAMED))
    chair = table.press("DG", "point", "0")
    assert "Très flou ● direction commerciale" in chair.text
    table = Table(library, five(library), mode=Mode.NAMED)
    table.session = table.session.change("DSI", named=False)
    chair = closed(table).press("DG", "point", "0")
    assert "direction commerciale" not in chair.text


def test_english_reads_as_well(library: Library) -> None:
    table = Table(library, five(library), langs=dict.fromkeys(DIRECTORS, "en"))
    table.press("DG", "close_yes")
    table.press("DG", "facts_all")
    table.press("DG", "second_open")
    for seat in reversed(DIRECTORS):
        answer_again(table, seat)
    chair = table.press("DG", "close_yes")
    assert 'Stable disagreements: steering days per month, the "why"' in chair.text
    french = ("é", "«", " le ", " une ")
    words = "\n".join(chair.words for chair in table.chairs.values())
    assert [mark for mark in french if mark in words] == []


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    swapped=st.sets(
        st.sampled_from(
            [
                "shared_targets",
                "clarity_of_why",
                "tool_usage",
                "customer_journey",
                "role_split",
                "joint_decisions",
            ]
        ),
        min_size=1,
    )
)
def test_who_holds_a_view_changes_nothing_that_others_read(
    library: Library, swapped: set[str]
) -> None:
    """Two people swap some of their views: the three others read the very same words."""
    before = finished(Table(library, five(library)))
    answers = {seat: dict(given) for seat, given in five(library).items()}
    for name in swapped:
        one, other = answers["COM"][name], answers["DRH"][name]
        answers["COM"][name], answers["DRH"][name] = other, one
    after = finished(Table(library, answers))
    for seat in ("DG", "MKT", "DSI"):
        assert after.chairs[seat].words == before.chairs[seat].words


def test_no_message_is_too_long_and_no_label(table: Table) -> None:
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Majorité", "90 minutes")
    table.tap("DG", "Jeudi 10 décembre, 9 h")
    for chair in table.chairs.values():
        assert [one.text for one in chair.screens if len(one.text) > 700] == []
        assert [
            b.label for s in chair.screens for r in s.rows for b in r if len(b.label) > 42
        ] == []
        actions = [b.action for s in chair.screens for r in s.rows for b in r]
        assert [action for action in actions if len(action.encode()) > 64] == []
