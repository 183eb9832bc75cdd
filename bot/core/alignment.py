"""How well marketing and sales work together: seven dimensions, one score, four levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.core.condition import Values
from bot.core.dialog import NOTHING, Text

HIGH = 75
"""From this score on, a dimension needs no advice."""
LEAST = 5
"""The dimensions below which nothing is scored overall."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One facet of the alignment, measured by scale questions; `advice` is for a low score."""

    id: str
    name: Text
    items: tuple[str, ...]
    sources: tuple[str, ...]
    advice: Text = NOTHING
    advice_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A band of the score, lower bound included."""

    id: str
    low: float
    high: float
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """The alignment questionnaire as authored. Below `least` dimensions nothing is scored.

    `guessed` are the questions of which marketing and sales may guess each other's answer.
    """

    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    least: int = LEAST
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Scores from 0 to 100. `items` counts the answered questions behind each dimension."""

    dimensions: Mapping[str, float]
    items: Mapping[str, int]
    overall: float | None
    level: Level | None

    def lowest(self, n: int = 2) -> tuple[str, ...]:
        """The n lowest dimensions: score up, then authored order."""
        return tuple(sorted(self.dimensions, key=lambda id_: self.dimensions[id_])[:n])

    def weak(self) -> tuple[str, ...]:
        """The two lowest dimensions, those that need advice."""
        return tuple(id_ for id_ in self.lowest() if self.dimensions[id_] < HIGH)

    def as_low(self) -> int:
        """How many other dimensions are as low as the second lowest."""
        scores = sorted(self.dimensions.values())
        return scores[2:].count(scores[1]) if len(scores) > 2 else 0


def align(scale: Scale, respondents: Sequence[Values]) -> Alignment:
    """Score the answers of one or more respondents (domain 5.1)."""
    scores: dict[str, float] = {}
    items: dict[str, int] = {}
    for dimension in scale.dimensions:
        answered = [_answered(dimension, answers) for answers in respondents]
        means = [fmean(values) for values in answered if values]
        if means:
            scores[dimension.id] = fmean(means)
            items[dimension.id] = max(len(values) for values in answered)
    overall = fmean(scores.values()) if len(scores) >= scale.least else None
    return Alignment(scores, items, overall, level_of(scale, overall))


def _answered(dimension: Dimension, answers: Values) -> list[int]:
    found = (answers.get(item) for item in dimension.items)
    return [(value - 1) * 25 for value in found if isinstance(value, int)]


def level_of(scale: Scale, overall: float | None) -> Level | None:
    """The band in which a score lies."""
    if overall is None:
        return None
    return next(level for level in scale.levels if level.low <= overall < level.high)
