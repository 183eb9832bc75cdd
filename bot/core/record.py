"""The record of a meeting: what a decision still needs, whom a vote puts first, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.meeting import Decision, Meeting

WHY, OPTION, DOCUMENT, RITUAL = "why", "option", "document", "meeting"
"""The subjects of decisions, beside items."""
FIELDS = ("lead", "due", "measure", "tells")
"""What makes a decision complete, in the order in which it is asked."""
MEETING_DAYS = (30, 60, 90)
"""The due dates on offer, in days."""
_SATURDAY = 5


def needed(decision: Decision) -> tuple[str, ...]:
    """What is asked about a decision.

    The option is explained to the teams and measured; a decision put off needs a date to come
    back to it.
    """
    match decision.subject:
        case "option" if decision.option:
            return FIELDS
        case "option":
            return ("due",)
        case _:
            return ("lead", "due")


def missing(decision: Decision) -> tuple[str, ...]:
    """What is still to be said of a decision."""
    return tuple(name for name in needed(decision) if not getattr(decision, name))


def to_complete(decisions: Sequence[Decision]) -> list[int]:
    """The places of the decisions that lack something."""
    return [i for i, decision in enumerate(decisions) if missing(decision)]


def recorded(meeting: Meeting, decision: Decision) -> Meeting:
    """The meeting with a decision added, or in place of the one on the same subject."""
    kept = list(meeting.decisions)
    for i, earlier in enumerate(kept):
        if earlier.subject == decision.subject:
            kept[i] = _corrected(earlier, decision)
            return replace(meeting, decisions=tuple(kept))
    return replace(meeting, decisions=(*kept, decision))


def _corrected(earlier: Decision, decision: Decision) -> Decision:
    """Other words keep what was settled around them; another option begins anew."""
    if earlier.option != decision.option:
        return decision
    settled = {name: getattr(earlier, name) or getattr(decision, name) for name in FIELDS}
    return replace(decision, **settled)


def explained(decisions: Sequence[Decision], tells: str) -> tuple[Decision, ...]:
    """Whoever explains the option explains the « why », unless somebody else was named for it."""
    return tuple(
        replace(one, tells=tells) if one.subject == WHY and not one.tells else one
        for one in decisions
    )


def held(meeting: Meeting, subject: str) -> Decision | None:
    """What was decided on a subject."""
    return next((one for one in meeting.decisions if one.subject == subject), None)


def leaders(tally: Sequence[int]) -> tuple[int, ...]:
    """The places of those with the most votes; none when nobody voted."""
    most = max(tally, default=0)
    return tuple(i for i, votes in enumerate(tally) if votes == most) if most else ()
