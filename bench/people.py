"""Scripted people: each answers what is on the screen, and acts again once the reply is there."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

WAY_ON = (
    "J'ai compris, je commence",
    "Non, et ne plus me le proposer",
    "Voir la recommandation",
)
"""The buttons that lead to the end; anywhere else the first one is an answer."""
TICKED = "Valider ("
LAST = "Retenir cette option"
"""The interview is over: somebody else takes the place."""
FIRST_ID = 100_000
CALLS_EACH = 1_000_000
"""A callback's number is the person's times this, plus the update's."""
LOST_SECONDS = 20.0


@dataclass(slots=True)
class Person:
    """Who waits for a reply since when, and what of it has come."""

    id: int
    since: float = 0.0
    waiting: bool = False
    callback: int = 0
    screen: bool = False
    answered: bool = False
    message: int = 0
    text: str = ""
    markup: str = ""
    button: str = ""
    """What to touch next; nothing says to begin."""
    turns: int = 0


@dataclass(slots=True)
class Tally:
    """What happened since the measure began."""

    latencies: list[float] = field(default_factory=list)
    doubled: int = 0
    begun: int = 0


class People:
    """So many people at a time. `act` is called with each one whose turn it is."""

    def __init__(self, size: int, act: Callable[[Person], None], *, at_once: bool = True) -> None:
        self._act = act
        self._at_once = at_once
        self._ids = iter(range(FIRST_ID, 10**9))
        self._by_id: dict[int, Person] = {}
        self.idle: deque[Person] = deque()
        self.tally = Tally()
        self.record: list[dict[str, object]] | None = None
        self._newcomers = size

    def begin(self) -> None:
        """Everybody comes in."""
        for _ in range(self._newcomers):
            self._newcomer()

    def _newcomer(self) -> None:
        person = Person(next(self._ids))
        self._by_id[person.id] = person
        self.tally.begun += 1
        self._ready(person)

    def _ready(self, person: Person) -> None:
        if self._at_once:
            self.go(person)
        else:
            self.idle.append(person)

    def go(self, person: Person) -> None:
        """This person acts now, and waits for the reply."""
        person.since, person.waiting, person.screen = time.perf_counter(), True, False
        person.turns += 1
        person.callback = person.id * CALLS_EACH + person.turns if person.button else 0
        person.answered = not person.callback
        self._act(person)

    def called_back(self, number: int) -> None:
        """The little clock on a button has ended."""
        person = self._by_id.get(number // CALLS_EACH)
        if person is None:
            return
        if person.callback != number or person.answered:
            self.tally.doubled += 1
            return
        person.answered = True
        self._arrived(person)

    def shown(self, chat: int, message: int, text: str, markup: str) -> None:
        """A message with buttons has arrived."""
        person = self._by_id.get(chat)
        if person is None:
            return
        if not person.waiting or person.screen:
            self.tally.doubled += 1
            return
        person.message, person.text, person.markup, person.screen = message, text, markup, True
        self._arrived(person)

    def _arrived(self, person: Person) -> None:
        if not (person.waiting and person.screen and person.answered):
            return
        person.waiting = False
        self.tally.latencies.append(time.perf_counter() - person.since)
        rows = json.loads(person.markup)["inline_keyboard"]
        if self.record is not None and person.id == FIRST_ID:
            self.record.append(
                {"text": person.text, "rows": [[b["text"] for b in r] for r in rows]}
            )
        person.button = choose([button for row in rows for button in row])
        if person.button:
            self._ready(person)
        else:
            del self._by_id[person.id]
            self._newcomer()

    def lost(self) -> int:
        """How many wait for a reply that should have come long ago."""
        late = time.perf_counter() - LOST_SECONDS
        return sum(person.waiting and person.since < late for person in self._by_id.values())


def choose(buttons: list[dict[str, str]]) -> str:
    """The callback data of the button to touch; nothing at the end."""
    by_label = {_plain(button["text"]): button["callback_data"] for button in buttons}
    for label, data in by_label.items():
        if label.startswith(LAST):
            return ""
        if label in WAY_ON or label.startswith(TICKED):
            return data
    return next(iter(by_label.values()))


def _plain(label: str) -> str:
    return label.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
