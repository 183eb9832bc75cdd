"""The tables on PostgreSQL, made and brought up to date by whichever process comes first."""

from __future__ import annotations

from pathlib import Path

import psycopg

from bot.jobs.postgres import SCHEMA, Connection, Pool
from bot.storage.repository import Busy
from bot.storage.schema import KEPT_UPDATES, proof, prove
from bot.storage.sealing import Seal, seal_of

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
MIGRATIONS = (TABLES, SCHEMA)
"""Each is run once, in order, and only ever adds: older processes go on meanwhile."""
ONE_AT_A_TIME = 0x636F646972
"""The lock of whoever brings the tables up to date."""
WAIT_SECONDS = 10.0
CONNECTIONS = 10
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


async def connect(address: str) -> Pool:
    """Connections to a database that answers at once. Raises Busy with the reason."""
    try:
        db = await Connection.connect(address, connect_timeout=int(WAIT_SECONDS))
    except psycopg.OperationalError as error:
        raise Busy(str(error).partition("\n")[0]) from error
    except psycopg.Error as error:  # an address that cannot be read, and may hold the password
        raise Busy(type(error).__name__) from None
    await db.close()
    pool = Pool(
        address,
        min_size=1,
        max_size=CONNECTIONS,
        timeout=WAIT_SECONDS,
        check=Pool.check_connection,
        open=False,
    )
    await pool.open()
    return pool


async def first_seal(db: Connection, keys: Path) -> Seal:
    """The seal of a key file, which the first process on a new database makes."""
    known = await db.execute("select 1 from meta where name = 'seal'")
    seal = seal_of(keys, new=await known.fetchone() is None)
    await check_key(db, seal)
    return seal


async def check_key(db: Connection, seal: Seal) -> None:
    """Raises KeyFault when these are not the keys of this database."""
    row = await (await db.execute("select value from meta where name = 'seal'")).fetchone()
    if row is None:
        await db.execute("insert into meta values ('seal', %s)", (proof(seal),))
    else:
        prove(seal, row[0])
