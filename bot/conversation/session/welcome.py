"""What a guest reads: the invitation, the notice, and the end of their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.reply import Reply
from bot.conversation.rounds import guessing
from bot.conversation.screen import Screen, grouped
from bot.conversation.session import seats
from bot.conversation.session.opening import under
from bot.conversation.session.sessions import moment
from bot.conversation.turn import Turn
from bot.core.session import GROUP, Mode, Phase, Status


def invited_screen(turn: Turn, place: str) -> Screen:
    """Who invites, and whether the function is the right one; a group's link asks which it is."""
    assert turn.session is not None
    owner = seats.the(turn, seats.owner(turn), capital=True)
    if place == GROUP:
        return _choose_screen(turn, owner)
    text = turn.say("join.hello", owner=owner, function=seats.of(turn, place))
    rows = grouped(
        [turn.button("btn.yes", "s", "mine", place), turn.button("btn.no", "s", "wrong")]
    )
    return Screen(text, rows, fresh=True)


def _choose_screen(turn: Turn, owner: str) -> Screen:
    assert turn.session is not None
    free = [seat for seat in turn.session.seats if seat.status is Status.INVITED]
    buttons = [turn.labelled(seats.short(turn, one.id), "s", "mine", one.id) for one in free]
    buttons.append(turn.button("btn.no_seat", "s", "wrong"))
    text = turn.say("join.choose", owner=owner) if free else turn.say("join.full")
    return Screen(text, grouped(buttons) if free else (), fresh=True)


def notice_screen(turn: Turn, note: str = "") -> Screen:
    """What becomes of a guest's answers; nothing is kept but the seat before they agree."""
    session, seat = turn.session, turn.seat
    assert session is not None
    assert seat is not None
    questions, minutes = seats.burden(turn, seat.function)
    text = turn.say(
        "join.notice_named" if session.mode is Mode.NAMED else "join.notice",
        n=len(session.present),
        days=turn.house.retention_days,
        controller=turn.house.controller[turn.lang],
        questions=questions,
        minutes=minutes,
    )
    buttons = [
        turn.button("btn.start", "s", "agree"),
        turn.button("btn.notice", "g", "notice"),
        turn.button("btn.decline", "s", "decline"),
    ]
    return under(note, Screen(text, grouped(buttons, single=True)))


def named_screen(turn: Turn) -> Screen:
    """Whether the person accepts that results name their function."""
    rows = grouped(
        [
            turn.button("btn.accept", "s", "named", "yes"),
            turn.button("btn.without", "s", "named", "no"),
        ]
    )
    return Screen(turn.say("join.named_ask"), rows, fresh=True)


def answered_screen(turn: Turn, note: str = "") -> Screen:
    """Every question is answered; what follows, and that answers may change until the close."""
    session = turn.session
    assert session is not None
    if session.phase is not Phase.FIRST:
        where = turn.button("btn.where", "g", "status")
        return under(note, Screen(turn.say("session.round_closed"), ((where,),)))
    done = turn.say("session.done", n=len(turn.steps("diagnostic")))
    day = moment(turn, session.deadline).rpartition(",")[0]
    text = f"{done}\n\n{turn.say('session.next', day=day)}"
    buttons = [turn.button("btn.review", "g", "recap"), *guessing.ways(turn)]
    buttons.append(turn.button("btn.finish", "s", "rest"))
    return under(note, Screen(text, grouped(buttons, single=True)))


def frozen(turn: Turn) -> bool:
    """Whether the first round is over for this person, so that its answers stay as they are."""
    session = turn.session
    return session is not None and turn.seat is not None and session.phase is not Phase.FIRST


def withheld(turn: Turn) -> bool:
    """Whether the person waits for the committee's results instead of an advice of their own.

    Once they are there, the owner alone goes on to the option and its documents.
    """
    return turn.seat is not None and not (turn.owner and turn.shared is not None)


def _place(turn: Turn, note: str) -> list[Reply]:
    """Where somebody is whose part in the first round is done, or who has not agreed to it yet."""
    if turn.seat is None or turn.session is None:
        return [Screen(note or turn.say("join.dead"))]
    if not turn.seat.agrees:
        return [notice_screen(turn, note)]
    return [answered_screen(turn, note)]


def _invited(turn: Turn, note: str) -> list[Reply]:
    if turn.session is None:
        return [Screen(note or turn.say("join.dead"))]
    screen = invited_screen(turn, turn.state.arg.partition(":")[0])
    return [replace(under(note, screen), fresh=False)]


PLACES: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    "invited": _invited,
    "answered": _place,
    "named": lambda turn, note: [replace(under(note, named_screen(turn)), fresh=False)],
}
