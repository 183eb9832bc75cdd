"""The record of decisions, completed by the chair in private: who, until when, measured how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.conversation.meeting import board, minutes
from bot.conversation.reply import Reply
from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.holidays import holiday
from bot.core.meeting import Decision
from bot.core.record import MEETING_DAYS, OPTION, held, missing, needed, to_complete
from bot.core.session import FUNCTIONS

ASKED, DATE, LEADS, DONE = "record", "record_date", "record_lead", "recorded"
"""Where a decision is completed, a date is typed, all the functions are shown, all is said."""
_MEASURES = ("date", "leads", "delay", "usage")
_TELLS = ("chief", "each", "both", "hr")


def decisions(turn: Turn) -> tuple[Decision, ...]:
    """What the meeting has decided."""
    return board.meeting(turn).decisions


def where(turn: Turn) -> tuple[int, str]:
    """The decision and what is asked of it; the first gap when nothing is under way."""
    i, _, name = turn.state.arg.partition(":")
    name = name.partition(":")[0]
    if i.isdecimal() and int(i) < len(decisions(turn)) and name in needed(decisions(turn)[int(i)]):
        return int(i), name
    gaps = to_complete(decisions(turn))
    return (gaps[0], missing(decisions(turn)[gaps[0]])[0]) if gaps else (-1, "")


def record_screen(turn: Turn, note: str = "") -> Screen:
    """The decisions, and the first thing that one of them still needs."""
    if not decisions(turn):
        return Screen(board.under(note, turn.say("record.none")))
    i, name = where(turn)
    if i < 0:
        return done_screen(turn, note)
    asked = _asked(turn, i, name)
    text = f"{note} {asked}" if note else f"{_listed(turn)}\n\n{asked}"
    return Screen(text, _answers(turn, name), strong="" if note else _head(turn))


def _head(turn: Turn) -> str:
    left = len(to_complete(decisions(turn)))
    head = turn.say("record.head", n=len(decisions(turn)))
    return head + (turn.say("record.incomplete", n=left) if left else "")


def _listed(turn: Turn) -> str:
    return "\n".join([_head(turn), "", *minutes.lines(turn, terms=True)])


def _asked(turn: Turn, i: int, name: str) -> str:
    """The question, with the number of the decision where it is not the one just spoken of."""
    on = turn.state.arg.count(":") == 2 and name != needed(decisions(turn)[i])[0]
    if name == "due" and on:
        return turn.say("record.due")
    if name in ("due", "lead"):
        return turn.say("record.due_of" if name == "due" else "record.lead", i=i + 1)
    return turn.say(f"record.{name}")


def _answers(turn: Turn, name: str) -> Rows:
    """What may be tapped, and the ways past the question."""
    made = {"lead": _leads, "due": _days, "measure": _measures, "tells": _tellers}[name](turn)
    past = [
        turn.button("btn.skip", "s", "r_skip", name),
        turn.button("btn.record.write", "s", "r_write"),
    ]
    return (*grouped(made), *grouped(past, single=True))


def _function(turn: Turn, function: str) -> Button:
    said = board.function_name(turn, function)
    return turn.labelled(said[:1].upper() + said[1:], "s", "r_lead", function)


def _leads(turn: Turn) -> list[Button]:
    """The chair's function and marketing first; the others one tap further."""
    first = dict.fromkeys((board.session(turn).seats[0].function, "MKT"))
    other = turn.button("btn.record.lead_other", "s", "r_leads")
    return [*(_function(turn, id_) for id_ in first if id_ != "AUT"), other]


def leads_screen(turn: Turn, note: str = "") -> Screen:
    """Every function of a committee."""
    i, _ = where(turn)
    rows = grouped((_function(turn, id_) for id_ in FUNCTIONS if id_ != "AUT"), single=True)
    return Screen(board.under(note, turn.say("record.lead", i=i + 1)), rows)


