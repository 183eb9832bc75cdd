"""The second round: which points come back, what became of them, in what order they matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.core.assessment import Expertise
from bot.core.condition import Values
from bot.core.decision import Model
from bot.core.dialog import Question, Type
from bot.core.digest import ENOUGH, FEW, Digest, Ending, Item, Signal
from bot.core.digesting import digest
from bot.core.voices import known, rank

MOST = 5
"""The points of a second round."""
APART = ("opposes", "divergent", "isole")
"""The statuses that deserve a second look."""
ASKING = 0.25
"""What everybody asking for a discussion adds to a point's priority."""

EVEN = 0.5
"""The spread of views that are as far apart as chance would have it: A is 0."""
UNSEEN = {"accord": 0.1, "nuance": 0.275}
"""The spread of three answers, in the middle of what their status allows: any finer, the order of
two points would tell one of the three what the other two said."""


class Vote(Protocol):
    """One person's answer to a point of the second round."""

    @property
    def value(self) -> object: ...
    @property
    def reason(self) -> str: ...
    @property
    def discuss(self) -> str: ...


Votes = Mapping[str, Mapping[str, Vote]]
"""The answers of the second round, by seat, then by item."""


# -- Priority (5.3) --------------------------------------------------------------


def weights(expertise: Expertise) -> dict[str, float]:
    """How much each item counts in the rules, from 0.5 to 1 for the one that counts most."""
    model, asked = expertise.model, expertise.divergences
    used = _used(model)
    for dimension in expertise.scale.dimensions:
        first = dimension.items[0]
        used[first] = used.get(first, 0) + used.get(f"alignment.{dimension.id}", 0)
    most = max(used.values())
    names = (*asked.scales, *asked.ordinals, *asked.nominals, *asked.facts, "adoption_brakes")
    return {name: 0.5 + 0.5 * used.get(name, 0) / most for name in names}


def _used(model: Model) -> dict[str, int]:
    """The points that the rules reading each signal move, up or down."""
    used: dict[str, int] = {}
    for rule in model.rules:
        for name in rule.when.names:
            used[name] = used.get(name, 0) + sum(abs(points) for points in rule.add.values())
    return used


def priority(
    found: Digest, weights: Mapping[str, float], discuss: Mapping[str, float] | None = None
) -> dict[str, float]:
    """The weight of each item in a meeting; `discuss` is the share of people who ask for it."""
    asked = discuss or {}
    items = {name: _spread(item) for name, item in found.items.items()}
    items |= {name: EVEN for name, fact in found.facts.items() if fact.unsettled}
    return {
        name: spread * weights.get(name, 0.5) + ASKING * asked.get(name, 0.0)
        for name, spread in items.items()
    }


def _spread(item: Item) -> float:
    """(1 - A) / 2; where the distribution does not show, what its status alone tells."""
    if item.agreement is not None:
        return (1 - item.agreement) / 2
    return UNSEEN.get(item.status, EVEN)


def ordered(names: Sequence[str], by: Mapping[str, float]) -> tuple[str, ...]:
    """The names, the highest priority first; ties keep the order given."""
    return tuple(sorted(names, key=lambda name: -by.get(name, 0.0)))


def retained(found: Digest, weights: Mapping[str, float], most: int = MOST) -> tuple[str, ...]:
    """The points of a second round: pivots, then those on which views are apart."""
    if found.answered < FEW:
        return ()
    by = priority(found, weights)
    apart = [name for name, item in found.items.items() if item.status in APART]
    pivots = ordered(found.pivots, by)
    return (*pivots, *(name for name in ordered(apart, by) if name not in pivots))[:most]


# -- What became of them (5.4) -----------------------------------------------------


def concluded(
    expertise: Expertise,
    first: Digest,
    answers: Mapping[str, Values],
    votes: Votes,
    items: Sequence[str],
    *,
    named: bool,
    picks: Mapping[str, Signal] | None = None,
    arguments: Sequence[str] = (),
    hidden: bool = False,
) -> Digest:
    """The results after the second round, whose answers replace those of the first.

    A point to which fewer than three people answered again stays as it was, and has no ending:
    the owner knows who took part, and a distribution that moved would tell what they changed.
    When somebody has erased their answers since, what was shown stays as it was: any figure
    made again without them would tell, by difference, what they had said. Only whether the
    others moved is new, and the points asked again lose their distribution.
    """
    kept = _enough({seat: votes.get(seat, {}) for seat in answers}, items)
    after = {seat: changed(values, kept[seat]) for seat, values in answers.items()}
    if hidden:
        last = _frozen(first, items)
    else:
        last = digest(expertise, after, invited=first.invited, named=named, picks=picks)
    return replace(
        last,
        endings=endings(expertise, last, answers, kept, items),
        arguments=tuple(sorted(arguments, key=str.casefold)),
    )


def _enough(votes: Votes, items: Sequence[str]) -> dict[str, dict[str, Vote]]:
    """The answers to the points that three people or more answered again."""
    told = [name for name in items if sum(name in mine for mine in votes.values()) >= FEW]
    return {seat: {n: v for n, v in mine.items() if n in told} for seat, mine in votes.items()}


def changed(values: Values, votes: Mapping[str, Vote]) -> dict[str, object]:
    """A person's answers, with those that the second round has changed."""
    return {**values, **{item: vote.value for item, vote in votes.items()}}


def _frozen(first: Digest, items: Sequence[str]) -> Digest:
    shown = {
        name: replace(item, counts=(), median=None, roles={}) if name in items else item
        for name, item in first.items.items()
    }
    return replace(first, items=shown)


def endings(
    expertise: Expertise,
    last: Digest,
    answers: Mapping[str, Values],
    votes: Votes,
    items: Sequence[str],
) -> dict[str, Ending]:
    """What became of each point that was answered again, in the order in which they were asked."""
    again = [name for name in items if any(name in mine for mine in votes.values())]
    return {name: _ending(expertise, last, answers, votes, name) for name in again}


def _ending(
    expertise: Expertise, last: Digest, answers: Mapping[str, Values], votes: Votes, name: str
) -> Ending:
    given = {seat: mine[name] for seat, mine in votes.items() if name in mine}
    question = expertise.dialog[name]
    moves = [
        moved_by(question, answers.get(seat, {}).get(name), v.value) for seat, v in given.items()
    ]
    wishes = [vote.discuss for vote in given.values() if vote.discuss]
    return Ending(
        stable=all(move < 2 for move in moves) and sum(move > 0 for move in moves) <= 1,
        status=_status(last, name),
        reasons=tuple(sorted({vote.reason for vote in given.values() if vote.reason})),
        discuss=wishes.count("oui") / len(wishes) if wishes else 0.0,
    )


def _status(last: Digest, name: str) -> str:
    if name in last.facts:
        return "partages" if last.facts[name].disputed else "identiques"
    item = last.items.get(name)
    return item.status if item else ""


def moved_by(question: Question, before: object, after: object) -> int:
    """How far an answer moved: steps of its scale; 2 where there are no steps.

    Answering for the first time, or no longer, counts as one step.
    """
    if not (known(before) and known(after)):
        return int(known(before) != known(after))
    if before == after:
        return 0
    stepped = question.type is Type.SCALE or {str(before), str(after)} <= set(question.ordinal)
    if not stepped:
        return 2
    return abs(rank(question, str(before)) - rank(question, str(after)))


def another(last: Digest) -> bool:
    """Whether the owner may ask for one more round: four people, and a point still moving."""
    moving = any(not ending.stable for ending in last.endings.values())
    return last.answered >= ENOUGH and moving
