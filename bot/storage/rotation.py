"""A new key: everything sealed is sealed again under it, while the bot goes on.

The newest key is at the head of its file before anything is sealed under it, and the bot looks
at the file inside each transaction that writes. So nothing is ever sealed under a key that the
file no longer holds, whoever is killed when.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.storage.group_commit import Transaction
from bot.storage.keys import Key, KeyFault, new_key, write_keys
from bot.storage.schema import check_key, prepare
from bot.storage.sealing import Seal

BATCH = 100
PAUSE_SECONDS = 0.005
"""Between two batches the bot gets its turn to write."""
PATIENCE = 30
"""The seconds to wait for a bot that is writing."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table that holds seals: where, and the columns that name their owner."""

    table: str
    column: str
    owner: tuple[str, ...]

    @property
    def behind(self) -> str:
        """Whether a row is not sealed under the key that `?1` begins with."""
        return f"substr({self.column}, 1, length(?1)) <> ?1"

    @property
    def batch(self) -> str:
        """The rows behind, after one of them, with what their seal is bound to."""
        about = f"'{self.table}:' || " + " || ':' || ".join(self.owner)
        return (
            f"select rowid, {self.column}, {about} from {self.table} "
            f"where rowid > ?2 and {self.behind} order by rowid limit ?3"
        )

    @property
    def renew(self) -> str:
        return f"update {self.table} set {self.column} = ?1 where rowid = ?2"


SEALED = (
    Sealed("meta", "value", ("name",)),
    Sealed("conversation", "sealed", ("person",)),
    Sealed("file", "sealed", ("person", "name")),
    Sealed("sent", "sealed", ("person", "job")),
)
"""Every table with seals. The proof of the key comes first: it must not lag behind."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was done: seals renewed, seals that no key opens, and whether it was taken up again."""

    renewed: int
    damaged: int
    resumed: bool


def rotate(database: Path, keys: Path) -> Rotation:
    """Add a key, unless a rotation was cut short, then seal everything again under it.

    Raises KeyFault when the keys are not the ones of this database.
    """
    with _opened(database) as db:
        with Transaction(db):
            seal = _checked(db, keys)
            resumed = len(seal.keys) > 1 and _behind(db, seal) > 0
            if not resumed:
                write_keys(keys, [new_key(), *seal.keys])
        seal = Seal(keys)
        before = _behind(db, seal)
        for sealed in SEALED:
            _renew(db, seal, sealed)
        damaged = _behind(db, seal)
        db.execute("pragma wal_checkpoint(truncate)")
    return Rotation(before - damaged, damaged, resumed)


def drop_old(database: Path, keys: Path) -> tuple[Key, ...]:
    """Leave the newest key alone in its file; the keys that went.

    Raises KeyFault when something is still sealed under another one.
    """
    with _opened(database) as db, Transaction(db):
        seal = _checked(db, keys)
        if left := _behind(db, seal):
            raise KeyFault(
                f"CODIR_KEY_FILE : les anciennes clés servent encore ({left} sceaux) ; "
                "lancez d'abord : codir key rotate"
            )
        newest, *old = seal.keys
        if old:
            write_keys(keys, [newest])
    return tuple(old)


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection beside the bot's own. Raises KeyFault when there is no such database."""
    if not database.exists():
        raise KeyFault(f"DATABASE_URL : aucune base à {database} (rien n'a été modifié)")
    try:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=PATIENCE)) as db:
            db.execute("pragma synchronous = full")
            db.execute("pragma secure_delete = on")
            prepare(db)
            yield db
    except sqlite3.Error as error:
        raise KeyFault(f"DATABASE_URL : {database} : {error}") from error


def _checked(db: sqlite3.Connection, keys: Path) -> Seal:
    """The keys of the file, which are the ones of this database."""
    seal = Seal(keys)
    check_key(db, seal)
    return seal


def _behind(db: sqlite3.Connection, seal: Seal) -> int:
    """How many seals are not under the newest key."""
    return sum(
        db.execute(f"select count(*) from {one.table} where {one.behind}", (seal.head,)).fetchone()[
            0
        ]
        for one in SEALED
    )


def _renew(db: sqlite3.Connection, seal: Seal, sealed: Sealed) -> None:
    last = 0
    while last := _renew_batch(db, seal, sealed, last):
        time.sleep(PAUSE_SECONDS)


def _renew_batch(db: sqlite3.Connection, seal: Seal, sealed: Sealed, last: int) -> int:
    """Renew the seals of a few rows after a row; the last of them, 0 when there was none.

    A seal that no key opens stays as it is, and stops nothing.
    """
    with Transaction(db):
        rows = db.execute(sealed.batch, (seal.head, last, BATCH)).fetchall()
        for row, held, about in rows:
            with suppress(KeyFault):
                fresh = seal.close(seal.open(held, about), about)
                db.execute(sealed.renew, (fresh, row))
    return rows[-1][0] if rows else 0
