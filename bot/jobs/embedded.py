"""The embedded engine: a table of jobs in the SQLite file of the conversations."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar

from bot.jobs.port import RETRY_SECONDS, Job, Work, ended, pause

T = TypeVar("T")
log = logging.getLogger(__name__)

SCHEMA = """
create table if not exists job (
    id      text primary key,
    kind    text not null,
    person  text not null,
    payload text not null,
    run_at  real not null,
    attempt integer not null default 0
) strict;
create index if not exists job_due on job (run_at);
create index if not exists job_person on job (person);
"""
CLAIM = """
update job set run_at = ?1 + ?2, attempt = attempt + 1 where id in (
    select id from job
    where run_at <= ?1 and (person = ?3 or person glob ?3 || ':*')
      and id not in (select value from json_each(?4))
    order by run_at limit ?5
) returning id, kind, person, payload, attempt
"""
NEXT = """
select run_at from job
where (person = ?1 or person glob ?1 || ':*') and id not in (select value from json_each(?2))
order by run_at limit 1
"""
DUE = """
select count(*) from job where run_at <= ?1 or id in (select value from json_each(?2))
"""
# Only of one attempt: the same id may be put again while the last one ends.
DONE = "delete from job where id = ?1 and attempt = ?2"
RETRY = "update job set run_at = ?3 where id = ?1 and attempt = ?2"
AGAIN = "update job set run_at = ?3, attempt = 0 where id = ?1 and attempt = ?2"
GIVE_BACK = "update job set run_at = ?3, attempt = ?2 - 1 where id = ?1 and attempt = ?2"
EXTEND = """
update job set run_at = ?1 where attempt > 0 and id in (select value from json_each(?2))
"""
LEASE_SECONDS = 10.0
"""A job that is handed over is put off by so much, again and again while it is being done;
after a death nobody puts it off any more, and it is due again."""
AT_ONCE = 16
STOP_SECONDS = 2.5
PATIENCE_SECONDS = 0.5


class Run(Protocol):
    """Does something on the one thread that owns the connection."""

    def __call__(self, work: Callable[[sqlite3.Connection], T], /) -> Awaitable[T]: ...


class Embedded:
    """Jobs of one process. `rest` is the longest sleep in seconds: clocks may jump."""

    def __init__(self, run: Run, clock: Callable[[], float] = time.time) -> None:
        self._run = run
        self._clock = clock
        self.rest = 30.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._held: dict[str, asyncio.Task[None]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def put(self, within: sqlite3.Connection, job: Job) -> None:
        within.execute(
            "insert or ignore into job (id, kind, person, payload, run_at) values (?, ?, ?, ?, ?)",
            (job.id, job.kind, job.person, json.dumps(dict(job.payload)), job.run_at),
        )
        if self._loop is not None:
            # Looking comes after this transaction, on the same thread.
            self._loop.call_soon_threadsafe(self._news.set)

    def cancel(self, within: sqlite3.Connection, id_: str) -> None:
        within.execute("delete from job where id = ?", (id_,))

    def forget(self, within: sqlite3.Connection, person: str) -> None:
        within.execute("delete from job where person = ?", (person,))

    async def start(self, channel: str, work: Work) -> None:
        self._loop = asyncio.get_running_loop()
        self._tasks = [
            asyncio.create_task(self._look(channel, work)),
            asyncio.create_task(self._keep()),
        ]

    async def due(self) -> int:
        words = (self._clock(), json.dumps(list(self._held)))
        found: int = await self._run(lambda db: db.execute(DUE, words).fetchone()[0])
        return found

    async def stop(self) -> None:
        await ended(self._tasks, PATIENCE_SECONDS)
        if held := list(self._held.values()):
            await asyncio.wait(held, timeout=STOP_SECONDS)
        await ended(held, PATIENCE_SECONDS)
        self._loop = None

    async def _look(self, channel: str, work: Work) -> None:
        """Hand over what is due, then sleep until something is."""
        while True:
            self._news.clear()
            wait = self.rest
            try:
                for job in await self._claim(channel):
                    task = asyncio.create_task(self._do(job, work))
                    self._held[job.id] = task
                wait = await self._wait(channel)
            except Exception as error:
                log.error("jobs cannot be read: %s", type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._news.wait()

    async def _claim(self, channel: str) -> list[Job]:
        free = AT_ONCE - len(self._held)
        words = (self._clock(), LEASE_SECONDS, channel, json.dumps(list(self._held)), free)
        rows = await self._run(lambda db: db.execute(CLAIM, words).fetchall())
        return [
            Job(id_, kind, person, json.loads(payload), attempt=attempt)
            for id_, kind, person, payload, attempt in rows
        ]

    async def _wait(self, channel: str) -> float:
        """The seconds until the next job, as far as there is a hand free for it."""
        if len(self._held) >= AT_ONCE:
            return self.rest
        words = (channel, json.dumps(list(self._held)))
        due = await self._run(lambda db: db.execute(NEXT, words).fetchone())
        return self.rest if due is None else min(max(due[0] - self._clock(), 0.0), self.rest)

    async def _do(self, job: Job, work: Work) -> None:
        """One attempt, and what follows."""
        try:
            await self._settle(job, *await self._attempt(job, work))
        except asyncio.CancelledError:
            with suppress(Exception):  # its lease gives it back a little later
                await self._change(job, GIVE_BACK, self._clock())
            raise
        finally:
            del self._held[job.id]
            self._news.set()

    async def _attempt(self, job: Job, work: Work) -> tuple[Any, ...]:
        """The statement that follows an attempt, with its words."""
        try:
            again = await work(job)
        except Exception as error:
            # Only the kind: a message could hold an answer.
            log.warning("%s, attempt %s: %s", job.kind, job.attempt, type(error).__name__)
            return RETRY, self._clock() + pause(job.attempt)
        return (DONE,) if again is None else (AGAIN, again)

    async def _settle(self, job: Job, statement: str, *words: float) -> None:
        """However long the store needs: what was done must not be done again."""
        while True:
            try:
                return await self._change(job, statement, *words)
            except Exception as error:
                log.error("a job cannot be settled: %s", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def _change(self, job: Job, statement: str, *words: float) -> None:
        await self._run(lambda db: db.execute(statement, (job.id, job.attempt, *words)))

    async def _keep(self) -> None:
        """Put off again, in time, whatever is still being done."""
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            if self._held:
                words = (self._clock() + LEASE_SECONDS, json.dumps(list(self._held)))
                with suppress(Exception):  # a lease lost for a while: nobody else takes it here
                    await self._run(partial(_extend, words))


def _extend(words: tuple[float, str], within: sqlite3.Connection) -> None:
    within.execute(EXTEND, words)
