"""A database as whoever changes the keys sees it: plain statements, beside a bot that goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from bot.storage.group_commit import Transaction
from bot.storage.keys import KeyFault
from bot.storage.schema import prepare, refused

PATIENCE = 30
"""The seconds to wait for a bot that is writing."""


class Books(Protocol):
    """Statements with words named `:word`, in transactions."""

    def transaction(self) -> AbstractContextManager[Any]:
        """All or nothing."""
        ...

    def alone(self) -> None:
        """Until the end of the transaction nobody else seals."""
        ...

    def rows(self, query: str, *, hold: bool = False, **words: object) -> list[tuple[Any, ...]]:
        """What a query finds; `hold` keeps others from changing it meanwhile."""
        ...

    def change(self, statement: str, **words: object) -> None:
        """Change something."""
        ...


class FileBooks:
    """A SQLite file: whoever writes is alone."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def transaction(self) -> Transaction:
        return Transaction(self._db)

    def alone(self) -> None:
        pass

    def rows(self, query: str, *, hold: bool = False, **words: object) -> list[tuple[Any, ...]]:  # noqa: ARG002
        return self._db.execute(query, words).fetchall()

    def change(self, statement: str, **words: object) -> None:
        self._db.execute(statement, words)


@contextmanager
def open_file(database: Path) -> Iterator[FileBooks]:
    """Raises KeyFault when there is no such database."""
    if not database.exists():
        raise KeyFault(f"DATABASE_URL : aucune base à {database} (rien n'a été modifié)")
    try:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=PATIENCE)) as db:
            db.execute("pragma synchronous = full")
            db.execute("pragma secure_delete = on")
            prepare(db)
            yield FileBooks(db)
            db.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.DatabaseError as error:
        raise KeyFault(f"DATABASE_URL : {refused(database, error)}") from error
