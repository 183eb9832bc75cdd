"""The vote in the committee's group: opened once, its totals, the decision."""

from __future__ import annotations

import pytest

from bot.content.library import Library
from bot.conversation.hearing import Tap
from bot.core.record import leaders, missing
from tests.meetings import Board, convened, results, voted


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


@pytest.mark.parametrize(
    ("tally", "first"), [((3, 2, 0), (0,)), ((2, 2, 1), (0, 1)), ((0, 0), ()), ((), ())]
)
def test_whom_a_vote_puts_first(tally: tuple[int, ...], first: tuple[int, ...]) -> None:
    assert leaders(tally) == first
