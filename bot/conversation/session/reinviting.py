"""Invitations seen one by one: a new link, one taken back, one more function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.reply import Notify, Reply
from bot.conversation.screen import Screen
from bot.conversation.session import inviting, reminding, seats, settings
from bot.conversation.session.chairing import Deed, chairs, saved
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import hours
from bot.core.session import Seat, Session, Status

Result = tuple[Conversation, list[Reply]]


def _seats(turn: Turn, _session: Session, _: str) -> Result:
    return turn.state, [settings.seats_screen(turn)]


def _seat(turn: Turn, session: Session, id_: str) -> Result:
    seat = session.seat(id_)
    if seat is None or seat.person == turn.person:
        return show(turn)
    return turn.state, [settings.seat_screen(turn, seat)]


def _add(turn: Turn, _session: Session, _: str) -> Result:
    return turn.state, [settings.add_screen(turn)]


def _added(turn: Turn, session: Session, id_: str) -> Result:
    if id_ not in settings.free(turn):
        return show(turn)
    if session.seat(id_) is None:
        session = replace(session, seats=(*session.seats, Seat(id_)))
        return _invited_anew(turn, session, id_, "seat.first_link")
    return _invited_anew(turn, session, id_)


def _reissue(turn: Turn, session: Session, id_: str) -> Result:
    """A new link: the earlier one opens nothing any more, and whoever had not agreed is out."""
    seat = session.seat(id_)
    if seat is None or seat.agrees or id_ == session.seats[0].id:
        return turn.state, [settings.kept_screen(turn, seat)]
    return _invited_anew(turn, session, id_)


def _invited_anew(turn: Turn, session: Session, id_: str, said: str = "seat.new_link") -> Result:
    seat = session.seat(id_)
    assert seat is not None
    session, put_out = _emptied(turn, session, seat, Status.INVITED)
    turn = turn.convened(session)
    told = Screen(turn.say(said))
    link = inviting.link_screen(turn, session.seat(id_) or seat, alone=True)
    return saved(turn, session, *put_out, told, link)


def _emptied(
    turn: Turn, session: Session, seat: Seat, status: Status
) -> tuple[Session, list[Reply]]:
    """The seat without its person, under another link."""
    put_out: list[Reply] = []
    if seat.person and seat.present:
        at = hours.decent(turn.instant).timestamp()
        put_out.append(Notify(session.id, seat.id, seat.person, "put_out", at))
    fresh = Seat(seat.id, issue=seat.issue + 1, status=status)
    seats_ = tuple(fresh if one.id == seat.id else one for one in session.seats)
    return replace(session, seats=seats_), put_out


def _revoke(turn: Turn, session: Session, id_: str) -> Result:
    """An invitation taken back; never somebody who has answered."""
    seat = session.seat(id_)
    if seat is None or seat.agrees or id_ == session.seats[0].id:
        return turn.state, [settings.kept_screen(turn, seat)]
    session, put_out = _emptied(turn, session, seat, Status.REVOKED)
    turn = turn.convened(session)
    note = turn.say("seat.gone", function=seats.the(turn, id_, capital=True))
    told = reminding.told(turn, session)
    return saved(turn, session, *put_out, *told, settings.seats_screen(turn, note))


def _refused(turn: Turn, session: Session, id_: str) -> Result:
    """Somebody who came through the group's link is not the right person."""
    seat = session.seat(id_)
    if seat is None or not seat.person or seat.person == turn.person:
        return show(turn)
    if seat.agrees:
        return turn.state, [settings.kept_screen(turn, seat)]
    session, put_out = _emptied(turn, session, seat, Status.INVITED)
    return saved(turn, session, *put_out, _closing(turn, "session.refused_joined"))


def _ask_out(turn: Turn, session: Session, id_: str) -> Result:
    """Whether the person would free the seat: once a day at most, and it is theirs to say."""
    seat, today = session.seat(id_), turn.instant.date()
    if seat is None or not seat.agrees or seat.person in ("", turn.person):
        return show(turn)
    if seat.unreached or seat.nudged == today:
        key = "session.nudge_unreached" if seat.unreached else "session.nudged_today"
        function = seats.the(turn, id_, capital=seat.unreached)
        return turn.state, [_closing(turn, key, function=function)]
    session = session.change(id_, nudged=today)
    at = hours.decent(turn.instant).timestamp()
    asked = Notify(session.id, id_, seat.person, "asked_out", at)
    return saved(turn, session, asked, _closing(turn, "seat.out_asked"))


def _fine(turn: Turn, _: str) -> Result:
    return turn.state, [_closing(turn, "session.fine")]


def _closing(turn: Turn, key: str, **words: object) -> Screen:
    """A last word, and the way back to the session."""
    return Screen(turn.say(key, **words), ((turn.button("btn.see_session", "g", "status"),),))


DEEDS: Mapping[str, Deed] = {
    "seats": chairs(_seats),
    "seat": chairs(_seat),
    "add": chairs(_add),
    "added": chairs(_added),
    "reissue": chairs(_reissue),
    "revoke": chairs(_revoke),
    "refused": chairs(_refused),
    "ask_out": chairs(_ask_out),
    "fine": _fine,
}
