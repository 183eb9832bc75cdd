"""The meeting in the committee's group: point by point, the vote, the decisions, the record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.conversation.hearing import Command, Posted, Tap, Typed
from bot.conversation.meeting.group import respond_in_group
from bot.conversation.meeting.running import DEEDS
from bot.conversation.meeting.timetable import agenda_of
from bot.conversation.reply import Convene
from bot.core.digesting import digest
from bot.core.meeting import Meeting
from tests.committees import five, seen
from tests.meetings import CHAIR, SOMEBODY, WHY, Board, convened, results, whole

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


def test_a_meeting_whose_agenda_became_shorter_goes_on(library: Library) -> None:
    board = Board(library, convened(results(library), minutes=90))
    last = len(agenda_of(board.turn()).points) - 1
    board.session = replace(board.session, minutes=60, meeting=Meeting(point=last))
    board.present()
    assert board.screen.rows


def test_a_reply_may_come_before_the_number_of_what_asked_for_it(board: Board) -> None:
    """The store may be slower than whoever types; what asked is below the board."""
    board.to(3)
    board.session = replace(board.session, group=-5, board=40)
    turn = replace(board.turn(), chat=-5)
    asked = respond_in_group(turn, Tap(board.session.id, "m", ("note",)))
    turn = turn.convened(next(one.session for one in asked if isinstance(one, Convene)))
    beside = respond_in_group(turn, Typed(WHY, 39))
    assert not any(isinstance(one, Convene) for one in beside)
    said = respond_in_group(turn, Typed(WHY, 41))
    noted = next(one.session for one in said if isinstance(one, Convene))
    assert noted.meeting is not None
    assert [one.said for one in noted.meeting.decisions] == [WHY]
    assert respond_in_group(turn.convened(noted), Posted("reply", 41)) == []


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


# -- The end -------------------------------------------------------------------------


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
