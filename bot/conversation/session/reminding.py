"""Reminders and deadlines: when each is due, and what is still true when its time comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.conversation.reply import Convene, Notify, Reply
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import seats, standing, welcome
from bot.conversation.session.sessions import hour, local, moment
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.session import Phase, Session, Status

Result = tuple[Conversation, list[Reply]]
REMINDERS = 2
"""Reminders that come by themselves: a day after the agreement, and a day after that."""
AFTER_HOURS = 24
CLOSING_HOURS = 24
"""How long an owner who was asked about the deadline has to answer."""


def started(turn: Turn) -> tuple[Session, list[Reply]]:
    """A new session with what is due in it: the deadline, and the owner's own reminders."""
    assert turn.session is not None
    own = seats.owner(turn)
    session, reminder = scheduled(turn, own)
    return session, [*reminder, at_deadline(turn.convened(session))]


def at_deadline(turn: Turn) -> Notify:
    """The owner is asked at the deadline whether to close."""
    session = turn.session
    assert session is not None
    when = session.deadline.timestamp()
    return Notify(session.id, seats.owner(turn), session.owner, "deadline", when)


def scheduled(turn: Turn, seat: str, at: datetime | None = None) -> tuple[Session, list[Reply]]:
    """The session with a person's next reminder, if it falls before the deadline."""
    session = turn.session
    assert session is not None
    found = session.seat(seat)
    at = at or hours.working(hours.later(turn.instant, AFTER_HOURS))
    if found is None or at >= session.deadline:
        return session.change(seat, remind=None), []
    notice = Notify(session.id, seat, found.person, "remind", at.timestamp())
    return session.change(seat, remind=at), [notice]


def _remind(turn: Turn) -> Result:
    seat, session = turn.seat, turn.session
    assert seat is not None
    assert session is not None
    if not _open(turn) or not session.reminding or seat.quiet or not seat.agrees:
        return turn.state, []
    if seat.remind is None or turn.instant + timedelta(seconds=1) < seat.remind:
        return turn.state, []
    count = seat.reminded + 1
    session = session.change(seat.id, reminded=count, remind=None)
    notices: list[Reply] = []
    if count < REMINDERS:
        session, notices = scheduled(turn.convened(session), seat.id)
    turn = turn.convened(session)
    return turn.state, [Convene(session), *notices, reminder_screen(turn)]


def _open(turn: Turn) -> bool:
    """Whether the person has still something to answer before a deadline to come."""
    assert turn.session is not None
    assert turn.seat is not None
    waiting = turn.session.phase is Phase.FIRST and turn.seat.status is not Status.DONE
    return waiting and turn.instant < turn.session.deadline


def reminder_screen(turn: Turn) -> Screen:
    """What remains and until when; and a way to have no more of this."""
    assert turn.session is not None
    assert turn.seat is not None
    n, left, minutes = seats.remaining(turn)
    text = turn.say("session.remind", n=left, minutes=minutes, deadline=soon(turn))
    buttons = [_answer(turn, n)]
    if turn.seat.reminded < REMINDERS and turn.seat.remind is not None:
        buttons.append(turn.button("btn.remind_tomorrow", "s", "tomorrow"))
    buttons.append(turn.button("btn.remind_never", "s", "quiet"))
    return Screen(text, grouped(buttons, single=True), fresh=True)


def _answer(turn: Turn, n: int) -> Button:
    return turn.button("btn.resume_n", "s", "answer", n=n)


def soon(turn: Turn) -> str:
    """The deadline as one says it: « 18 h », « vendredi 18 h », « vendredi 11 décembre, 18 h »."""
    session, now = turn.session, turn.instant
    assert session is not None
    end = local(session, session.deadline)
    days = (end.date() - now.date()).days
    if days == 0:
        return turn.say("when.today", hour=hour(end, turn.lang))
    if days < 7:
        day = speech.day(end, turn.lang, weekday=True).split()[0]
        return turn.say("when.day", day=day, hour=hour(end, turn.lang))
    return moment(turn, session.deadline)


