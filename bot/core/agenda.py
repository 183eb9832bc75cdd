"""The committee's agenda: what is discussed, in what order and for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.digest import FEW, Digest
from bot.core.rounds import APART, ordered, priority
from bot.core.showing import told


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the agenda. `subject` is the question it is about, if it is about one.

    Kinds, in their order: `frame`, `reading`, `why`, then `pivot`, `debate`, `facts` (those
    to be confirmed, where a debate leaves its place) or `open` (fewer than three people answered:
    open questions), `moving`, `choice`, `document`, `ritual`.
    """

    kind: str
    minutes: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The points, whose minutes add up to the whole meeting, and what found no time.

    `reserve` holds questions that could take the place of a debate; `moving` those looked at
    together in the point of that name; `facts` those still to be confirmed, in a point of
    their own or else in reserve.
    """

    minutes: int
    points: tuple[Point, ...]
    reserve: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def debates(self) -> tuple[str, ...]:
        """The questions that have a point of their own."""
        return tuple(point.subject for point in self.points if point.kind in ("pivot", "debate"))


@dataclass(frozen=True, slots=True)
class _Cut:
    """How a meeting's time is cut: minutes for each kind, and how many debates find a place.

    `clear` is what « why » takes when it is clear to everybody.
    """

    minutes: Mapping[str, int]
    clear: int
    debates: int


# 75 minutes are cut as specified (6.4). In 60 the same points are kept and each gives way a
# little; in 90 a third debate finds a place, rather than longer ones, and the choice gets three
# minutes more. The minutes of a kind, `debate` once per debate, add up to the whole meeting.
_KINDS = ("frame", "reading", "why", "debate", "moving", "choice", "document", "ritual")
_CUTS = {
    60: _Cut(dict(zip(_KINDS, (3, 5, 8, 9, 4, 12, 5, 5), strict=True)), clear=4, debates=2),
    75: _Cut(dict(zip(_KINDS, (5, 5, 10, 12, 5, 15, 6, 5), strict=True)), clear=5, debates=2),
    90: _Cut(dict(zip(_KINDS, (5, 5, 10, 12, 5, 18, 6, 5), strict=True)), clear=5, debates=3),
}
LENGTHS = tuple(_CUTS)
"""The lengths of a meeting, in minutes."""

_ROOM = {
    "pivot": 25,
    "open": 45,
    "choice": 30,
    "debate": 20,
    "ritual": 15,
    "document": 15,
    "why": 15,
    "reading": 10,
}
"""How long a point may become with time left over, in the order in which they are served: the
pivots first (6.4), and a meeting without debates does not spend it all on the choice."""
STRETCH = 5
"""Time left over is given out by so many minutes at most."""


def agenda(
    found: Digest,
    weights: Mapping[str, float],
    minutes: int,
    chosen: Sequence[str] = (),
) -> Agenda:
    """The agenda of 60, 75 or 90 minutes; `chosen` debates go first whatever their priority."""
    cut = _CUTS[minutes]
    subjects = _subjects(found, weights)
    wanted = [name for name in chosen if name in subjects]
    wanted += [name for name in subjects if name not in wanted]
    debates = wanted[: cut.debates] if found.answered >= FEW else []
    moving = _moving(found, debates) if found.answered >= FEW else ()
    placed = {*debates, *moving}
    elsewhere = {*subjects, *moving}
    facts = tuple(n for n, fact in found.facts.items() if fact.unsettled and n not in elsewhere)
    middle = _middle(found, cut, debates, bool(facts))
    middle += [Point("moving", cut.minutes["moving"])] * bool(moving)
    points = _framed(cut, middle, cut.minutes["why"] if unclear(found) else cut.clear)
    return Agenda(
        minutes=minutes,
        points=_filled(points, minutes - sum(point.minutes for point in points)),
        reserve=tuple(name for name in subjects if name not in placed),
        moving=moving,
        facts=facts,
    )


def swapped(
    found: Digest, weights: Mapping[str, float], before: Agenda, out: str, into: str
) -> Agenda:
    """The agenda with one debate replaced by a question in reserve."""
    debates = [into if name == out else name for name in before.debates]
    return agenda(found, weights, before.minutes, debates)


def unclear(found: Digest) -> bool:
    """Whether « why » needs its time: views are apart on it, or the middle answer is low."""
    view = told(found)
    middle = view.get("clarity_of_why")
    apart = view.get("divergence.clarity_of_why") in ("opposes", "divergent")
    return apart or (isinstance(middle, (int, float)) and middle <= 2)


def _subjects(found: Digest, weights: Mapping[str, float]) -> tuple[str, ...]:
    """What deserves a debate: pivots, then disagreements, then what the answers point at.

    « Why » has its own point. A disagreement that moves is looked at in « moving ».
    """
    asked = {name: ending.discuss for name, ending in found.endings.items()}
    by = priority(found, weights, asked)
    pivots = ordered(found.pivots, by)
    apart = ordered([n for n, item in found.items.items() if item.status in APART], by)
    stable = [name for name in apart if name not in found.endings or found.endings[name].stable]
    names = dict.fromkeys((*pivots, *stable, *_pointed_at(found)))
    return tuple(name for name in names if name != "clarity_of_why")


def _pointed_at(found: Digest) -> list[str]:
    """Who does what, when roles are blurred; the social network, when nobody sees its use."""
    view = told(found)
    roles = view.get("role_split")
    blurred = isinstance(roles, (int, float)) and roles <= 2
    useless = view.get("social_network_purpose") == "aucune"
    return ["role_split"] * blurred + ["social_network_purpose"] * useless


def _moving(found: Digest, debates: Sequence[str]) -> tuple[str, ...]:
    """The points that moved and on which there is no agreement yet."""
    settled = ("accord", "identiques")
    return tuple(
        name
        for name, ending in found.endings.items()
        if not ending.stable
        and ending.status not in settled
        and name not in debates
        and name != "clarity_of_why"
    )


def _middle(found: Digest, cut: _Cut, debates: Sequence[str], facts: bool) -> list[Point]:
    """The debates, or what takes their place."""
    length = cut.minutes["debate"]
    if found.answered < FEW:
        return [Point("open", length * cut.debates)]
    points = [
        Point("pivot" if name in found.pivots else "debate", length, name) for name in debates
    ]
    free = facts and len(points) < cut.debates
    return [*points, Point("facts", length)] if free else points


def _framed(cut: _Cut, middle: Sequence[Point], why: int) -> list[Point]:
    return [
        Point("frame", cut.minutes["frame"]),
        Point("reading", cut.minutes["reading"]),
        Point("why", why, "clarity_of_why"),
        *middle,
        *(Point(kind, cut.minutes[kind]) for kind in ("choice", "document", "ritual")),
    ]


def _filled(points: list[Point], left: int) -> tuple[Point, ...]:
    """Time left over goes to the pivots in turn, then where there is room for it."""
    filled = list(points)
    while left:
        stretch = min(left, STRETCH)
        n = min(range(len(filled)), key=lambda n: _turn(filled[n], n, stretch))
        filled[n] = replace(filled[n], minutes=filled[n].minutes + stretch)
        left -= stretch
    return tuple(filled)


def _turn(point: Point, n: int, stretch: int) -> tuple[bool, int, int, int]:
    """The smallest is served: with room, by the order of kinds, the shortest first."""
    room = _ROOM.get(point.kind, 0)
    place = list(_ROOM).index(point.kind) if room else len(_ROOM)
    return point.minutes + stretch > room, place, point.minutes, n
