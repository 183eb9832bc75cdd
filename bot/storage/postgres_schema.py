"""The tables on PostgreSQL, made and brought up to date by whichever process comes first."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection

from bot.jobs import postgres as jobs
from bot.storage.schema import KEPT_UPDATES

Connection = AsyncConnection[Any]

TABLES = """
create table meta (name text primary key, value bytea not null);
create table conversation (
    person   text primary key,
    revision integer not null,
    sealed   bytea not null,
    shown    integer not null default 0,
    live     bigint not null default 0,
    until    bigint not null
);
create index waiting on conversation (person) where shown < revision;
create table file (
    person text not null,
    name   text not null,
    sealed bytea not null,
    primary key (person, name)
);
create table applied (update_id bigint primary key);
create table sent (
    person text not null,
    job    text not null,
    sealed bytea not null,
    told   boolean not null default false,
    primary key (person, job)
);
"""
MIGRATIONS = (TABLES, jobs.SCHEMA)
"""Each is run once, in order, and only ever adds: older processes go on meanwhile."""
ONE_AT_A_TIME = 0x636F646972
"""The lock of whoever brings the tables up to date."""
PRUNE = "delete from applied where update_id < (select max(update_id) from applied) - %s"


async def prepare(db: Connection) -> None:
    """Make what is missing, and let old updates go; within a transaction."""
    await db.execute("select pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
    await db.execute("create table if not exists migration (number integer primary key)")
    found = await db.execute("select number from migration")
    made = {row[0] for row in await found.fetchall()}
    for number, statements in enumerate(MIGRATIONS, start=1):
        if number not in made:
            await db.execute(statements)
            await db.execute("insert into migration values (%s)", (number,))
    await db.execute(PRUNE, (KEPT_UPDATES,))