def _days(turn: Turn) -> list[Button]:
    on = [turn.button("btn.record.days", "s", "r_days", str(n), n=n) for n in MEETING_DAYS]
    return [*on, turn.button("btn.record.date", "s", "r_date")]


def _measures(turn: Turn) -> list[Button]:
    return [turn.button(f"record.measure.{id_}", "s", "r_measure", id_) for id_ in _MEASURES]


def _tellers(turn: Turn) -> list[Button]:
    return [turn.button(f"record.tells.{id_}", "s", "r_tells", id_) for id_ in _TELLS]


def date_screen(turn: Turn, note: str = "") -> Screen:
    """The due date, typed."""
    rows = ((turn.button("btn.back", "s", "record"),),)
    return Screen(board.under(note, turn.say("record.date_ask")), rows)


def day_screen(turn: Turn, day: date, *, typed: bool) -> Screen | None:
    """A day off is pointed out with the working day before; what was typed is read back."""
    said = speech.day(day, turn.lang, weekday=True)
    if turn.instant.date() < (before := hours.latest(day)) < day:
        name = turn.say("record.holiday") if holiday(day) else said.split()[0]
        words = {"day": name, "before": _in_short(turn, before)}
        rows = [
            turn.button(
                "btn.record.before", "s", "r_due", before.isoformat(), date=words["before"]
            ),
            turn.button(
                "btn.record.day_off", "s", "r_due", day.isoformat(), date=_in_short(turn, day)
            ),
        ]
        return Screen(turn.say("record.day_off", date=said, **words), grouped(rows, single=True))
    if not typed:
        return None
    yes = turn.button("btn.yes", "s", "r_due", day.isoformat())
    rows = [yes, turn.button("btn.no_fix", "s", "r_date")]
    return Screen(turn.say("record.date_doubt", date=said), grouped(rows))


def _in_short(turn: Turn, day: date) -> str:
    """« vendredi 12 », "Friday 12"."""
    return " ".join(speech.day(day, turn.lang, weekday=True).split()[:2])


def done_screen(turn: Turn, note: str = "") -> Screen:
    """The record as it stands, and what may come next."""
    parts = [note or _listed(turn), turn.say("next.head")]
    return Screen("\n\n".join(parts), next_rows(turn), strong="" if note else _head(turn))


def picking_screen(turn: Turn) -> Screen:
    """Which decision to go over again."""
    made = [
        turn.button("record.change", "s", "r_edit", str(i), i=i + 1)
        for i in range(len(decisions(turn)))
    ]
    back = turn.button("btn.back", "s", "r_done")
    text = f"{_listed(turn)}\n\n{turn.say('record.which')}"
    return Screen(text, (*grouped(made), (back,)), strong=_head(turn))


def ways(turn: Turn) -> list[Button]:
    """The way to the record, for whoever chaired, once something was decided."""
    session = turn.session
    if session is None or not turn.owner or session.meeting is None or not decisions(turn):
        return []
    return [turn.button("btn.record.complete", "s", "record")]


def next_rows(turn: Turn) -> Rows:
    """The brief of the option taken, the record again, six months later, the end."""
    chosen = held(board.meeting(turn), OPTION)
    option = chosen.option if chosen else ""
    made = [_brief(turn, option)] if option else []
    made.append(turn.button("btn.record.again", "s", "r_pick"))
    if not board.session(turn).later:
        made.append(turn.button("btn.later", "s", "later"))
    return grouped([*made, turn.button("btn.finish", "s", "r_bye")], single=True)


def _brief(turn: Turn, option: str) -> Button:
    kind = turn.library.model.option(option).docs[0]
    return turn.button("btn.record.brief", "o", option, name=turn.say(f"record.doc.{kind}"))


PLACES: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    ASKED: lambda turn, note: [record_screen(turn, note)],
    LEADS: lambda turn, note: [leads_screen(turn, note)],
    DATE: lambda turn, note: [date_screen(turn, note)],
    DONE: lambda turn, note: [done_screen(turn, note)],
}
