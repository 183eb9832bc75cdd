"""The embedded store: one SQLite file, one writer thread, updates saved at once together."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from bot.storage.group_commit import GroupCommit, Transaction
from bot.storage.keys import FOR_OWNER, KeyFault
from bot.storage.repository import Busy, Conflict, Stored
from bot.storage.sealing import Seal

T = TypeVar("T")

SCHEMA = """
create table if not exists meta (name text primary key, value blob not null) strict;
create table if not exists conversation (
    person   text primary key,
    revision integer not null,
    sealed   blob not null,
    shown    integer not null default 0,
    live     integer not null default 0,
    until    integer not null
) strict;
create table if not exists file (
    person text not null,
    name   text not null,
    sealed blob not null,
    primary key (person, name)
) strict;
create table if not exists applied (update_id integer primary key) strict;
create index if not exists waiting on conversation (person) where shown < revision;
create index if not exists ending on conversation (until);
"""
INSERT = """
insert into conversation (person, revision, sealed, until) values (?1, ?4 + 1, ?2, ?3)
on conflict do nothing
"""
UPDATE = """
update conversation set revision = ?4 + 1, sealed = ?2, until = ?3
where person = ?1 and revision = ?4
"""
KEEP = """
insert or replace into file
select ?1, ?2, ?3 where exists (select 1 from conversation where person = ?1)
"""
"""A file that was still being read when its person erased everything is not kept."""
DROP = "delete from file where person = ? and name not in (select value from json_each(?))"
KEPT_UPDATES = 100_000
"""Telegram repeats an update for 24 hours at most; older ids can go."""


class Sqlite:
    """A Repository in one file. Every call runs on the one thread that owns the connection."""

    def __init__(self, path: Path, seal: Seal) -> None:
        self._seal = seal
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._db = self._thread.submit(self._open, path).result()
        self._group = GroupCommit(self._db, self._thread)

    def _open(self, path: Path) -> sqlite3.Connection:
        _private(path)
        db = sqlite3.connect(path, isolation_level=None, timeout=5)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma secure_delete = on")
        db.executescript(SCHEMA)
        check_key(db, self._seal)
        db.execute(
            "delete from applied where update_id < (select max(update_id) from applied) - ?",
            (KEPT_UPDATES,),
        )
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

    async def load(self, person: str) -> Stored | None:
        return await self._run(lambda: self._load(person))

    def _load(self, person: str) -> Stored | None:
        row = self._db.execute(
            "select sealed, revision, live from conversation where person = ?", (person,)
        ).fetchone()
        if row is None:
            return None
        return Stored(self._sealing().open(row[0], f"conversation:{person}"), row[1], row[2])

    async def save(
        self,
        person: str,
        data: bytes,
        revision: int,
        update: int | None,
        until: int,
        keeping: Collection[str] | None = None,
    ) -> bool:
        return await self._run(
            lambda: self._save(person, data, revision, update, until, keeping), shared=True
        )

    def _save(
        self,
        person: str,
        data: bytes,
        revision: int,
        update: int | None,
        until: int,
        keeping: Collection[str] | None,
    ) -> bool:
        with Transaction(self._db):
            if not self._first_time(update):
                return False
            sealed = self._sealing().close(data, f"conversation:{person}")
            changed = self._db.execute(
                INSERT if revision == 0 else UPDATE, (person, sealed, until, revision)
            ).rowcount
            if changed != 1:
                raise Conflict(person)
            if keeping is not None:
                self._db.execute(DROP, (person, json.dumps(list(keeping))))
        return True

    def _first_time(self, update: int | None) -> bool:
        if update is None:
            return True
        added = self._db.execute("insert or ignore into applied values (?)", (update,))
        return added.rowcount == 1

    async def shown(self, person: str, revision: int, live: int) -> None:
        await self._run(lambda: self._shown(person, revision, live), shared=True)

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

    async def erase(self, person: str, update: int | None) -> None:
        await self._run(lambda: self._erase(person, update))

    def _erase(self, person: str, update: int | None) -> None:
        with Transaction(self._db):
            self._first_time(update)
            self._db.execute("delete from conversation where person = ?", (person,))
            self._db.execute("delete from file where person = ?", (person,))
        self._db.execute("pragma wal_checkpoint(truncate)")

    async def purge(self, now: int) -> int:
        return await self._run(lambda: self._purge(now))

    def _purge(self, now: int) -> int:
        with Transaction(self._db):
            gone = self._db.execute("delete from conversation where until < ?", (now,)).rowcount
            self._db.execute(
                "delete from file where person not in (select person from conversation)"
            )
        if gone:
            self._db.execute("pragma wal_checkpoint(truncate)")
        return gone

    async def close(self) -> None:
        await self._run(self._db.close)
        self._thread.shutdown()


def _private(path: Path) -> None:
    """The file, its log and its folder are for their owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FOR_OWNER))
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).chmod(FOR_OWNER)


def check_key(db: sqlite3.Connection, seal: Seal) -> None:
    """A sealed word proves that these are the keys of this database. Raises KeyFault."""
    row = db.execute("select value from meta where name = 'seal'").fetchone()
    if row is None:
        db.execute("insert into meta values ('seal', ?)", (seal.close(b"codir", "meta:seal"),))
        return
    try:
        seal.open(row[0], "meta:seal")
    except KeyFault:
        raise KeyFault(
            "CODIR_KEY_FILE : cette clé n'est pas celle de la base ; "
            "remettez la bonne clé en place (rien n'a été modifié)"
        ) from None
