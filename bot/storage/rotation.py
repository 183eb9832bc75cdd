"""A new key: everything sealed is sealed again under it, while the bot goes on.

The newest key is at the head of its file before anything is sealed under it, and the bot looks
at the file inside each transaction that writes. So nothing is ever sealed under a key that the
file no longer holds, whoever is killed when.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.storage.books import Books, open_file
from bot.storage.keys import Key, KeyFault, new_key, write_keys
from bot.storage.schema import prove
from bot.storage.sealing import Seal

BATCH = 100
PAUSE_SECONDS = 0.005
"""Between two batches the bot gets its turn to write."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table that holds seals: where, and the columns that name their owner."""

    table: str
    column: str
    owner: tuple[str, ...]

    @property
    def behind(self) -> str:
        """Whether a row is not sealed under the key that `:head` begins with."""
        return f"substr({self.column}, 1, length(:head)) <> :head"

    @property
    def count(self) -> str:
        """How many rows are behind."""
        return f"select count(*) from {self.table} where {self.behind}"

    @property
    def batch(self) -> str:
        """The rows behind, after the one of `:last…`."""
        owner = ", ".join(self.owner)
        last = ", ".join(f":last_{name}" for name in self.owner)
        return (
            f"select {self.column}, {owner} from {self.table} "
            f"where ({owner}) > ({last}) and {self.behind} order by {owner} limit {BATCH}"
        )

    @property
    def renew(self) -> str:
        """Put another seal in a row."""
        owner = " and ".join(f"{name} = :{name}" for name in self.owner)
        return f"update {self.table} set {self.column} = :fresh where {owner}"


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


def rotate(database: Path | str, keys: Path) -> Rotation:
    """Add a key, unless a rotation was cut short, then seal everything again under it.

    Raises KeyFault when the keys are not the ones of this database.
    """
    with _opened(database) as books:
        with books.transaction():
            books.alone()
            seal = _checked(books, keys)
            resumed = len(seal.keys) > 1 and _behind(books, seal) > 0
            if not resumed:
                write_keys(keys, [new_key(), *seal.keys])
        seal = Seal(keys)
        before = _behind(books, seal)
        for sealed in SEALED:
            _renew(books, seal, sealed)
        damaged = _behind(books, seal)
    return Rotation(before - damaged, damaged, resumed)


def drop_old(database: Path | str, keys: Path) -> tuple[Key, ...]:
    """Leave the newest key alone in its file; the keys that went.

    Raises KeyFault when something is still sealed under another one.
    """
    with _opened(database) as books, books.transaction():
        books.alone()
        seal = _checked(books, keys)
        if left := _behind(books, seal):
            raise KeyFault(
                f"CODIR_KEY_FILE : les anciennes clés servent encore ({left} sceaux) ; "
                "lancez d'abord : codir key rotate"
            )
        newest, *old = seal.keys
        if old:
            write_keys(keys, [newest])
    return tuple(old)


def _opened(database: Path | str) -> AbstractContextManager[Books]:
    """A connection beside the bot's own: to a file, or to the address of a PostgreSQL."""
    if isinstance(database, Path):
        return open_file(database)
    from bot.storage.postgres_books import open_address  # needs the extra

    return open_address(database)


def _checked(books: Books, keys: Path) -> Seal:
    """The keys of the file, which are the ones of this database."""
    seal = Seal(keys)
    rows = books.rows("select value from meta where name = 'seal'")
    if not rows:
        raise KeyFault("DATABASE_URL : cette base est vide (rien n'a été modifié)")
    prove(seal, rows[0][0])
    return seal


def _behind(books: Books, seal: Seal) -> int:
    """How many seals are not under the newest key."""
    return sum(books.rows(one.count, head=seal.head)[0][0] for one in SEALED)


def _renew(books: Books, seal: Seal, sealed: Sealed) -> None:
    last = [""] * len(sealed.owner)
    while last := _renew_batch(books, seal, sealed, last):
        time.sleep(PAUSE_SECONDS)


def _renew_batch(books: Books, seal: Seal, sealed: Sealed, last: list[str]) -> list[str]:
    """Renew the seals of a few rows after an owner; the last owner, none when there was none.

    A seal that no key opens stays as it is, and stops nothing.
    """
    after = {f"last_{name}": word for name, word in zip(sealed.owner, last, strict=True)}
    owner: list[str] = []
    with books.transaction():
        for held, *owner in books.rows(sealed.batch, hold=True, head=seal.head, **after):
            about = ":".join((sealed.table, *owner))
            with suppress(KeyFault):
                fresh = seal.close(seal.open(held, about), about)
                words = dict(zip(sealed.owner, owner, strict=True))
                books.change(sealed.renew, fresh=fresh, **words)
    return owner
