"""A PostgreSQL as whoever changes the keys sees it. Needs the extra `postgres`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg

from bot.storage.keys import KeyFault
from bot.storage.postgres import SEALING

WORD = re.compile(r":(\w+)")


class SharedBooks:
    """The rows that are read to be changed are held, so that nothing newer is written over."""

    def __init__(self, db: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._db = db

    def transaction(self) -> AbstractContextManager[Any]:
        return self._db.transaction()

    def alone(self) -> None:
        self._db.execute("select pg_advisory_xact_lock(%s)", (SEALING,))

    def rows(self, query: str, *, hold: bool = False, **words: object) -> list[tuple[Any, ...]]:
        held = f"{query} for update" if hold else query
        return self._db.execute(_named(held), words).fetchall()

    def change(self, statement: str, **words: object) -> None:
        self._db.execute(_named(statement), words)


def _named(statement: str) -> bytes:
    """The same statement, its words marked as this library wants them."""
    return WORD.sub(r"%(\1)s", statement).encode()


@contextmanager
def open_address(address: str) -> Iterator[SharedBooks]:
    """Raises KeyFault when there is no such database."""
    try:
        with psycopg.connect(address, autocommit=True) as db:
            yield SharedBooks(db)
    except psycopg.errors.UndefinedTable:
        raise KeyFault("DATABASE_URL : cette base est vide (rien n'a été modifié)") from None
    except psycopg.Error as error:
        raise KeyFault(f"DATABASE_URL : PostgreSQL ({type(error).__name__})") from None
