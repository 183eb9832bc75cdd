"""What the owner does while a session is open: remind, change a date, settle, invite anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.conversation import inviting, opening, reminding, seats, settings, standing
from bot.conversation.convening import sound_day, typed_day
from bot.conversation.going import go
from bot.conversation.joining import anonymous
from bot.conversation.screen import Convene, Notify, Reply, Screen, Toast
from bot.conversation.sessions import local, moment
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt, Understood
from bot.core.session import Mode, Phase, Seat, Session, Status

Result = tuple[Conversation, list[Reply]]
Deed = Callable[[Turn, str], Result]
_NAME = Question("name", "", Type.TEXT, NOTHING, max_len=60, checks=("person",))
_DECIDES = Question("decides", "", Type.DATE, NOTHING)


def chairs(deed: Callable[[Turn, Session, str], Result]) -> Deed:
    """A deed of the owner alone, while the first round is open."""

    def guarded(turn: Turn, arg: str) -> Result:
        session = turn.session
        if session is None or not turn.owner or session.phase is not Phase.FIRST:
            return show(turn)
        return deed(turn, session, arg)

    return guarded


def _saved(turn: Turn, session: Session, *replies: Reply) -> Result:
    return turn.state, [Convene(session), *replies]


def _remind(turn: Turn, session: Session, _: str) -> Result:
    """A reminder to each who can be written to; the message again for those who cannot."""
    today, at = turn.instant.date(), hours.working(turn.instant)
    late = standing.behind(session)
    unopened = [seat for seat in late if seat.status is Status.INVITED]
    known = [seat for seat in late if seat not in unopened]
    due = [seat for seat in known if not seat.quiet and seat.nudged != today]
    parts = [_sent(turn, due, at), *_not_sent(turn, known, today), _unopened(turn, unopened)]
    notices = [Notify(session.id, one.id, one.person, "nudge", at.timestamp()) for one in due]
    for seat in due:
        session = session.change(seat.id, nudged=today)
    text = " ".join(part for part in parts if part) or turn.say("session.nobody_late")
    links = [inviting.link_screen(turn, seat, alone=True) for seat in unopened]
    return _saved(turn, session, *notices, Screen(text), *links)


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


def _unopened(turn: Turn, unopened: list[Seat]) -> str:
    if not unopened:
        return ""
    names = seats.all_of(turn, unopened)
    if len(unopened) == 1:
        return turn.say("session.unopened_one", function=names)
    return turn.say("session.unopened_many", functions=names)


def _redating(turn: Turn, _session: Session, _: str) -> Result:
    return turn.state, [opening.until_screen(turn, deed="redate")]


def aside(state: Conversation, place: str, arg: str = "") -> Conversation:
    """Something to be typed, beside where the person was."""
    home = state.home if state.place in settings.PLACES else state.place
    return replace(state.at(place, arg), home=home)


def returned(state: Conversation) -> Conversation:
    """Back from there."""
    if state.place not in settings.PLACES:
        return state
    return replace(state.at(state.home or "asking"), home="")


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
    return _saved(turn, session, reminding.at_deadline(turn), *told, screen)


def _keep_open(turn: Turn, session: Session, _: str) -> Result:
    text = turn.say("session.kept_open", moment=moment(turn, session.deadline))
    return turn.state, [Screen(text, ((turn.button("btn.where", "g", "status"),),))]


def _settings(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    return returned(turn.state), [settings.settings_screen(turn)]


def _back(turn: Turn, _: str) -> Result:
    """Close a side screen."""
    if turn.session is None:
        return show(turn)
    turn = turn.then(returned(turn.state))
    return turn.state, [standing.standing_screen(turn)]


def _set(turn: Turn, what: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    if what == "zone":
        return turn.state, [settings.zone_screen(turn)]
    if what == "partner":
        return turn.state, [settings.partner_screen(turn)]
    return show(turn.then(aside(turn.state, "set", "name" if what == "name" else "decides")))


def _changed(turn: Turn, note: str = "", **changes: object) -> Result:
    assert turn.session is not None
    session = replace(turn.session, **changes)  # type: ignore[arg-type]
    turn = turn.convened(session).then(returned(turn.state))
    screen = settings.settings_screen(turn, note or turn.say("settings.noted"))
    return turn.state, [Convene(session), screen]


def _typed_setting(turn: Turn, text: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn.then(returned(turn.state)))
    if turn.state.arg == "name":
        return _typed_name(turn, text)
    read = turn.read(_DECIDES, text)
    if isinstance(read, Doubt) and read.why == "understood" and isinstance(read.value, date):
        return _fresh(_changed(turn, decides=read.value))
    return turn.state, [replace(settings.ask_screen(turn, turn.say("refuse.date")), fresh=True)]


def _typed_name(turn: Turn, text: str) -> Result:
    read = turn.read(_NAME, text)
    if isinstance(read, Understood):
        return _fresh(_changed(turn, name=str(read.value)))
    key = "refuse.person" if isinstance(read, Doubt) else "settings.name_refuse"
    return turn.state, [replace(settings.ask_screen(turn, turn.say(key)), fresh=True)]


def _fresh(result: Result) -> Result:
    state, replies = result
    return state, [replace(one, fresh=True) if isinstance(one, Screen) else one for one in replies]


def _zone(turn: Turn, key: str) -> Result:
    zone = next((one for one in settings.ZONES if settings.zone_key(one) == key), "")
    session = turn.session
    if not zone or not turn.owner or session is None:
        return show(turn)
    there = local(session, session.deadline).replace(tzinfo=ZoneInfo(zone))
    if session.phase is not Phase.FIRST or there <= turn.instant:
        return _changed(turn, zone=zone)
    state, replies = _changed(turn, zone=zone, deadline=there, asked=False)
    moved = turn.convened(replace(session, deadline=there))
    return state, [*replies, reminding.at_deadline(moved)]


def _partner(turn: Turn, seat: str) -> Result:
    session = turn.session
    if not turn.owner or session is None or (seat != "none" and session.seat(seat) is None):
        return show(turn)
    return _changed(turn, partner="" if seat == "none" else seat, approved=())


def _reminders(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    return _changed(turn, reminding=not turn.session.reminding)


def _remode(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    if settings.begun(turn.session):
        return turn.state, [Toast(turn.say("session.no_mode"))]
    return turn.state, [settings.mode_screen(turn)]


def _remoded(turn: Turn, session: Session, mode: str) -> Result:
    if settings.begun(session) or mode not in {one.value for one in Mode}:
        return turn.state, [Toast(turn.say("session.no_mode"))]
    own = session.change(session.seats[0].id, named=mode == Mode.NAMED.value)
    return _changed(turn.convened(own), turn.say(f"session.noted_{mode}"), mode=Mode(mode))


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
    return _invited_anew(turn, session, id_)


def _reissue(turn: Turn, session: Session, id_: str) -> Result:
    """A new link: the earlier one opens nothing any more, and whoever had not agreed is out."""
    seat = session.seat(id_)
    if seat is None or seat.agrees or id_ == session.seats[0].id:
        return turn.state, [settings.kept_screen(turn)]
    return _invited_anew(turn, session, id_)


def _invited_anew(turn: Turn, session: Session, id_: str) -> Result:
    seat = session.seat(id_)
    assert seat is not None
    session, put_out = _emptied(turn, session, seat, Status.INVITED)
    turn = turn.convened(session)
    told = Screen(turn.say("seat.new_link"))
    link = inviting.link_screen(turn, session.seat(id_) or seat, alone=True)
    return _saved(turn, session, *put_out, told, link)


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
        return turn.state, [settings.kept_screen(turn)]
    session, put_out = _emptied(turn, session, seat, Status.REVOKED)
    turn = turn.convened(session)
    note = turn.say("seat.gone", function=seats.the(turn, id_, capital=True))
    told = reminding.told(turn, session)
    return _saved(turn, session, *put_out, *told, settings.seats_screen(turn, note))


def _refused(turn: Turn, session: Session, id_: str) -> Result:
    """Somebody who came through the group's link is not the right person."""
    seat = session.seat(id_)
    if seat is None or not seat.person or seat.person == turn.person:
        return show(turn)
    if seat.agrees:
        return turn.state, [Screen(turn.say("session.refused_late"))]
    session, put_out = _emptied(turn, session, seat, Status.INVITED)
    return _saved(turn, session, *put_out, Screen(turn.say("session.refused_joined")))


