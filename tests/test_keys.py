"""Keys: several in a file, changed while the bot writes, killed in the middle, never lost."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bot.storage.keys import KeyFault, make_keys, new_key, read_keys, write_keys
from bot.storage.repository import Busy, Conflict
from bot.storage.rotation import SEALED, drop_old, rotate
from bot.storage.schema import SCHEMA
from bot.storage.sealing import Seal, load_key
from bot.storage.sqlite import Sqlite

ROOT = Path(__file__).resolve().parent.parent
LATER = 2_000_000_000


class Place:
    """A database and its key file."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "data" / "codir.db"
        self.keys = folder / "keys" / "key"

    def open(self) -> Sqlite:
        return Sqlite(self.database, load_key(self.keys, database=self.database))

    def heads(self) -> set[bytes]:
        """How the seals of the database begin: version and key."""
        with sqlite3.connect(self.database) as db:
            return {
                row[0]
                for one in SEALED
                for row in db.execute(f"select substr({one.column}, 1, 5) from {one.table}")
            }

    async def codir(self, *words: str) -> tuple[int | None, str, str]:
        process = await self.start(*words)
        out, errors = await asyncio.wait_for(process.communicate(), 30)
        return process.returncode, out.decode(), errors.decode()

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=self.database.parent.parent,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": f"sqlite:///{self.database}",
                "CODIR_KEY_FILE": str(self.keys),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Sqlite]:
    opened = place.open()
    yield opened
    await opened.close()


async def filled(store: Sqlite, people: int) -> None:
    for n in range(people):
        await store.save(f"telegram:{n}", f"answer {n}".encode(), 0, None, LATER)
    await store.keep("telegram:0", "paper", b"letterhead")


async def test_everything_is_sealed_again_under_the_new_key(place: Place, store: Sqlite) -> None:
    await filled(store, 250)
    (old,) = read_keys(place.keys)
    done = rotate(place.database, place.keys)
    newest, kept = read_keys(place.keys)
    assert (done.renewed, done.damaged, done.resumed) == (252, 0, False)
    assert kept == old
    assert place.heads() == {b"\x02" + newest.id}
    assert place.keys.stat().st_mode & 0o777 == 0o600
    assert drop_old(place.database, place.keys) == (old,)
    assert read_keys(place.keys) == (newest,)
    again = place.open()
    for n in range(250):
        stored = await again.load(f"telegram:{n}")
        assert stored is not None
        assert stored.data == f"answer {n}".encode()
    assert await again.kept("telegram:0", "paper") == b"letterhead"
    await again.close()


async def test_a_bot_that_writes_meanwhile_loses_nothing(place: Place, store: Sqlite) -> None:
    """Rotations and drops go on in another thread while ten people answer."""
    await filled(store, 10)
    saved = dict.fromkeys(range(10), 1)
    turning = asyncio.create_task(asyncio.to_thread(_turn, place, 5))
    while not turning.done():
        for n in saved:
            data = f"answer {n}.{saved[n]}".encode()
            with suppress(Conflict):  # sealed anew since: a bot loads it and decides again
                assert await store.save(f"telegram:{n}", data, saved[n], None, LATER)
                saved[n] += 1
    await turning
    assert min(saved.values()) > 5, "the bot wrote during the rotations"
    assert place.heads() == {b"\x02" + key.id for key in read_keys(place.keys)}
    again = place.open()
    for n, revision in saved.items():
        stored = await again.load(f"telegram:{n}")
        assert stored is not None
        assert stored.data == f"answer {n}.{revision - 1}".encode()
    await again.close()


def _turn(place: Place, times: int) -> None:
    for _ in range(times):
        rotate(place.database, place.keys)
        drop_old(place.database, place.keys)
        time.sleep(0.02)


@pytest.mark.fault
async def test_killed_in_the_middle_it_is_taken_up_again(place: Place, store: Sqlite) -> None:
    await filled(store, 1500)
    (old,) = read_keys(place.keys)
    process = await place.start("key", "rotate")
    while len(place.heads()) < 2:
        await asyncio.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    newest, kept = read_keys(place.keys)
    assert (kept, len(place.heads())) == (old, 2), "some seals are new, some are old"

    code, _, errors = await place.codir("key", "drop-old")
    assert code == 2
    assert "servent encore" in errors
    assert len(errors.splitlines()) == 1
    assert read_keys(place.keys) == (newest, old)

    stored = [await store.load(f"telegram:{n}") for n in range(1500)]
    assert all(one and one.data == f"answer {n}".encode() for n, one in enumerate(stored))

    code, out, _ = await place.codir("key", "rotate")
    assert code == 0
    assert "rotation interrompue reprise" in out
    assert read_keys(place.keys) == (newest, old), "no third key"
    assert place.heads() == {b"\x02" + newest.id}
    code, out, _ = await place.codir("key", "drop-old")
    assert (code, old.name in out) == (0, True)


