"""Where a committee does not see the same thing: agreement on ordered scales, item by item.

Van der Eijk's A (2001) tells two camps from scattered views: -1 is two opposite camps, 0 an
even spread, +1 unanimity. On a few answers it is granular, so two readable tests complete
it: both ends present, and the lone voice (domain 5.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from bot.core.condition import Values
from bot.core.dialog import Dialog, Text


@dataclass(frozen=True, slots=True)
class Cuts:
    """The parameters of the statuses; `places` rounds A before it is compared."""

    consensus: float = 0.6
    low: float = 0.3
    low_value: int = 2
    high_value: int = 4
    high_value_k4: int = 3
    isolated_gap: int = 2
    least: int = 3
    places: int = 3


@dataclass(frozen=True, slots=True)
class Divergences:
    """Which items are compared, how, and the words of each status."""

    scales: tuple[str, ...]
    ordinals: tuple[str, ...]
    nominals: tuple[str, ...]
    facts: tuple[str, ...]
    cuts: Cuts
    names: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the answers to one item show. `agreement` is A, None with two answers."""

    status: str
    agreement: float | None
    answers: int


def agreement(frequencies: Sequence[int]) -> float:
    """Van der Eijk's A for the counts of each category, in order. Raises ValueError if empty."""
    left, total = list(frequencies), sum(frequencies)
    if not total:
        raise ValueError("no answers")
    found = 0.0
    while any(left):
        smallest = min(count for count in left if count)
        pattern = [count > 0 for count in left]
        weight = smallest * sum(pattern) / total
        found += weight * _layer(pattern)
        left = [count - smallest if count else 0 for count in left]
    return found


def _layer(pattern: Sequence[bool]) -> float:
    size, categories = sum(pattern), len(pattern)
    if size == 1:
        return 1.0
    unimodal = bimodal = 0
    for i, j, k in combinations(range(categories), 3):
        three = (pattern[i], pattern[j], pattern[k])
        unimodal += three in ((True, True, False), (False, True, True))
        bimodal += three == (True, False, True)
    if unimodal + bimodal == 0:
        shape = 1.0
    else:
        weighed = (categories - 2) * unimodal - (categories - 1) * bimodal
        shape = weighed / ((categories - 2) * (unimodal + bimodal))
    return shape * (1 - (size - 1) / (categories - 1))


def read_item(answers: Sequence[int], categories: int, cuts: Cuts) -> Reading:
    """The status of one item from its answers, 1 to `categories`; two answers at least."""
    if len(answers) < cuts.least:
        gap = max(answers) - min(answers)
        status = "proches" if gap <= 1 else "ecart" if gap == 2 else "ecart_fort"
        return Reading(status, None, len(answers))
    counts = Counter(answers)
    found = round(agreement([counts[n] for n in range(1, categories + 1)]), cuts.places)
    return Reading(_status(answers, categories, found, cuts), found, len(answers))


def _status(answers: Sequence[int], categories: int, found: float, cuts: Cuts) -> str:
    if _lone_voice(answers, cuts):
        return "isole"
    high = cuts.high_value if categories > 4 else cuts.high_value_k4
    if found < cuts.low:
        split = min(answers) <= cuts.low_value and max(answers) >= high
        return "opposes" if split else "divergent"
    return "nuance" if found < cuts.consensus else "accord"


def _lone_voice(answers: Sequence[int], cuts: Cuts) -> bool:
    """Exactly one answer far from the middle, while the others stand together."""
    if len(answers) <= cuts.least:
        return False
    middle = median(answers)
    far = [answer for answer in answers if abs(answer - middle) >= cuts.isolated_gap]
    if len(far) != 1:
        return False
    others = [answer for answer in answers if answer != far[0]]
    return max(others) - min(others) <= 1


def diverge(
    items: Divergences, dialog: Dialog, respondents: Sequence[Values]
) -> dict[str, Reading]:
    """Each scale and ordinal item with at least two answers, in authored order."""
    found: dict[str, Reading] = {}
    for name in (*items.scales, *items.ordinals):
        order = dialog[name].ordinal
        given = [_rank(answers.get(name), order) for answers in respondents]
        known = [rank for rank in given if rank is not None]
        if len(known) >= 2:
            found[name] = read_item(known, len(order) or 5, items.cuts)
    return found


def _rank(value: object, order: tuple[str, ...]) -> int | None:
    if order:
        return order.index(str(value)) + 1 if str(value) in order else None
    return value if isinstance(value, int) else None


def divergence_signals(
    readings: Mapping[str, Reading], cuts: Cuts, respondents: int
) -> dict[str, object]:
    """The signals that rules read: only with enough respondents."""
    if respondents < cuts.least:
        return {}
    apart = sum(reading.status in ("divergent", "opposes") for reading in readings.values())
    found: dict[str, object] = {"divergence.count": apart}
    why = readings.get("clarity_of_why")
    if why is not None and why.answers >= cuts.least:
        found["divergence.clarity_of_why"] = why.status
    return found
