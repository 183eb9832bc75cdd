"""What the owner does to open a session: each choice, then the session itself and its links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.going import open_up
from bot.conversation.reply import Convene, Reply
from bot.conversation.screen import Screen, Toast
from bot.conversation.session import inviting, opening, reminding, sessions, standing, welcome
from bot.conversation.session.sessions import chance, moment, new_id
from bot.conversation.show import show
from bot.conversation.state import Conversation, Member
from bot.conversation.turn import Turn
from bot.core import hours
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt
from bot.core.session import FUNCTIONS, Mode, Seat, Session, Status

Result = tuple[Conversation, list[Reply]]
DAYS = 61
"""How far away a deadline may be: well within the silence after which answers go."""
_HOUR = re.compile(r",?\s*(à|at)?\s*\d{1,2}\s*(h\b|:).*$", re.IGNORECASE)
_DAY = Question("deadline", "", Type.DATE, NOTHING)


def seance(turn: Turn, _: str = "") -> Result:
    """/seance: open a session, or where the one under way stands."""
    if not turn.bot:  # links lead to a bot: a terminal has none
        return turn.state, [Screen(turn.say("session.elsewhere"), fresh=True)]
    if not turn.state.begun:
        state, replies = open_up(turn)
        return (state.at("consent", "seance") if state.place == "consent" else state), replies
    if turn.seat is not None:
        assert turn.session is not None
        if sessions.over(turn.session) and not turn.owner:
            return turn.state, [replace(opening.another_screen(turn), fresh=True)]
        key = _already(turn)
        return turn.state, [replace(standing.standing_screen(turn, turn.say(key)), fresh=True)]
    return begin(turn)


def _already(turn: Turn) -> str:
    """Why no second session opens, and what this command is for once the first round is closed."""
    if not turn.owner:
        return "session.already_guest"
    assert turn.session is not None
    if sessions.over(turn.session):
        return "standing.meeting_over"
    return "standing.meeting" if welcome.frozen(turn) else "session.already_owner"


def begin(turn: Turn) -> Result:
    """The first choice, beside the interview, which waits."""
    state = turn.state
    away = state.place.startswith("opening")
    home = state.home if away else (state.home or state.place)
    interview = replace(state.interview, looking="", ticks=(), doubt=None)
    state = replace(state, home=home, origin="", proposal=None, interview=interview)
    place = "opening" if opening.own(turn) else "opening_role"
    return show(turn.then(state.at(place)))


def _stale(turn: Turn) -> Result:
    """A button of a choice already made."""
    return turn.state, [Toast(turn.say("toast.done"))]


def _me(turn: Turn, role: str) -> Result:
    if turn.state.place != "opening_role" or role not in FUNCTIONS:
        return _stale(turn)
    answers = {"role": role, **turn.interview.answers}
    state = replace(turn.state, interview=replace(turn.interview, answers=answers))
    return show(turn.then(state.at("opening")), turn.say("ack.noted", answer=_function(turn, role)))


def _function(turn: Turn, role: str) -> str:
    return turn.answer("role", role)


def _more(turn: Turn, _: str) -> Result:
    if turn.state.place != "opening":
        return _stale(turn)
    return turn.state, [opening.mode_screen(turn, more=True)]


def _mode(turn: Turn, mode: str) -> Result:
    if turn.state.place != "opening" or mode not in {one.value for one in Mode}:
        return _stale(turn)
    chosen = opening.Draft(mode, opening.functions(turn))
    state = turn.state.at("opening_guests", chosen.text)
    return show(turn.then(state), turn.say(f"session.noted_{mode}"))


def _tick(turn: Turn, seat: str) -> Result:
    chosen = opening.draft(turn)
    if turn.state.place != "opening_guests":
        return _stale(turn)
    if seat in opening.functions(turn):
        guests = _toggled(chosen.guests, seat)
    elif seat == "AUT":
        guests = _one_more(chosen.guests, opening.others(turn))
    else:
        return _stale(turn)
    return show(turn.then(turn.state.at("opening_guests", replace(chosen, guests=guests).text)))


def _toggled(guests: tuple[str, ...], seat: str) -> tuple[str, ...]:
    return tuple(one for one in guests if one != seat) if seat in guests else (*guests, seat)


def _one_more(guests: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    free = [seat for seat in others if seat not in guests]
    return (*guests, free[0]) if free else tuple(one for one in guests if one not in others)


def _invited(turn: Turn, _: str) -> Result:
    chosen = opening.draft(turn)
    if turn.state.place != "opening_guests":
        return _stale(turn)
    if not chosen.guests:
        return turn.state, [Toast(turn.say("toast.invite"))]
    note = turn.say("session.guests", n=len(chosen.guests))
    return show(turn.then(turn.state.at("opening_until", chosen.text)), note)


def _day(turn: Turn, _: str) -> Result:
    if turn.state.place not in ("opening_until", "opening_sure"):
        return _stale(turn)
    return show(turn.then(turn.state.at("opening_day", turn.state.arg)))


def typed_day(turn: Turn, text: str) -> date | Screen:
    """A day typed for a deadline, or what to say of words that are none."""
    read = turn.read(_DAY, _HOUR.sub("", text))
    today = turn.instant.date()
    value = read.value if isinstance(read, Doubt) and read.why == "understood" else None
    if isinstance(value, date) and today < value <= today + timedelta(days=DAYS):
        return value
    example = opening.when(turn, hours.ends_of_weeks(today)[0]).rpartition(",")[0]
    return Screen(turn.say("session.day_far", date=example), fresh=True)


def _typed(turn: Turn, text: str) -> Result:
    day = typed_day(turn, text)
    if isinstance(day, Screen):
        return turn.state, [replace(opening.day_screen(turn), text=day.text, fresh=True)]
    chosen = replace(opening.draft(turn), day=day.isoformat())
    state = turn.state.at("opening_sure", chosen.text)
    return state, [opening.sure_screen(turn, day)]


def _until(turn: Turn, day: str) -> Result:
    chosen = opening.draft(turn)
    if not turn.state.place.startswith("opening_") or not chosen.guests:
        return _stale(turn)
    found = sound_day(turn, day)
    if found is None:
        return _stale(turn)
    return opened(turn, chosen, found)


def sound_day(turn: Turn, day: str) -> date | None:
    """The day of a button, if it can still be a deadline."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    today = turn.instant.date()
    return found if today < found <= today + timedelta(days=DAYS) else None


