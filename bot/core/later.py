"""A committee asked again six months later: what is kept until then, and the round that opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.digest import Digest, Item
from bot.core.session import Phase, Seat, Session, Status


def faded(session: Session, leading: str) -> Session:
    """What is left of a session once its answers are gone: who agreed, and what was grouped.

    Everything else is dropped by not being copied: facts, choices, decisions, arguments, and
    the seats of those who did not wish to be asked. `leading` is the option that came first.
    """
    found = session.results
    seats = [Seat(s.id, s.person, status=Status.JOINED, later=True) for s in session.returning]
    return Session(
        id=session.id,
        owner=session.owner,
        zone=session.zone,
        lang=session.lang,
        opened=session.opened,
        deadline=session.deadline,
        seed=session.seed,
        mode=session.mode,
        phase=Phase.CLOSED,
        name=session.name,
        seats=tuple(seats),
        reminding=session.reminding,
        before=grouped(found) if found else None,
        led=leading,
        later=True,
        comes=session.comes,
        closed=session.closed,
    )


def grouped(found: Digest) -> Digest:
    """The results without anything but statuses and scores."""
    items = {name: Item(item.status, item.answers) for name, item in found.items.items()}
    return Digest(
        answered=found.answered,
        invited=found.invited,
        items=items,
        dimensions=found.dimensions,
        behind=found.behind,
    )


def woken(session: Session, now: datetime, deadline: datetime) -> Session:
    """The first round again: its owner has agreed by opening it, the others are asked."""
    own, *others = session.seats
    own = replace(own, status=Status.ANSWERING, agreed=now, later=False)
    seats = (own, *(replace(seat, later=False) for seat in others))
    return replace(
        session,
        opened=now,
        deadline=deadline,
        phase=Phase.FIRST,
        seats=seats,
        asked=False,
        later=False,
        comes=None,
    )
