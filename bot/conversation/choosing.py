"""The option that somebody chooses, why, and the questions that its documents open."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import advice, drafting, recap
from bot.conversation.reply import Reply
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt, Refusal, Understood

Result = tuple[Conversation, list[Reply]]


def choose(turn: Turn, option: str) -> Result:
    """An option chosen: why, if it is not the best rated; then its documents."""
    known = {one.id for one in turn.library.model.options}
    if option not in known or (turn.stage == "diagnostic" and not recap.finished(turn)):
        return show(turn)
    answers = {k: v for k, v in turn.interview.answers.items() if k != "option_reason"}
    interview = replace(turn.interview, answers={**answers, "option": option})
    turn = turn.then(replace(turn.state, interview=interview))
    if option != turn.advice.top:
        return turn.state.at("chosen"), [advice.chosen_screen(turn)]
    note = turn.say("ack.noted", answer=turn.text(turn.library.model.option(option).name))
    return prepare(turn, note)


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
            return prepare(turn.then(state), turn.say("reco.reason_noted"))


def prepare(turn: Turn, note: str = "") -> Result:
    """Open the questions of the documents of the option chosen; others start at version 1."""
    kinds = turn.library.model.option(str(turn.interview.answers["option"])).docs
    same = drafting.wanted(turn) == kinds
    given = {**turn.interview.given, "documents": kinds, "depth": "utile"}
    state = replace(
        turn.state.at("intro" if drafting.language(turn) else "tongue"),
        interview=replace(turn.interview, given=given, looking=""),
        version=turn.state.version if same else 0,
        issued=turn.state.issued if same else {},
    )
    return show(turn.then(state), note)
