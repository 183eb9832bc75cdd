"""Three calls in ten fail, and updates come twice, late or swapped, while several people answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.library import Library
from tests.faults.crowd import Crowd
from tests.faults.test_weather import WEATHER
from tests.process import calm, environment, listening, said
from tests.standin import StandIn

pytestmark = pytest.mark.fault

PLACES = 4
SEED = 3


async def test_several_interviews_in_bad_weather(
    tmp_path: Path, library: Library, record_property: Callable[[str, object], None]
) -> None:
    async with StandIn() as standin:
        crowd = Crowd(standin, library, SEED)
        async with listening(environment(standin, tmp_path), tmp_path) as process:
            standin.faults.weather(WEATHER, SEED)
            standin.faults.mishaps({"duplicate": 0.1, "delay": 0.1, "swap": 0.1}, seed=SEED)
            crowd.start(PLACES)
            await crowd.stop(200)
            struck = sum(call.injected for call in standin.calls) / len(standin.calls)
            assert 0.2 < struck < 0.4
            standin.faults.clear()
            await crowd.check()
            process.terminate()
            calm(await said(process))
            assert process.returncode == 0
        assert standin.violations == []
    record_property("done", f"{struck:.0%} of {len(standin.calls)} calls failed, {crowd}")