def tomorrow(turn: Turn, _: str) -> Result:
    """« Me le rappeler demain »: the next reminder is the last one."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None or not _open(turn):
        return turn.state, [standing.standing_screen(turn)]
    session, notices = scheduled(turn, seat.id, hours.morning(turn.instant))
    after = session.seat(seat.id)
    if after is None or after.remind is None:
        text = turn.say("session.no_tomorrow", deadline=soon(turn))
    else:
        day = speech.day(after.remind, turn.lang, weekday=True).removesuffix(
            f" {after.remind.year}"
        )
        text = turn.say("session.tomorrow", day=day, hour=hour(after.remind, turn.lang))
    session = session.change(seat.id, reminded=max(seat.reminded, REMINDERS - 1))
    return turn.state, [Convene(session), *notices, Screen(text)]


def quiet(turn: Turn, _: str) -> Result:
    """« Ne plus me relancer »."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None:
        return turn.state, []
    session = session.change(seat.id, quiet=True, remind=None)
    n, left, _minutes = seats.remaining(turn)
    rows = ((_answer(turn, n),),) if left else ()
    text = turn.say("session.quiet", deadline=soon(turn))
    return turn.state, [Convene(session), Screen(text, rows)]


def _nudge(turn: Turn) -> Result:
    """What the owner asked for: a reminder now, or the notice again."""
    assert turn.seat is not None
    if not _open(turn) or turn.seat.quiet:
        return turn.state, []
    if not turn.seat.agrees:
        return turn.state, [replace(welcome.notice_screen(turn), fresh=True)]
    return turn.state, [reminder_screen(turn)]


def _moved(key: str, turn: Turn) -> Result:
    """The deadline has moved: whoever has not finished learns it, warmly."""
    assert turn.seat is not None
    if not _open(turn) or not turn.seat.agrees:
        return turn.state, []
    n, left, minutes = seats.remaining(turn)
    text = turn.say(key, deadline=soon(turn), n=left, minutes=minutes)
    return turn.state, [Screen(text, ((_answer(turn, n),),), fresh=True)]


def _deadline(turn: Turn) -> Result:
    """The owner is asked to wait or to close; without an answer the session closes a day later.

    A whole day, even when the bot was not there at the deadline to ask.
    """
    session = turn.session
    assert session is not None
    early = turn.instant + timedelta(seconds=1) < session.deadline
    if session.phase is not Phase.FIRST or early or (session.complete and session.asked):
        return turn.state, []
    end = hours.later(max(session.deadline, turn.instant), CLOSING_HOURS)
    closing = Notify(session.id, seats.owner(turn), session.owner, "closing", end.timestamp())
    asked = replace(session, asked=True)
    screen = standing.complete_screen if session.complete else standing.deadline_screen
    return turn.state, [Convene(asked), closing, screen(turn)]


def _complete(turn: Turn) -> Result:
    session = turn.session
    assert session is not None
    if session.phase is not Phase.FIRST or not session.complete:
        return turn.state, []
    return turn.state, [standing.complete_screen(turn)]


def told(turn: Turn, session: Session) -> list[Reply]:
    """Word to the owner when everybody has finished."""
    if not session.complete or len(session.done) < 2:
        return []
    at = hours.decent(turn.instant).timestamp()
    return [Notify(session.id, session.seats[0].id, session.owner, "complete", at)]


def _anonymous(turn: Turn) -> Result:
    screen = Screen(turn.say("session.now_anonymous"), fresh=True)
    return turn.state, [screen]


TOPICS: Mapping[str, Callable[[Turn], Result]] = {
    "remind": _remind,
    "nudge": _nudge,
    "extended": partial(_moved, "session.extended"),
    "advanced": partial(_moved, "session.advanced"),
    "deadline": _deadline,
    "complete": _complete,
    "anonymous": _anonymous,
}
DEEDS: Mapping[str, Callable[[Turn, str], Result]] = {"tomorrow": tomorrow, "quiet": quiet}
