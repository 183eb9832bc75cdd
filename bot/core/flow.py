"""Where an answer leads: a Dialog compiled to one machine that every conversation shares.

Built once per dialog. From each question one guarded transition goes to every later
question, up to and including the first that everybody gets, in written order. The guards
are our own frozen conditions and there are no callbacks, so nothing happens but a move.
The position is never stored: it is found by walking the path of the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from transitions import Machine

from bot.core.condition import Always, Values
from bot.core.dialog import Dialog, Question

START, END = "start", "end"


class _Token:
    """The one slot that the machine moves: the library's model, without its own machine."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Flow:
    """The paths through one dialog."""

    def __init__(self, dialog: Dialog) -> None:
        self.dialog = dialog
        self._machine = Machine(
            model=None,
            states=[START, *(question.id for question in dialog.questions), END],
            transitions=list(_transitions(dialog)),
            initial=START,
            auto_transitions=False,
        )
        self._trigger = self._machine.events["answer"].trigger

    def path(self, values: Values) -> tuple[str, ...]:
        """The ids of the questions that these answers call for, in order."""
        token, found = _Token(START), []
        while self._trigger(token, values) and token.state != END:
            found.append(token.state)
        return tuple(found)

    def position(self, values: Values) -> str:
        """The first question of the path without an answer, or END."""
        return next((id_ for id_ in self.path(values) if id_ not in values), END)


def _transitions(dialog: Dialog) -> Iterator[dict[str, Any]]:
    for index, source in enumerate([START, *(question.id for question in dialog.questions)]):
        for target, guard in _targets(dialog.questions[index:]):
            yield {"trigger": "answer", "source": source, "dest": target, "conditions": guard}


def _targets(later: tuple[Question, ...]) -> Iterator[tuple[str, Callable[..., bool] | None]]:
    for question in later:
        if isinstance(question.when, Always):
            yield question.id, None
            return
        yield question.id, question.when
    yield END, None
