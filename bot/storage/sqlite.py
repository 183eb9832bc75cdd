"""The embedded store: one SQLite file, one writer thread, updates saved at once together."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bot.jobs.embedded import Embedded
from bot.storage.group_commit import GroupCommit, Transaction
from bot.storage.keys import KeyFault
from bot.storage.recent import Recent
from bot.storage.repository import NOTHING, Along, Busy, Conflict, Row, Sent, Stored
from bot.storage.schema import check_key, prepare, private, prune, refused
from bot.storage.sealing import Seal
from bot.storage.sqlite_words import DROP, HELD, INSERT, KEEP, NOTE, SHOWN, TOLD, UNSHOWN, UPDATE

T = TypeVar("T")
Attached = tuple[Any, ...] | None


class Sqlite:
    """A Repository in one file. Every call runs on the one thread that owns the connection."""

    def __init__(self, path: Path, seal: Seal, clock: Callable[[], float] = time.time) -> None:
        """Open the file, or make it. Raises Busy or Damaged."""
        self._seal = seal
        self.jobs = Embedded(self.within, clock)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        try:
            self._db = self._thread.submit(self._open, path).result()
        except sqlite3.DatabaseError as error:
            raise refused(path, error) from error
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
        rows = [Row(person, data, revision, until, along.silent), *along.also]
        over = [self._recent.take(row.key) for row in rows]
        read = self._read(along)

        def work() -> list[tuple[Stored, bytes]]:
            with Transaction(self._db):
                if not self._first_time(update):
                    return []
                self._check(read)
                saved = [self._save(row, known) for row, known in zip(rows, over, strict=True)]
                self._follow(person, along)
            return saved

        saved = await self._changed(work, along, shared=True)
        for row, one in zip(rows, saved, strict=False):  # none when the update came before
            self._recent.put(row.key, *one)
        return bool(saved)

    async def _changed(self, work: Callable[[], T], along: Along, *, shared: bool = False) -> T:
        """Do the work; what others have changed or removed is not remembered any more."""
        try:
            return await self._run(work, shared=shared)
        except Conflict:
            self._recent.drop(along.read)
            raise
        finally:
            self._recent.drop(along.gone)

    def _read(self, along: Along) -> list[tuple[str, int, bytes | None]]:
        """What was read, and the sealed bytes of it where they are known."""
        return [(key, revision, self._recent.sealed(key)) for key, revision in along.read.items()]

    def _check(self, read: Sequence[tuple[str, int, bytes | None]]) -> None:
        for key, revision, known in read:
            found = self._db.execute(HELD, (key,)).fetchone() or (0, None)
            if found[0] != revision or known not in (None, found[1]):
                raise Conflict(key)

    def _save(self, row: Row, over: bytes | None) -> tuple[Stored, bytes]:
        sealed = self._sealing().close(row.data, f"conversation:{row.key}")
        query = INSERT if row.revision == 0 else UPDATE
        words = (row.key, sealed, row.until, row.revision, over, row.silent)
        found = self._db.execute(query, words).fetchone()
        if found is None:
            raise Conflict(row.key)
        return Stored(row.data, row.revision + 1, found[0], row.until), sealed

    def _follow(self, person: str, along: Along) -> None:
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
        self._db.execute(SHOWN, (revision, live, person))

    async def unshown(self) -> list[str]:
        return await self._run(lambda: [row[0] for row in self._db.execute(UNSHOWN)])

    async def keep(self, person: str, name: str, data: bytes) -> None:
        await self._attach(KEEP, "file", person, name, data)

    async def kept(self, person: str, name: str) -> bytes | None:
        query = "select sealed from file where person = ? and name = ?"
        found = await self._attached(query, "file", person, name)
        return found[0] if found else None

    async def note(self, person: str, job: str, data: bytes) -> None:
        await self._attach(NOTE, "sent", person, job, data)

    async def noted(self, person: str, job: str) -> Sent | None:
        query = "select sealed, told from sent where person = ? and job = ?"
        found = await self._attached(query, "sent", person, job)
        return Sent(found[0], told=bool(found[1])) if found else None

    async def _attach(self, query: str, table: str, person: str, name: str, data: bytes) -> None:
        """Seal something beside a conversation."""

        def work() -> None:
            with Transaction(self._db):
                sealed = self._sealing().close(data, f"{table}:{person}:{name}")
                self._db.execute(query, (person, name, sealed))

        await self._run(work)

    async def _attached(self, query: str, table: str, person: str, name: str) -> Attached:
        """What was sealed beside a conversation, and more of its row."""

        def work() -> Attached:
            row = self._db.execute(query, (person, name)).fetchone()
            about = f"{table}:{person}:{name}"
            return (self._sealing().open(row[0], about), *row[1:]) if row else None

        return await self._run(work)

    async def erase(self, person: str, update: int | None, along: Along = NOTHING) -> None:
        over = [(row, self._recent.take(row.key)) for row in along.also]
        read = self._read(along)

        def work() -> None:
            with Transaction(self._db):
                self._first_time(update)
                self._check(read)
                self._forget(person)
                for row, known in over:
                    self._save(row, known)
                self._follow(person, along)
            self._db.execute("pragma wal_checkpoint(truncate)")

        await self._changed(work, along)
        self._recent.drop((person, *(row.key for row in along.also)))

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
        await self._run(lambda: None, shared=True)

    async def close(self) -> None:
        await self._run(self._db.close)
        self._thread.shutdown()