def opened(turn: Turn, chosen: opening.Draft, day: date) -> Result:
    """The session exists from here on; its first invitation comes below."""
    session = _session(turn, chosen, day)
    member = Member(session.id, session.seats[0].id)
    state = replace(turn.state.at("asking"), member=member, home="", origin="")
    turn = turn.then(state).convened(session)
    first, notices = reminding.started(turn)
    turn = turn.convened(first)
    text = turn.say("session.opened", moment=moment(turn, session.deadline))
    told = Screen(f"{text}\n\n{turn.say('session.how')}")
    invited = inviting.waiting(turn)
    return state, [Convene(first), *notices, told, inviting.link_screen(turn, invited[0])]


def _session(turn: Turn, chosen: opening.Draft, day: date) -> Session:
    own = Seat(
        opening.own(turn),
        turn.person,
        status=Status.ANSWERING,
        agreed=turn.instant,
        named=chosen.mode == Mode.NAMED.value,
    )
    order = [seat for seat in opening.functions(turn) if seat in chosen.guests]
    order += [seat for seat in opening.others(turn) if seat in chosen.guests]
    return Session(
        id=new_id(turn),
        owner=turn.person,
        zone=turn.house.zone,
        lang=turn.lang,
        opened=turn.instant,
        deadline=hours.evening(turn.instant, day),
        seed=chance(turn, "seed"),
        mode=Mode(chosen.mode),
        seats=(own, *(Seat(seat) for seat in order)),
    )


def _cancel(turn: Turn, _: str) -> Result:
    if not turn.state.place.startswith("opening"):
        return _stale(turn)
    state = replace(turn.state.at(turn.state.home or "asking"), home="")
    return show(turn.then(state), turn.say("session.cancelled"), again=True)


DEEDS: Mapping[str, Callable[[Turn, str], Result]] = {
    "new": seance,
    "me": _me,
    "more": _more,
    "mode": _mode,
    "tick": _tick,
    "invited": _invited,
    "until": _until,
    "until_day": _day,
    "cancel": _cancel,
}
TYPED: Mapping[str, Callable[[Turn, str], Result]] = {
    "opening_day": _typed,
    "opening_until": _typed,
}
COMMANDS: Mapping[str, Callable[[Turn, str], Result]] = {"seance": seance}
