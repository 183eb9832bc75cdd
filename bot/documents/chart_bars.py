"""What the charts show: the bars of a recommendation, of an alignment and of a cost comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.core import costs
from bot.core.alignment import Alignment, Scale
from bot.core.costs import CostModel, Params
from bot.core.decision import Model, Recommendation

Texts = Mapping[str, Any]
"""The authored texts, as the shelf holds them."""


@dataclass(frozen=True, slots=True)
class OptionBar:
    """An option and its points; `chosen` when the person kept it though it is not the best."""

    name: str
    points: int
    gated: bool = False
    best: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DimensionBar:
    """A dimension and its score out of 100; `indicative` when it rests on one question.

    `short` is its name where there is little room.
    """

    name: str
    score: float | None
    indicative: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class CostBar:
    """An option, what its first year costs in euros, and three years; None when unknown."""

    name: str
    first: Decimal | None
    three: Decimal | None
    best: bool = False


def option_bars(
    model: Model, advice: Recommendation, lang: str, chosen: str = ""
) -> list[OptionBar]:
    """The bars of a recommendation: best first, those set aside last."""
    gated = sorted(advice.gated, key=lambda id_: -advice.points[id_])
    return [
        OptionBar(
            model.option(id_).name[lang],
            advice.points[id_],
            gated=id_ in advice.gated,
            best=id_ == advice.top,
            chosen=id_ == chosen != advice.top,
        )
        for id_ in (*advice.ranking, *gated)
    ]


def dimension_bars(
    scale: Scale, alignment: Alignment, lang: str, texts: Texts
) -> list[DimensionBar]:
    """The seven dimensions in their authored order."""
    short = texts[lang]["charts"]["dimensions"]
    return [
        DimensionBar(
            dimension.name[lang],
            alignment.dimensions.get(dimension.id),
            alignment.items.get(dimension.id) == 1,
            short.get(dimension.id, ""),
        )
        for dimension in scale.dimensions
    ]


def cost_bars(
    model: Model, found: CostModel, params: Params, advice: Recommendation, load: str, lang: str
) -> list[CostBar]:
    """Every option in the order of the recommendation, those set aside last."""
    return list(_cost_bars(model, found, params, advice, load, lang))


def _cost_bars(
    model: Model, found: CostModel, params: Params, advice: Recommendation, load: str, lang: str
) -> Iterator[CostBar]:
    days = found.load_days.get(load)
    for id_ in (*advice.ranking, *advice.gated):
        name, best = model.option(id_).name[lang], id_ == advice.top
        if id_ == "interim_cdo" and days is None:
            yield CostBar(name, None, None, best)
            continue
        years = costs.years(params, id_, days or costs.ZERO)
        yield CostBar(name, years[0], sum(years, costs.ZERO), best)
