"""A whole interview while three calls in ten fail and updates come twice or late."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content.library import Library
from tests.playing import FOLDER, Act, acts, begin, normal, play
from tests.standin import Fault, Person, StandIn
from tests.telegram_bot import running

pytestmark = pytest.mark.fault

SILENCE = 0.5
WEATHER = [
    Fault("error", code=500, ratio=0.05),
    Fault("page", code=502, ratio=0.05),
    Fault("garbage", ratio=0.02),
    Fault("garbage", after=True, ratio=0.02),
    Fault("flood", ratio=0.03),
    Fault("reset", ratio=0.05),
    Fault("reset", after=True, ratio=0.05),
    Fault("hang", seconds=2 * SILENCE, ratio=0.015),
    Fault("hang", seconds=2 * SILENCE, after=True, ratio=0.015),
    Fault("reset", method="getUpdates", ratio=0.1),
    Fault("garbage", method="getUpdates", after=True, ratio=0.1),
]
SCRIPT = "english.txt"
SEED = 2


@dataclass(frozen=True)
class Seen:
    """What a person has under their eyes."""

    words: list[str]
    rows: list[list[str]]
    files: frozenset[str]


def seen(person: Person) -> Seen:
    written = [message for message in person.chat if message.from_bot and not message.document]
    if not written:
        return Seen([], [], frozenset())
    files = frozenset(message.document or "" for message in person.files)
    return Seen(normal(written[-1].words), written[-1].rows, files)


def script() -> list[Act]:
    return list(acts((FOLDER / SCRIPT).read_text(encoding="utf-8")))


async def in_fine_weather(library: Library, folder: Path) -> list[Seen]:
    """What is seen after each act when nothing fails."""
    after: list[Seen] = []
    async with StandIn() as standin, running(library, standin, folder):
        person = standin.person("Lucie", language_code="en")
        for act in script():
            await play(person, act)
            after.append(seen(person))
    return after


async def test_an_interview_in_bad_weather_is_the_same_interview(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    expected = await in_fine_weather(library, tmp_path / "fine")
    async with (
        StandIn() as standin,
        running(library, standin, tmp_path / "bad", seconds=SILENCE),
    ):
        standin.faults.weather(WEATHER, SEED)
        standin.faults.mishaps({"duplicate": 0.1, "delay": 0.1}, seed=SEED)
        person = standin.person("Lucie", language_code="en")
        for act, wanted in zip(script(), expected, strict=True):
            await begin(person, act)
            await person.wait_for(lambda p, wanted=wanted: seen(p) == wanted, timeout=30)
        await person.wait_for(lambda p: len([m for m in p.chat if m.labels]) <= 1, timeout=30)
        struck = [call for call in standin.calls if call.injected]
        assert 0.2 < len(struck) / len(standin.calls) < 0.4
        assert standin.violations == []
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
