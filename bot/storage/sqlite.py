"""The embedded store: one SQLite file, one writer thread, updates saved at once together."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.jobs.embedded import Embedded
from bot.storage.group_commit import GroupCommit, Transaction
from bot.storage.keys import KeyFault
from bot.storage.recent import Recent
from bot.storage.repository import NOTHING, Along, Busy, Conflict, Row, Sent, Stored
from bot.storage.schema import check_key, prepare, private, prune
from bot.storage.sealing import Seal

T = TypeVar("T")

INSERT = """
insert into conversation (person, revision, sealed, until)
select ?1, ?4 + 1, ?2, ?3 where ?5 is null
on conflict do nothing returning live
"""
UPDATE = """
update conversation set revision = ?4 + 1, sealed = ?2, until = ?3
where person = ?1 and revision = ?4 and (?5 is null or sealed = ?5) returning live
"""
REVISION = "select revision from conversation where person = ?"
KEEP = """
insert or replace into file
select ?1, ?2, ?3 where exists (select 1 from conversation where person = ?1)
"""
"""A file that was still being read when its person erased everything is not kept."""
DROP = "delete from file where person = ? and name not in (select value from json_each(?))"
NOTE = """
insert into sent (person, job, sealed) select ?1, ?2, ?3
where exists (select 1 from conversation where person = ?1)
on conflict do update set sealed = ?3, told = 0
"""
TOLD = "update sent set told = 1 where person = ? and job = ?"


class Sqlite:
    """A Repository in one file. Every call runs on the one thread that owns the connection."""

    def __init__(self, path: Path, seal: Seal, clock: Callable[[], float] = time.time) -> None:
        """Open the file, or make it. Raises Busy when it is locked or the disk is full."""
        self._seal = seal
        self.jobs = Embedded(self.within, clock)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        try:
            self._db = self._thread.submit(self._open, path).result()
        except sqlite3.OperationalError as error:
            raise Busy(str(error)) from error
        self._recent = Recent()
        self._group = GroupCommit(self._db, self._thread)

    def _open(self, path: Path) -> sqlite3.Connection:
        private(path)
        db = sqlite3.connect(path, isolation_level=None, timeout=2)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma secure_delete = on")
        prepare(db)
        check_key(db, self._seal)
        prune(db)
        return db

    def _sealing(self) -> Seal:
        """The keys as they are now: a running bot follows a rotation.

        Called inside the transaction that writes, so that no key is dropped in between.
        """
        if self._seal.stale:
            try:
                fresh = Seal(self._seal.path)
                check_key(self._db, fresh)
            except KeyFault as fault:
                raise Busy(str(fault)) from fault
            self._seal = fresh
        return self._seal

    async def _run(self, work: Callable[[], T], *, shared: bool = False) -> T:
        try:
            return await self._group.run(work, shared=shared)
        except sqlite3.OperationalError as error:
            raise Busy(str(error)) from error

    async def within(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Let the jobs work on the connection."""
        return await self._run(lambda: work(self._db))

    async def load(self, person: str) -> Stored | None:
        return self._recent.get(person) or await self._run(lambda: self._load(person))

    def _load(self, person: str) -> Stored | None:
        row = self._db.execute(
            "select sealed, revision, live, until from conversation where person = ?", (person,)
        ).fetchone()
        if row is None:
            return None
        sealed, *rest = row
        return Stored(self._sealing().open(sealed, f"conversation:{person}"), *rest)

    async def save(
        self,
        person: str,
        data: bytes,
        revision: int,
        update: int | None,
        until: int,
        along: Along = NOTHING,
    ) -> bool:
        rows = [Row(person, data, revision, until), *along.also]
        over = [self._recent.take(row.key) for row in rows]

        def work() -> list[tuple[Stored, bytes]]:
            with Transaction(self._db):
                if not self._first_time(update):
                    return []
                saved = [self._save(row, known) for row, known in zip(rows, over, strict=True)]
                self._follow(person, along)
            return saved

        saved = await self._run(work, shared=True)
        for row, one in zip(rows, saved, strict=False):  # none when the update came before
            self._recent.put(row.key, *one)
        return bool(saved)

    def _save(self, row: Row, over: bytes | None) -> tuple[Stored, bytes]:
        sealed = self._sealing().close(row.data, f"conversation:{row.key}")
        query = INSERT if row.revision == 0 else UPDATE
        words = (row.key, sealed, row.until, row.revision, over)
        found = self._db.execute(query, words).fetchone()
        if found is None:
            raise Conflict(row.key)
        return Stored(row.data, row.revision + 1, found[0], row.until), sealed

    def _follow(self, person: str, along: Along) -> None:
        for key, revision in along.read.items():
            found = self._db.execute(REVISION, (key,)).fetchone()
            if (found[0] if found else 0) != revision:
                self._recent.take(key)
                raise Conflict(key)
        for key in along.gone:
            self._forget(key)
        if along.keeping is not None:
            self._db.execute(DROP, (person, json.dumps(list(along.keeping))))
        if along.done:
            self.jobs.cancel(self._db, along.done)
            self._db.execute(TOLD, (person, along.done))
        for job in along.due:
            self.jobs.put(self._db, job)

    def _first_time(self, update: int | None) -> bool:
        if update is None:
            return True
        added = self._db.execute("insert or ignore into applied values (?)", (update,))
        return added.rowcount == 1

    async def shown(self, person: str, revision: int, live: int) -> bool:
        self._recent.shown(person, live)
        await self._run(lambda: self._shown(person, revision, live), shared=True)
        return True  # one process shows in order

    def _shown(self, person: str, revision: int, live: int) -> None:
        self._db.execute(
            "update conversation set shown = max(shown, ?), live = ? where person = ?",
            (revision, live, person),
        )

    async def unshown(self) -> list[str]:
        query = "select person from conversation where shown < revision"
        return await self._run(lambda: [row[0] for row in self._db.execute(query)])

    async def keep(self, person: str, name: str, data: bytes) -> None:
        await self._run(lambda: self._keep(person, name, data))

    def _keep(self, person: str, name: str, data: bytes) -> None:
        with Transaction(self._db):
            sealed = self._sealing().close(data, f"file:{person}:{name}")
            self._db.execute(KEEP, (person, name, sealed))

    async def kept(self, person: str, name: str) -> bytes | None:
        return await self._run(lambda: self._kept(person, name))

    def _kept(self, person: str, name: str) -> bytes | None:
        query = "select sealed from file where person = ? and name = ?"
        row = self._db.execute(query, (person, name)).fetchone()
        return self._sealing().open(row[0], f"file:{person}:{name}") if row else None

    async def note(self, person: str, job: str, data: bytes) -> None:
        def work() -> None:
            with Transaction(self._db):
                sealed = self._sealing().close(data, f"sent:{person}:{job}")
                self._db.execute(NOTE, (person, job, sealed))

        await self._run(work)

    async def noted(self, person: str, job: str) -> Sent | None:
        def work() -> Sent | None:
            query = "select sealed, told from sent where person = ? and job = ?"
            row = self._db.execute(query, (person, job)).fetchone()
            if row is None:
                return None
            return Sent(self._sealing().open(row[0], f"sent:{person}:{job}"), bool(row[1]))

        return await self._run(work)

    async def erase(self, person: str, update: int | None, along: Along = NOTHING) -> None:
        for key in (person, *(row.key for row in along.also), *along.gone):
            self._recent.take(key)

        def work() -> None:
            with Transaction(self._db):
                self._first_time(update)
                self._forget(person)
                for row in along.also:
                    self._save(row, None)
                self._follow(person, along)
            self._db.execute("pragma wal_checkpoint(truncate)")

        await self._run(work)
        self._recent.take(person)

    async def purge(self, person: str, now: int) -> bool:
        gone = await self._run(lambda: self._purge(person, now))
        self._recent.take(person)
        return gone

    def _purge(self, person: str, now: int) -> bool:
        with Transaction(self._db):
            over = "select 1 from conversation where person = ? and until <= ?"
            if self._db.execute(over, (person, now)).fetchone() is None:
                return False
            self._forget(person)
        self._db.execute("pragma wal_checkpoint(truncate)")
        return True

    def _forget(self, person: str) -> None:
        """Everything about a person, jobs included."""
        for table in ("conversation", "file", "sent"):
            self._db.execute(f"delete from {table} where person = ?", (person,))  # noqa: S608
        self.jobs.forget(self._db, person)

    async def check(self) -> None:
        def work() -> None:
            with Transaction(self._db):
                pass

        await self._run(work)

    async def close(self) -> None:
        await self._run(self._db.close)
        self._thread.shutdown()
