"""One lane per person: what each does stays in order, and nobody waits for anybody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


class Lanes:
    """Runs jobs of one key one after the other, jobs of different keys at the same time."""

    def __init__(self) -> None:
        self._last: dict[int, asyncio.Task[None]] = {}

    def put(self, key: int, job: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Add a job to a lane. A job that fails is logged by its kind and blocks nothing."""
        before = self._last.get(key)
        task = asyncio.create_task(self._after(before, job))
        self._last[key] = task
        task.add_done_callback(lambda done: self._leave(key, done))
        return task

    async def _after(
        self, before: asyncio.Task[None] | None, job: Callable[[], Awaitable[None]]
    ) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await job()
        except Exception as error:
            # Only the kind: a message or a traceback's values could hold an answer.
            log.error("a job of a lane failed: %s", type(error).__name__)

    def _leave(self, key: int, task: asyncio.Task[None]) -> None:
        if self._last.get(key) is task:
            del self._last[key]

    async def drain(self, seconds: float) -> None:
        """Wait for the jobs under way, at most so long."""
        if self._last:
            await asyncio.wait(list(self._last.values()), timeout=seconds)
