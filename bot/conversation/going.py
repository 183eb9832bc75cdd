"""Moving from screen to screen: the recap, the advice, the documents, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import (
    advice,
    citing,
    leaving,
    letterhead,
    opening,
    papers,
    personal,
    points,
    recap,
    receiving,
    results,
    standing,
    trying,
    welcome,
)
from bot.conversation.answering import answer, closed, role_is_set
from bot.conversation.screen import Reply, Screen, Toast
from bot.conversation.sessions import moment
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.dialog import NOTHING, Question, Type, offer_of
from bot.core.exchange import Back, Edit
from bot.core.reading import Doubt, Refusal, Understood

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
            return _recap(turn, place, arg)
        case "deepen":
            return _deepen(turn, arg)
        case "document":
            return turn.state, [papers.document_screen(turn)]
        case "letterhead" if receiving.expected(turn):
            return receiving.ask(turn)
        case "trial":
            return receiving.try_out(turn)
        case "source":
            return turn.state, [citing.sources_screen(turn, arg, cited=True)]
        case "fix" | "next_point" if turn.state.place == "points":
            return _point(turn, fix=place == "fix")
    if not recap.finished(turn):
        return show(turn)
    if place in _TRIES and turn.shared is not None:
        return show(turn.then(turn.state.at("advice")))
    if place in _BESIDE_ADVICE:
        return turn.state, [_BESIDE_ADVICE[place](turn, arg)]
    match place:
        case "reviewed":
            steps = turn.steps("diagnostic")
            done = turn.say("review.done", n=recap.answered(turn, steps), total=len(steps))
            state = replace(turn.state.at("advice"), home="", origin="")
            screen = replace(advice.advice_screen(turn.then(state)), fresh=True)
            return state, [Screen(done), screen]
        case "advice" | "why" | "options" | "reason" | "bye" | "whatif" | "costs":
            return show(turn.then(replace(turn.state.at(place), home="", origin="")))
        case "params" | "param":
            return show(turn.then(turn.state.at(place, arg)))
        case "intro" if "option" in turn.interview.answers:
            return _prepare(turn)
        case "tongue" if arg in ("fr", "en") and papers.wanted(turn):
            given = {**turn.interview.given, "papers_lang": arg}
            interview = replace(turn.interview, given=given)
            note = turn.say(f"doc.tongue.{arg}")
            return show(turn.then(replace(turn.state.at("intro"), interview=interview)), note)
    return show(turn)


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
    if turn.shared is not None:
        return results.open_up(turn)
    note = turn.say("session.later", moment=moment(turn, turn.session.deadline))
    state = replace(turn.state, home="", origin="")
    if place == "reviewed":
        steps = turn.steps("diagnostic")
        note = turn.say("review.done", n=recap.answered(turn, steps), total=len(steps))
    state = state.at("asking") if state.place in (*_RECAPS, "ready") else state
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
    if state.origin or state.place in (*_RECAPS, *letterhead.PLACES, *opening.PLACES):
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


_RECAPS = ("recap", "section", "effects")


def _recap(turn: Turn, place: str, module: str) -> Result:
    state = turn.state
    away = state.place in _RECAPS or bool(state.origin)
    home = state.home if away else state.place
    changing = state.arg if away else ("modifier" if place == "modify" else "relire")
    interview = replace(state.interview, looking="", ticks=(), doubt=None)
    state = replace(state, home=home, origin="", proposal=None, interview=interview)
    known = {section[1] for section in recap.sections(turn)}
    if place == "section" and module in known:
        state = replace(state.at("section", changing), origin="")
        return state, [recap.section_screen(turn.then(state), module)]
    return show(turn.then(state.at("recap", changing)))


def _deepen(turn: Turn, module: str) -> Result:
    if welcome.frozen(turn):
        return closed(turn)
    offer = offer_of(module)
    if offer not in turn.library.dialogs["diagnostic"]:
        return show(turn)
    answers = {**turn.interview.answers, offer: "tout"}
    interview = replace(turn.interview, answers=answers, looking="", ticks=())
    state = replace(turn.state.at("asking"), interview=interview, home="", origin="")
    return show(turn.then(state))


def edit(turn: Turn, question: str) -> Result:
    if question == "role" and turn.seat is not None:
        return turn.state, [Toast(role_is_set(turn))]
    module = turn.dialog_of(question)[question].module if question in _all(turn) else ""
    if not module or question not in turn.interview.answers:
        return show(turn)
    changing = "modifier" if turn.state.arg == "modifier" else "relire"
    state = replace(turn.state.at("asking", changing), origin=f"{changing}:{module}")
    return answer(turn.then(state), Edit(question))


def _all(turn: Turn) -> set[str]:
    return {id_ for dialog in turn.library.dialogs.values() for id_ in dialog.by_id}


def choose(turn: Turn, option: str) -> Result:
    if welcome.withheld(turn):
        return _withheld(turn, "options")
    known = {one.id for one in turn.library.model.options}
    if option not in known or (turn.stage == "diagnostic" and not recap.finished(turn)):
        return show(turn)
    answers = {k: v for k, v in turn.interview.answers.items() if k != "option_reason"}
    interview = replace(turn.interview, answers={**answers, "option": option})
    turn = turn.then(replace(turn.state, interview=interview))
    if option != turn.advice.top:
        return turn.state.at("chosen"), [advice.chosen_screen(turn)]
    note = turn.say("ack.noted", answer=turn.text(turn.library.model.option(option).name))
    return _prepare(turn, note)


_REASON = Question("option_reason", "", Type.TEXT, NOTHING, max_len=280, checks=("wording",))


def give_reason(turn: Turn, text: str) -> Result:
    """Why another option than the best rated was chosen: printed word for word, so read as one."""
    match turn.read(_REASON, text):
        case Refusal("long"):
            return show(turn, turn.say("refuse.reason_long"), fresh=True)
        case Refusal("wording" as reason, words):
            return show(turn, turn.say(f"refuse.{reason}", **words), fresh=True)
        case Refusal():
            return show(turn, fresh=True)
        case Understood(said) | Doubt(said):
            answers = {**turn.interview.answers, _REASON.id: said}
            state = replace(turn.state, interview=replace(turn.interview, answers=answers))
            return _prepare(turn.then(state), turn.say("reco.reason_noted"))


def _prepare(turn: Turn, note: str = "") -> Result:
    """Open the questions of the documents of the option chosen; others start at version 1."""
    kinds = turn.library.model.option(str(turn.interview.answers["option"])).docs
    same = papers.wanted(turn) == kinds
    given = {**turn.interview.given, "documents": kinds, "depth": "utile"}
    state = replace(
        turn.state.at("intro" if papers.language(turn) else "tongue"),
        interview=replace(turn.interview, given=given, looking=""),
        version=turn.state.version if same else 0,
        issued=turn.state.issued if same else {},
    )
    return show(turn.then(state), note)
