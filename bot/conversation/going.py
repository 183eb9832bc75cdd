"""Moving from screen to screen: the recap, the advice, the documents, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import (
    advice,
    choosing,
    citing,
    drafting,
    letterhead,
    papers,
    personal,
    points,
    recap,
    receiving,
    rereading,
    trying,
)
from bot.conversation.answering import answer
from bot.conversation.reply import Reply
from bot.conversation.rounds import results
from bot.conversation.screen import Screen
from bot.conversation.session import leaving, opening, standing, welcome
from bot.conversation.session.sessions import moment
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.exchange import Back, Edit

Result = tuple[Conversation, list[Reply]]


def open_up(turn: Turn) -> Result:
    """The greeting and the notice; the notice alone when the greeting was already said."""
    if turn.seat is not None:
        return turn.state, [replace(welcome.notice_screen(turn), fresh=True)]
    if turn.state.place == "invited" and turn.session is not None:
        return show(turn, fresh=True)
    if turn.state.place == "left":
        turn = turn.then(turn.state.at("new"))
    if turn.state.place == "consent":
        return turn.state, [personal.consent_screen(turn)]
    if turn.lang != "fr" and turn.state.place == "new":
        return turn.state.at("language"), [personal.language_hello_screen(turn)]
    hello = [] if turn.state.place == "language" else [personal.hello_screen(turn)]
    return turn.state.at("consent"), [*hello, personal.consent_screen(turn)]


_SIDE: dict[str, Callable[[Turn], Screen]] = {
    "notice": personal.notice_screen,
    "privacy": personal.privacy_screen,
    "status": personal.status_screen,
    "language": personal.language_screen,
    "mydata": personal.my_data_screen,
    "erasure": personal.erasure_screen,
    "restart": personal.restart_screen,
    "sources": citing.sources_screen,
    "figures": citing.figures_screen,
}
"""Screens beside the interview: looking at them moves nothing."""


def go(turn: Turn, place: str, arg: str) -> Result:
    """Another screen: beside the interview, in it, or, once it is finished, of the advice."""
    if place in _SEATED and turn.seat is not None:
        return turn.state, [_SEATED[place](turn)]
    if place in _SIDE:
        return turn.state, [_SIDE[place](turn)]
    if place in _WITHHELD and welcome.withheld(turn):
        return _withheld(turn, place)
    match place:
        case "resume":
            return resume(turn)
        case "recap" | "modify" | "sections" | "section":
            return rereading.reread(turn, place, arg)
        case "deepen":
            return rereading.deepen(turn, arg)
        case "document":
            return turn.state, [papers.document_screen(turn)]
        case "letterhead" if receiving.expected(turn):
            return receiving.ask(turn)
        case "trial":
            return receiving.try_out(turn)
        case "fields" if turn.state.place in letterhead.PLACES:
            return turn.state, [letterhead.fields_screen(turn)]
        case "source":
            return turn.state, [citing.sources_screen(turn, arg, cited=True)]
        case "fix" | "next_point" if turn.state.place == "points":
            return _point(turn, fix=place == "fix")
    return _advised(turn, place, arg) if recap.finished(turn) else show(turn)


def _advised(turn: Turn, place: str, arg: str) -> Result:
    """A screen of the advice, of what it costs, or of its documents."""
    if place in _TRIES and turn.shared is not None:
        return show(turn.then(turn.state.at("advice")))
    if place in _BESIDE_ADVICE:
        return turn.state, [_BESIDE_ADVICE[place](turn, arg)]
    match place:
        case "reviewed":
            return _reviewed(turn)
        case "advice" | "why" | "options" | "reason" | "bye" | "whatif" | "costs":
            return show(turn.then(replace(turn.state.at(place), home="", origin="")))
        case "params" | "param":
            return show(turn.then(turn.state.at(place, arg)))
        case "intro" if "option" in turn.interview.answers:
            return choosing.prepare(turn)
        case "tongue" if arg in ("fr", "en") and drafting.wanted(turn):
            return _tongue(turn, arg)
    return show(turn)


def _reviewed(turn: Turn) -> Result:
    """From the recap to the advice."""
    state = replace(turn.state.at("advice"), home="", origin="")
    screen = replace(advice.advice_screen(turn.then(state)), fresh=True)
    return state, [Screen(_all_read(turn)), screen]


def _all_read(turn: Turn) -> str:
    steps = turn.steps("diagnostic")
    return turn.say("review.done", n=recap.answered(turn, steps), total=len(steps))


def _tongue(turn: Turn, lang: str) -> Result:
    """The documents in this language."""
    interview = replace(turn.interview, given={**turn.interview.given, "papers_lang": lang})
    state = replace(turn.state.at("intro"), interview=interview)
    return show(turn.then(state), turn.say(f"doc.tongue.{lang}"))


_SEATED: dict[str, Callable[[Turn], Screen]] = {
    "status": standing.standing_screen,
    "erasure": leaving.menu_screen,
}
"""The same, for somebody who sits in a session."""
_WITHHELD = {
    *("advice", "why", "options", "reason", "whatif", "tries", "tried", "reviewed"),
    *("intro", "tongue", "document", "bye"),
}
"""What comes with the committee's results only."""


