"""What a committee's session gives its documents: grouped results, and nothing of anyone in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.core.condition import Values
from bot.core.digest import ENOUGH, FEW, Digest
from bot.core.meeting import Decision
from bot.core.session import Session

_DIVIDED = ("opposes", "divergent", "ecart", "ecart_fort")


@dataclass(frozen=True, slots=True)
class Committee:
    """The results, and what the owner settled for the meeting.

    `owner` and `partner` are functions; `agreed` tells that both have approved, or that nobody
    has to. `ballot` names the options of the vote that `tally` counts.
    """

    digest: Digest
    named: bool = False
    owner: str = "DG"
    partner: str = ""
    agreed: bool = True
    decides: date | None = None
    starts: str = ""
    minutes: int = 75
    place: str = ""
    rule: str = ""
    chosen: tuple[str, ...] = ()
    """The debates that the owner put first."""
    openers: bool = False
    """Whether questions that aim at nobody open each disagreement."""
    ballot: tuple[str, ...] = ()
    tally: tuple[int, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def few(self) -> bool:
        """Whether too few people answered for anything but statuses."""
        return self.digest.answered < FEW

    @property
    def functions(self) -> bool:
        """Whether functions may stand beside answers."""
        return self.named and self.digest.answered >= ENOUGH

    @property
    def divided(self) -> frozenset[str]:
        """The questions of opinion on which views part."""
        items = self.digest.items.items()
        return frozenset(id_ for id_, item in items if item.status in _DIVIDED)

    def common(self, values: Values) -> dict[str, object]:
        """These answers without those on which views part, which have no common value."""
        found = {id_: value for id_, value in values.items() if id_ not in self.divided}
        return found | ({"decision_date": self.decides} if self.decides else {})


def committee_of(session: Session) -> Committee | None:
    """The committee of a session that has results; None before."""
    if session.results is None:
        return None
    held = session.meeting
    found = session.seat(session.partner)
    partner = found if found and found.present and found.person else None
    signing = {seat.id for seat in (session.seats[0], partner) if seat}
    return Committee(
        digest=session.results,
        named=session.named,
        owner=session.seats[0].function,
        partner=partner.function if partner else "",
        agreed=partner is None or signing <= set(session.approved),
        decides=session.decides,
        starts=session.starts,
        minutes=session.minutes,
        place=session.place,
        rule=session.rule,
        chosen=session.debates,
        openers=session.openers,
        ballot=held.options if held else (),
        tally=held.tally if held else (),
        decisions=held.decisions if held else (),
    )


def hour_of(starts: str) -> time:
    """The hour at which a meeting starts, from its « 9:00 »."""
    return time.fromisoformat(starts.zfill(5))
