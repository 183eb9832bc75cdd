"""A committee's meeting as it is run: the point on screen, the vote, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the record. `subject` is an item, or `why`, `option`, `document`, `meeting`.

    `said` is what was decided; `lead` the function in charge; `tells` who explains it, and to whom.
    """

    subject: str
    said: str = ""
    option: str = ""
    votes: tuple[int, ...] = ()
    lead: str = ""
    due: date | None = None
    measure: str = ""
    tells: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The agenda as it is run: the point on screen (from 0), the vote, what was decided."""

    point: int = -1
    poll: int = 0
    tally: tuple[int, ...] = ()
    options: tuple[str, ...] = ()
    awaiting: int = 0
    """The message to which the chair's next words reply."""
    about: str = ""
    """What these words decide, whatever point is on screen by then."""
    decisions: tuple[Decision, ...] = ()
    ended: bool = False
