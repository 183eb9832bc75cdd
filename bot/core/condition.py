"""When something applies: the whole `when:` language, closed and without code.

A leaf on a missing answer is false; `not` is plain negation. « Je ne sais pas »
is the literal `nsp`: it equals no choice and is no number, so it behaves as missing
everywhere except where an author names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

Values = Mapping[str, object]
Reads = frozenset[tuple[str, frozenset[str]]]


class Condition(Protocol):
    """A frozen test over answers and signals, called with the values known so far."""

    def __call__(self, values: Values) -> bool: ...

    @property
    def names(self) -> frozenset[str]:
        """The questions and signals that the test reads."""
        ...

    @property
    def reads(self) -> Reads:
        """The same, each with the choices that the test names."""
        ...


class _Test:
    __slots__ = ()

    @property
    def reads(self) -> Reads:
        raise NotImplementedError

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.reads)


def number(value: object) -> Decimal | None:
    """The value as a number, or None for words, choices and missing answers."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return Decimal(str(value))


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    found = number(value)
    return str(value) if found is None else format(found.normalize(), "f")


@dataclass(frozen=True, slots=True)
class Always(_Test):
    """True whatever the answers."""

    def __call__(self, values: Values) -> bool:  # noqa: ARG002
        return True

    @property
    def reads(self) -> Reads:
        return frozenset()


@dataclass(frozen=True, slots=True)
class IsOne(_Test):
    """The answer is one of these."""

    name: str
    literals: frozenset[str]

    def __call__(self, values: Values) -> bool:
        value = values.get(self.name)
        if value is None or isinstance(value, tuple):
            return False
        return _literal(value) in self.literals

    @property
    def reads(self) -> Reads:
        return frozenset({(self.name, self.literals)})


@dataclass(frozen=True, slots=True)
class Compares(_Test):
    """The answer is a number at most, at least or below a bound."""

    name: str
    how: str
    bound: Decimal

    def __call__(self, values: Values) -> bool:
        value = number(values.get(self.name))
        if value is None:
            return False
        if self.how == "at_most":
            return value <= self.bound
        return value >= self.bound if self.how == "at_least" else value < self.bound

    @property
    def reads(self) -> Reads:
        return frozenset({(self.name, frozenset())})


@dataclass(frozen=True, slots=True)
class Holds(_Test):
    """A multiple choice contains all of these (or, reversed, lacks them)."""

    name: str
    choices: frozenset[str]
    lacks: bool = False

    def __call__(self, values: Values) -> bool:
        value = values.get(self.name)
        if not isinstance(value, tuple):
            return False
        return self.choices.isdisjoint(value) if self.lacks else self.choices <= set(value)

    @property
    def reads(self) -> Reads:
        return frozenset({(self.name, self.choices)})


@dataclass(frozen=True, slots=True)
class AllOf(_Test):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def __call__(self, values: Values) -> bool:
        return all(part(values) for part in self.parts)

    @property
    def reads(self) -> Reads:
        return _union(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf(_Test):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def __call__(self, values: Values) -> bool:
        return any(part(values) for part in self.parts)

    @property
    def reads(self) -> Reads:
        return _union(self.parts)


@dataclass(frozen=True, slots=True)
class Not(_Test):
    """The part does not hold."""

    part: Condition

    def __call__(self, values: Values) -> bool:
        return not self.part(values)

    @property
    def reads(self) -> Reads:
        return self.part.reads


def _union(parts: Iterable[Condition]) -> Reads:
    return frozenset().union(*(part.reads for part in parts))


def is_one(name: str, *literals: str) -> Condition:
    """The condition « the answer to `name` is one of these »."""
    return IsOne(name, frozenset(literals))


ALWAYS = Always()


def both(*parts: Condition) -> Condition:
    """All the parts, without the ones that always hold."""
    useful = tuple(part for part in parts if not isinstance(part, Always))
    if len(useful) == 1:
        return useful[0]
    return AllOf(useful) if useful else ALWAYS


def parse(node: object) -> Condition:
    """Build a condition from its YAML node.

    Raises ValueError in words that an author understands.
    """
    if node is None:
        return ALWAYS
    if not isinstance(node, Mapping):
        raise ValueError(f"une condition est un dictionnaire, non « {node} »")
    return both(*(_part(str(key), value) for key, value in node.items()))


def _part(key: str, value: object) -> Condition:
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"« {key} » attend une liste de conditions")
        parts = tuple(parse(item) for item in value)
        return AnyOf(parts) if key == "any" else AllOf(parts)
    if key == "not":
        return Not(parse(value))
    if isinstance(value, list):
        return is_one(key, *(str(item) for item in value))
    if isinstance(value, Mapping):
        return both(*(_test(key, str(how), bound) for how, bound in value.items()))
    return is_one(key, str(value))


def _test(name: str, how: str, bound: object) -> Condition:
    if how in ("at_most", "at_least", "below"):
        try:
            return Compares(name, how, Decimal(str(bound)))
        except InvalidOperation as error:
            raise ValueError(f"« {how} » attend un nombre, non « {bound} »") from error
    if how in ("has", "lacks"):
        return Holds(name, frozenset({str(bound)}), lacks=how == "lacks")
    if how == "has_all" and isinstance(bound, list):
        return Holds(name, frozenset(str(item) for item in bound))
    raise ValueError(
        f"test inconnu « {how} » ; connus : at_most, at_least, below, has, lacks, has_all"
    )
