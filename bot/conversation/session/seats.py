"""A committee's functions in words, and how far each person has come."""

from __future__ import annotations

from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Type
from bot.core.session import Seat

_SECONDS = {Type.SCALE: 12, Type.MULTI: 25}


def short(turn: Turn, seat: str) -> str:
    """« Marketing », on a button or in a list."""
    return turn.say(f"fn.short.{seat}")


def name(turn: Turn, seat: str) -> str:
    """« direction marketing »."""
    return turn.say(f"fn.name.{seat}")


def the(turn: Turn, seat: str, *, capital: bool = False) -> str:
    """« la direction marketing », inside a sentence or at its head."""
    said = turn.say(f"fn.the.{seat}")
    return said[:1].upper() + said[1:] if capital else said


def listed(turn: Turn, seats: list[Seat]) -> str:
    """« direction générale, marketing, RH »."""
    return ", ".join(turn.say(f"fn.list.{seat.id}") for seat in seats)


def owner(turn: Turn) -> str:
    """The seat of whoever opened the session."""
    assert turn.session is not None
    return turn.session.seats[0].id


def questions(turn: Turn, function: str) -> list[str]:
    """What a guest of this function is asked, their function apart."""
    path = turn.library.flows["diagnostic"].path({"role": function})
    dialog = turn.library.dialogs["diagnostic"]
    return [id_ for id_ in path if dialog[id_].core]


def burden(turn: Turn, function: str) -> tuple[int, int]:
    """The questions that a guest of this function answers, and about how many minutes it takes."""
    asked = questions(turn, function)
    return len(asked), _minutes(turn, asked)


def remaining(turn: Turn) -> tuple[int, int, int]:
    """The number of the next question, how many are left, and about how many minutes."""
    steps = turn.steps("diagnostic")
    left = [id_ for id_ in steps if id_ not in turn.interview.answers]
    n = steps.index(left[0]) if left else len(steps) - 1
    return n + 1, len(left), _minutes(turn, left)


def _minutes(turn: Turn, asked: list[str]) -> int:
    dialog = turn.library.dialogs["diagnostic"]
    seconds = sum(_SECONDS.get(dialog[id_].type, 15) for id_ in asked)
    return max(1, round(seconds / 60))


def people(turn: Turn, n: int, *, capital: bool = False) -> str:
    """« cinq », "five": how many people, in letters."""
    return speech.spelled(n, turn.lang, capital=capital)


def of(turn: Turn, seat: str) -> str:
    """« de la direction marketing », "of the marketing director"."""
    return turn.say(f"fn.of.{seat}")


def all_of(turn: Turn, seats_: list[Seat]) -> str:
    """« La direction marketing et la direction financière », at the head of a sentence."""
    said = speech.listed([the(turn, seat.id) for seat in seats_], turn.lang)
    return said[:1].upper() + said[1:]
