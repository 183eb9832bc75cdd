"""The engine of several machines: Procrastinate, in the database of the conversations.

Needs the extra `postgres`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as Row
from procrastinate.schema import SchemaManager
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from bot.jobs.port import RETRY_SECONDS, Job, Work, ended, pause

Connection = AsyncConnection[Any]
Pool = AsyncConnectionPool[Connection]

log = logging.getLogger(__name__)
# It names jobs with their arguments, and those name people.
logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)

SCHEMA = (
    SchemaManager.get_schema()
    + """
create index job_person on procrastinate_jobs ((args ->> 'person'));
create index job_due on procrastinate_jobs (scheduled_at) where status = 'todo';
"""
)
EXISTS = """
select 1
where exists (select 1 from procrastinate_jobs where queueing_lock = %(id)s and status = 'todo')
   or exists (select 1 from procrastinate_jobs where queueing_lock = %(id)s and status = 'doing')
"""
# What is being done may end, but is not wanted any more, and makes room for another of its id.
CANCEL = """
with gone as (delete from procrastinate_jobs where queueing_lock = %(id)s and status = 'todo')
update procrastinate_jobs set queueing_lock = null
where queueing_lock = %(id)s and status = 'doing'
"""
FORGET = """
with gone as (delete from procrastinate_jobs where args ->> 'person' = %(id)s and status = 'todo')
update procrastinate_jobs set queueing_lock = null
where args ->> 'person' = %(id)s and status = 'doing'
"""
DUE = """
select count(*) from procrastinate_jobs
where status = 'doing' or status = 'todo' and (scheduled_at is null or scheduled_at <= now())
"""
WANTED = "select 1 from procrastinate_jobs where id = %s and queueing_lock is not null"
SPARE = """
update procrastinate_jobs set args = jsonb_set(args, '{spared}', to_jsonb(%s::int)) where id = %s
"""
SOON_SECONDS = 60
LATER = ":later"
"""Jobs for another day wait in a queue apart, which nobody has to look through for the next."""
COME_SOON = f"""
update procrastinate_jobs set queue_name = split_part(queue_name, ':', 1)
where status = 'todo' and scheduled_at < now() + interval '{SOON_SECONDS} seconds'
  and queue_name like '%{LATER}'
