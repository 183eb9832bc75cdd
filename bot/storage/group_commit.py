"""Group commit: writes that are asked for meanwhile share one transaction, and one wait for the
disk. None is told to be done before that transaction is.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


class Transaction:
    """Begin at once, commit on success, roll back on anything else; inside another, a part of it
    that can be undone alone.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._part = db.in_transaction

    def __enter__(self) -> None:
        self._db.execute("savepoint part" if self._part else "begin immediate")

    def __exit__(self, kind: object, *_: object) -> None:
        if not self._db.in_transaction:
            return  # SQLite has rolled back by itself, as it does when the disk is full
        if kind:
            self._db.execute("rollback to part" if self._part else "rollback")
        if self._part:
            self._db.execute("release part")
        elif not kind:
            self._db.execute("commit")


@dataclass(eq=False, slots=True)
class _Job:
    """Work for the thread, whether it may share a transaction, and what came of it."""

    work: Callable[[], Any]
    shared: bool
    done: asyncio.Future[Any]
    result: Any = None
    fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self.work()
        except Exception as fault:
            self.fault = fault

    def tell(self) -> None:
        if self.done.done():
            return  # whoever asked has been cancelled
        if self.fault is not None:
            self.done.set_exception(self.fault)
        else:
            self.done.set_result(self.result)


class GroupCommit:
    """Runs work on the thread of a connection: all that has been asked for, in one go."""

    def __init__(self, db: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self._db = db
        self._thread = thread
        self._waiting: list[_Job] = []
        self._running: asyncio.Task[None] | None = None

    async def run(self, work: Callable[[], T], *, shared: bool = False) -> T:
        """What the work gives. `shared` writes are committed together, each whole or not at all."""
        loop = asyncio.get_running_loop()
        job = _Job(work, shared, loop.create_future())
        self._waiting.append(job)
        if self._running is None:
            self._running = loop.create_task(self._run())
        found: T = await job.done
        return found

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            jobs, self._waiting = self._waiting, []
            try:
                await loop.run_in_executor(self._thread, self._all, jobs)
            except RuntimeError as fault:  # the store is closed
                for job in jobs:
                    job.fault = fault
            for job in jobs:
                job.tell()
        self._running = None

    def _all(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            if not job.shared:
                job.run()
        if shared := [job for job in jobs if job.shared]:
            self._together(shared)

    def _together(self, jobs: Sequence[_Job]) -> None:
        """One transaction; when it fails as a whole, nobody's work is done."""
        try:
            with Transaction(self._db):
                for job in jobs:
                    job.run()
                    if isinstance(job.fault, sqlite3.Error):
                        raise job.fault
        except sqlite3.Error as fault:
            for job in jobs:
                job.fault = fault
