"""Inviting: one message per function to forward, with its personal link, and what comes next."""

from __future__ import annotations

from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import seats
from bot.conversation.session.sessions import link
from bot.conversation.turn import Turn
from bot.core.session import Mode, Seat, Status


def waiting(turn: Turn) -> list[Seat]:
    """The invited functions that have not used their link yet."""
    assert turn.session is not None
    return [seat for seat in turn.session.seats if seat.status is Status.INVITED]


def message(turn: Turn, seat: Seat) -> str:
    """The words to forward to one person."""
    assert turn.session is not None
    n, minutes = seats.burden(turn, seat.function)
    named = turn.session.mode is Mode.NAMED
    words = turn.say("session.invite_named" if named else "session.invite", n=n, minutes=minutes)
    head = turn.say("session.forward", name=seats.the(turn, seat.id))
    return f"{head}\n\n{words}\n{link(turn, turn.session, seat.id)}"


def link_screen(turn: Turn, seat: Seat, *, alone: bool = False) -> Screen:
    """The message for one function; the others follow one by one."""
    buttons = [turn.button("btn.see_session", "g", "status")] if alone else _onwards(turn, seat)
    return Screen(message(turn, seat), grouped(buttons, single=True), fresh=True)


def _onwards(turn: Turn, seat: Seat) -> list[Button]:
    invited = waiting(turn)
    ids = [one.id for one in invited]
    following = ids[ids.index(seat.id) + 1 :][:1] if seat.id in ids else []
    count = len(invited)
    return [
        *(
            turn.button("btn.next_link", "s", "link", id_, name=seats.name(turn, id_))
            for id_ in following
        ),
        turn.button("btn.forwarded", "s", "sent", n=count, count=seats.people(turn, count)),
        turn.button("btn.qr", "s", "codes"),
    ]


def sent_screen(turn: Turn) -> Screen:
    """The invitations are on their way; the owner's own answers count too."""
    n, left, minutes = seats.remaining(turn)
    parts = [turn.say("session.forwarded")]
    if left:
        parts.append(turn.say("session.yours", n=left, minutes=minutes))
        key = "btn.my_turn" if n <= 2 else "btn.resume_n"
        own = turn.button(key, "s", "answer", **({} if n <= 2 else {"n": n}))
    else:
        parts.append(turn.say("session.yours_done"))
        own = turn.button("btn.where", "g", "status")
    settings = turn.button("btn.session_settings", "s", "settings")
    return Screen("\n\n".join(parts), grouped([own, settings], single=True))
