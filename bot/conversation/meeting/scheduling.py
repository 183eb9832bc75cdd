"""The owner's choices for the meeting: how it decides, how long, which day, and the files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.conversation.meeting import timetable as plan
from bot.conversation.reply import Bring, Convene
from bot.conversation.screen import Rows, Screen
from bot.conversation.session import seats
from bot.conversation.session.sitting import Result, below, here, news, owned, seated, tapped
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.agenda import LENGTHS
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt

_HOUR = re.compile(
    r"(?:\b(?:à|at)\s*)?\b(\d{1,2})\s*(?:h|:)\s*(\d{2})?\s*(am|pm)?\b", re.IGNORECASE
)
_HALF = re.compile(r"(?:\bat\s*)?\b(\d{1,2})\s*(am|pm)\b", re.IGNORECASE)
_DAY = Question("decision_date", "", Type.DATE, NOTHING)
FAR = 366
"""The days within which a meeting is set."""


def _at(turn: Turn, arg: str, note: str = "") -> Result:
    state = turn.state.at("plan", arg)
    return state, plan.screens(turn.then(state), note)


def _saved(turn: Turn, arg: str, note: str = "", **changes: object) -> Result:
    """A choice made; what was approved before it is to be approved anew."""
    session = replace(here(turn), **changes)  # type: ignore[arg-type]
    if session == here(turn):
        return _at(turn, arg, note)
    session = replace(session, approved=())
    state, shown = _at(turn.convened(session), arg, note)
    return state, [Convene(session), *shown]


def begin(turn: Turn, _: str) -> Result:
    """The first choice that is still to be made, or the timetable."""
    if turn.shared is None:
        return turn.state, [Screen(turn.say("plan.not_yet"))]
    return _at(turn, plan.next_step(here(turn)))


def choosing(turn: Turn, _: str) -> Result:
    """All the choices again."""
    return _at(turn, "rule") if turn.shared is not None else begin(turn, "")


def rule(turn: Turn, choice: str) -> Result:
    """How the meeting decides."""
    if choice not in plan.RULES or turn.shared is None:
        return begin(turn, "")
    note = turn.say("ack.noted", answer=speech.lower_first(turn.say(f"plan.rule.{choice}")))
    return _saved(turn, "minutes", note, rule=choice)


def minutes(turn: Turn, length: str) -> Result:
    """How long it lasts."""
    if turn.shared is None or length not in map(str, LENGTHS) or not here(turn).rule:
        return begin(turn, "")
    note = turn.say("ack.noted", answer=turn.say("plan.minutes", n=int(length)))
    return _saved(turn, "day", note, minutes=int(length))


def other(turn: Turn, _: str) -> Result:
    """Another day, typed."""
    return _at(turn, "typed")


def set_at(turn: Turn, arg: str) -> Result:
    """The day and the hour."""
    found = plan.moment_of(arg)
    if (
        turn.shared is None
        or found is None
        or not here(turn).rule
        or found.date() < turn.instant.date()
    ):
        return _at(turn, "day")
    starts = found.strftime("%H:%M")
    return _saved(turn, "ready", decides=found.date(), starts=starts)


def typed(turn: Turn, text: str) -> Result:
    """A day, with its hour or without; elsewhere the buttons answer."""
    if (done := tapped(turn, text, plan.screens(turn, ""), DEEDS)) is not None:
        return done
    if turn.state.arg.partition(".")[0] not in ("typed", "day", "hour", "sure", "ready"):
        return _fresh(_at(turn, turn.state.arg, turn.say("refuse.text")))
    hour, rest = _hour(text)
    waiting = turn.state.arg.partition(".")
    if hour is not None and not re.search(r"\d", rest) and waiting[0] == "hour":
        return _sure(turn, datetime.combine(date.fromisoformat(waiting[2]), hour))
    read = turn.read(_DAY, rest)
    if not isinstance(read, Doubt) or not isinstance(read.value, date):
        return _fresh(_at(turn, "typed", turn.say("plan.refuse")))
    day = read.value
    if day > turn.instant.date() + timedelta(days=FAR):
        return _fresh(_at(turn, "typed", turn.say("plan.refuse")))
    if hour is None:
        return _fresh(_at(turn, f"hour.{day.isoformat()}"))
    return _sure(turn, datetime.combine(day, hour))


def _sure(turn: Turn, when: datetime) -> Result:
    return _fresh(_at(turn, f"sure.{plan.written(when)}"))


def _hour(text: str) -> tuple[time | None, str]:
    """The hour said, and the words without it."""
    for pattern in (_HOUR, _HALF):
        if found := pattern.search(text):
            parts = [part for part in found.groups() if part]
            half = parts[-1].lower() if parts[-1].lower() in ("am", "pm") else ""
            hour = int(parts[0]) % 12 + 12 * (half == "pm") if half else int(parts[0])
            minute = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
            if hour < 24 and minute < 60:
                return time(hour, minute), f"{text[: found.start()]}{text[found.end() :]}".strip(
                    " ,"
                )
    return None, text


def _fresh(result: Result) -> Result:
    state, shown = result
    return state, below(shown)


def hour(turn: Turn, arg: str) -> Result:
    """The hour of a typed day; one when people do not work is asked about."""
    found = plan.moment_of(arg)
    off = found is not None and not hours.workday(found.date())
    return _at(turn, f"sure.{arg}") if off else set_at(turn, arg)


def change(turn: Turn, name: str) -> Result:
    """Which point gives its place, then which one takes it."""
    if turn.shared is None or not (made := plan.agenda_of(turn)).reserve:
        return begin(turn, "")
    return _at(turn, f"swap.{name}" if name in made.debates else "swap")


def swap(turn: Turn, arg: str) -> Result:
    """One point in the place of another."""
    out, _, into = arg.partition(".")
    if turn.shared is None:
        return begin(turn, "")
    made = plan.agenda_of(turn)
    if out not in made.debates or into not in made.reserve:
        return begin(turn, "")
    debates = tuple(into if name == out else name for name in made.debates)
    return _saved(turn, "ready", turn.say("plan.swapped"), debates=debates)


def files(turn: Turn, _: str) -> Result:
    """The agenda, the note and the invitation, to the owner alone."""
    session = here(turn)
    if turn.shared is None or plan.next_step(session) != "ready":
        return begin(turn, "")
    asked = plan.partner(turn)
    waiting = asked is not None and asked.id not in session.approved
    told = news(turn, [asked], "approve") if asked and waiting else []
    text = turn.say("plan.writing")
    bring = Bring(session.id, ("agenda", "note", "invitation"))
    return turn.state, [Screen(text), *told, bring]


def sent(turn: Turn) -> Result:
    """Under the files: they are the owner's to forward; whoever prepares them too approves."""
    session, asked = here(turn), plan.partner(turn)
    waiting = asked is not None and not {session.seats[0].id, asked.id} <= set(session.approved)
    draft = waiting or plan.blocked(turn)
    status = turn.say("plan.draft" if draft else "plan.final")
    if waiting and turn.seat is not None and turn.seat.id not in session.approved:
        return turn.state, [plan.approve_screen(turn)]
    text = turn.say("plan.sent" if turn.owner else "results.note_sent", status=status)
    return turn.state, [Screen(text, _to_results(turn), fresh=True)]


