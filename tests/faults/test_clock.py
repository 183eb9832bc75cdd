"""The clock jumps a day forward and back while several people answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.library import Library
from tests.faults.crowd import Crowd
from tests.standin import StandIn
from tests.telegram_bot import Clock, running

pytestmark = pytest.mark.fault

PLACES = 3
JUMPS = tuple(timedelta(days) for days in (1, -1, -1, 1, 1, -2, 2, -1))
EVERY = 0.7


async def jump(clock: Clock) -> None:
    """Again and again, so that it ends where it began, as far as it ends."""
    while True:
        for days in JUMPS:
            await asyncio.sleep(EVERY)
            clock.now += days


async def test_the_clock_jumps_a_day_forward_and_back(
    tmp_path: Path,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    clock = Clock()
    async with StandIn() as standin, running(library, standin, tmp_path, clock):
        crowd = Crowd(standin, library, seed=4)
        crowd.start(PLACES)
        jumping = asyncio.create_task(jump(clock))
        await crowd.stop(200)
        jumping.cancel()
        await crowd.check()
        assert standin.violations == []
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    record_property("done", str(crowd))
