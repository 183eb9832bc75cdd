"""The answers of those who took part, brought together without their authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from bot.core.assessment import Expertise
from bot.core.condition import Values
from bot.core.dialog import Blank, Dialog, Question, Type
from bot.core.digest import ENOUGH, FEW, Item, Signal
from bot.core.divergence import Reading, diverge


@dataclass(frozen=True, slots=True)
class Voices:
    """What each seat answered, the owner's first, and what they accepted to have shown.

    `both`: two people alone accepted that it be said where they differ. `hidden`: somebody has
    erased their answers meanwhile.
    """

    expertise: Expertise
    people: Mapping[str, Values]
    named: bool = False
    both: bool = False
    hidden: bool = False

    @property
    def answers(self) -> Sequence[Values]:
        """The answers without their seats."""
        return tuple(self.people.values())

    def given(self, name: str) -> dict[str, Signal]:
        """The known answers to a question, by seat."""
        found = ((seat, values.get(name)) for seat, values in self.people.items())
        return {seat: value for seat, value in found if known(value)}  # type: ignore[misc]

    @property
    def holding(self) -> bool:
        """Whether what two people both said may be told: two alone would know it of each other."""
        return not self.hidden and (len(self.people) >= FEW or self.both)

    def telling(self, answers: int) -> bool:
        """Whether so many answers to an item let its status be told."""
        return answers >= FEW or (answers == 2 and self.both)


def known(value: object) -> bool:
    """Whether somebody really answered."""
    return value is not None and not isinstance(value, Blank)


def heard(expertise: Expertise, answers: Mapping[str, Values]) -> dict[str, Values]:
    """Those who answered something, with what a guest was not asked left aside.

    A guest may bring an earlier interview of their own, and with it answers to the questions
    that only the owner of a session is asked: everybody takes those for the owner's.
    """
    alone = {question.id for question in expertise.dialog.questions if asked_of_owner(question)}
    found: dict[str, Values] = {}
    for n, (seat, values) in enumerate(answers.items()):
        kept = {id_: value for id_, value in values.items() if n == 0 or id_ not in alone}
        if any(id_ != "role" and id_ in expertise.dialog and known(kept[id_]) for id_ in kept):
            found[seat] = kept
    return found


def asked_of_owner(question: Question) -> bool:
    """Whether only the owner of a session gets this question."""
    return "owner" in question.when.names and not question.owner_also


def unknowns(dialog: Dialog, voices: Voices) -> int:
    """How many « Je ne sais pas » there are in all; never told item by item."""
    return sum(
        values.get(question.id) is Blank.NSP
        for values in voices.answers
        for question in dialog.questions
    )


def rank(question: Question, value: Signal) -> int:
    """The place of an answer among the choices, from 1."""
    return [choice.id for choice in question.choices].index(str(value)) + 1


def items(voices: Voices) -> dict[str, Item]:
    """What the answers to each question of opinion show, in authored order."""
    asked = voices.expertise.divergences
    readings = diverge(asked, voices.expertise.dialog, voices.answers)
    for name in asked.nominals:
        given = voices.given(name)
        if len(given) >= 2:
            same = len(set(given.values())) == 1
            readings[name] = Reading("identiques" if same else "partages", None, len(given))
    return {name: _item(voices, name, reading) for name, reading in readings.items()}


def _item(voices: Voices, name: str, reading: Reading) -> Item:
    """The thresholds of 5.5, which count the answers to this item and not the people."""
    question, given = voices.expertise.dialog[name], voices.given(name)
    ranks = [rank(question, value) for value in given.values()]
    spread = len(ranks) >= ENOUGH and not voices.hidden
    middle = len(ranks) == FEW and not voices.hidden and _ordered(question)
    return Item(
        status=reading.status if voices.telling(len(ranks)) else "",
        answers=len(ranks),
        counts=tuple(ranks.count(n + 1) for n in range(len(question.choices))) if spread else (),
        median=float(median(ranks)) if middle else None,
        agreement=reading.agreement if spread else None,
        roles=_roles(given) if spread and voices.named else {},
    )


def _ordered(question: Question) -> bool:
    return question.type is Type.SCALE or bool(question.ordinal)


def _roles(given: Mapping[str, Signal]) -> dict[str, tuple[str, ...]]:
    """The functions behind each choice: everybody accepted it before answering."""
    found: dict[str, tuple[str, ...]] = {}
    for seat, value in given.items():
        found[str(value)] = (*found.get(str(value), ()), seat.rstrip("2"))
    return found


def scores(voices: Voices) -> dict[str, tuple[float, int]]:
    """The score of each dimension that may be printed, and how many questions it rests on.

    It is worked out from what is shown and nothing else. A mean told beside a median gives away
    the third of three answers to whoever gave one of them: there the median stands for the
    mean. And a mean of each person's means (5.1) would tell, when somebody left one of two
    questions out, which answer to the other was theirs. With every answer given both are equal.
    """
    found: dict[str, tuple[float, int]] = {}
    for dimension in voices.expertise.scale.dimensions if not voices.hidden else ():
        given = [list(voices.given(item).values()) for item in dimension.items]
        points = [_points(answers) for answers in given if len(answers) >= FEW]
        if points:
            found[dimension.id] = (fmean(points), len(points))
    return found


def _points(answers: Sequence[Signal]) -> float:
    """A question's score, from 0 to 100."""
    points = [(int(str(answer)) - 1) * 25 for answer in answers]
    return fmean(points) if len(points) >= ENOUGH else median(points)
