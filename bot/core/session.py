"""A committee's shared work: who takes part, until when, and how far it has come."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum

from bot.core.digest import Digest, Signal
from bot.core.meeting import Meeting

FUNCTIONS = ("DG", "MKT", "COM", "DRH", "DSI", "DAF", "AUT")
SEATS = (*FUNCTIONS, "AUT2")
"""The seats of a committee: two « other members » at most."""
LEAST, MOST = 2, 8
"""People in a session, the owner among them."""
GROUP = "group"
"""The name under which the committee's chat has its link."""
SECRET_LENGTH = 22
"""Characters of a link's secret: 132 bits."""


class Mode(StrEnum):
    """Whether results name functions; settled before the first answer."""

    ANONYMOUS = "anonyme"
    NAMED = "attribue"


class Phase(IntEnum):
    """How far a session has come, in order. `BETWEEN`: the first round is closed."""

    FIRST = 1
    BETWEEN = 2
    SECOND = 3
    CLOSED = 4


class Status(IntEnum):
    """How far a person has come in the round under way.

    JOINED: has said who they are; ANSWERING: has agreed to take part.
    """

    INVITED = 0
    JOINED = 1
    ANSWERING = 2
    DONE = 3
    LEFT = 4
    REVOKED = 5


@dataclass(frozen=True, slots=True)
class Seat:
    """One invited function. `issue` counts its links: only the last one opens the seat.

    `agreed` is when the person agreed to take part. `named`, `gap`, `guessing` and `shares` are
    their further agreements: to be named with their function, to have marketing compared with
    sales, to have guesses compared, and, where two people answered, to have it told whether
    their views are close. `remind` is when they are reminded next, `reminded` how often they
    were, `nudged` the day on which the owner last asked for it; `quiet`: no more reminders.
    `unreached`: a word that had to go was refused, and nothing has come from the person since;
    `later`: they wish to be asked again in six months.
    """

    id: str
    person: str = ""
    issue: int = 0
    agreed: datetime | None = None
    status: Status = Status.INVITED
    named: bool = False
    gap: bool | None = None
    guessing: bool | None = None
    shares: bool | None = None
    remind: datetime | None = None
    reminded: int = 0
    nudged: date | None = None
    quiet: bool = False
    unreached: bool = False
    later: bool = False

    @property
    def function(self) -> str:
        """The role whose questions are asked."""
        return self.id.rstrip("2")

    @property
    def present(self) -> bool:
        """Whether the person is still expected to take part."""
        return self.status < Status.LEFT

    @property
    def agrees(self) -> bool:
        """Whether the person has agreed to take part, and still does."""
        return Status.ANSWERING <= self.status < Status.LEFT


@dataclass(frozen=True, slots=True)
class Session:
    """Everything shared by a committee. The owner's seat comes first.

    Moments carry their offset; `zone` is the IANA name in which they are told. `digest` is the
    result of the first round, `final` of the second. `picks` are the owner's values for facts
    that were told differently; « agenda » sends one to the meeting. `erased` counts the people
    who have erased their answers since the first round closed. `group` and `board` are the
    committee's chat and the message kept up to date there. The secrets of its links are derived
    from `seed`, so that they can be made again and are kept nowhere. `asked`: the owner was told
    that the deadline has passed. `place` is where the meeting is held, in the owner's words;
    `openers`: three questions that aim at nobody open each disagreement there.
    """

    id: str
    owner: str
    zone: str
    lang: str
    opened: datetime
    deadline: datetime
    seed: str = ""
    mode: Mode = Mode.ANONYMOUS
    phase: Phase = Phase.FIRST
    name: str = ""
    seats: tuple[Seat, ...] = ()
    reminding: bool = True
    asked: bool = False
    closed: datetime | None = None
    """When it was last closed."""
    digest: Digest | None = None
    final: Digest | None = None
    picks: Mapping[str, Signal] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    """The points of the second round, in the order in which they are asked."""
    rounds: int = 0  # that have followed the first
    gap: Mapping[str, float] | None = None
    """The marketing-sales gap by dimension, once both have agreed and the first round is closed."""
    erased: int = 0
    decides: date | None = None
    starts: str = ""
    minutes: int = 75
    place: str = ""
    rule: str = ""  # consentement, majorite or arbitrage
    debates: tuple[str, ...] = ()
    """The points that the owner wants to discuss first, whatever their priority."""
    openers: bool = False
    partner: str = ""
    approved: tuple[str, ...] = ()
    group: int = 0
    board: int = 0
    meeting: Meeting | None = None
    before: Digest | None = None
    led: str = ""
    """What was found six months ago (`before`), and the option that came first then."""
    later: bool = False
    """Whether the committee is to be asked again in six months: on the day of `comes`."""
    comes: datetime | None = None

    @property
    def returning(self) -> tuple[Seat, ...]:
        """Those who wish to be asked again."""
        return tuple(seat for seat in self.present if seat.later and seat.person)

    @property
    def waiting(self) -> bool:
        """Whether the answers are gone and the committee waits to be asked again."""
        return self.later and self.before is not None and self.results is None

    @property
    def present(self) -> tuple[Seat, ...]:
        """Those who are still expected to take part."""
        return tuple(seat for seat in self.seats if seat.present)

    @property
    def done(self) -> tuple[Seat, ...]:
        """Those who have finished the round under way."""
        return tuple(seat for seat in self.seats if seat.status is Status.DONE)

    @property
    def complete(self) -> bool:
        """Whether everybody expected has finished."""
        return all(seat.status is Status.DONE for seat in self.present)

    @property
    def named(self) -> bool:
        """Whether results may tell functions: everybody there has accepted it."""
        return self.mode is Mode.NAMED and all(seat.named for seat in self.present)

    @property
    def results(self) -> Digest | None:
        """The last results there are."""
        return self.final or self.digest

    def seat(self, id_: str) -> Seat | None:
        """The seat with this id."""
        return next((seat for seat in self.seats if seat.id == id_), None)

    def seat_of(self, person: str) -> Seat | None:
        """Where a person sits, while they take part."""
        return next((seat for seat in self.present if seat.person == person), None)

    def secret(self, place: str) -> str:
        """The secret of a seat's present link, or of the committee's chat (GROUP)."""
        seat = self.seat(place)
        said = f"{place}:{seat.issue if seat else 0}".encode()
        made = hmac.digest(self.seed.encode(), said, hashlib.sha256)
        return base64.urlsafe_b64encode(made).decode()[:SECRET_LENGTH]

    def opens(self, secret: str) -> str:
        """The seat, or GROUP, that a link's secret opens; compared in constant time."""
        for place in (*(seat.id for seat in self.seats), GROUP):
            if hmac.compare_digest(self.secret(place).encode(), secret.encode()):
                return place
        return ""

    def change(self, id_: str, **changes: object) -> Session:
        """The session with one seat changed."""
        seats = (replace(s, **changes) if s.id == id_ else s for s in self.seats)  # type: ignore[arg-type]
        return replace(self, seats=tuple(seats))