def _to_results(turn: Turn) -> Rows:
    return ((turn.button("btn.round_results", "s", "results"),),)


def approve(turn: Turn, _: str) -> Result:
    """« Je valide », from one of the two."""
    session, asked = here(turn), plan.partner(turn)
    if turn.seat is None or asked is None or not (turn.owner or turn.seat.id == asked.id):
        return turn.state, [Screen(turn.say("plan.not_yours"))]
    if turn.seat.id not in session.approved:
        session = replace(session, approved=(*session.approved, turn.seat.id))
    turn = turn.convened(session)
    both = {session.seats[0].id, asked.id} <= set(session.approved)
    if not both:
        return turn.state, [Convene(session), Screen(turn.say("plan.approved"), _to_results(turn))]
    second = [one for one in (session.seats[0], asked) if one.person != turn.person]
    return turn.state, [Convene(session), *news(turn, second, "approved"), _both(turn)]


def _both(turn: Turn) -> Screen:
    rows = ((turn.button("btn.round_files", "s", "files"),),) if turn.owner else _to_results(turn)
    return Screen(turn.say("plan.both"), rows)


def to_approve(turn: Turn) -> Result:
    """To the person who prepares it too: the files, and whether they approve."""
    session, asked = here(turn), plan.partner(turn)
    if asked is None or turn.seat is None or turn.seat.id != asked.id:
        return turn.state, []
    if asked.id in session.approved:
        return turn.state, []
    text = turn.say("plan.submitted", name=seats.the(turn, session.seats[0].id))
    return turn.state, [Screen(text, fresh=True), Bring(session.id, ("agenda", "note"))]


def told_both(turn: Turn) -> Result:
    """To the other of the two: both have approved."""
    return turn.state, [replace(_both(turn), fresh=True)]


PLACES = {"plan": plan.screens}
TYPED = {"plan": owned(typed)}
DEEDS = {
    "plan": owned(begin),
    "plan_again": owned(choosing),
    "plan_rule": owned(rule),
    "plan_minutes": owned(minutes),
    "plan_other": owned(other),
    "plan_at": owned(set_at),
    "plan_hour": owned(hour),
    "plan_change": owned(change),
    "swap": owned(swap),
    "files": owned(files),
    "approve": seated(approve),
}
BROUGHT = {"agenda": sent}
TOPICS = {"approve": to_approve, "approved": told_both}
