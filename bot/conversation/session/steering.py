"""What the owner does while a session is open: remind, change a date, wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.conversation.reply import Notify, Reply
from bot.conversation.screen import Screen
from bot.conversation.session import inviting, opening, reminding, seats, standing
from bot.conversation.session.chairing import Deed, aside, chairs, returned, saved
from bot.conversation.session.convening import sound_day, typed_day
from bot.conversation.session.sessions import moment
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.session import Seat, Session, Status

Result = tuple[Conversation, list[Reply]]


def _remind(turn: Turn, session: Session, _: str) -> Result:
    """A reminder to each who can be written to; the message again for those who cannot."""
    today, at = turn.instant.date(), hours.working(turn.instant)
    late = standing.behind(session)
    unopened = [seat for seat in late if seat.status is Status.INVITED]
    known = [seat for seat in late if seat not in unopened and not seat.unreached]
    due = [seat for seat in known if not seat.quiet and seat.nudged != today]
    parts = [_sent(turn, due, at), *_not_sent(turn, known, today)]
    parts += [*_unreached(turn, late), _unopened(turn, unopened)]
    notices = [Notify(session.id, one.id, one.person, "nudge", at.timestamp()) for one in due]
    for seat in due:
        session = session.change(seat.id, nudged=today)
    text = " ".join(part for part in parts if part) or turn.say("session.nobody_late")
    links = [inviting.link_screen(turn, seat, alone=True) for seat in unopened]
    return saved(turn, session, *notices, Screen(text), *links)


def _sent(turn: Turn, due: list[Seat], at: datetime) -> str:
    if not due:
        return ""
    to = speech.listed([turn.say("fn.to", the=seats.the(turn, one.id)) for one in due], turn.lang)
    if at == turn.instant:
        return turn.say("session.nudged", to=to)
    return turn.say("session.nudge_later", to=to, moment=standing.brief(turn, at))


def _not_sent(turn: Turn, known: list[Seat], today: date) -> list[str]:
    quiet = [seats.the(turn, one.id, capital=True) for one in known if one.quiet]
    again = [seats.the(turn, one.id) for one in known if one.nudged == today and not one.quiet]
    said = [turn.say("session.nudge_quiet", function=one) for one in quiet]
    return said + [turn.say("session.nudged_today", function=one) for one in again]


def _unreached(turn: Turn, late: list[Seat]) -> list[str]:
    lost = [seats.the(turn, one.id, capital=True) for one in late if one.unreached]
    return [turn.say("session.nudge_unreached", function=one) for one in lost]


def _unopened(turn: Turn, unopened: list[Seat]) -> str:
    if not unopened:
        return ""
    names = seats.all_of(turn, unopened)
    if len(unopened) == 1:
        return turn.say("session.unopened_one", function=names)
    return turn.say("session.unopened_many", functions=names)


def _redating(turn: Turn, _session: Session, _: str) -> Result:
    return turn.state, [opening.until_screen(turn, deed="redate")]


def _redate_day(turn: Turn, _session: Session, _: str) -> Result:
    return show(turn.then(aside(turn.state, "redate_day")))


def _typed_date(turn: Turn, text: str) -> Result:
    day = typed_day(turn, text)
    if isinstance(day, Screen):
        return turn.state, [replace(opening.day_screen(turn), text=day.text, fresh=True)]
    return turn.state, [opening.sure_screen(turn, day, deed="redate")]


def _redate(turn: Turn, session: Session, day: str) -> Result:
    found = sound_day(turn, day)
    if found is None:
        return show(turn)
    turn = turn.then(returned(turn.state))
    return _moved(turn, session, hours.evening(turn.instant, found))


def _wait(turn: Turn, session: Session, _: str) -> Result:
    if turn.instant < session.deadline:
        return turn.state, [standing.standing_screen(turn)]
    return _moved(turn, session, hours.noon(turn.instant))


def _moved(turn: Turn, session: Session, deadline: datetime) -> Result:
    """A new deadline: the owner is asked again then, and whoever has not finished learns it."""
    topic = "extended" if deadline > session.deadline else "advanced"
    session = replace(session, deadline=deadline, asked=False)
    turn = turn.convened(session)
    at = hours.working(turn.instant).timestamp()
    late = [seat for seat in standing.behind(session) if seat.agrees and not seat.quiet]
    told = [Notify(session.id, one.id, one.person, topic, at) for one in late]
    text = turn.say("session.moved", moment=moment(turn, deadline))
    if told:
        text = f"{text} {turn.say('session.moved_told')}"
    screen = Screen(text, ((turn.button("btn.where", "g", "status"),),))
    return saved(turn, session, reminding.at_deadline(turn), *told, screen)


def _keep_open(turn: Turn, session: Session, _: str) -> Result:
    text = turn.say("session.kept_open", moment=moment(turn, session.deadline))
    return turn.state, [Screen(text, ((turn.button("btn.where", "g", "status"),),))]


DEEDS: Mapping[str, Deed] = {
    "remind": chairs(_remind),
    "redating": chairs(_redating),
    "redate_day": chairs(_redate_day),
    "redate": chairs(_redate),
    "wait": chairs(_wait),
    "keep_open": chairs(_keep_open),
}
TYPED: Mapping[str, Deed] = {"redate_day": _typed_date}
