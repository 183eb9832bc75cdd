"""One lane per person: what each does stays in order, and nobody waits for anybody else."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable

from bot.jobs.port import ended

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]
PATIENCE_SECONDS = 0.5


class Lanes:
    """Runs jobs of one key one after the other, jobs of different keys at the same time."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[tuple[int, int, Job, asyncio.Future[None]]]] = {}
        self._running: dict[int, asyncio.Task[None]] = {}
        self._count = itertools.count()

    def put(self, key: int, job: Job, rank: int = 0) -> asyncio.Future[None]:
        """Add a job to a lane: the lowest rank first, then in order of arrival.

        The future ends with the job. A job that fails is logged by its kind and blocks nothing.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(key, [])
        heapq.heappush(waiting, (rank, next(self._count), job, done))
        if key not in self._running:
            self._running[key] = asyncio.create_task(self._run(key, waiting))
        return done

    async def _run(
        self, key: int, waiting: list[tuple[int, int, Job, asyncio.Future[None]]]
    ) -> None:
        while waiting:
            _, _, job, done = heapq.heappop(waiting)
            try:
                await job()
            except (Exception, asyncio.CancelledError) as error:
                if isinstance(error, asyncio.CancelledError) and _told_to_end():
                    raise
                # Only the kind: a message or a traceback's values could hold an answer.
                log.error("a job of a lane failed: %s", type(error).__name__)
            if not done.done():
                done.set_result(None)
        if self._running.get(key) is asyncio.current_task():
            del self._waiting[key], self._running[key]

    async def drain(self) -> None:
        """Wait until every lane is empty."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def cancel(self) -> None:
        """Leave everything where it is: what waits does not begin, and what runs has ended."""
        for waiting in self._waiting.values():
            waiting.clear()
        tasks = list(self._running.values())
        self._running.clear()
        self._waiting.clear()
        await ended(tasks, PATIENCE_SECONDS)


def _told_to_end() -> bool:
    """Whether a cancellation is meant for the lane, and not only for what a job waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
