"""Several directors at once on one stand-in, and what must hold once they are through."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from dataclasses import dataclass, field

from bot.content.library import Library
from tests.faults.director import Director
from tests.standin import Person, StandIn


@dataclass
class Crowd:
    """One person after another in each of a few places, until `stop` is called."""

    standin: StandIn
    library: Library
    seed: int
    played: list[Director] = field(default_factory=list)
    stopped: bool = False
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, places: int) -> None:
        """Let so many people answer at the same time."""
        numbers = itertools.count(1)
        self._tasks = [
            asyncio.create_task(self._place(random.Random(f"{self.seed} {place}"), numbers))
            for place in range(places)
        ]

    async def _place(self, chance: random.Random, numbers: itertools.count[int]) -> None:
        while True:
            person = self.standin.person(f"Dana{next(numbers)}", language_code="fr")
            director = Director(person, self.library, chance)
            self.played.append(director)
            await director.interview()
            if self.stopped:
                return

    def look(self) -> None:
        """Raise at once what went wrong for anybody."""
        for task in self._tasks:
            if task.done():
                task.result()

    async def stop(self, seconds: float) -> None:
        """Let everybody who has begun go through to their documents; show who is left behind."""
        self.stopped = True
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        self.look()
        left = [director for director in self.played if not director.over]
        assert not late, "\n".join(f"{one.stuck} {one.person.picture()}" for one in left)

    async def check(self) -> None:
        """Every acknowledged answer is kept as it was given, and no document is missing."""
        for director in self.played:
            await _check(director)

    def __str__(self) -> str:
        answers = sum(len(director.given) for director in self.played)
        again = sum(director.repeats for director in self.played)
        return f"{len(self.played)} interviews, {answers} answers, {again} gestures made again"


async def _check(director: Director) -> None:
    person = director.person
    names = [m.document for m in person.files]
    assert names, person.picture()
    # A death may repeat a delivery once; whoever asks again gets them again.
    most = director.requests + 1
    assert max(names.count(name) for name in names) <= most, person.transcript()[-9000:]
    pairs = {name.rpartition(".")[0] for name in names}
    assert {f"{name}.{end}" for name in pairs for end in ("docx", "pdf")} == set(names)
    kept = await _export(person)
    lost = {
        question: (answer, kept.get(question))
        for question, answer in director.given.items()
        if _plain(kept.get(question)) != answer
    }
    assert not lost, lost


async def _export(person: Person) -> dict[str, object]:
    await person.say("/mesdonnees")
    await person.wait_for(lambda p: "Recevoir le fichier" in p.last.labels, timeout=20)
    await person.tap("Recevoir le fichier")
    await person.wait_for(lambda p: p.files[-1].document.startswith("mes-donnees"), timeout=20)
    answers: dict[str, object] = json.loads(person.files[-1].content)["interview"]["answers"]
    return answers


def _plain(kept: object) -> object:
    """An answer from the copy, as the director gave it: by the ids on the buttons."""
    match kept:
        case {"choices": list(choices)}:
            return tuple(choices)
        case {"blank": said} | {"date": said} | {"amount": said}:
            return said
        case int():
            return str(kept)
        case _:
            return kept