"""  # noqa: S608
AT_ONCE = 16
STOP_SECONDS = 2.5
POLL_SECONDS = 0.5
"""What waited behind the same job, or for its time, is found by looking."""
BEAT_SECONDS, STALLED_SECONDS = 3.0, 10.0
"""How often a worker says that it lives, and the silence after which its jobs go to others."""


class _Later(Exception):
    """Not done: to be done again at this second (Unix time)."""

    def __init__(self, second: float) -> None:
        super().__init__()
        self.second = second


class _Again(BaseRetryStrategy):
    """Whatever failed waits a little longer each time; nothing is given up here."""

    def get_retry_decision(self, *, exception: BaseException, job: Row) -> RetryDecision:
        if isinstance(exception, _Later):
            second = exception.second
        else:
            second = time.time() + pause(_attempt(job))
        channel = job.queue.removesuffix(LATER)
        return RetryDecision(retry_at=_moment(second), queue=_queue(channel, second))


class Procrastinate:
    """Jobs of any number of processes. `put`, `cancel` and `forget` are to be awaited."""

    def __init__(self, pool: Pool, clock: Callable[[], float] = time.time) -> None:
        self._pool = pool
        self._clock = clock
        self._app = App(connector=PsycopgConnector())
        self._task = self._app.task(name="errand", pass_context=True, retry=_Again())(self._errand)
        self._work: Work | None = None
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Share the store's connections; the tables are there already."""
        await self._app.open_async(self._pool)

    async def put(self, within: Connection, job: Job) -> None:
        found = await within.execute(EXISTS, {"id": job.id})
        if await found.fetchone() is not None:
            return
        second = self._second(job.run_at)
        task = self._task.configure(
            connection=within,
            queue=_queue(job.person.partition(":")[0], second),
            # Not by person: what waits for its time would keep back what was put after it.
            lock=job.id,
            queueing_lock=job.id,
            schedule_at=_moment(second),
        )
        with suppress(AlreadyEnqueued):  # by another process, in this very moment
            async with within.transaction():
                await task.defer_async(
                    id=job.id, kind=job.kind, person=job.person, payload=dict(job.payload)
                )

    async def cancel(self, within: Connection, id_: str) -> None:
        await within.execute(CANCEL, {"id": id_})

    async def forget(self, within: Connection, person: str) -> None:
        await within.execute(FORGET, {"id": person})

    async def start(self, channel: str, work: Work) -> None:
        self._work, self._stopping = work, False
        self._tasks = [
            asyncio.create_task(self._always(self._tend)),
            asyncio.create_task(self._always(lambda: self._worker(channel))),
        ]

    async def due(self) -> int:
        async with self._pool.connection() as db:
            row = await (await db.execute(DUE)).fetchone()
        return int(row[0]) if row else 0

    async def stop(self) -> None:
        self._stopping = True
        await ended(self._tasks, STOP_SECONDS + 1)

    async def _always(self, do: Callable[[], Awaitable[None]]) -> None:
        """Again and again until the stop, whatever happens to the database meanwhile."""
        while not self._stopping:  # a cancellation may end as the fault of a worker that stops
            try:
                await do()
            except Exception as error:
                log.error("jobs cannot be read: %s", type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)

    def _worker(self, channel: str) -> Awaitable[None]:
        return self._app.run_worker_async(
            queues=[channel],
            concurrency=AT_ONCE,
            fetch_job_polling_interval=POLL_SECONDS,
            delete_jobs="always",
            install_signal_handlers=False,
            shutdown_graceful_timeout=STOP_SECONDS,
            update_heartbeat_interval=BEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
        )

    async def _tend(self) -> None:
        """What a dead worker was doing is to be done again; what is soon due comes nearer."""
        manager = self._app.job_manager
        await manager.prune_stalled_workers(STALLED_SECONDS)
        for row in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            log.warning("a job of a worker that died is done again")
            await manager.retry_job(row)
        await self._execute(COME_SOON)

    async def _errand(
        self,
        context: JobContext,
        id: str,
        kind: str,
        person: str,
        payload: dict[str, str],
        spared: int = 0,
    ) -> None:
        """One attempt. `spared` counts those of before that were no failures."""
        assert self._work is not None
        row, attempt = context.job.id, _attempt(context.job)
        try:
            again = await self._work(Job(id, kind, person, payload, attempt=attempt))
        except asyncio.CancelledError:
            # The worker stops, and would take the job for one that nobody wants any more.
            await self._execute(SPARE, spared + 1, row)
            raise _Later(time.time()) from None
        except Exception as error:
            # Only the kind: a message could hold an answer.
            log.warning("%s, attempt %s: %s", kind, attempt, type(error).__name__)
            if await self._execute(WANTED, row):
                raise
            return
        if again is not None and await self._execute(WANTED, row):
            await self._execute(SPARE, spared + attempt, row)
            raise _Later(self._second(again))

    def _second(self, at: float) -> float:
        """When the database's clock shows what the clock of whoever asks shows then."""
        return at + time.time() - self._clock()

    async def _execute(self, query: str, *words: object) -> int:
        """Run a statement; how many rows it found or changed."""
        async with self._pool.connection() as db:
            return (await db.execute(query, words or None)).rowcount


def _attempt(row: Row) -> int:
    spared = row.task_kwargs.get("spared", 0)
    assert isinstance(spared, int)
    return row.attempts + 1 - spared


def _queue(channel: str, second: float) -> str:
    return channel if second < time.time() + SOON_SECONDS else channel + LATER


def _moment(second: float) -> datetime:
    return datetime.fromtimestamp(second, UTC)
