"""`kill -9` at random moments while several people answer: nothing is lost, nothing is missing."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import signal
from pathlib import Path

from bot.content.library import Library
from tests.faults.director import Director
from tests.standin import Person, StandIn
from tests.test_process import environment, listening

KILLS = int(os.environ.get("CODIR_KILLS", "200"))
PEOPLE = 5
LONGEST_LIFE = 1.6
"""Seconds that the bot lives at most before it is killed, once it listens."""


async def test_killed_again_and_again(tmp_path: Path, library: Library) -> None:
    chance = random.Random(20261125)
    errors: list[str] = []
    killed = asyncio.Event()
    played: list[Director] = []
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        numbers = itertools.count(1)
        people = [
            asyncio.create_task(_people(standin, library, random.Random(seed), killed, numbers))
            for seed in range(PEOPLE)
        ]
        for _ in range(KILLS):
            async with listening(env, tmp_path) as process:
                await asyncio.sleep(chance.random() * LONGEST_LIFE)
                process.send_signal(signal.SIGKILL)
                errors.append(await _said(process))
            assert not any(task.done() and task.exception() for task in people)
        killed.set()
        async with listening(env, tmp_path) as process:
            for some in await asyncio.gather(*people):
                played += some
            for director in played:
                await _check(director)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 6) == 0
            errors.append(await _said(process))
        assert standin.violations == []
    assert len(played) >= PEOPLE
    assert "Traceback" not in "".join(errors)
    assert "ERROR" not in "".join(errors)
    again = sum(director.repeats for director in played)
    print(f"{KILLS} kills, {len(played)} interviews, {again} gestures made again")


async def _people(
    standin: StandIn,
    library: Library,
    chance: random.Random,
    killed: asyncio.Event,
    numbers: itertools.count[int],
) -> list[Director]:
    """One person after another, until the killing has stopped."""
    played = []
    while not played or not killed.is_set():
        person = standin.person(f"Dana{next(numbers)}", language_code="fr")
        director = Director(person, library, chance)
        played.append(director)
        await director.interview()
    return played


async def _said(process: asyncio.subprocess.Process) -> str:
    return (await process.stderr.read()).decode() if process.stderr else ""


async def _check(director: Director) -> None:
    """Every acknowledged answer is kept as it was given, and no document is missing or doubled."""
    person = director.person
    kept = await _export(person)
    for question, answer in director.given.items():
        assert question in kept, (question, person.picture())
        assert _plain(kept[question]) == answer, question
    names = [m.document for m in person.files if not m.document.startswith("mes-donnees")]
    assert names, person.picture()
    assert max(names.count(name) for name in names) <= 2, names
    for name in names:
        other = name.replace(".docx", ".pdf") if name.endswith(".docx") else name[:-4] + ".docx"
        assert other in names


async def _export(person: Person) -> dict[str, object]:
    await person.say("/mesdonnees")
    await person.settle(20)
    await person.tap("Recevoir le fichier")
    await person.settle(20)
    export = next(m for m in reversed(person.chat) if m.document)
    answers: dict[str, object] = json.loads(export.content)["interview"]["answers"]
    return answers


def _plain(kept: object) -> object:
    """An answer from the copy, as the director gave it."""
    match kept:
        case {"choices": list(choices)}:
            return tuple(choices)
        case {"blank": blank}:
            return blank
        case _:
            return kept
