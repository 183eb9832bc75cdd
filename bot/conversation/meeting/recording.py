"""Completing the record: what the chair taps or types, the next gap, then the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import retention
from bot.conversation.meeting import board, record
from bot.conversation.reply import Bring, Convene, Reply
from bot.conversation.screen import Screen
from bot.conversation.show import below, show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt, Refusal, Understood
from bot.core.record import OPTION, explained, held, missing, needed

Result = tuple[Conversation, list[Reply]]
Deed = Callable[[Turn, str], Result]

_WORDS = Question("record", "", Type.TEXT, NOTHING, max_len=120, checks=("person",))
_DAY = Question("record_due", "", Type.DATE, NOTHING)
_AGAIN, _ON = "all", "on"
"""Marks that everything about a decision is asked again; that it is the next thing of the same."""


def opened(turn: Turn, _: str = "") -> Result:
    """The record, at its first gap."""
    return show(turn.then(turn.state.at(record.ASKED)))


def _done(turn: Turn, _: str) -> Result:
    return show(turn.then(turn.state.at(record.DONE)))


def brought(turn: Turn) -> Result:
    """In the chair's own chat: the committee's option is theirs, and the record waits."""
    if not record.decisions(turn):
        return turn.state, []
    turn = _adopted(turn)
    state, replies = show(turn.then(turn.state.at(record.ASKED)))
    return state, below(replies)


def _adopted(turn: Turn) -> Turn:
    """The owner's documents follow the option that the committee has taken."""
    chosen = held(board.meeting(turn), OPTION)
    option = chosen.option if chosen else ""
    if not option or turn.interview.answers.get("option") == option:
        return turn
    answers = {k: v for k, v in turn.interview.answers.items() if k != "option_reason"}
    interview = replace(turn.interview, answers={**answers, "option": option})
    return turn.then(replace(turn.state, interview=interview))


def _leads(turn: Turn, _: str) -> Result:
    return show(turn.then(turn.state.at(record.LEADS, turn.state.arg)))


def _date(turn: Turn, _: str) -> Result:
    return show(turn.then(turn.state.at(record.DATE, turn.state.arg)))


def _lead(turn: Turn, function: str) -> Result:
    said = board.function_name(turn, function)
    return _set(turn, "lead", function, said)


def _days(turn: Turn, days: str) -> Result:
    day = turn.instant.date() + timedelta(days=int(days) if days.isdecimal() else 0)
    return _on(turn, day, typed=False)


def _due(turn: Turn, iso: str) -> Result:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return show(turn)
    return _set(turn, "due", day, speech.day(day, turn.lang, weekday=True))


def _on(turn: Turn, day: date, *, typed: bool) -> Result:
    """A day as the due date, once it is sure."""
    if (asked := record.day_screen(turn, day, typed=typed)) is not None:
        return turn.state, [asked]
    return _set(turn, "due", day, speech.day(day, turn.lang, weekday=True))


def _coded(name: str) -> Deed:
    """A tap on a suggestion, kept in words."""

    def taken(turn: Turn, code: str) -> Result:
        key = f"record.{name}.{code}"
        if key not in turn.library.messages:
            return show(turn)
        said = turn.say(key)
        return _set(turn, name, said, speech.lower_first(said))

    return taken


def _set(turn: Turn, name: str, value: object, said: str) -> Result:
    """Keep what was said of the decision under way, and go on; a late tap changes nothing."""
    i, asked = record.where(turn)
    if asked != name:
        return show(turn)
    changed = replace(record.decisions(turn)[i], **{name: value})  # type: ignore[arg-type]
    all_ = (*record.decisions(turn)[:i], changed, *record.decisions(turn)[i + 1 :])
    after = board.moved(turn, decisions=explained(all_, changed.tells))
    return _next(after, i, name, turn.say("ack.noted", answer=said))


def _skip(turn: Turn, name: str) -> Result:
    i, asked = record.where(turn)
    if asked != name:
        return show(turn)
    return _next(turn, i, name, turn.say("record.skipped"))


def _next(turn: Turn, i: int, name: str, note: str) -> Result:
    """The question that follows, or the files once nothing is left."""
    again = turn.state.arg.endswith(f":{_AGAIN}")
    place = _following(turn, i, name, again=again)
    if not place:
        return _write(turn, note=note)
    state, replies = show(turn.then(turn.state.at(record.ASKED, place)), note)
    return state, [Convene(board.session(turn)), *replies]


