"""The tables of the embedded store, made on first use and added to a database of before."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from bot.jobs import embedded
from bot.storage.keys import FOR_OWNER, KeyFault
from bot.storage.repository import Busy
from bot.storage.sealing import Seal

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
create table if not exists sent (
    person text not null,
    job    text not null,
    sealed blob not null,
    told   integer not null default 0,
    primary key (person, job)
) strict;
"""
KEEPS = """
insert or ignore into job (id, kind, person, payload, run_at)
select 'keep:' || person, 'keep', person, '{}', 0 from conversation
"""
"""A database of before the jobs: each conversation gets the one that watches its retention."""
KEPT_UPDATES = 100_000
"""Telegram repeats an update for 24 hours at most; older ids can go."""


class Damaged(Exception):
    """A file that is no database, or no longer one: only a backup helps."""


def refused(path: Path, error: sqlite3.DatabaseError) -> Busy | Damaged:
    """What to raise when SQLite refuses a file: Busy when waiting may help."""
    if isinstance(error, sqlite3.OperationalError):
        return Busy(str(error))
    return Damaged(
        f"{path} n'est pas une base, ou elle est abîmée ({error}) ; "
        "remettez une sauvegarde en place"
    )


def private(path: Path) -> None:
    """The file, its log and its folder are for their owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FOR_OWNER))
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).chmod(FOR_OWNER)


def prepare(db: sqlite3.Connection) -> None:
    """Make what is missing, all of it or nothing."""
    older = _has(db, "conversation") and not _has(db, "job")
    schema = SCHEMA + embedded.SCHEMA + (KEEPS if older else "")
    db.executescript(f"begin immediate; {schema}; commit")


def prune(db: sqlite3.Connection) -> None:
    """Let old updates go."""
    db.execute(
        "delete from applied where update_id < (select max(update_id) from applied) - ?",
        (KEPT_UPDATES,),
    )


def check_key(db: sqlite3.Connection, seal: Seal) -> None:
    """Raises KeyFault when these are not the keys of this database."""
    row = db.execute("select value from meta where name = 'seal'").fetchone()
    if row is None:
        db.execute("insert into meta values ('seal', ?)", (proof(seal),))
    else:
        prove(seal, row[0])


def proof(seal: Seal) -> bytes:
    """The sealed word by which a database knows its keys."""
    return seal.close(b"codir", "meta:seal")


def prove(seal: Seal, word: bytes) -> None:
    """Raises KeyFault when this word is under none of the keys."""
    try:
        seal.open(word, "meta:seal")
    except KeyFault:
        raise KeyFault(
            "CODIR_KEY_FILE : cette clé n'est pas celle de la base ; "
            "remettez la bonne clé en place (rien n'a été modifié)"
        ) from None


def _has(db: sqlite3.Connection, table: str) -> bool:
    return db.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone() is not None
