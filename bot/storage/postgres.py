"""The store of several machines: PostgreSQL, one transaction per update, one row per person.

Needs the extra `postgres`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from bot.jobs.postgres import Connection, Pool, Procrastinate
from bot.storage.keys import KeyFault
from bot.storage.postgres_schema import check_key, connect, first_seal, prepare
from bot.storage.postgres_words import (
    APPLY,
    DROP,
    HOLD,
    INSERT,
    KEEP,
    NEWER,
    NOTE,
    SHOWN,
    TOLD,
    UPDATE,
)
from bot.storage.repository import NOTHING, Along, Busy, Conflict, Row, Sent, Stored
from bot.storage.sealing import Seal

SEALING = 0x73656C
"""The lock that those who seal share, and that whoever changes the keys has alone."""
MOMENT_SECONDS = 2.0
"""Replies that travel from another process have arrived by then."""


class Postgres:
    """A Repository on one PostgreSQL, shared by any number of processes."""

    def __init__(self, pool: Pool, seal: Seal, clock: Callable[[], float] = time.time) -> None:
        self._pool = pool
        self._seal = seal
        self.jobs = Procrastinate(pool, clock)

    @classmethod
    async def open(
        cls, address: str, keys: Path, clock: Callable[[], float] = time.time
    ) -> Postgres:
        """Connect, bring the tables up to date, and make the first key of a new database.

        Raises Busy when nothing answers, KeyFault when the keys are not those of this database.
        """
        pool = await connect(address)
        try:
            async with pool.connection() as db:
                await prepare(db)
                seal = await first_seal(db, keys)
            store = cls(pool, seal, clock)
            await store.jobs.open()
        except BaseException as error:
            await pool.close()
            if isinstance(error, (psycopg.OperationalError, PoolTimeout)):
                raise Busy(type(error).__name__) from error
            raise
        return store

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Connection]:
        """A transaction. Raises Busy when the database cannot be reached or does not write."""
        try:
            async with self._pool.connection() as db:
                yield db
        except (
            psycopg.OperationalError,
            psycopg.InterfaceError,
            psycopg.errors.ReadOnlySqlTransaction,
            ConnectorException,
            PoolTimeout,
        ) as error:
            raise Busy(type(error).__name__) from error

    async def _sealing(self, db: Connection) -> Seal:
        """The keys as they are now, as long as the transaction lasts."""
        await db.execute("select pg_advisory_xact_lock_shared(%s)", (SEALING,))
        return await self._opening(db)

    async def _opening(self, db: Connection) -> Seal:
        """The keys as they are now. Asked for once a row is there: its key came before it."""
        if self._seal.stale:
            try:
                fresh = Seal(self._seal.path)
                await check_key(db, fresh)
            except KeyFault as fault:
                raise Busy(str(fault)) from fault
            self._seal = fresh
        return self._seal

    async def load(self, person: str) -> Stored | None:
        query = "select sealed, revision, live, until from conversation where person = %s"
        async with self._transaction() as db:
            row = await (await db.execute(query, (person,))).fetchone()
            if row is None:
                return None
            sealed, *rest = row
            seal = await self._opening(db)
        return Stored(seal.open(sealed, f"conversation:{person}"), *rest)

    async def save(
        self,
        person: str,
        data: bytes,
        revision: int,
        update: int | None,
        until: int,
        along: Along = NOTHING,
    ) -> bool:
        async with self._transaction() as db:
            if not await _first_time(db, update):
                return False
            await _hold(db, person, along)
            await self._write(db, Row(person, data, revision, until, along.silent))
            await self._follow(db, person, along)
        return True

    async def _write(self, db: Connection, row: Row) -> None:
        sealed = (await self._sealing(db)).close(row.data, f"conversation:{row.key}")
        words = {
            "person": row.key,
            "revision": row.revision,
            "sealed": sealed,
            "until": row.until,
            "silent": row.silent,
        }
        saved = await db.execute(UPDATE if row.revision else INSERT, words)
        if saved.rowcount != 1:
            raise Conflict(row.key)

    async def _follow(self, db: Connection, person: str, along: Along) -> None:
        for row in along.also:
            await self._write(db, row)
        for key in along.gone:
            await self._forget(db, key)
        if along.keeping is not None:
            await db.execute(DROP, (person, list(along.keeping)))
        if along.done:
            await self.jobs.cancel(db, along.done)
            await db.execute(TOLD, (person, along.done))
        for job in sorted(along.due, key=lambda job: job.id):  # one order here too
            await self.jobs.put(db, job)

    async def shown(self, person: str, revision: int, live: int) -> bool:
        words = {"person": person, "revision": revision, "live": live}
        async with self._transaction() as db:
            newer = await (await db.execute(NEWER, words)).fetchone()
            await db.execute(SHOWN, words)
        return newer is None

    async def unshown(self) -> list[str]:
        """Those whose replies do not arrive in a moment: others may be at work for the rest."""
        before = await self._unshown()
        if not before:
            return []
        await asyncio.sleep(MOMENT_SECONDS)
        return [person for person, _ in before & await self._unshown()]

    async def _unshown(self) -> set[tuple[str, int]]:
        query = "select person, revision from conversation where shown < revision"
        async with self._transaction() as db:
            return set(await (await db.execute(query)).fetchall())

    async def keep(self, person: str, name: str, data: bytes) -> None:
        await self._attach(KEEP, "file", person, name, data)

    async def kept(self, person: str, name: str) -> bytes | None:
        found = await self._attached("file", "name", person, name)
        return found[0] if found else None

    async def note(self, person: str, job: str, data: bytes) -> None:
        await self._attach(NOTE, "sent", person, job, data)

    async def noted(self, person: str, job: str) -> Sent | None:
        found = await self._attached("sent", "job", person, job, ", told")
        return Sent(found[0], told=found[1]) if found else None

    async def _attach(self, query: str, table: str, person: str, name: str, data: bytes) -> None:
        """Seal something beside a conversation."""
        async with self._transaction() as db:
            sealed = (await self._sealing(db)).close(data, f"{table}:{person}:{name}")
            await db.execute(query, {"person": person, "name": name, "sealed": sealed})

    async def _attached(
        self, table: str, column: str, person: str, name: str, more: str = ""
    ) -> tuple[Any, ...] | None:
        """What was sealed beside a conversation, and more of its row."""
        query = f"select sealed{more} from {table} where person = %s and {column} = %s"  # noqa: S608
        async with self._transaction() as db:
            row = await (await db.execute(query, (person, name))).fetchone()
            if row is None:
                return None
            seal = await self._opening(db)
        return seal.open(row[0], f"{table}:{person}:{name}"), *row[1:]

    async def erase(self, person: str, update: int | None, along: Along = NOTHING) -> None:
        async with self._transaction() as db:
            await _first_time(db, update)
            await _hold(db, person, along)
            await self._forget(db, person)
            await self._follow(db, person, along)

    async def purge(self, person: str, now: int) -> bool:
        over = "select 1 from conversation where person = %s and until <= %s for update"
        async with self._transaction() as db:
            if await (await db.execute(over, (person, now))).fetchone() is None:
                return False
            await self._forget(db, person)
        return True

    async def _forget(self, db: Connection, person: str) -> None:
        """Everything about a person, jobs included."""
        for table in ("conversation", "file", "sent"):
            await db.execute(f"delete from {table} where person = %s", (person,))  # noqa: S608
        await self.jobs.forget(db, person)

    async def check(self) -> None:
        async with self._transaction() as db:
            await db.execute("lock table applied in row exclusive mode")

    async def close(self) -> None:
        await self._pool.close()


async def _first_time(db: Connection, update: int | None) -> bool:
    return update is None or (await db.execute(APPLY, (update,))).rowcount == 1


async def _hold(db: Connection, person: str, along: Along) -> None:
    """Lock every row that matters; those that were read must still be as they were."""
    keys = {person, *along.read, *along.gone, *(row.key for row in along.also)}
    if len(keys) == 1:
        return
    found = dict(await (await db.execute(HOLD, (sorted(keys),))).fetchall())
    for key, revision in along.read.items():
        if found.get(key, 0) != revision:
            raise Conflict(key)