def _following(turn: Turn, i: int, name: str, *, again: bool) -> str:
    """The next thing to ask, in order; empty when there is none."""
    decision = record.decisions(turn)[i]
    order = needed(decision)
    rest = [one for one in order[order.index(name) + 1 :] if again or one in missing(decision)]
    if rest:
        return f"{i}:{rest[0]}:{_AGAIN if again else _ON}"
    if again:
        return ""
    later = ((j, missing(one)) for j, one in enumerate(record.decisions(turn)) if j > i)
    return next((f"{j}:{gaps[0]}" for j, gaps in later if gaps), "")


def _write(turn: Turn, _: str = "", note: str = "") -> Result:
    """The record as Word and PDF, and what may come next."""
    of = board.session(turn)
    said = f"{note} {turn.say('record.writing')}".strip()
    return turn.state.at(record.DONE), [Convene(of), Screen(said), Bring(of.id, ("minutes",))]


def written(turn: Turn) -> Result:
    """Under the files: what they hold, until when answers are kept, and what may come next."""
    if not turn.owner:
        return turn.state, []
    of = board.session(turn)
    key = "record.next_later" if of.later else "record.next"
    until = speech.day(retention.answers_end(turn), turn.lang)
    state = turn.state.at(record.DONE)
    after = record.done_screen(turn.then(state), turn.say(key, date=until))
    return state, [replace(after, fresh=True)]


def _pick(turn: Turn, _: str) -> Result:
    return turn.state, [record.picking_screen(turn)]


def _edit(turn: Turn, i: str) -> Result:
    """Everything about one decision, asked again."""
    if not i.isdecimal() or int(i) >= len(record.decisions(turn)):
        return show(turn)
    first = needed(record.decisions(turn)[int(i)])[0]
    return show(turn.then(turn.state.at(record.ASKED, f"{i}:{first}:{_AGAIN}")))


def _bye(turn: Turn, _: str) -> Result:
    return turn.state.at(record.DONE), [Screen(turn.say("record.bye"))]


def _typed(turn: Turn, text: str) -> Result:
    """A date, a function or a few words, as the question asks."""
    _, name = record.where(turn)
    if name == "due":
        return _typed_day(turn, text)
    if not name:
        return show(turn, fresh=True)
    match turn.read(_WORDS, text):
        case Understood(str(said)):
            return _fresh(_set(turn, name, _known(turn, name, said), said))
        case Refusal("long"):
            said = turn.say("record.long", max=_WORDS.max_len)
            return turn.state, below(show(turn, said)[1])
        case Doubt():
            return turn.state, below(show(turn, turn.say("record.people"))[1])
    return show(turn, fresh=True)


def _known(turn: Turn, name: str, said: str) -> str:
    """The function that typed words name, if they name one."""
    role = turn.library.dialogs["diagnostic"]["role"]
    read = turn.read(role, said) if name == "lead" else Refusal("text")
    return str(read.value) if isinstance(read, Understood) else said


def _typed_day(turn: Turn, text: str) -> Result:
    match turn.read(_DAY, text):
        case Doubt(date() as day) | Understood(date() as day):
            return _fresh(_on(turn, day, typed=True))
    return turn.state, below(show(turn, turn.say("refuse.date"))[1])


def _fresh(result: Result) -> Result:
    """After typed words the reply comes below."""
    state, replies = result
    first = next(i for i, one in enumerate(replies) if isinstance(one, Screen))
    return state, [*replies[:first], *below(replies[first:])]


def _chairs(deed: Deed) -> Deed:
    """Only whoever opened the session completes its record."""

    def done(turn: Turn, arg: str) -> Result:
        if not turn.owner or not record.decisions(turn):
            return show(turn)
        return deed(turn, arg)

    return done


_DEEDS: Mapping[str, Deed] = {
    "record": opened,
    "r_lead": _lead,
    "r_leads": _leads,
    "r_days": _days,
    "r_date": _date,
    "r_due": _due,
    "r_measure": _coded("measure"),
    "r_tells": _coded("tells"),
    "r_skip": _skip,
    "r_write": _write,
    "r_pick": _pick,
    "r_edit": _edit,
    "r_done": _done,
    "r_bye": _bye,
}
DEEDS: Mapping[str, Deed] = {name: _chairs(deed) for name, deed in _DEEDS.items()}
TYPED = dict.fromkeys((record.ASKED, record.LEADS, record.DATE), _typed)
TOPICS = {"record": brought}
BROUGHT = {"minutes": written}