def _fine(turn: Turn, _: str) -> Result:
    return turn.state, [Screen(turn.say("session.fine"))]


def _unname(turn: Turn, _: str) -> Result:
    """A guest takes back the agreement to be named, until the close."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None or session.phase is not Phase.FIRST or not seat.named:
        return show(turn)
    after, told = anonymous(turn)
    after = after.change(seat.id, named=False)
    screen = standing.standing_screen(turn.convened(after), turn.say("join.named_no"))
    return turn.state, [Convene(after), *told, screen]


def _parameters(turn: Turn, _: str) -> Result:
    """/parametres: the session's settings for its owner, the costs' assumptions otherwise."""
    if not turn.owner or turn.seat is None:
        return go(turn, "params", "")
    return _settings(turn, "")


COMMANDS: Mapping[str, Deed] = {"parametres": _parameters}
DEEDS: Mapping[str, Deed] = {
    "remind": chairs(_remind),
    "redating": chairs(_redating),
    "redate_day": chairs(_redate_day),
    "redate": chairs(_redate),
    "wait": chairs(_wait),
    "keep_open": chairs(_keep_open),
    "seats": chairs(_seats),
    "seat": chairs(_seat),
    "add": chairs(_add),
    "added": chairs(_added),
    "reissue": chairs(_reissue),
    "revoke": chairs(_revoke),
    "refused": chairs(_refused),
    "remoded": chairs(_remoded),
    "remode": _remode,
    "settings": _settings,
    "set": _set,
    "zone": _zone,
    "partner": _partner,
    "reminders": _reminders,
    "back": _back,
    "fine": _fine,
    "unname": _unname,
}
TYPED: Mapping[str, Deed] = {"redate_day": _typed_date, "set": _typed_setting}
