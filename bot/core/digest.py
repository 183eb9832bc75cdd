"""What a committee may see of its answers: grouped, and nothing that tells who said what.

A digest is made once, when a round closes. It holds what may be shown and no more, so that
nothing written from it can tell what must not be told (domain 5.5, counted item by item).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Signal = bool | int | float | str | tuple[str, ...]
"""A value that rules read."""

FEW, ENOUGH = 3, 4
"""The answers to an item from which its median, then its distribution, may be shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """What the answers to one question of opinion show.

    `counts` are the answers to each choice in authored order, from four answers on; `median`
    is there with exactly three; `roles` are the functions behind each choice, where everybody
    accepted that. `agreement` (van der Eijk's A) orders the agenda and is never shown; it is
    there with `counts` only, as the order of two points tells which is the smaller.
    `status` is empty while two people have not both accepted that it be shown.
    """

    status: str
    answers: int
    counts: tuple[int, ...] = ()
    median: float | None = None
    agreement: float | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was said of a fact: the different values in authored order, without authors.

    `held` is the value that may be printed: two people gave it, or the owner picked it.
    Two people who differ have no values listed, as each would read the other's: when both
    accepted that it be said, `differ` says so.
    """

    values: tuple[Signal, ...]
    held: Signal | None = None
    differ: bool = False
    picked: bool = False

    @property
    def disputed(self) -> bool:
        """Whether the answers differ."""
        return self.differ or len(self.values) > 1

    @property
    def unsettled(self) -> bool:
        """Whether the answers differ and the owner kept none of them."""
        return self.disputed and not self.picked


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of an item in the second round.

    `stable`: nobody moved by two, and at most one person by one. `status` is the item's in the
    end. `reasons` are the codes given, without counts; `discuss` is the share, 0 to 1, of those
    who answered that it deserves the meeting's time.
    """

    stable: bool
    status: str
    reasons: tuple[str, ...] = ()
    discuss: float = 0.0


@dataclass(frozen=True, slots=True)
class Digest:
    """The results of a round.

    `answered` people out of `invited`; `unknown` counts « Je ne sais pas » over all questions.
    `signals` feed the rules and are never printed as such: `shared` are the values that may be.
    `dimensions` are the scores that may be printed. `turns` tells, for each pivot, which option
    would be first with each of its answers.
    """

    answered: int
    invited: int
    unknown: int = 0
    items: Mapping[str, Item] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    signals: Mapping[str, Signal] = field(default_factory=dict)
    shared: Mapping[str, Signal] = field(default_factory=dict)
    dimensions: Mapping[str, float] = field(default_factory=dict)
    behind: Mapping[str, int] = field(default_factory=dict)
    """How many items were answered in each dimension."""
    turns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    endings: Mapping[str, Ending] = field(default_factory=dict)
    """The items of the second round, in the order in which they were asked."""
    arguments: tuple[str, ...] = ()
    """Confirmed by their authors, sorted by their own letters so that nothing tells whose."""

    @property
    def pivots(self) -> tuple[str, ...]:
        """The items on which one answer alone would put another option first."""
        return tuple(self.turns)


def unattributed(found: Digest) -> Digest:
    """The same figures, with no function beside an answer and nobody's words."""
    items = {name: replace(item, roles={}) for name, item in found.items.items()}
    return replace(found, items=items, arguments=())
