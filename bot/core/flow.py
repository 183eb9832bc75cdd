"""Where an answer leads: a Dialog compiled to one machine that every conversation shares.

Built once per dialog. From each question one guarded transition goes to every later
question, up to and including the first that everybody gets, in written order. The guards
are our own frozen conditions and there are no callbacks, so nothing happens but a move.
The position is never stored: it is found by walking the path of the answers. A move depends
on nothing but the values that its guards read, so moves already made are remembered, and
so are the paths lately walked: one update asks for the same one several times.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from transitions import Machine

from bot.core.condition import Always, Condition, Values
from bot.core.dialog import Dialog, Question

START, END = "start", "end"
MOVES, PATHS = 4096, 256
"""How many of each are kept per dialog: some hundred bytes each."""


class _Token:
    """The one slot that the machine moves: the library's model, without its own machine."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Flow:
    """The paths through one dialog."""

    def __init__(self, dialog: Dialog) -> None:
        self.dialog = dialog
        moves = list(_transitions(dialog))
        self._machine = Machine(
            model=None,
            states=[START, *(question.id for question in dialog.questions), END],
            transitions=moves,
            initial=START,
            auto_transitions=False,
        )
        self._trigger = self._machine.events["answer"].trigger
        self._read = _names_read(moves)
        self._names = tuple(sorted({name for names in self._read.values() for name in names}))
        # Typed, so that values of two kinds that compare alike stay apart.
        self._next = lru_cache(MOVES, typed=True)(self._move)
        self._path = lru_cache(PATHS, typed=True)(self._walk)

    def path(self, values: Values) -> tuple[str, ...]:
        """The ids of the questions that these answers call for, in order."""
        return self._path(*map(values.get, self._names))

    def position(self, values: Values) -> str:
        """The first question of the path without an answer, or END."""
        return next((id_ for id_ in self.path(values) if id_ not in values), END)

    def _walk(self, *read: object) -> tuple[str, ...]:
        """The path when the guards read these values."""
        values = dict(zip(self._names, read, strict=True))
        place, found = START, []
        while (place := self._next(place, *map(values.get, self._read[place]))) != END:
            found.append(place)
        return tuple(found)

    def _move(self, place: str, *read: object) -> str:
        """Where the machine goes from a place when its guards read these values."""
        token = _Token(place)
        self._trigger(token, dict(zip(self._read[place], read, strict=True)))
        return token.state


def _transitions(dialog: Dialog) -> Iterator[dict[str, Any]]:
    for index, source in enumerate([START, *(question.id for question in dialog.questions)]):
        for target, guard in _targets(dialog.questions[index:]):
            yield {"trigger": "answer", "source": source, "dest": target, "conditions": guard}


def _names_read(moves: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """For each place, the names that the guards of the moves from there read."""
    read: dict[str, set[str]] = {}
    for move in moves:
        guard = move["conditions"]
        read.setdefault(move["source"], set()).update(guard.names if guard else ())
    return {place: tuple(sorted(names)) for place, names in read.items()}


def _targets(later: tuple[Question, ...]) -> Iterator[tuple[str, Condition | None]]:
    for question in later:
        if isinstance(question.when, Always):
            yield question.id, None
            return
        yield question.id, question.when
    yield END, None
