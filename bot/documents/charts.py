"""Charts for the chat and for the documents: the options, the alignment, the costs.

A chart says in words (`alt`) all that it shows, and no colour carries meaning alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.core import costs, speech
from bot.core.alignment import Level
from bot.core.typography import printable, typeset
from bot.documents.chart_bars import (
    CostBar,
    DimensionBar,
    OptionBar,
    Texts,
    cost_bars,
    dimension_bars,
    option_bars,
)
from bot.documents.pdf import lay_out, legible

__all__ = [
    "Chart",
    "CostBar",
    "DimensionBar",
    "OptionBar",
    "Said",
    "Texts",
    "alignment_chart",
    "cost_bars",
    "costs_chart",
    "dimension_bars",
    "option_bars",
    "options_chart",
]

_LAYOUT = Path(__file__).with_name("charts.typ")
_PHONE_PPI = 254.0  # a page of 100 mm is then 1000 pixels wide


@dataclass(frozen=True)
class Chart:
    """A chart in words and, drawn when they are asked for, for the chat and for documents."""

    alt: str
    sheet: Mapping[str, Any]
    brief: str = ""
    """The same for a chat, where the message below counts what agrees: only what does not."""

    @cached_property
    def png(self) -> bytes:
        """For the chat: 1000 pixels wide."""
        return self._drawn("phone", {"format": "png", "ppi": _PHONE_PPI})

    @cached_property
    def hand(self) -> bytes:
        """For a document made for a phone: an SVG as wide as its line."""
        return self._drawn("hand", {"format": "svg"})

    @cached_property
    def svg(self) -> bytes:
        """For a document: as wide as a line of A4."""
        return self._drawn("page", {"format": "svg"})

    def _drawn(self, form: str, options: dict[str, Any]) -> bytes:
        inputs = {"chart": json.dumps(_shown(self.sheet), ensure_ascii=False), "form": form}
        return lay_out(_LAYOUT, inputs, options)[0]


def _shown(value: Any) -> Any:
    """Every text with the glyphs that the fonts have."""
    match value:
        case str():
            return legible(value)
        case Mapping():
            return {key: _shown(item) for key, item in value.items()}
        case list():
            return [_shown(item) for item in value]
    return value


class Said:
    """The words of one chart in one language."""

    def __init__(self, texts: Texts, lang: str, chart: str) -> None:
        self.lang = lang
        self._own = texts[lang]["charts"][chart]

    def __call__(self, key: str, /, **words: object) -> str:
        return self.set(str(self._own[key]).format(**words))

    def set(self, text: str) -> str:
        """A text as it is printed, on one line."""
        return typeset(" ".join(printable(text).split()), self.lang)

    def listed(self, parts: Sequence[str]) -> str:
        return self.set((" ; " if self.lang == "fr" else "; ").join(parts))


def options_chart(bars: Sequence[OptionBar], lang: str, texts: Texts) -> Chart:
    """The options with their points, in the order given."""
    say = Said(texts, lang, "options")
    drawn = [_option(bar, say) for bar in bars]
    heard = [
        say("bar", name=bar.name, value=one["value"]) + (f" ({one['tag']})" if one["tag"] else "")
        for bar, one in zip(bars, drawn, strict=True)
    ]
    sheet = {
        "is": "options",
        "lang": lang,
        "title": say("title"),
        "subtitle": "",
        "foot": say("foot_gated" if any(bar.gated for bar in bars) else "foot"),
        "bars": drawn,
    }
    return Chart(say("alt", bars=say.listed(heard)), sheet)


def _option(bar: OptionBar, say: Said) -> dict[str, Any]:
    states = {"best": bar.best, "chosen": bar.chosen, "gated": bar.gated}
    tags = [say(state) for state, holds in states.items() if holds]
    return {
        "name": say.set(bar.name),
        "points": bar.points,
        "value": speech.figure(bar.points, say.lang).replace("-", "–"),
        "tag": ", ".join(tags),
        "best": bar.best,
        "gated": bar.gated,
    }


def alignment_chart(
    dimensions: Sequence[DimensionBar],
    overall: float | None,
    lang: str,
    texts: Texts,
    levels: Sequence[Level] = (),
) -> Chart:
    """The dimensions from 0 to 100, with the bands of the levels."""
    say = Said(texts, lang, "alignment")
    subtitle = _overall(overall, levels, say)
    drawn = [_dimension(bar, say) for bar in dimensions]
    heard = [
        f"{one['name']} {one['value']}" + (f" ({say('indicative')})" if one["indicative"] else "")
        for one in drawn
    ]
    names = [say.set(level.name[lang]) for level in levels]
    cuts = [level.low for level in levels[1:]]
    sheet = {
        "is": "alignment",
        "lang": lang,
        "title": say("title"),
        "subtitle": subtitle,
        "indicative": say("indicative"),
        "one_question": say("one_question"),
        "more_questions": say("more_questions"),
        "scale": say("scale", cuts=speech.listed([f"{cut:.0f}" for cut in cuts], lang)),
        "levels": names,
        "cuts": cuts,
        "bars": drawn,
    }
    return Chart(say("alt", overall=subtitle, bars=say.listed(heard)), sheet)


def _overall(overall: float | None, levels: Sequence[Level], say: Said) -> str:
    if overall is None:
        return say("unknown")
    level = next((level for level in levels if level.low <= overall < level.high), None)
    if level is None:
        return say("overall", score=_whole(overall))
    return say("overall_level", score=_whole(overall), level=level.name[say.lang])


def _dimension(bar: DimensionBar, say: Said) -> dict[str, Any]:
    return {
        "name": say.set(bar.name),
        "short": say.set(bar.short or bar.name),
        "score": bar.score,
        "value": say("unanswered") if bar.score is None else str(_whole(bar.score)),
        "indicative": bar.indicative and bar.score is not None,
    }


def _whole(score: float) -> int:
    return int(score + 0.5)


def costs_chart(rows: Sequence[CostBar], lang: str, texts: Texts, note: str = "") -> Chart:
    """One year and three years of each option; `note` is a sentence for below."""
    say = Said(texts, lang, "costs")
    drawn = [_cost(row, say) for row in rows]
    heard = [say("bar", name=one["name"], costs=_heard(one, say)) for one in drawn]
    sheet = {
        "is": "costs",
        "lang": lang,
        "title": say("title"),
        "subtitle": "",
        "first": say("first"),
        "three": say("three"),
        "foot": say("foot"),
        "note": say.set(note),
        "bars": drawn,
    }
    alt = say("alt", bars=say.listed(heard))
    return Chart(f"{alt} {say.set(note)}".strip(), sheet)


def _cost(row: CostBar, say: Said) -> dict[str, Any]:
    known = row.first is not None and row.three is not None
    return {
        "name": say.set(row.name),
        "first": float(row.first or 0) if known else None,
        "three": float(row.three or 0) if known else None,
        "first_label": _thousands(row.first or costs.ZERO, say) if known else say("unknown"),
        "three_label": _thousands(row.three or costs.ZERO, say) if known else "",
        "best": row.best,
        "tag": say("best") if row.best else "",
    }


def _heard(one: Mapping[str, Any], say: Said) -> str:
    if one["first"] is None:
        return str(one["first_label"])
    return say("amounts", first=one["first_label"], three=one["three_label"])


def _thousands(amount: Decimal, say: Said) -> str:
    """« 184 k€ », "€7.8k": a decimal only below ten thousand."""
    places = Decimal("0.1") if amount < 10_000 else Decimal(1)
    figure = f"{(amount / 1000).quantize(places, ROUND_HALF_UP):,}".removesuffix(".0")
    if say.lang == "fr":
        figure = figure.replace(",", " ").replace(".", ",")
    return say("thousands", figure=figure)
