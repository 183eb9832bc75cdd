"""`kill -9` at random moments while several people answer: nothing is lost, nothing is missing."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.library import Library
from tests.faults.crowd import Crowd
from tests.process import calm, environment, listening, said
from tests.standin import StandIn

pytestmark = pytest.mark.fault

KILLS = int(os.environ.get("CODIR_KILLS", "200"))
WORLDS = (1, 2)
"""Seeds. Each world has its own Telegram, its own bot and half of the kills."""
LONGEST = 300.0
"""Seconds of killing at most: a machine without time kills less often, and the report says so."""
PLACES = 3
LONGEST_LIFE = 3.0
"""Seconds that the bot lives at most before it is killed, once it listens; mostly far less, but
sometimes long enough for documents.
"""


@pytest.mark.parametrize("world", WORLDS)
async def test_killed_again_and_again(
    tmp_path: Path, library: Library, world: int, record_property: Callable[[str, object], None]
) -> None:
    chance, errors = random.Random(world), ""
    async with StandIn() as standin:
        env, crowd = environment(standin, tmp_path), Crowd(standin, library, world)
        crowd.start(PLACES)
        kills, over = 0, time.monotonic() + LONGEST
        while kills < KILLS // len(WORLDS) and time.monotonic() < over:
            async with listening(env, tmp_path) as process:
                await asyncio.sleep(chance.random() ** 4 * LONGEST_LIFE)
                process.kill()
                errors += await said(process)
            kills += 1
            crowd.look()
        async with listening(env, tmp_path) as process:
            await crowd.stop(200)
            await crowd.check()
            process.terminate()
            errors += await said(process)
            assert process.returncode == 0
        assert standin.violations == []
    calm(errors)
    record_property("done", f"{kills} kills, {crowd}")
