"""Which of the seven ways fits, and why: weighted rules, gates and contradictions.

Deterministic and additive with integer weights; no option has a prior. The order of ties
goes from the most reversible option to the most committing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.condition import Condition, Values
from bot.core.dialog import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Option:
    """One of the seven ways. `order` breaks ties, the least committing first."""

    id: str
    order: int
    name: Text
    short: Text
    gets: Text = NOTHING
    docs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """When it holds, it adds these points to these options."""

    id: str
    when: Condition
    add: Mapping[str, int]
    text: Text
    short: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """When it holds, its option cannot be ranked; the text says which condition is missing."""

    id: str
    option: str
    when: Condition
    text: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that do not go together. `when` is None for the named checks (K20 to K28)."""

    id: str
    severity: str
    when: Condition | None
    text: Text
    sources: tuple[str, ...]
    ask: str = ""
    fix: Text = NOTHING


class Confidence(StrEnum):
    """How much the recommendation can be relied on."""

    HIGH = "elevee"
    MEDIUM = "moyenne"
    LOW = "faible"


@dataclass(frozen=True, slots=True)
class Model:
    """The whole decision model as authored."""

    options: tuple[Option, ...]
    rules: tuple[Rule, ...]
    gates: tuple[Gate, ...]
    contradictions: tuple[Contradiction, ...]
    key_inputs: tuple[str, ...]

    def option(self, id_: str) -> Option:
        """The option with this id. Raises KeyError for an unknown one."""
        return {option.id: option for option in self.options}[id_]

    def rule(self, id_: str) -> Rule:
        """The rule with this id. Raises KeyError for an unknown one."""
        return {rule.id: rule for rule in self.rules}[id_]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the rules give for one set of signals.

    `ranking` holds the free options, best first; `tied` those within one point of the
    best; `margin` is None when only one option is free; `coverage` is a share from 0 to 1;
    `decisive` are the fired rules whose removal changes the winner.
    """

    points: Mapping[str, int]
    ranking: tuple[str, ...]
    tied: tuple[str, ...]
    gated: Mapping[str, tuple[str, ...]]
    fired: tuple[str, ...]
    margin: int
    coverage: float
    decisive: tuple[str, ...]
    confidence: Confidence
    contradictions: tuple[str, ...]
    pivots: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default_factory=tuple)

    @property
    def top(self) -> str:
        """The winner after the tie-break."""
        return self.ranking[0]

    @property
    def stable(self) -> bool:
        """Whether no single rule decides alone."""
        return not self.decisive


def recommend(model: Model, signals: Values) -> Recommendation:
    """Apply every rule and gate to the signals (domain 4.1, steps 2 to 7 and 9)."""
    fired = tuple(rule for rule in model.rules if rule.when(signals))
    gated = _gated(model, signals)
    points = _points(model, fired)
    ranking, tied = _rank(model, points, gated)
    decisive = tuple(
        rule.id
        for rule in fired
        if _rank(model, _points(model, (r for r in fired if r is not rule)), gated)[0][0]
        != ranking[0]
    )
    free = sorted((points[id_] for id_ in ranking), reverse=True)
    margin = free[0] - free[1] if len(free) > 1 else free[0]
    unknown = tuple(name for name in model.key_inputs if not _known(name, signals))
    coverage = 1 - len(unknown) / len(model.key_inputs)
    return Recommendation(
        points=points,
        ranking=ranking,
        tied=tied,
        gated=gated,
        fired=tuple(rule.id for rule in fired),
        margin=margin,
        coverage=coverage,
        decisive=decisive,
        confidence=_confidence(coverage, margin, stable=not decisive),
        contradictions=contradictions(model, signals),
        unknown=unknown,
    )


def winner(model: Model, signals: Values) -> str:
    """The option that the rules put first, and nothing else."""
    fired = (rule for rule in model.rules if rule.when(signals))
    return _rank(model, _points(model, fired), _gated(model, signals))[0][0]


def contradictions(model: Model, values: Values) -> tuple[str, ...]:
    """The ids of the diagnostic's contradictions that these values raise, in file order."""
    return tuple(c.id for c in model.contradictions if c.when is not None and c.when(values))


def _points(model: Model, rules: Iterable[Rule]) -> dict[str, int]:
    points = dict.fromkeys((option.id for option in model.options), 0)
    for rule in rules:
        for option, weight in rule.add.items():
            points[option] += weight
    return points


def _gated(model: Model, signals: Values) -> dict[str, tuple[str, ...]]:
    gated: dict[str, tuple[str, ...]] = {}
    for gate in model.gates:
        if gate.when(signals):
            gated[gate.option] = (*gated.get(gate.option, ()), gate.id)
    return gated


def _rank(
    model: Model, points: Mapping[str, int], gated: Mapping[str, object]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Free options best first, and those within one point of the best in order of commitment."""
    free = sorted((o for o in model.options if o.id not in gated), key=lambda o: o.order)
    best = max(points[option.id] for option in free)
    tied = [option.id for option in free if points[option.id] >= best - 1]
    rest = sorted((o.id for o in free if o.id not in tied), key=lambda id_: -points[id_])
    return (*tied, *rest), tuple(tied) if len(tied) > 1 else ()


def _known(name: str, signals: Values) -> bool:
    value = signals.get(name)
    if value is None or value in ("nsp", "so"):
        return False
    return not (name == "annual_budget" and value == "indecis")


def _confidence(coverage: float, margin: int, *, stable: bool) -> Confidence:
    if coverage >= 0.85 and margin >= 4 and stable:
        return Confidence.HIGH
    return Confidence.MEDIUM if coverage >= 0.65 and margin >= 2 else Confidence.LOW


def reasons(model: Model, advice: Recommendation, option: str) -> tuple[tuple[Rule, int], ...]:
    """The fired rules that speak for an option with their weight, strongest first.

    Last come those that speak at least twice as much for another: their words recommend it.
    """
    found = _speaking(model, advice, option, sign=1)
    return tuple(sorted(found, key=lambda pair: max(pair[0].add.values()) >= 2 * pair[1]))


def reserves(model: Model, advice: Recommendation, option: str) -> tuple[tuple[Rule, int], ...]:
    """The fired rules that speak against an option with their weight, strongest first."""
    return _speaking(model, advice, option, sign=-1)


def apart(
    model: Model, advice: Recommendation, first: str, second: str
) -> tuple[tuple[Rule, int], ...]:
    """The fired rules that set one option ahead of another, by how much, strongest first."""
    found = [
        (rule, rule.add.get(first, 0) - rule.add.get(second, 0))
        for rule in model.rules
        if rule.id in advice.fired
    ]
    return tuple(sorted((pair for pair in found if pair[1] > 0), key=lambda pair: -pair[1]))


def _speaking(
    model: Model, advice: Recommendation, option: str, sign: int
) -> tuple[tuple[Rule, int], ...]:
    found = [
        (rule, rule.add[option])
        for rule in model.rules
        if rule.id in advice.fired and rule.add.get(option, 0) * sign > 0
    ]
    return tuple(sorted(found, key=lambda pair: -abs(pair[1])))
