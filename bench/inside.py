"""Our own parts alone: a step of the engine, and an update on a store that fills up."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.people import choose
from bench.table import verdict
from bot import compose
from bot.conversation.hearing import Command, decode
from bot.conversation.screen import Screen
from bot.core.dialog import Dialog, Question, Type
from bot.core.exchange import Done, Input, Pick
from bot.core.flow import END, Flow
from bot.core.interview import Interview, current, step
from bot.core.reading import Refusal
from bot.service import Outcome, Service
from bot.settings import Settings
from bot.storage.sealing import load_key

FEW = 1_000
UPDATES = 2_000
BATCH = 10_000
FAR = 2**40
"""A moment (Unix time) at which nothing is purged, and a number above every update's."""


def report(most: int) -> None:
    """Print what was wanted of the engine and of the store, and what was found."""
    known, new, length = _steps()
    told = f"{known:.0f} µs at the slowest of {length} questions, its path not yet walked"
    verdict("a step of the engine on the longest path under 150 µs", known < 150, told)
    print(f"    the first time that anybody answers so, with no move remembered: {new:,.0f} µs")
    asyncio.run(_stored(most))


# The engine


def _steps() -> tuple[float, float, int]:
    """The slowest step along the longest path, in µs, when others have made its moves and when
    nobody has; and how many questions there are.
    """
    library = compose.library()
    dialog, flow = library.dialogs["diagnostic"], library.flows["diagnostic"]
    turns = list(_longest(dialog, flow))
    known, new = (
        max(_timed(dialog, flow, *turn, forget=forget) for turn in turns)
        for forget in ((flow._path,), (flow._path, flow._next))
    )
    return known, new, len({input_.question for _, input_ in turns})


def _longest(dialog: Dialog, flow: Flow) -> Iterator[tuple[Interview, Pick | Done]]:
    """An interview in which each answer is the one that makes the path longest."""
    interview = Interview("bench", given={"owner": "oui"})
    while (place := current(flow, interview)) != END:
        question = dialog[place]
        best = max(
            (choice.id for choice in question.choices),
            key=lambda id_: len(flow.path({**interview.values, place: _value(question, id_)})),
        )
        picked: list[Pick | Done] = [Pick(place, best)]
        picked += [Done(place)] if question.type is Type.MULTI else []
        for input_ in picked:
            yield interview, input_
            interview, _ = step(dialog, flow, interview, input_, lambda *_: Refusal("text"))


def _value(question: Question, choice: str) -> object:
    if question.type is Type.MULTI:
        return (choice,)
    return int(choice) if question.type is Type.SCALE else choice


def _timed(
    dialog: Dialog, flow: Flow, interview: Interview, input_: Input, *, forget: Sequence[Any]
) -> float:
    """The median of some, in µs, with what was remembered forgotten before each."""
    spent = []
    for _ in range(15):
        for cache in forget:
            cache.cache_clear()
        began = time.perf_counter()
        step(dialog, flow, interview, input_, lambda *_: Refusal("text"))
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1e6


# The store


async def _stored(most: int) -> None:
    """Time updates on a store with a thousand interviews and on one with `most`, by turns."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        few, full = [await _filled(Path(folder) / str(size), size) for size in (FEW, most)]
        spent: tuple[list[float], list[float]] = ([], [])
        for update in range(UPDATES):
            for times, size, service in zip(spent, (FEW, most), (few, full), strict=True):
                times.append(await _update(service, size, update + 100))
        began = time.perf_counter()
        await full.unshown()
        waiting = time.perf_counter() - began
        for service in (few, full):
            await service.close()
    first, last = (statistics.median(times) for times in spent)
    told = f"{first:.2f} ms, then {last:.2f} ms: × {last / first:.2f}"
    verdict(f"flat from {FEW:,} to {most:,} stored (under × 1.2)", last / first < 1.2, told)
    print(f"    with {most:,} stored, who awaits a reply: {waiting:.1f} s")


async def _filled(folder: Path, size: int) -> Service:
    """The service on a store that holds so many interviews."""
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder}/data/codir.db",
        codir_key_file=folder / "keys" / "key",
    )
    service = await compose.service(settings)
    _fill(settings, await _sample(service), range(size))
    for update in range(50):
        await _update(service, size, update)
    return service


async def _sample(service: Service) -> bytes:
    """A conversation in the middle of the questions, as it is kept."""
    outcome = await service.handle("model", Command("start"), "fr")
    for _ in range(15):
        outcome = await _tap(service, "model", outcome)
    stored = await service._repository.load("model")
    assert stored is not None
    return stored.data


async def _tap(service: Service, person: str, outcome: Outcome) -> Outcome:
    screen = [reply for reply in outcome.replies if isinstance(reply, Screen)][-1]
    buttons = [{"text": b.label, "callback_data": b.action} for row in screen.rows for b in row]
    tap = decode(choose(buttons))
    assert tap is not None
    return await service.handle(person, tap, "fr")


def _fill(settings: Settings, model: bytes, numbers: range) -> None:
    """Put so many more people's conversations into the store, sealed like any other."""
    seal = load_key(settings.key_path, database=settings.database_path)
    with sqlite3.connect(settings.database_path) as db:
        for first in range(numbers.start, numbers.stop, BATCH):
            some = range(first, min(first + BATCH, numbers.stop))
            names = [f"telegram:{number}" for number in some]
            db.executemany(
                "insert into conversation (person, revision, sealed, shown, until)"
                " values (?, 1, ?, 1, ?)",
                ((name, seal.close(model, f"conversation:{name}"), FAR) for name in names),
            )
            db.commit()
    db.close()


async def _update(service: Service, people: int, number: int) -> float:
    """The milliseconds of an update of somebody among those stored."""
    person = f"telegram:{random.randrange(people)}"  # noqa: S311
    began = time.perf_counter()
    await service.handle(person, Command("aide"), "fr", number)
    return (time.perf_counter() - began) * 1000