async def test_no_key_is_ever_printed(place: Place, store: Sqlite) -> None:
    await filled(store, 3)
    said = [await place.codir("key", deed) for deed in ("show", "rotate", "show", "drop-old")]
    written = place.keys.read_text().split()
    printed = "".join(out + errors for _, out, errors in said)
    assert [code for code, _, _ in said] == [0, 0, 0, 0]
    assert all(text not in printed for text in written)
    assert read_keys(place.keys)[0].name in said[2][1].splitlines()[0]


@pytest.mark.parametrize("deed", ["rotate", "drop-old"])
async def test_another_key_changes_nothing(place: Place, store: Sqlite, deed: str) -> None:
    await filled(store, 3)
    heads = place.heads()
    write_keys(place.keys, [new_key(), new_key()])
    before = place.keys.read_bytes()
    code, _, errors = await place.codir("key", deed)
    assert (code, len(errors.splitlines())) == (2, 1)
    assert "n'est pas celle de la base" in errors
    assert (place.keys.read_bytes(), place.heads()) == (before, heads)


@pytest.mark.parametrize("deed", ["rotate", "drop-old"])
async def test_no_database_changes_no_key(place: Place, deed: str) -> None:
    make_keys(place.keys)
    before = place.keys.read_bytes()
    place.database.parent.mkdir()
    code, _, errors = await place.codir("key", deed)
    assert (code, len(errors.splitlines())) == (2, 1)
    assert "aucune base" in errors
    assert (place.keys.read_bytes(), place.database.exists()) == (before, False)


async def test_a_foreign_key_under_a_running_bot_only_makes_it_wait(
    place: Place, store: Sqlite
) -> None:
    await filled(store, 1)
    right = read_keys(place.keys)
    for wrong in ([new_key()], None):
        if wrong:
            write_keys(place.keys, wrong)
        else:
            place.keys.unlink()
        with pytest.raises(Busy, match="CODIR_KEY_FILE"):
            await store.save("telegram:0", b"next", 1, 7, LATER)
    write_keys(place.keys, right)
    assert await store.save("telegram:0", b"next", 1, 7, LATER)


async def test_a_damaged_seal_stops_nothing(place: Place, store: Sqlite) -> None:
    await filled(store, 3)
    with sqlite3.connect(place.database) as db:
        db.execute("update conversation set sealed = zeroblob(64) where person = 'telegram:1'")
    done = rotate(place.database, place.keys)
    assert (done.renewed, done.damaged) == (4, 1)
    with pytest.raises(KeyFault, match="servent encore"):
        drop_old(place.database, place.keys)
    await store.erase("telegram:1", None)
    assert len(drop_old(place.database, place.keys)) == 1


def test_seals_of_the_first_version_still_open(place: Place) -> None:
    make_keys(place.keys)
    (first,) = read_keys(place.keys)
    nonce = bytes(12)
    body = ChaCha20Poly1305(first.secret).encrypt(nonce, b"answer", b"conversation:telegram:1")
    write_keys(place.keys, [new_key(), first])
    seal = Seal(place.keys)
    assert seal.open(b"\x01" + nonce + body, "conversation:telegram:1") == b"answer"
    with pytest.raises(KeyFault):
        seal.open(b"\x01" + nonce + body, "conversation:telegram:2")


def test_a_seal_names_its_key(place: Place) -> None:
    keys = [new_key(), new_key(), new_key()]
    make_keys(place.keys)
    for key in keys:
        write_keys(place.keys, [key])
        sealed = Seal(place.keys).close(b"answer", "x")
        assert sealed[1:5] == key.id
        write_keys(place.keys, keys)
        assert Seal(place.keys).open(sealed, "x") == b"answer"
        write_keys(place.keys, [other for other in keys if other != key])
        with pytest.raises(KeyFault):
            Seal(place.keys).open(sealed, "x")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello\n",
        base64.urlsafe_b64encode(bytes(31)),
        base64.urlsafe_b64encode(bytes(32)) + b"\n# note\n",
    ],
)
def test_a_file_with_anything_else_than_keys_is_refused(place: Place, content: bytes) -> None:
    make_keys(place.keys)
    place.keys.write_bytes(content)
    with pytest.raises(KeyFault, match="32 octets"):
        read_keys(place.keys)


def test_every_sealed_table_is_in_the_list(place: Place) -> None:
    """A blob is a seal: a table that holds one and is not in the list would outlive its key."""
    with sqlite3.connect(":memory:") as db:
        db.executescript(SCHEMA)
        blobs = {
            (table, column[1])
            for (table,) in db.execute("select name from sqlite_master where type = 'table'")
            for column in db.execute(f"pragma table_info({table})")
            if column[2].lower() == "blob"
        }
    assert blobs == {(one.table, one.column) for one in SEALED}
