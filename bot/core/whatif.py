"""What would change the advice: the nearest other answers, found by running the rules again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.core.alignment import align
from bot.core.assessment import Expertise, possible
from bot.core.condition import Values
from bot.core.decision import winner
from bot.core.dialog import Type
from bot.core.signals import signals

Change = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Switch:
    """Other answers that would put `option` first: one change, or two together."""

    changes: tuple[Change, ...]
    option: str


def try_answers(expertise: Expertise, answers: Values, changes: Sequence[Change]) -> Values:
    """The signals of a lone respondent who had answered otherwise; their own are untouched."""
    changed = {**answers, **dict(changes)}
    alignment = align(expertise.scale, [changed])
    return signals(expertise.dialog, expertise.kinds, [changed], alignment)


def switches(expertise: Expertise, answers: Values, most: int = 3) -> tuple[Switch, ...]:
    """The single answers that change the winner, or else the pairs; nearest answers first.

    An answer is nearer the fewer steps separate it from the person's own on an ordered list.
    """
    top = winner(expertise.model, try_answers(expertise, answers, ()))
    singles = [
        Switch((change,), option)
        for change in _candidates(expertise, answers)
        if (option := winner(expertise.model, try_answers(expertise, answers, (change,)))) != top
    ]
    if singles:
        return tuple(_one_per_question(singles)[:most])
    return tuple(_pairs(expertise, answers, top, most))


def _pairs(expertise: Expertise, answers: Values, top: str, most: int) -> Iterator[Switch]:
    near = list(_candidates(expertise, answers))
    found = 0
    for pair in combinations(near, 2):
        if pair[0][0] == pair[1][0]:
            continue
        option = winner(expertise.model, try_answers(expertise, answers, pair))
        if option != top:
            yield Switch(pair, option)
            found += 1
            if found == most:
                return


def _one_per_question(found: Sequence[Switch]) -> list[Switch]:
    first: dict[str, Switch] = {}
    for switch in found:
        first.setdefault(switch.changes[0][0], switch)
    return list(first.values())


def _candidates(expertise: Expertise, answers: Values) -> Iterator[Change]:
    """Every other answer to a question that the rules read, the nearest first."""
    read = frozenset().union(*(rule.when.names for rule in expertise.model.rules))
    changes = [
        (_distance(expertise, name, answers.get(name), value), name, value)
        for name in expertise.kinds
        if name in read and name in expertise.dialog
        for value in possible(expertise, name)
        if value != answers.get(name)
    ]
    for _, name, value in sorted(changes, key=lambda change: change[0]):
        yield name, value


def _distance(expertise: Expertise, name: str, mine: object, other: object) -> int:
    question = expertise.dialog[name]
    order = [choice.id for choice in question.choices]
    if question.type is Type.MULTI or str(mine) not in order or str(other) not in order:
        return len(order)
    return abs(order.index(str(mine)) - order.index(str(other)))
