"""The meeting in the committee's group: point by point, the vote, the decisions, the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.conversation.hearing import Brought, Command, Due, Tap, Typed
from bot.conversation.meeting import DEEDS
from bot.conversation.reply import Bring
from bot.core.digesting import digest
from bot.core.record import leaders, missing, recorded
from bot.core.session import Decision, Meeting, Session
from tests.committees import five, seen
from tests.meetings import (
    CHAIR,
    SOMEBODY,
    Board,
    Chair,
    convened,
    owner,
    results,
)

WHY = "Nous transformons pour que chaque client soit reconnu, quel que soit le canal."


@pytest.fixture
def board(library: Library) -> Board:
    """A group whose committee has its results, and decides by majority."""
    board = Board(library, convened(results(library)))
    board.present()
    return board


# -- Point by point ------------------------------------------------------------------


def test_the_group_is_told_what_it_is_about_to_see(board: Board) -> None:
    assert "sans aucune réponse individuelle ni montant de rémunération" in board.screen.text
    assert "La direction générale anime." in board.screen.text
    assert board.labels == ["Premier point"]


def test_a_point_shows_the_spread_the_reasons_and_the_question_that_helps(board: Board) -> None:
    board.to(3)
    assert board.screen.text == (
        "Point 3 sur 8 · 10 min\n"
        "Le « pourquoi » en une phrase. Avis opposés, 5 réponses :\n\n"
        "Très flou ●\nPlutôt flou ●\nMoyennement clair ·\nPlutôt clair ●\nTrès clair ●●\n\n"
        "Raisons données, sans nom : une information que d'autres n'ont pas ; "
        "ce que je constate dans mon service.\n\n"
        "Quelle information lèverait l'écart ?"
    )
    assert board.labels == ["Noter la phrase retenue", "Point précédent", "Point suivant"]


def test_three_questions_open_a_disagreement_where_the_owner_added_them(library: Library) -> None:
    board = Board(library, replace(convened(results(library)), openers=True))
    board.to(3)
    assert "Quel exemple récent illustre ce point ?" in board.screen.text
    assert board.screen.text.count("Quelle information lèverait l'écart ?") == 1


def test_a_pivot_tells_what_it_changes(board: Board) -> None:
    board.to(4)
    assert "Les jours de pilotage par mois (change la recommandation)." in board.screen.text
    assert "• de 6 à 10 jours : CDO de transition ou à temps partagé" in board.screen.text
    assert "• de 0 à 2 jours ou de 3 à 5 jours : réorganiser par processus" in board.screen.text


@pytest.mark.parametrize("kept", [4, 3, 2])
def test_no_spread_below_four_answers(library: Library, kept: int) -> None:
    answers = dict(list(five(library).items())[:kept])
    found = digest(library.expertise, answers, invited=5, named=False)
    board = Board(library, convened(found))
    board.to(3)
    assert ("●" in board.screen.text) == (kept == 4)
    assert ("Médiane des 3 réponses" in board.screen.text) == (kept == 3)


def test_functions_stay_out_of_the_group_even_where_all_accept_to_be_named(
    library: Library,
) -> None:
    found = seen(library, five(library), named=True)
    board = Board(library, convened(found))
    for number in range(1, 9):
        board.to(number)
        text = board.screen.text.lower()
        assert ("commercial" not in text and "informatique" not in text) or number == 8


def test_only_the_chair_moves_the_meeting(board: Board) -> None:
    board.tap("Premier point", SOMEBODY)
    assert board.toast.startswith("Seule la personne qui anime la séance")
    assert board.session.meeting is not None
    assert board.session.meeting.point == -1


def test_somebody_elses_command_does_not_move_it_either(board: Board) -> None:
    board.to(3)
    before = board.session
    board.hear(Command("seance"), SOMEBODY)
    assert board.session == before
    assert "par la personne qui l'anime" in board.screen.text


def test_a_repeated_tap_does_nothing_twice(board: Board) -> None:
    board.to(3)
    again = Tap(board.session.id, "m", ("go", "2"))
    board.hear(again)
    assert board.toast == "C'est déjà noté."
    assert board.session.meeting is not None
    assert board.session.meeting.point == 2


def test_the_command_comes_back_where_the_meeting_was(board: Board) -> None:
    board.to(4)
    shown = board.screen.text
    board.present()
    assert board.screen.text == shown
    assert board.screen.fresh


def test_the_way_back(board: Board) -> None:
    board.to(4)
    board.tap("Point précédent")
    assert board.screen.text.startswith("Point 3 sur 8")


@pytest.mark.parametrize(
    "tap",
    [("go", "99"), ("go", "x"), ("go", "-1"), ("choose", "elsewhere"), ("paper", "ok"), ("zz",)],
)
def test_a_forged_button_changes_nothing(board: Board, tap: tuple[str, ...]) -> None:
    board.to(2)
    before = board.session
    board.hear(Tap(board.session.id, "m", tap))
    assert board.toast
    assert board.session == before


def test_nobody_looks_for_a_lone_voice(library: Library) -> None:
    found = results(library)
    board = Board(library, convened(found, debates=("tool_usage",)))
    board.to(4)
    assert "L'usage des outils. Une voix différente, 5 réponses :" in board.screen.text
    assert "Inutile de chercher laquelle" in board.screen.text


def test_two_people_have_open_questions_and_no_points(library: Library) -> None:
    answers = dict(list(five(library).items())[:2])
    found = digest(library.expertise, answers, invited=2, named=False)
    board = Board(library, convened(found))
    board.to(4)
    assert "Questions ouvertes, sans viser personne" in board.screen.text
    board.tap("Noter ce qui est retenu")
    board.write("Un point chaque lundi.")
    assert board.screen.text == "Questions ouvertes. Ce qui est retenu : « Un point chaque lundi. »"
    board.to(5)
    assert "point" not in board.screen.text.partition("\n")[2]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_is_tapped_nothing_personal_shows_and_the_meeting_holds(
    library: Library, data: st.DataObject
) -> None:
    board = Board(library, convened(results(library)))
    board.present()
    deeds = st.sampled_from(sorted(DEEDS))
    args = st.sampled_from(["", *map(str, range(9)), "ok", "later", "interim_cdo", "none", "zz"])
    for _ in range(data.draw(st.integers(1, 25))):
        deed, arg = data.draw(deeds), data.draw(args)
        board._counts = data.draw(st.tuples(*[st.integers(0, 3)] * 3))
        board.hear(Tap(board.session.id, "m", (deed, arg) if arg else (deed,)))
    said = " ".join(board.said).lower()
    assert "direction commerciale" not in said
    assert "direction marketing" not in said
    assert max(map(len, board.said)) <= 700
    board.present()
    assert board.labels


# -- What is noted -------------------------------------------------------------------


def test_the_sentence_adopted_is_written_in_reply_and_can_be_corrected(board: Board) -> None:
    board.to(3)
    board.tap("Noter la phrase retenue")
    assert board.said[-1] == "Écrivez la phrase retenue, en réponse à ce message."
    assert board.session.meeting is not None
    assert board.session.meeting.awaiting
    board.write(WHY)
    assert board.screen.text == f"Le « pourquoi » retenu : « {WHY} »"
    assert board.labels == ["Corriger", "Point suivant"]
    board.tap("Corriger")
    board.write("Chaque client est reconnu.")
    (decision,) = board.session.meeting.decisions
    assert decision.said == "Chaque client est reconnu."


def test_a_sentence_that_comes_late_is_still_about_its_own_point(board: Board) -> None:
    board.to(3)
    board.tap("Noter la phrase retenue")
    board.tap("Point suivant")
    board.write(WHY)
    assert board.screen.text == f"Le « pourquoi » retenu : « {WHY} »"
    board.tap("Corriger")
    board.write("Chaque client est reconnu.")
    assert board.session.meeting is not None
    (decision,) = board.session.meeting.decisions
    assert (decision.subject, decision.said) == ("why", "Chaque client est reconnu.")


def test_only_the_chair_writes_what_is_adopted(board: Board) -> None:
    board.to(3)
    board.tap("Noter la phrase retenue")
    board.write("Une autre phrase.", SOMEBODY)
    assert board.session.meeting is not None
    assert board.session.meeting.decisions == ()
    assert "Seule la personne qui anime" in board.screen.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x" * 281, "280 caractères"),
        ("…", "quelques mots"),
        ("Demander à Mme Martin", "Une fonction suffit"),
    ],
)
def test_words_that_cannot_be_kept_are_asked_again(board: Board, words: str, said: str) -> None:
    board.to(3)
    board.tap("Noter la phrase retenue")
    board.write(words)
    assert said in board.said[-1]
    assert board.session.meeting is not None
    assert board.session.meeting.decisions == ()
    board.write(WHY)
    assert board.session.meeting.decisions[0].said == WHY


# -- The vote ------------------------------------------------------------------------


def voted(board: Board, *counts: int) -> None:
    board.to(6)
    board.tap("Ouvrir le vote")
    board.close_vote(*counts)


def test_the_options_put_to_the_vote_are_those_that_are_level(board: Board) -> None:
    board.to(6)
    assert "Règle choisie : majorité." in board.screen.text
    board.tap("Ouvrir le vote")
    (poll,) = board.polls
    assert poll.options == (
        "CDO de transition ou à temps partagé",
        "Réorganiser par processus, sans recruter",
        "Aucune des deux aujourd'hui",
    )


def test_a_vote_is_opened_once(board: Board) -> None:
    board.to(6)
    board.tap("Ouvrir le vote")
    board.hear(Tap(board.session.id, "m", ("vote",)))
    assert len(board.polls) == 1
    board.hear(Tap(board.session.id, "m", ("go", "6")))
    assert "se clôt d'abord" in board.toast


def test_the_totals_then_the_decision(board: Board) -> None:
    voted(board, 3, 2, 0)
    assert board.screen.text == (
        "Vote clos : 5 voix.\n"
        "CDO de transition ou à temps partagé : 3\n"
        "Réorganiser par processus, sans recruter : 2\n"
        "Aucune des deux aujourd'hui : 0"
    )
    board.tap("Enregistrer comme décision")
    assert board.screen.text.startswith(
        "Décision enregistrée : CDO de transition ou à temps partagé."
    )
    assert "à un point près, reste la suite possible" in board.screen.text
    assert board.session.meeting is not None
    (decision,) = board.session.meeting.decisions
    assert (decision.option, decision.votes) == ("interim_cdo", (3, 2, 0))


def test_a_tie_is_said_and_the_chair_may_decide(board: Board) -> None:
    voted(board, 2, 2, 1)
    assert "Égalité : aucune option ne l'emporte." in board.screen.text
    assert "Enregistrer comme décision" not in board.labels
    board.tap("Trancher")
    board.tap("Réorganiser par processus, sans recruter")
    assert board.session.meeting is not None
    assert board.session.meeting.decisions[0].option == "reorganise"


def test_nobody_voted(board: Board) -> None:
    voted(board, 0, 0, 0)
    assert board.screen.text == "Vote clos, sans aucune voix."
    assert board.labels == ["Revoter", "Ne pas décider"]


def test_a_count_that_cannot_be_read_leads_on(board: Board) -> None:
    voted(board)
    assert "Le décompte n'a pas pu être lu." in board.screen.text
    board.tap("Revoter")
    assert len(board.polls) == 2


def test_no_decision_is_recorded_as_such(board: Board) -> None:
    voted(board, 1, 1, 3)
    board.tap("Ne pas décider")
    assert board.session.meeting is not None
    (decision,) = board.session.meeting.decisions
    assert (decision.option, decision.said) == ("", "pas de décision aujourd'hui")
    assert missing(decision) == ("due",)


@pytest.mark.parametrize("rule", ["consentement", "arbitrage"])
def test_without_a_majority_rule_the_chair_records_the_choice(library: Library, rule: str) -> None:
    board = Board(library, convened(results(library), rule=rule))
    board.to(6)
    assert "Ouvrir le vote" not in board.labels
    board.tap("Enregistrer le choix")
    board.tap("Réorganiser par processus, sans recruter")
    assert board.session.meeting is not None
    (decision,) = board.session.meeting.decisions
    assert (decision.option, decision.votes) == ("reorganise", ())


def test_a_pause_keeps_the_vote_and_its_result(board: Board) -> None:
    board.to(6)
    board.tap("Ouvrir le vote")
    board.present()
    assert board.labels == ["Clore le vote"]
    board.close_vote(3, 2, 0)
    board.present()
    assert board.screen.text.startswith("Vote clos : 5 voix.")


# -- The end -------------------------------------------------------------------------


def whole(board: Board) -> Session:
    """A meeting from its first point to its close."""
    board.to(3)
    board.tap("Noter la phrase retenue")
    board.write(WHY)
    voted(board, 3, 2, 0)
    board.tap("Enregistrer comme décision")
    board.tap("Plus tard, en privé")
    board.to(7)
    board.tap("Valider")
    board.to(8)
    board.tap("Adopter le point mensuel")
    board.tap("Clore la séance")
    return board.session


def test_the_group_keeps_totals_and_the_chair_receives_the_record(board: Board) -> None:
    whole(board)
    assert board.screen.text == (
        "Séance close · 4 décisions\n\n"
        "1. Le « pourquoi » : phrase adoptée\n"
        "2. Option : CDO de transition ou à temps partagé (3 voix sur 5)\n"
        "3. Document joint : validé\n"
        "4. Point mensuel marketing, commerce et informatique, 45 minutes\n\n"
        "En réserve, faute de temps : l'usage des outils, les réunions de décision communes "
        "et les 7 faits à confirmer.\n\n"
        "Le relevé complet est remis en privé à la personne qui anime, qui vous le transmettra."
    )
    (told,) = board.told
    assert (told.person, told.topic) == (CHAIR, "record")


def test_every_message_of_the_meeting_is_short(board: Board) -> None:
    whole(board)
    assert max(map(len, board.said)) <= 700


# -- The record, in private ----------------------------------------------------------


@pytest.fixture
def chair(library: Library, board: Board) -> Chair:
    """The chair in private, once the meeting is over."""
    session = whole(board)
    chair = Chair(library, session, owner(library, session))
    chair.hear(Due(session.id, "record"))
    return chair


def test_one_decision_is_to_be_completed_and_then_the_files_come(chair: Chair) -> None:
    assert "Relevé de décisions · 4 décisions, une à compléter" in chair.picture()
    assert "Pour la décision 2, quelle fonction est responsable ?" in chair.picture()
    chair.tap("Direction générale")
    assert chair.screens[-1].text == "Noté : direction générale. Pour quelle échéance ?"
    chair.tap("Dans 60 jours")
    assert chair.screens[-1].text == (
        "Noté : samedi 13 février 2027. C'est un samedi ; souhaitez-vous le vendredi 12 ?"
    )
    chair.tap("Oui, vendredi 12")
    chair.hear(Typed("Une mission signée"))
    chair.tap("Chaque direction, à son équipe")
    assert Bring(chair.session.id, ("minutes",)) in chair.replies
    assert chair.session.meeting is not None
    option = chair.session.meeting.decisions[1]
    assert (option.lead, option.due) == ("DG", date(2027, 2, 12))
    assert (option.measure, option.tells) == (
        "Une mission signée",
        "Chaque direction, à son équipe",
    )
    assert chair.session.meeting.decisions[0].tells == option.tells
    chair.hear(Brought(chair.session.id, ("minutes",)))
    assert "Les réponses du CODIR seront supprimées le 8 janvier 2027." in chair.picture()
    assert [b.label for row in chair.screens[-1].rows for b in row] == [
        "Préparer le brief de transition",
        "Reprendre une décision",
        "Revoir la situation dans 6 mois",
        "Terminer",
    ]


def test_the_owner_s_documents_follow_the_committee(chair: Chair) -> None:
    assert chair.state.interview.answers["option"] == "interim_cdo"


def test_the_brief_follows_the_record(chair: Chair) -> None:
    chair.tap("Rédiger le relevé maintenant")
    chair.hear(Brought(chair.session.id, ("minutes",)))
    chair.tap("Préparer le brief de transition")
    assert "brief de mission d'un CDO de transition" in chair.picture()
    assert chair.state.interview.given["documents"] == ("brief_transition", "note")


def test_the_record_may_be_written_at_once(chair: Chair) -> None:
    chair.tap("Rédiger le relevé maintenant")
    assert Bring(chair.session.id, ("minutes",)) in chair.replies


def test_a_typed_date_is_read_back_and_a_past_one_moved_on(chair: Chair) -> None:
    chair.tap("Direction générale")
    chair.tap("Autre date")
    chair.hear(Typed("15/03"))
    assert "J'ai compris : lundi 15 mars 2027." in chair.screens[-1].text
    chair.tap("Oui")
    assert chair.session.meeting is not None
    assert chair.session.meeting.decisions[1].due == date(2027, 3, 15)


def test_a_public_holiday_is_pointed_out(chair: Chair) -> None:
    chair.tap("Direction générale")
    chair.tap("Autre date")
    chair.hear(Typed("29/03"))
    assert chair.screens[-1].text == (
        "Noté : lundi 29 mars 2027. C'est un jour férié ; souhaitez-vous le vendredi 26 ?"
    )
    chair.tap("Garder le lundi 29")
    assert chair.session.meeting is not None
    assert chair.session.meeting.decisions[1].due == date(2027, 3, 29)


def test_a_typed_function_is_known_and_a_person_is_not_printed(chair: Chair) -> None:
    chair.hear(Typed("Madame Durand"))
    assert "Une fonction suffit" in chair.screens[-1].text
    chair.hear(Typed("direction commerciale"))
    assert chair.session.meeting is not None
    assert chair.session.meeting.decisions[1].lead == "COM"


def test_a_decision_can_be_gone_over_again(chair: Chair) -> None:
    chair.tap("Rédiger le relevé maintenant")
    chair.hear(Brought(chair.session.id, ("minutes",)))
    chair.tap("Reprendre une décision")
    chair.tap("Décision 1")
    assert "Pour la décision 1, quelle fonction est responsable ?" in chair.screens[-1].text
    chair.tap("Direction marketing")
    chair.tap("Dans 30 jours")
    assert chair.session.meeting is not None
    assert chair.session.meeting.decisions[0].lead == "MKT"
    assert Bring(chair.session.id, ("minutes",)) in chair.replies


def test_nobody_else_completes_the_record(library: Library, chair: Chair) -> None:
    guest = Chair(library, chair.session, owner(library, chair.session))
    guest.person = SOMEBODY
    guest.hear(Tap("abcdef", "s", ("r_lead", "MKT")))
    assert guest.session == chair.session


# -- Rules ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tally", "first"), [((3, 2, 0), (0,)), ((2, 2, 1), (0, 1)), ((0, 0), ()), ((), ())]
)
def test_whom_a_vote_puts_first(tally: tuple[int, ...], first: tuple[int, ...]) -> None:
    assert leaders(tally) == first


def test_other_words_keep_what_was_settled_and_another_option_does_not() -> None:
    why = Decision("why", "avant", lead="DG")
    chosen = Decision("option", "A", "interim_cdo", lead="DG")
    meeting = Meeting(decisions=(why, chosen))
    assert recorded(meeting, Decision("why", "après")).decisions[0].lead == "DG"
    assert recorded(meeting, Decision("option", "B", "reorganise")).decisions[1].lead == ""
