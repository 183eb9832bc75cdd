"""Keys on PostgreSQL: changed while several processes write, and never lost."""

from __future__ import annotations

import asyncio
import time

import psycopg
import pytest

from bot.storage.keys import KeyFault, make_keys, new_key, read_keys, write_keys
from bot.storage.postgres import Postgres
from bot.storage.rotation import SEALED, drop_old, rotate
from tests.grounds import Shared

LATER = 2_000_000_000


def heads(ground: Shared) -> set[bytes]:
    """How the seals of the database begin: version and key."""
    with psycopg.connect(ground.address) as db:
        return {
            row[0]
            for one in SEALED
            for row in db.execute(f"select substr({one.column}, 1, 5) from {one.table}".encode())
        }


async def filled(store: Postgres, people: int) -> None:
    for n in range(people):
        await store.save(f"telegram:{n}", f"answer {n}".encode(), 0, None, LATER)
        await store.note(f"telegram:{n}", "deliver:1", b"files")
    await store.keep("telegram:0", "paper", b"letterhead")


async def test_everything_is_sealed_again_under_the_new_key(shared: Shared) -> None:
    store = await shared.open()
    await filled(store, 120)
    (old,) = read_keys(shared.key)
    done = rotate(shared.address, shared.key)
    newest, kept = read_keys(shared.key)
    assert (done.renewed, done.damaged, done.resumed) == (242, 0, False)
    assert (kept, heads(shared)) == (old, {b"\x02" + newest.id})
    assert drop_old(shared.address, shared.key) == (old,)
    again = await shared.open()
    for n in range(120):
        stored = await again.load(f"telegram:{n}")
        assert stored is not None
        assert stored.data == f"answer {n}".encode()
    assert await again.kept("telegram:0", "paper") == b"letterhead"


async def test_processes_that_write_meanwhile_lose_nothing(shared: Shared) -> None:
    """Rotations and drops go on in another thread while two processes take turns."""
    stores = [await shared.open(), await shared.open()]
    await filled(stores[0], 10)
    saved = dict.fromkeys(range(10), 1)
    turning = asyncio.create_task(asyncio.to_thread(_turn, shared, 5))
    while not turning.done():
        for n in saved:
            data = f"answer {n}.{saved[n]}".encode()
            store = stores[saved[n] % 2]
            assert await store.save(f"telegram:{n}", data, saved[n], None, LATER)
            saved[n] += 1
    await turning
    assert min(saved.values()) > 5, "they wrote during the rotations"
    assert heads(shared) == {b"\x02" + key.id for key in read_keys(shared.key)}
    again = await shared.open()
    for n, revision in saved.items():
        stored = await again.load(f"telegram:{n}")
        assert stored is not None
        assert stored.data == f"answer {n}.{revision - 1}".encode()


def _turn(ground: Shared, times: int) -> None:
    for _ in range(times):
        rotate(ground.address, ground.key)
        drop_old(ground.address, ground.key)
        time.sleep(0.02)


async def test_every_sealed_table_is_in_the_list(shared: Shared) -> None:
    """Bytes are a seal: a table that holds some and is not in the list would outlive its key."""
    await shared.open()
    query = "select table_name, column_name from information_schema.columns where data_type = %s"
    with psycopg.connect(shared.address) as db:
        found = db.execute(f"{query} and table_schema = 'public'", ("bytea",)).fetchall()
    assert set(found) == {(one.table, one.column) for one in SEALED}


async def test_another_key_changes_nothing(shared: Shared) -> None:
    await filled(await shared.open(), 3)
    before = heads(shared)
    write_keys(shared.key, [new_key()])
    held = shared.key.read_bytes()
    for deed in (rotate, drop_old):
        with pytest.raises(KeyFault, match="n'est pas celle de la base"):
            deed(shared.address, shared.key)
    assert (shared.key.read_bytes(), heads(shared)) == (held, before)


async def test_an_empty_database_changes_no_key(shared: Shared) -> None:
    make_keys(shared.key)
    held = shared.key.read_bytes()
    with pytest.raises(KeyFault, match="vide"):
        rotate(shared.address, shared.key)
    assert shared.key.read_bytes() == held


async def test_a_missing_key_is_refused_and_not_made_anew(shared: Shared) -> None:
    await filled(await shared.open(), 1)
    shared.key.unlink()
    with pytest.raises(KeyFault, match="manque"):
        await shared.open()
    assert not shared.key.exists()