def _withheld(turn: Turn, place: str) -> Result:
    """A committee is advised together: until the close, back to one's own answers."""
    assert turn.session is not None
    if welcome.frozen(turn):
        return results.open_up(turn)
    note = turn.say("session.later", moment=moment(turn, turn.session.deadline))
    state = replace(turn.state, home="", origin="")
    if place == "reviewed":
        note = _all_read(turn)
    state = state.at("asking") if state.place in (*rereading.PLACES, "ready") else state
    return show(turn.then(state), note, again=True)


def _choices(turn: Turn, name: str) -> Screen:
    known = turn.library.dialogs["diagnostic"]
    read = turn.library.expertise.kinds
    if name not in known or name not in read:
        return trying.tries_screen(turn)
    return trying.choices_screen(turn, name)


_TRIES = ("whatif", "tries", "tried")
"""What would tell of others' answers in a committee."""

_BESIDE_ADVICE: dict[str, Callable[[Turn, str], Screen]] = {
    "tries": lambda turn, _: trying.tries_screen(turn),
    "tried": _choices,
}
"""Screens of « Et si… »: looking at them moves nothing."""


def try_one(turn: Turn, name: str, choice: str) -> Result:
    """What the advice would be with one other answer."""
    known = turn.library.dialogs["diagnostic"]
    if welcome.withheld(turn):
        return _withheld(turn, "tried")
    if turn.shared is not None:
        return go(turn, "advice", "")
    if not recap.finished(turn) or name not in known or known[name].choice(choice) is None:
        return show(turn)
    return turn.state, [trying.tried_screen(turn, name, choice)]


def resume(turn: Turn) -> Result:
    """Leave a recap, a correction or a side screen for the place it was opened from."""
    state = turn.state
    if state.place in ("costs", "params", "param") and welcome.withheld(turn):
        state = state.at("asking")
    if state.origin or state.place in (*rereading.PLACES, *letterhead.PLACES, *opening.PLACES):
        interview = replace(state.interview, looking="", ticks=(), doubt=None)
        home = state.home or "asking"
        state = replace(state.at(home), home="", origin="", proposal=None, interview=interview)
        state = replace(state, trial="")
    if not state.begun:
        return open_up(turn)
    return show(turn.then(state), again=True)


def step_back(turn: Turn) -> Result:
    if turn.state.place in ("ready", "summary", "answered"):
        return answer(turn.then(turn.state.at("asking")), Back())
    if turn.state.place == "asking" and not turn.state.origin:
        return answer(turn, Back())
    return resume(turn)


def _point(turn: Turn, *, fix: bool) -> Result:
    """Correct the answer behind a contradiction, or keep it and go on."""
    point = points.current(turn.state)
    ask = next(one.ask for one in turn.library.model.contradictions if one.id == point)
    if fix and ask:
        state = replace(turn.state, origin="point")
        return answer(turn.then(state), Edit(ask))
    state = points.advance(turn)
    ids = turn.state.arg.partition(":")[2].split(",")
    note = points.remaining(turn, ids) if state.place != "points" else ""
    return show(turn.then(state), note)
