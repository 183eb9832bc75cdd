"""One's answers read again: the recap, its sections, an answer to change, a subject to deepen."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import recap
from bot.conversation.answering import answer, closed, role_is_set
from bot.conversation.reply import Reply
from bot.conversation.screen import Toast
from bot.conversation.session import welcome
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.dialog import offer_of
from bot.core.exchange import Edit

Result = tuple[Conversation, list[Reply]]


PLACES = ("recap", "section", "effects")
"""Where somebody is who reads their answers again."""


def reread(turn: Turn, place: str, module: str) -> Result:
    """The recap, or one of its sections; the way back is remembered."""
    state = turn.state
    away = state.place in PLACES or bool(state.origin)
    home = state.home if away else state.place
    changing = state.arg if away else ("modifier" if place == "modify" else "relire")
    interview = replace(state.interview, looking="", ticks=(), doubt=None)
    state = replace(state, home=home, origin="", proposal=None, interview=interview)
    known = {section[1] for section in recap.sections(turn)}
    if place == "section" and module in known:
        state = replace(state.at("section", changing), origin="")
        return state, [recap.section_screen(turn.then(state), module)]
    return show(turn.then(state.at("recap", changing)))


def deepen(turn: Turn, module: str) -> Result:
    """The deep-dives of a subject, asked now."""
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
    """A question asked again, from the section of the recap that holds it."""
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
