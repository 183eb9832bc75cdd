"""What is known: the decision model, the alignment scale and the cost model, from knowledge/."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from bot.content.authored import Authored, validated
from bot.content.yaml import Loaded, load
from bot.core.alignment import Dimension, Level, Scale
from bot.core.condition import Condition, parse
from bot.core.costs import CostModel, Param
from bot.core.decision import Contradiction, Gate, Model, Option, Rule
from bot.core.dialog import Text
from bot.core.divergence import Cuts, Divergences


class _Worded(Authored):
    fr: str
    en: str
    short_fr: str = ""
    short_en: str = ""

    @property
    def text(self) -> Text:
        return Text(self.fr, self.en)

    @property
    def short(self) -> Text:
        return Text(self.short_fr or self.fr, self.short_en or self.en)


class _Option(_Worded):
    id: str
    order: int
    docs: list[str]
    gets_fr: str = ""
    gets_en: str = ""


class _Signal(Authored):
    id: str
    as_: str = Field(alias="as")
    note: str = ""
    from_: str = Field("", alias="from")


class _Examples(Authored):
    """Answers for which a rule holds, and a near miss: documentation that a test runs."""

    holds: dict[str, Any]
    fails: dict[str, Any]


class _Rule(_Worded):
    id: str
    when: dict[str, Any]
    examples: _Examples
    add: dict[str, int]
    src: list[str] = Field(min_length=1)


class _Gate(_Worded):
    id: str
    option: str
    when: dict[str, Any]
    examples: _Examples
    src: list[str] = Field(min_length=1)


class _Contradiction(_Worded):
    id: str
    severity: Literal["bloquant", "attention", "info"]
    when: dict[str, Any] | None = None
    src: list[str] = Field(min_length=1)
    stage: Literal["diagnostic", "document"] = "diagnostic"
    rule: str = ""
    named: bool = False
    ask: str = ""
    fix_fr: str = ""
    fix_en: str = ""


class _Decision(Authored):
    options: list[_Option]
    signals: list[_Signal]
    key_inputs: list[str]
    rules: list[_Rule]
    gates: list[_Gate]
    contradictions: list[_Contradiction]


def load_decision(path: Path) -> tuple[Model, Mapping[str, str]]:
    """The decision model, and how each signal gathers several respondents."""
    loaded = load(path)
    authored = validated(loaded, _Decision)
    options = {option.id for option in authored.options}
    for index, rule in enumerate(authored.rules):
        for unknown in sorted(set(rule.add) - options):
            raise loaded.fault(("rules", index, "add"), f"option inconnue « {unknown} »")
    model = Model(
        options=tuple(
            Option(o.id, o.order, o.text, o.short, Text(o.gets_fr, o.gets_en), tuple(o.docs))
            for o in authored.options
        ),
        rules=tuple(
            Rule(r.id, _when(loaded, "rules", i, r.when), r.add, r.text, r.short, tuple(r.src))
            for i, r in enumerate(authored.rules)
        ),
        gates=tuple(
            Gate(g.id, g.option, _when(loaded, "gates", i, g.when), g.text, tuple(g.src))
            for i, g in enumerate(authored.gates)
        ),
        contradictions=tuple(
            _contradiction(loaded, i, c) for i, c in enumerate(authored.contradictions)
        ),
        key_inputs=tuple(authored.key_inputs),
    )
    return model, {signal.id: signal.as_ for signal in authored.signals}


def _contradiction(loaded: Loaded, index: int, c: _Contradiction) -> Contradiction:
    when = None if c.when is None else _when(loaded, "contradictions", index, c.when)
    fix = Text(c.fix_fr, c.fix_en)
    return Contradiction(c.id, c.severity, when, c.text, tuple(c.src), c.ask, fix)


def _when(loaded: Loaded, part: str, index: int, node: dict[str, Any]) -> Condition:
    try:
        return parse(node)
    except ValueError as error:
        raise loaded.fault((part, index, "when"), str(error)) from error


class _Dimension(_Worded):
    id: str
    items: list[str]
    src: list[str]


class _Level(_Worded):
    id: str
    min: float
    max: float
    print_fr: str
    print_en: str


class _Advice(_Worded):
    dim: str
    src: list[str]


class _Divergence(Authored):
    scale_items: list[str]
    ordinal4_items: list[str]
    nominal_items: list[str]
    fact_items: list[str]
    round_decimals: int
    n_min: int
    thresholds: dict[str, float]
    status_fr: dict[str, str]
    status_en: dict[str, str]


class _Alignment(Authored):
    dimensions: list[_Dimension]
    levels: list[_Level]
    advice: list[_Advice]
    divergence: _Divergence
    round2: dict[str, Any]
    guess: list[str] = []


def load_alignment(path: Path) -> Scale:
    """The seven dimensions, their advice and the four levels."""
    loaded = load(path)
    authored = validated(loaded, _Alignment)
    advice = {line.dim: line for line in authored.advice}
    for index, one in enumerate(authored.dimensions):
        if one.id not in advice:
            raise loaded.fault(("dimensions", index), f"« {one.id} » n'a pas de conseil (advice)")
    return Scale(
        tuple(_dimension(d, advice[d.id]) for d in authored.dimensions),
        tuple(
            Level(v.id, v.min, v.max, v.text, Text(v.print_fr, v.print_en)) for v in authored.levels
        ),
        guessed=tuple(authored.guess),
    )


def _dimension(d: _Dimension, advice: _Advice) -> Dimension:
    return Dimension(d.id, d.text, tuple(d.items), tuple(d.src), advice.text, tuple(advice.src))


def load_divergences(path: Path) -> Divergences:
    """Which items are compared between respondents, and from which cut-offs."""
    authored = validated(load(path), _Alignment).divergence
    cut = authored.thresholds
    cuts = Cuts(
        consensus=cut["consensus"],
        low=cut["low"],
        low_value=int(cut["low_value"]),
        high_value=int(cut["high_value"]),
        high_value_k4=int(cut["high_value_k4"]),
        isolated_gap=int(cut["isolated_gap"]),
        least=authored.n_min,
        places=authored.round_decimals,
    )
    return Divergences(
        scales=tuple(authored.scale_items),
        ordinals=tuple(authored.ordinal4_items),
        nominals=tuple(authored.nominal_items),
        facts=tuple(authored.fact_items),
        cuts=cuts,
        names={id_: Text(fr, authored.status_en[id_]) for id_, fr in authored.status_fr.items()},
    )


class _Param(_Worded):
    id: str
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str
    status: Literal["verified", "indicative", "assumption"]
    src: str = ""


class _Costs(Authored):
    params: list[_Param]
    load_days: dict[str, Decimal]
    budget_max: dict[str, Decimal]
    formulas: dict[str, Any] = {}


def load_costs(path: Path) -> CostModel:
    """The cost model's assumptions."""
    authored = validated(load(path), _Costs)
    params = tuple(
        Param(p.id, p.value, p.unit, p.status, p.text, p.src, p.low, p.high)
        for p in authored.params
    )
    return CostModel(params, authored.load_days, authored.budget_max)
