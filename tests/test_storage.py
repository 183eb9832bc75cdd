"""The store: sealed, once per update, one winner of a race, and nothing left after an erasure."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest

from bot.storage.keys import make_keys
from bot.storage.repository import Along, Busy, Conflict, Repository, Sent, Stored
from bot.storage.sealing import KeyFault, load_key
from bot.storage.sqlite import Sqlite
from tests.grounds import Embedded, Ground, Shared

LATER = 2_000_000_000
SECRET = "Maison Lucie, 36 000 €".encode()


@pytest.fixture
async def store(ground: Ground) -> Repository:
    """A store, wherever it may stand."""
    return await ground.open()


@pytest.fixture
async def file(embedded: Embedded) -> Sqlite:
    """The store in a file."""
    return await embedded.open()


async def test_what_is_saved_comes_back(store: Repository) -> None:
    assert await store.load("telegram:1") is None
    assert await store.save("telegram:1", SECRET, 0, update=10, until=LATER)
    stored = await store.load("telegram:1")
    assert stored is not None
    assert (stored.data, stored.revision, stored.live) == (SECRET, 1, 0)


async def test_an_update_is_applied_once(store: Repository) -> None:
    assert await store.save("telegram:1", b"one", 0, update=10, until=LATER)
    assert not await store.save("telegram:1", b"two", 1, update=10, until=LATER)
    stored = await store.load("telegram:1")
    assert stored is not None
    assert stored.data == b"one"


async def test_the_second_of_two_savers_is_told(store: Repository) -> None:
    await store.save("telegram:1", b"one", 0, update=10, until=LATER)
    await store.save("telegram:1", b"two", 1, update=11, until=LATER)
    with pytest.raises(Conflict):
        await store.save("telegram:1", b"late", 1, update=12, until=LATER)
    assert await store.save("telegram:1", b"again", 2, update=12, until=LATER), (
        "the update must not be lost"
    )


async def test_saved_together_each_is_whole_or_not_at_all(store: Repository) -> None:
    await store.save("telegram:0", b"held", 0, update=1, until=LATER)
    people = [f"telegram:{n}" for n in range(50)]
    outcomes = await asyncio.gather(
        *(store.save(who, b"one", 0, update=10 + n, until=LATER) for n, who in enumerate(people)),
        store.save("telegram:again", b"one", 0, update=1, until=LATER),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], Conflict)
    assert outcomes[1:] == [True] * 49 + [False]
    stored = [await store.load(who) for who in people]
    assert [one and one.data for one in stored] == [b"held"] + [b"one"] * 49
    assert await store.save("telegram:0", b"two", 1, update=10, until=LATER), "undone whole"


async def test_what_was_told_to_be_saved_is_on_the_disk(file: Sqlite, embedded: Embedded) -> None:
    """Another connection, which sees what is committed only, counts at each word « saved »."""
    with sqlite3.connect(embedded.database) as other:

        async def save(number: int) -> tuple[int, int]:
            await file.save(f"telegram:{number}", b"one", 0, update=number, until=LATER)
            return number, other.execute(
                "select count(*) from conversation where person = ?", (f"telegram:{number}",)
            ).fetchone()[0]

        found = await asyncio.gather(*(save(number) for number in range(200)))
    assert found == [(number, 1) for number in range(200)]


async def test_a_locked_file_refuses_the_whole_group_and_nothing_is_half_done(
    file: Sqlite, embedded: Embedded
) -> None:
    other = sqlite3.connect(embedded.database, isolation_level=None)
    other.execute("begin immediate")
    saving = [file.save(f"telegram:{n}", b"one", 0, update=n, until=LATER) for n in range(3)]
    outcomes = await asyncio.gather(*saving, return_exceptions=True)
    assert [type(one) for one in outcomes] == [Busy] * 3
    other.execute("rollback")
    other.close()
    again = [file.save(f"telegram:{n}", b"one", 0, update=n, until=LATER) for n in range(3)]
    assert await asyncio.gather(*again) == [True] * 3


async def test_a_full_disk_refuses_the_whole_group(file: Sqlite) -> None:
    async def pragma(words: str) -> int:
        row = await file._run(lambda: file._db.execute(f"pragma {words}").fetchone())
        return int(row[0])

    await pragma(f"max_page_count = {await pragma('page_count') + 3}")
    big = os.urandom(4096)
    saving = [file.save(f"telegram:{n}", big, 0, update=n, until=LATER) for n in range(9)]
    outcomes = await asyncio.gather(*saving, return_exceptions=True)
    assert [type(one) for one in outcomes] == [Busy] * 9
    await pragma("max_page_count = 100000")
    again = [file.save(f"telegram:{n}", big, 0, update=n, until=LATER) for n in range(9)]
    assert await asyncio.gather(*again) == [True] * 9


async def test_who_may_have_missed_a_reply(store: Repository) -> None:
    await store.save("telegram:1", b"one", 0, update=10, until=LATER)
    assert await store.unshown() == ["telegram:1"]
    await store.shown("telegram:1", 1, live=77)
    assert await store.unshown() == []
    stored = await store.load("telegram:1")
    assert stored is not None
    assert stored.live == 77


async def test_two_processes_that_show_at_once_learn_of_it(shared: Shared) -> None:
    store = await shared.open()
    await store.save("telegram:1", b"one", 0, update=10, until=LATER)
    await store.save("telegram:1", b"two", 1, update=11, until=LATER)
    assert await store.shown("telegram:1", 2, live=28)
    assert not await store.shown("telegram:1", 1, live=30), "an older screen came below"
    assert not await store.shown("telegram:1", 2, live=29), "a newer message has the buttons"
    assert await store.shown("telegram:1", 2, live=31)
    assert await store.shown("telegram:1", 2, live=0)
    stored = await store.load("telegram:1")
    assert stored is not None
    assert stored.live == 0


async def test_nothing_readable_is_kept_and_nothing_left_after_erasing(
    store: Repository, ground: Ground
) -> None:
    await store.save("telegram:424242", SECRET, 0, update=10, until=LATER)
    assert SECRET not in ground.everything()
    await store.erase("telegram:424242", update=11)
    assert b"telegram:424242" not in ground.everything()
    assert await store.load("telegram:424242") is None


async def test_a_file_that_comes_after_the_erasure_is_not_kept(
    store: Repository, ground: Ground
) -> None:
    await store.save("telegram:424242", SECRET, 0, update=10, until=LATER)
    await store.keep("telegram:424242", "paper", SECRET)
    assert await store.kept("telegram:424242", "paper") == SECRET
    await store.erase("telegram:424242", update=11)
    await store.keep("telegram:424242", "paper", SECRET)
    assert await store.kept("telegram:424242", "paper") is None
    assert b"telegram:424242" not in ground.everything()


async def test_the_database_is_for_its_owner_only(embedded: Embedded) -> None:
    folder, before = embedded.database.parent, os.umask(0)
    try:
        for _ in range(2):  # new, then as another program may have left it
            opened = Sqlite(embedded.database, load_key(embedded.key, database=embedded.database))
            modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
            assert modes == dict.fromkeys(("codir.db", "codir.db-shm", "codir.db-wal"), 0o600)
            await opened.close()
            embedded.database.chmod(0o644)
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)


async def test_another_key_is_refused_and_overwrites_nothing(
    store: Repository, ground: Ground, tmp_path: Path
) -> None:
    await store.save("telegram:1", SECRET, 0, update=10, until=LATER)
    before, other = ground.key.read_bytes(), tmp_path / "elsewhere" / "key"
    make_keys(other)
    with pytest.raises(KeyFault, match="n'est pas celle de la base"):
        await ground.open(other)
    stored = await store.load("telegram:1")
    assert stored is not None
    assert (stored.data, ground.key.read_bytes()) == (SECRET, before)


async def test_a_missing_key_is_refused_when_the_database_exists(
    file: Sqlite, embedded: Embedded
) -> None:
    await file.save("telegram:1", SECRET, 0, update=10, until=LATER)
    embedded.key.unlink()
    with pytest.raises(KeyFault, match="manque"):
        load_key(embedded.key, database=embedded.database)
    assert not embedded.key.exists()


def test_the_key_is_made_for_its_owner_only(embedded: Embedded) -> None:
    database, key = embedded.database, embedded.key
    load_key(key, database=database)
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)
    with pytest.raises(KeyFault, match="chmod 600"):
        load_key(key, database=database)


def test_the_key_stays_away_from_the_database(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="autre dossier"):
        load_key(tmp_path / "key", database=tmp_path / "codir.db")


def test_a_file_that_is_no_key_is_refused(embedded: Embedded) -> None:
    database, key = embedded.database, embedded.key
    key.parent.mkdir(parents=True)
    key.write_text("hello")
    key.chmod(0o600)
    with pytest.raises(KeyFault, match="32 octets"):
        load_key(key, database=database)


async def test_a_seal_belongs_to_one_person(store: Repository, ground: Ground) -> None:
    await store.save("telegram:1", SECRET, 0, update=10, until=LATER)
    await store.save("telegram:2", b"other", 0, update=11, until=LATER)
    ground.run(
        "update conversation set sealed = (select sealed from conversation"
        " where person = 'telegram:1') where person = 'telegram:2'"
    )
    again = await ground.open()
    with pytest.raises(KeyFault):
        await again.load("telegram:2")


async def test_what_was_saved_last_is_not_saved_over_somebody_elses_work(
    file: Sqlite, embedded: Embedded
) -> None:
    """Another program erases, the person begins anew: the revision is the same, no more."""
    await file.save("telegram:1", b"ours", 0, update=10, until=LATER)
    held = await file.load("telegram:1")
    assert held is not None
    other = await embedded.open()
    await other.erase("telegram:1", update=11)
    await other.save("telegram:1", b"theirs", 0, update=12, until=LATER)
    with pytest.raises(Conflict):
        await file.save("telegram:1", b"ours again", held.revision, update=13, until=LATER)
    assert await file.load("telegram:1") == await other.load("telegram:1")
    assert await file.save("telegram:1", b"decided anew", held.revision, update=13, until=LATER)


async def test_what_is_remembered_is_what_is_stored(store: Repository, ground: Ground) -> None:
    await store.save("telegram:1", b"one", 0, update=10, until=LATER)
    await store.shown("telegram:1", 1, live=7)
    await store.save("telegram:1", b"two", 1, update=11, until=LATER + 1)
    fresh = await ground.open()
    assert await store.load("telegram:1") == await fresh.load("telegram:1")
    await store.erase("telegram:1", update=12)
    assert await store.load("telegram:1") is None


async def test_a_locked_file_loses_nothing(file: Sqlite, embedded: Embedded) -> None:
    await file.save("telegram:1", b"one", 0, update=10, until=LATER)
    other = sqlite3.connect(embedded.database, isolation_level=None)
    other.execute("begin immediate")
    task = asyncio.create_task(file.save("telegram:1", b"two", 1, update=11, until=LATER))
    with pytest.raises(Busy):
        await task
    other.execute("rollback")
    other.close()
    assert await file.save("telegram:1", b"two", 1, update=11, until=LATER)


def test_secrets_do_not_depend_on_the_umask(embedded: Embedded) -> None:
    database, key = embedded.database, embedded.key
    before = os.umask(0)
    try:
        load_key(key, database=database)
    finally:
        os.umask(before)
    assert key.stat().st_mode & 0o077 == 0


async def test_a_conversation_goes_when_its_time_is_over(store: Repository, ground: Ground) -> None:
    await store.save("telegram:1", b"old", 0, update=1, until=1_000)
    await store.note("telegram:1", "deliver:telegram:1", b"files")
    assert not await store.purge("telegram:1", 999)
    assert await store.load("telegram:1") is not None
    assert await store.purge("telegram:1", 1_000)
    assert await store.load("telegram:1") is None
    assert b"telegram:1" not in ground.everything()


async def test_what_was_sent_is_sealed_until_it_is_told(store: Repository, ground: Ground) -> None:
    await store.save("telegram:1", b"one", 0, update=1, until=LATER)
    await store.note("telegram:1", "job", SECRET)
    assert await store.noted("telegram:1", "job") == Sent(SECRET, told=False)
    assert SECRET not in ground.everything()
    await store.save("telegram:1", b"two", 1, update=2, until=LATER, along=Along(done="job"))
    assert await store.noted("telegram:1", "job") == Sent(SECRET, told=True)
    await store.note("telegram:1", "job", b"again")
    assert await store.noted("telegram:1", "job") == Sent(b"again", told=False)


async def test_nothing_is_noted_of_a_person_who_has_been_erased(store: Repository) -> None:
    await store.save("telegram:1", b"one", 0, update=1, until=LATER)
    await store.erase("telegram:1", update=2)
    await store.note("telegram:1", "job", SECRET)
    assert await store.noted("telegram:1", "job") is None


BEFORE_JOBS = """
create table meta (name text primary key, value blob not null) strict;
create table conversation (
    person   text primary key,
    revision integer not null,
    sealed   blob not null,
    shown    integer not null default 0,
    live     integer not null default 0,
    until    integer not null
) strict;
create table applied (update_id integer primary key) strict;
"""
"""The schema of version 0.1.0 until jobs came."""


async def test_a_database_of_before_the_jobs_still_opens(embedded: Embedded) -> None:
    database = embedded.database
    seal = load_key(embedded.key, database=database)
    database.parent.mkdir()
    with sqlite3.connect(database) as db:
        db.executescript(BEFORE_JOBS)
        sealed = seal.close(SECRET, "conversation:telegram:1")
        db.execute(
            "insert into conversation values ('telegram:1', 4, ?, 4, 77, ?)", (sealed, LATER)
        )
    for _ in range(2):
        store = await embedded.open()
        assert await store.load("telegram:1") == Stored(SECRET, revision=4, live=77, until=LATER)
    with sqlite3.connect(database) as db:
        jobs = db.execute("select id, kind, person, run_at from job").fetchall()
    assert jobs == [("keep:telegram:1", "keep", "telegram:1", 0)], "its retention is watched"
