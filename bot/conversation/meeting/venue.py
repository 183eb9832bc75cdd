"""What the committee's papers print beside the day: the company's name and the place, if wished."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.meeting import timetable
from bot.conversation.reply import Convene, Reply
from bot.conversation.screen import Screen
from bot.conversation.session.sitting import Result, here, owned
from bot.conversation.turn import Turn
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt, Understood

COMPANY, PLACE = timetable.COMPANY, "place"
_PLACE = Question("place", "", Type.TEXT, NOTHING, max_len=60, checks=("person",))


def screens(turn: Turn, note: str) -> list[Reply]:
    """The name of the company, as for any document; then the place of the meeting."""
    text, key = turn.say("venue.place_ask"), PLACE
    if turn.state.arg == COMPANY:
        question, key = turn.question(COMPANY), COMPANY
        text = f"{turn.text(question.text)}\n\n{turn.text(question.example)}"
    rows = ((turn.button("btn.skip", "s", "venue_skip", key),),)
    return [Screen(f"{note}\n\n{text}" if note else text, rows)]


def _at(turn: Turn, step: str, note: str = "") -> Result:
    if step:
        state = turn.state.at("venue", step)
        return state, screens(turn.then(state), note)
    state = turn.state.at("plan", "ready")
    return state, timetable.screens(turn.then(state), note)


def begin(turn: Turn, _: str) -> Result:
    """The first of the two that is still missing; the place again when both are there."""
    if turn.shared is None:
        return _at(turn, "")
    return _at(turn, PLACE if turn.interview.values.get(COMPANY) else COMPANY)


def skip(turn: Turn, step: str) -> Result:
    """On without it."""
    return _at(turn, PLACE if step == COMPANY else "")


def typed(turn: Turn, text: str) -> Result:
    """The words to print, those that describe a person apart."""
    asked = turn.question(COMPANY) if turn.state.arg == COMPANY else _PLACE
    read = turn.read(asked, text)
    if not isinstance(read, Understood):
        key = "refuse.person" if isinstance(read, Doubt) else "venue.long"
        return _fresh(_at(turn, turn.state.arg, turn.say(key)))
    note = turn.say("ack.noted", answer=str(read.value))
    if turn.state.arg == COMPANY:
        answers = {**turn.interview.answers, COMPANY: str(read.value)}
        state = replace(turn.state, interview=replace(turn.interview, answers=answers))
        return _fresh(_at(turn.then(state), PLACE, note))
    session = replace(here(turn), place=str(read.value))
    state, shown = _fresh(_at(turn.convened(session), "", note))
    return state, [Convene(session), *shown]


def _fresh(result: Result) -> Result:
    state, shown = result
    return state, [replace(one, fresh=True) if isinstance(one, Screen) else one for one in shown]


PLACES = {"venue": screens}
TYPED = {"venue": owned(typed)}
DEEDS = {"venue": owned(begin), "venue_skip": owned(skip)}
