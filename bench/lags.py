"""How late the event loop is while another thread works."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


async def lags(work: Callable[[], None]) -> list[float]:
    """The delays of a ticker of 1 ms, in milliseconds, until the work is done."""
    with ThreadPoolExecutor(1) as printer:
        working = asyncio.get_running_loop().run_in_executor(printer, work)
        late = []
        while not working.done():
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append((time.perf_counter() - began) * 1000 - 1)
        await working
    return late


def rest() -> None:
    """Work that takes a second and does nothing."""
    time.sleep(1)
