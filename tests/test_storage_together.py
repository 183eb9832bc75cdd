"""What is saved along with a conversation: a committee's session, in the same transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.jobs.port import Job
from bot.storage.repository import Along, Conflict, Repository, Row
from bot.storage.rotation import drop_old, rotate
from tests.grounds import Embedded, Ground

LATER = 2_000_000_000
OWNER, GUEST, SESSION = "telegram:1", "telegram:2", "session:abcd1234"
SECRET = b"five people, one decision"


@pytest.fixture
async def store(ground: Ground) -> Repository:
    return await ground.open()


def session(revision: int, data: bytes = SECRET) -> Row:
    return Row(SESSION, data, revision, LATER, silent=True)


async def held(store: Repository, key: str) -> tuple[bytes, int] | None:
    found = await store.load(key)
    return (found.data, found.revision) if found else None


async def test_a_session_is_saved_with_whoever_changes_it(
    store: Repository, ground: Ground
) -> None:
    await store.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)]))
    await store.save(GUEST, b"guest", 0, 2, LATER, Along(also=[session(1, b"two")]))
    for seen in (store, await ground.open()):
        assert await held(seen, SESSION) == (b"two", 2)
        assert await held(seen, GUEST) == (b"guest", 1)
    assert SECRET not in ground.everything()


async def test_all_of_it_or_nothing(store: Repository, ground: Ground) -> None:
    await store.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)]))
    word = Job("word", "notice", GUEST, run_at=LATER)
    late = Along(also=[session(0, b"late")], due=[word], gone=["telegram:3"])
    await store.save("telegram:3", b"third", 0, 2, LATER)
    with pytest.raises(Conflict):
        await store.save(GUEST, b"guest", 0, 3, LATER, late)
    assert await held(store, GUEST) is None
    assert await held(store, SESSION) == (SECRET, 1)
    assert await held(store, "telegram:3") == (b"third", 1)
    assert b"word" not in ground.everything()
    assert await store.save(GUEST, b"guest", 0, 3, LATER), "the update was not counted"


@pytest.mark.parametrize("erasing", [False, True])
async def test_what_was_read_must_be_as_it_was(store: Repository, *, erasing: bool) -> None:
    await store.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)]))
    await store.save(GUEST, b"guest", 0, 2, LATER)
    await store.save(GUEST, b"changed", 1, 3, LATER)
    stale = Along(also=[session(1, b"closed")], read={GUEST: 1})

    async def decide(along: Along) -> None:
        if erasing:
            await store.erase(OWNER, 4, along)
        else:
            await store.save(OWNER, b"closer", 1, 4, LATER, along)

    with pytest.raises(Conflict):
        await decide(stale)
    assert await held(store, OWNER) == (b"owner", 1)
    assert await held(store, SESSION) == (SECRET, 1)
    await decide(Along(also=[session(1, b"closed")], read={GUEST: 2}))
    assert await held(store, SESSION) == (b"closed", 2)
    assert await held(store, OWNER) == (None if erasing else (b"closer", 2))


async def test_what_was_not_there_must_not_have_come(store: Repository) -> None:
    await store.save(OWNER, b"owner", 0, 1, LATER)
    await store.save(OWNER, b"again", 1, 2, LATER, Along(read={SESSION: 0}))
    await store.save(GUEST, b"guest", 0, 3, LATER, Along(also=[session(0)]))
    with pytest.raises(Conflict):
        await store.save(OWNER, b"late", 2, 4, LATER, Along(read={SESSION: 0}))


async def test_a_session_goes_with_its_jobs_and_its_owner(
    store: Repository, ground: Ground
) -> None:
    due = [Job("end", "session", SESSION, run_at=LATER), Job("word", "notice", OWNER, run_at=LATER)]
    await store.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)], due=due))
    await store.save(GUEST, b"guest", 0, 2, LATER)
    await store.load(SESSION)
    told = Job("gone", "notice", GUEST, run_at=LATER)
    await store.erase(OWNER, 3, Along(gone=[SESSION], read={SESSION: 1}, due=[told]))
    assert await held(store, SESSION) is None
    assert await held(store, OWNER) is None
    left = ground.everything()
    assert SESSION.encode() not in left
    assert OWNER.encode() not in left
    assert b"gone" in left, "the guest is told"


async def test_nobody_waits_to_be_shown_what_a_job_says(store: Repository) -> None:
    await store.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)], silent=True))
    await store.save(OWNER, b"reminded", 1, None, LATER, Along(silent=True))
    assert await store.unshown() == []
    await store.save(OWNER, b"tapped", 2, 2, LATER)
    await store.save(OWNER, b"reminded", 3, None, LATER, Along(silent=True))
    assert await store.unshown() == [OWNER], "the reply to the tap may be missing"


async def add(store: Repository, who: str, others: Sequence[str]) -> None:
    """One more in the person's row and in the session, decided anew until nobody came between."""
    while True:
        mine, shared = await held(store, who), await held(store, SESSION)
        assert mine is not None
        assert shared is not None
        read = {key: found[1] for key in others if (found := await held(store, key))}
        data = str(int(shared[0]) + 1).encode()
        along = Along(also=[Row(SESSION, data, shared[1], LATER)], read=read)
        try:
            await store.save(who, str(int(mine[0]) + 1).encode(), mine[1], None, LATER, along)
        except Conflict:
            continue
        return


