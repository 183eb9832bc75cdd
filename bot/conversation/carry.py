"""A questionnaire that changed during a pause: answers are carried over, the rest is told."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.screen import Screen
from bot.conversation.turn import Turn
from bot.core.dialog import Blank, Question, Type
from bot.core.reading import Answer

BESIDES = ("option", "option_reason")
"""Answers that are not questions of a dialog."""


def carry(turn: Turn) -> tuple[Turn, list[Screen]]:
    """The turn under today's questionnaires, and what to tell the person if they changed."""
    today = {dialog.id: dialog.version for dialog in turn.library.dialogs.values()}
    interview = turn.interview
    if dict(interview.versions) == today:
        return turn, []
    kept = {id_: held for id_, held in interview.answers.items() if _holds(turn, id_, held)}
    lost = len(interview.answers) - len(kept)
    looking = interview.looking if interview.looking in kept else ""
    carried = replace(
        interview, answers=kept, versions=today, looking=looking, ticks=(), doubt=None
    )
    state = replace(turn.state, interview=carried, proposal=None)
    if not state.begun:
        return turn.then(state), []
    key = "repair.changed" if lost else "repair.changed_none"
    return turn.then(state), [Screen(turn.say(key, n=lost), fresh=True)]


def _holds(turn: Turn, id_: str, held: Answer) -> bool:
    """Whether an answer still answers a question."""
    if id_ in BESIDES:
        return True
    dialog = turn.dialog_of(id_)
    return id_ in dialog and fits(dialog[id_], held)


def fits(question: Question, held: Answer) -> bool:
    """Whether an answer is one that this question can have."""
    if isinstance(held, Blank):
        return True
    if question.type is Type.MULTI:
        return isinstance(held, tuple) and all(question.choice(one) for one in held)
    if question.choices:
        return question.choice(str(held)) is not None
    return not isinstance(held, tuple)
