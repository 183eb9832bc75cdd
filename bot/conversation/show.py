"""The screen of the place where the person is: shown on arrival, on return, and after repairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import (
    advice,
    explaining,
    letterhead,
    papers,
    points,
    recap,
    reckoning,
    trying,
)
from bot.conversation.asking import (
    doubt_screen,
    opening,
    position,
    question_screen,
)
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.session import committee, welcome
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.flow import END


def show(
    turn: Turn, note: str = "", *, why: str = "", fresh: bool = False, again: bool = False
) -> tuple[Conversation, list[Reply]]:
    """The current place in words, under a note.

    `why` explains this question in place; `fresh` asks for a message below; `again` tells
    that the person comes back to a question already seen, so its module is not re-opened.
    """
    state = turn.state
    if state.place == "asking" and _answered(turn):
        state = state.at(_behind(turn))
        note = note if again or state.place != "answered" else ""
        turn = turn.then(state)
    screens = _screens(turn, note, why=why, again=again or fresh)
    return state, below(screens) if fresh else screens


def _behind(turn: Turn) -> str:
    """Where somebody is once every question is answered."""
    if turn.seat is not None and (
        welcome.withheld(turn) or not turn.interview.given.get("documents")
    ):
        return "answered"
    return "summary" if turn.interview.given.get("documents") else "ready"


def _answered(turn: Turn) -> bool:
    """Whether no question is left here: none at all, or none that the session leaves open."""
    if welcome.frozen(turn) and turn.dialog.id == "diagnostic":
        return True
    waits = welcome.withheld(turn) and not turn.interview.looking and recap.finished(turn)
    return waits or position(turn) == END


def below(replies: list[Reply]) -> list[Reply]:
    """The same replies, the first as a message of its own rather than in place of another."""
    first, *rest = replies
    return [replace(first, fresh=True) if isinstance(first, Screen) else first, *rest]


def _screens(turn: Turn, note: str, *, why: str, again: bool) -> list[Reply]:
    if turn.state.place in committee.PLACES:
        return committee.PLACES[turn.state.place](turn, note)
    place = turn.state.place
    if place == "asking" or (place == "points" and turn.interview.looking):
        return [_asking(turn, note, why=why, again=again)]
    if place == "writing":
        return [papers.writing_screen(turn, note), papers.delivery(turn)]
    if place == "param" and (param := reckoning.find(turn, turn.state.arg)) is not None:
        return [reckoning.param_screen(turn, param, note)]
    if place in _WITH_NOTE:
        return [_WITH_NOTE[place](turn, note)]
    return [_under(note, _PLAIN.get(place, papers.document_screen)(turn))]


def _sections(turn: Turn, note: str) -> Screen:
    """The recap; a section or effects left in between lead back to it."""
    return recap.sections_screen(turn.then(turn.state.at("recap", turn.state.arg)), note)


def _params(turn: Turn, note: str) -> Screen:
    page = int(turn.state.arg) if turn.state.arg.isdecimal() else 0
    return reckoning.params_screen(turn, page, note)


_WITH_NOTE: dict[str, Callable[[Turn, str], Screen]] = {
    "points": points.point_screen,
    "recap": _sections,
    "section": _sections,
    "effects": _sections,
    "advice": advice.advice_screen,
    "costs": reckoning.costs_screen,
    "params": _params,
    "intro": papers.intro_screen,
    "summary": papers.summary_screen,
}
"""Screens that place the note themselves."""


def _under(note: str, screen: Screen) -> Screen:
    return replace(screen, text=f"{note}\n\n{screen.text}") if note else screen


def _asking(turn: Turn, note: str, *, why: str, again: bool) -> Screen:
    place = position(turn)
    if turn.interview.doubt is not None:
        return _under(note, doubt_screen(turn, place, turn.interview.doubt))
    opened = "" if again or why or turn.interview.looking else opening(turn, place)
    said = "\n".join(part for part in (note, opened) if part)
    return question_screen(turn, place, said, why=why == place)


def _ready_screen(turn: Turn) -> Screen:
    """All the questions are behind; a minute's reading is offered before the advice."""
    steps = turn.steps("diagnostic")
    n = recap.answered(turn, steps)
    unknown = len(steps) - n
    text = turn.say("ready.all", n=n, total=len(steps))
    if unknown:
        text = turn.say("ready.some", total=len(steps), answered=n, n=unknown)
    rows = grouped(
        [turn.button("btn.review", "g", "recap"), turn.button("btn.recommendation", "g", "advice")]
    )
    return Screen(f"{text}\n\n{turn.say('ready.offer')}", rows)


def _why_screen(turn: Turn) -> Screen:
    alone = turn.shared is None
    turning = trying.turning_lines(turn, trying.turning(turn)) if alone else ""
    return explaining.why_screen(turn, turning)


_PLAIN: dict[str, Callable[[Turn], Screen]] = {
    "ready": _ready_screen,
    "why": _why_screen,
    "whatif": trying.try_screen,
    "options": advice.options_screen,
    "chosen": advice.chosen_screen,
    "reason": advice.reason_screen,
    "tongue": papers.tongue_screen,
    "letterhead": letterhead.ask_screen,
    "trial": letterhead.trial_screen,
    "bye": papers.bye_screen,
}
"""Screens under a note, if there is one."""