async def test_those_who_close_and_those_who_answer_cross_without_loss(ground: Ground) -> None:
    """Two close, each having read everybody, while the others answer: in two processes."""
    stores = [await ground.open(), await ground.open()]
    people = [f"telegram:{n}" for n in range(5)]
    for who in people:
        await stores[0].save(who, b"0", 0, None, LATER)
    await stores[0].save(people[0], b"0", 1, None, LATER, Along(also=[session(0, b"0")]))

    async def many(n: int, who: str) -> None:
        others = [other for other in people if other != who] if n < 2 else []
        for turn in range(6):
            await add(stores[(n + turn) % 2], who, others)

    async with asyncio.timeout(60):
        await asyncio.gather(*(many(n, who) for n, who in enumerate(people)))
    fresh = await ground.open()
    assert [int((await held(fresh, who) or (b"", 0))[0]) for who in people] == [6] * 5
    assert await held(fresh, SESSION) == (b"30", 31)


async def test_two_who_erase_themselves_cross_without_waiting_for_each_other(
    ground: Ground,
) -> None:
    stores = [await ground.open(), await ground.open()]
    for n in range(10):
        pair = [f"telegram:{n}1", f"telegram:{n}2"]
        for who in pair:
            await stores[0].save(who, b"here", 0, None, LATER)

        async def go(store: Repository, who: str, other: str) -> None:
            while True:
                found = await held(store, other)
                try:
                    await store.erase(who, None, Along(read={other: found[1] if found else 0}))
                except Conflict:
                    continue
                return

        async with asyncio.timeout(20):
            await asyncio.gather(go(stores[0], *pair), go(stores[1], *reversed(pair)))
        fresh = await ground.open()
        assert [await held(fresh, who) for who in pair] == [None, None]


async def test_what_another_program_wrote_to_the_file_is_seen_in_time(
    embedded: Embedded,
) -> None:
    """Erased and convened anew meanwhile: the revision is the same, and the row another."""
    ours, theirs = await embedded.open(), await embedded.open()
    await ours.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)]))
    await theirs.erase(OWNER, 2, Along(gone=[SESSION]))
    await theirs.save(GUEST, b"guest", 0, 3, LATER, Along(also=[session(0, b"other")]))
    with pytest.raises(Conflict):
        await ours.save("telegram:3", b"third", 0, 4, LATER, Along(read={SESSION: 1}))
    assert await held(ours, SESSION) == (b"other", 1)


async def test_a_session_is_sealed_again_under_a_new_key(store: Repository, ground: Ground) -> None:
    await store.save(OWNER, b"owner", 0, 1, LATER, Along(also=[session(0)]))
    database = ground.database if isinstance(ground, Embedded) else ground.address  # type: ignore[attr-defined]
    done = rotate(database, ground.key)
    assert (done.renewed, done.damaged) == (3, 0), "the proof of the key, the person, the session"
    drop_old(database, ground.key)
    again = await ground.open()
    assert await held(again, SESSION) == (SECRET, 1)
    await again.save(GUEST, b"guest", 0, 2, LATER, Along(also=[session(1, b"two")]))
    assert await held(again, SESSION) == (b"two", 2)
