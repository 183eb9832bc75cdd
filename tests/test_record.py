"""The record of a meeting, completed in private by whoever chaired it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.content.library import Library
from bot.conversation.hearing import Brought, Due, Tap, Typed
from bot.conversation.reply import Bring
from bot.core.meeting import Decision, Meeting
from bot.core.record import recorded
from tests.meetings import SOMEBODY, Board, Chair, owner, whole


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


def test_other_words_keep_what_was_settled_and_another_option_does_not() -> None:
    why = Decision("why", "avant", lead="DG")
    chosen = Decision("option", "A", "interim_cdo", lead="DG")
    meeting = Meeting(decisions=(why, chosen))
    assert recorded(meeting, Decision("why", "après")).decisions[0].lead == "DG"
    assert recorded(meeting, Decision("option", "B", "reorganise")).decisions[1].lead == ""
