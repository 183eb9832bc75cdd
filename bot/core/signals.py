"""What the rules read: the answers of one or more respondents brought to one value each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from bot.core.alignment import Alignment
from bot.core.condition import Values
from bot.core.dialog import Blank, Dialog, Question

Kinds = Mapping[str, str]


def signals(
    dialog: Dialog, kinds: Kinds, respondents: Sequence[Values], alignment: Alignment
) -> dict[str, object]:
    """One value for each signal that can be known; unknown ones are absent.

    `kinds` says how each signal gathers several respondents (fact, median,
    ordinal_median_low, share_ge_half, union); scores come from the alignment.
    """
    found: dict[str, object] = {}
    for name, kind in kinds.items():
        gather = _GATHER.get(kind)
        value = gather(dialog[name], respondents) if gather and name in dialog else None
        if value is not None:
            found[name] = value
    found.update({f"alignment.{id_}": score for id_, score in alignment.dimensions.items()})
    if alignment.overall is not None:
        found["alignment.overall"] = alignment.overall
    sponsors = {value for value in _values("sponsor", respondents) if not isinstance(value, Blank)}
    found["conflict.sponsor"] = len(sponsors) > 1
    return found


def _values(name: str, respondents: Sequence[Values]) -> list[object]:
    found = (answers.get(name) for answers in respondents)
    return [value for value in found if value is not None and not isinstance(value, Blank)]


def _fact(question: Question, respondents: Sequence[Values]) -> object:
    """The answer of the first role in the question's authority, else of the first who knows."""
    known = [answers for answers in respondents if _values(question.id, [answers])]
    for role in question.authority:
        for answers in known:
            if answers.get("role") == role:
                return answers[question.id]
    return known[0][question.id] if known else None


def _median(question: Question, respondents: Sequence[Values]) -> object:
    numbers = [value for value in _values(question.id, respondents) if isinstance(value, int)]
    return median(numbers) if numbers else None


def _ordinal_low(question: Question, respondents: Sequence[Values]) -> object:
    """The middle answer in the choices' order; the lower of the two middles when even."""
    order = question.ordinal
    ranks = sorted(order.index(str(v)) for v in _values(question.id, respondents) if v in order)
    return order[ranks[(len(ranks) - 1) // 2]] if ranks else None


def _shared(question: Question, respondents: Sequence[Values]) -> object:
    """The choices ticked by at least half of those who answered."""
    lists = [value for value in _values(question.id, respondents) if isinstance(value, tuple)]
    if not lists:
        return None
    ids = (choice.id for choice in question.choices)
    return tuple(id_ for id_ in ids if 2 * sum(id_ in ticked for ticked in lists) >= len(lists))


def _union(question: Question, respondents: Sequence[Values]) -> object:
    """Every choice that somebody ticked; an exclusive one only when nothing else was."""
    lists = [value for value in _values(question.id, respondents) if isinstance(value, tuple)]
    if not lists:
        return None
    ticked = [choice for choice in question.choices if any(choice.id in one for one in lists)]
    open_ = tuple(choice.id for choice in ticked if not choice.exclusive)
    return open_ or tuple(choice.id for choice in ticked)


_GATHER: Mapping[str, Callable[[Question, Sequence[Values]], object]] = {
    "fact": _fact,
    "median": _median,
    "ordinal_median_low": _ordinal_low,
    "share_ge_half": _shared,
    "union": _union,
}
