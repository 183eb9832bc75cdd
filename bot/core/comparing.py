"""Two views side by side: marketing and sales, a guess and an answer, now and six months ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.alignment import Scale, align
from bot.core.assessment import Expertise
from bot.core.condition import Values
from bot.core.dialog import Dialog
from bot.core.digest import Digest
from bot.core.rounds import moved_by
from bot.core.showing import advised, scored
from bot.core.voices import known

WIDE = 25
"""The gap, one step of the scale, from which a dimension is pointed out."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How marketing and sales see one dimension, from 0 to 100."""

    marketing: float
    sales: float

    @property
    def size(self) -> float:
        """How far apart they are."""
        return abs(self.marketing - self.sales)

    @property
    def wide(self) -> bool:
        """Whether it deserves to be pointed out."""
        return self.size >= WIDE


def gaps(scale: Scale, marketing: Values, sales: Values) -> dict[str, Gap]:
    """The dimensions on which both gave an answer, in authored order.

    It shows two people's answers: only for those who both accepted (domain 5.1 and 5.5).
    """
    left, right = (align(scale, [values]).dimensions for values in (marketing, sales))
    return {id_: Gap(left[id_], right[id_]) for id_ in left if id_ in right}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a person thought that a colleague answered, and what the colleague did answer."""

    guessed: object
    answered: object
    apart: int


def guessed(
    dialog: Dialog, items: Sequence[str], guesses: Values, answers: Values
) -> dict[str, Guess]:
    """Each item that was guessed and answered, with the steps between the two."""
    return {
        item: Guess(guess, answer, moved_by(dialog[item], guess, answer))
        for item in items
        if known(guess := guesses.get(item)) and known(answer := answers.get(item))
    }


@dataclass(frozen=True, slots=True)
class Moves:
    """What changed between two sessions of the same committee, before and now.

    `statuses` holds the items whose status changed; `dimensions` those scored both times.
    """

    overall: tuple[float | None, float | None]
    level: tuple[str, str]
    option: tuple[str, str]
    dimensions: Mapping[str, tuple[float, float]]
    statuses: Mapping[str, tuple[str, str]]
    people: tuple[int, int]


def moved(expertise: Expertise, before: Digest, now: Digest) -> Moves:
    """What moved, from what each session showed its committee and nothing else."""
    scores = [scored(expertise.scale, found) for found in (before, now)]
    levels = [score.level.id if score.level else "nd" for score in scores]
    options = [advised(expertise.model, found).top for found in (before, now)]
    return Moves(
        overall=(scores[0].overall, scores[1].overall),
        level=(levels[0], levels[1]),
        option=(options[0], options[1]),
        dimensions={
            id_: (score, now.dimensions[id_])
            for id_, score in before.dimensions.items()
            if id_ in now.dimensions
        },
        statuses={
            name: (item.status, now.items[name].status)
            for name, item in before.items.items()
            if name in now.items and _changed(item.status, now.items[name].status)
        },
        people=(before.answered, now.answered),
    )


def _changed(before: str, now: str) -> bool:
    """Only between two statuses that were told."""
    return bool(before and now) and before != now
