"""The contract of the engines of background work: each engine runs through the same tests."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from bot.jobs.embedded import SCHEMA, Embedded
from bot.jobs.port import Job, pause
from bot.storage.repository import Along, Conflict, Repository
from tests.grounds import Ground

T = TypeVar("T")
LATER = 2_000_000_000
LUCIE, PAUL = "telegram:1", "telegram:2"


@pytest.fixture
async def store(ground: Ground) -> Repository:
    return await ground.open()


class Hands:
    """Does jobs and remembers them; `failures` of them fail first."""

    def __init__(self, *, failures: int = 0, seconds: float = 0.0) -> None:
        self.done: list[Job] = []
        self.begun: list[Job] = []
        self._failures = failures
        self._seconds = seconds

    async def __call__(self, job: Job) -> float | None:
        self.begun.append(job)
        await asyncio.sleep(self._seconds)
        if len(self.begun) <= self._failures:
            raise OSError("no")
        self.done.append(job)
        return None

    async def until(self, n: int, seconds: float = 20.0) -> None:
        async with asyncio.timeout(seconds):
            while len(self.done) < n:
                await asyncio.sleep(0.01)

    async def busy(self) -> None:
        """Until a job is being done."""
        async with asyncio.timeout(20):
            while not self.begun:
                await asyncio.sleep(0.01)

    @property
    def ids(self) -> list[str]:
        return [job.id for job in self.done]


async def save(
    store: Repository,
    *due: Job,
    person: str = LUCIE,
    update: int | None = None,
    done: str = "",
) -> bool:
    stored = await store.load(person)
    revision = stored.revision if stored else 0
    return await store.save(person, b"answers", revision, update, LATER, Along(due=due, done=done))


def job(id_: str = "a", person: str = LUCIE, wait: float = 0.0) -> Job:
    return Job(id_, "deliver", person, {"interview": "f00", "version": "1"}, time.time() + wait)


async def quiet() -> None:
    """Long enough for an engine to do what it should not."""
    await asyncio.sleep(0.5)


async def test_a_job_of_a_save_is_done_once_and_says_what_it_was_given(store: Repository) -> None:
    hands = Hands()
    await store.jobs.start("telegram", hands)
    await save(store, job())
    await hands.until(1)
    await quiet()
    (only,) = hands.done
    assert (only.id, only.kind, only.person) == ("a", "deliver", LUCIE)
    assert dict(only.payload) == {"interview": "f00", "version": "1"}
    assert only.attempt == 1
    await store.jobs.stop()


async def test_how_many_jobs_wait_for_a_hand(store: Repository) -> None:
    await save(store, job("a"), job("b"), job("later", wait=3600))
    assert await store.jobs.due() == 2
    hands = Hands()
    await store.jobs.start("telegram", hands)
    await hands.until(2)
    async with asyncio.timeout(10):
        while await store.jobs.due():
            await asyncio.sleep(0.05)
    await store.jobs.stop()


async def test_a_job_put_before_the_start_is_done_after_it(ground: Ground) -> None:
    first = await ground.open()
    await save(first, job())
    second, hands = await ground.open(), Hands()
    await second.jobs.start("telegram", hands)
    await hands.until(1)
    await second.jobs.stop()


async def test_a_save_that_does_not_happen_puts_nothing(store: Repository) -> None:
    hands = Hands()
    await store.jobs.start("telegram", hands)
    await save(store, update=7)
    assert not await save(store, job(), update=7), "this update was applied before"
    with pytest.raises(Conflict):
        await store.save(LUCIE, b"late", 0, 8, LATER, Along(due=[job()]))
    await quiet()
    assert hands.begun == []
    await store.jobs.stop()


async def test_two_jobs_of_one_id_are_one(store: Repository) -> None:
    hands = Hands(seconds=0.2)
    await save(store, job())
    await save(store, job())
    await store.jobs.start("telegram", hands)
    await hands.busy()
    await save(store, job())  # while it is being done
    await hands.until(1)
    await quiet()
    assert hands.ids == ["a"]
    await store.jobs.stop()


async def test_a_job_that_is_done_can_be_put_again(store: Repository) -> None:
    hands = Hands()
    await store.jobs.start("telegram", hands)
    await save(store, job())
    await hands.until(1)
    async with asyncio.timeout(20):
        while len(hands.done) < 2:  # its last moment may still be under way
            await save(store, job())
            await asyncio.sleep(0.05)
    await store.jobs.stop()


async def test_a_job_put_again_as_it_ends_is_not_lost(store: Repository) -> None:
    done: list[int] = []

    async def work(one: Job) -> None:
        done.append(one.attempt)
        if len(done) == 1:
            await save(store, done=one.id)
            await save(store, job())

    await store.jobs.start("telegram", work)
    await save(store, job())
    async with asyncio.timeout(20):
        while len(done) < 2:
            await asyncio.sleep(0.01)
    await quiet()
    assert done == [1, 1]
    await store.jobs.stop()


async def test_a_job_waits_for_its_time(store: Repository) -> None:
    hands = Hands()
    await store.jobs.start("telegram", hands)
    put = time.monotonic()
    await save(store, job(wait=1.5), job("b"))
    await hands.until(1)
    assert hands.ids == ["b"]
    await hands.until(2)
    assert time.monotonic() - put >= 1.4
    await store.jobs.stop()


async def test_a_job_that_fails_is_done_later_and_counts_its_attempts(store: Repository) -> None:
    hands = Hands(failures=1)
    await store.jobs.start("telegram", hands)
    await save(store, job())
    begun = time.monotonic()
    await hands.until(1, seconds=pause(1) + 5)
    assert time.monotonic() - begun >= pause(1) * 0.9
    assert [one.attempt for one in hands.begun] == [1, 2]
    await store.jobs.stop()


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 2), (2, 4), (3, 8), (40, 600)])
def test_the_pause_grows_up_to_ten_minutes(attempt: int, seconds: float) -> None:
    assert pause(attempt) == seconds


async def test_a_job_may_ask_for_another_time(store: Repository) -> None:
    begun: list[tuple[float, int]] = []

    async def work(one: Job) -> float | None:
        begun.append((time.monotonic(), one.attempt))
        return time.time() + 1 if len(begun) == 1 else None

    await store.jobs.start("telegram", work)
    await save(store, job())
    async with asyncio.timeout(20):
        while len(begun) < 2:
            await asyncio.sleep(0.02)
    await quiet()
    (first, attempt), (second, again) = begun
    assert second - first >= 0.9
    assert (attempt, again) == (1, 1), "to wait is not to fail"
    await store.jobs.stop()


async def test_a_cancelled_job_is_not_done(store: Repository) -> None:
    hands = Hands()
    await save(store, job(), job("b"))
    await save(store, done="a")
    await store.jobs.start("telegram", hands)
    await hands.until(1)
    await quiet()
    assert hands.ids == ["b"]
    await store.jobs.stop()


async def test_jobs_are_forgotten_with_their_person(store: Repository) -> None:
    hands = Hands()
    await save(store, job())
    await save(store, job("b", PAUL), person=PAUL)
    await store.erase(LUCIE, update=9)
    await store.jobs.start("telegram", hands)
    await hands.until(1)
    await quiet()
    assert hands.ids == ["b"]
    await store.jobs.stop()


async def test_a_purge_forgets_the_jobs_and_what_was_sent(store: Repository) -> None:
    await save(store, job())
    await store.note(LUCIE, "a", b"files")
    assert not await store.purge(LUCIE, LATER - 1)
    assert await store.purge(LUCIE, LATER)
    assert await store.noted(LUCIE, "a") is None
    hands = Hands()
    await store.jobs.start("telegram", hands)
    await quiet()
    assert hands.begun == []
    await store.jobs.stop()


async def test_a_job_is_left_to_the_channel_of_its_person(store: Repository) -> None:
    hands = Hands()
    await store.jobs.start("telegram", hands)
    await save(store, job("a", "terminal"), person="terminal")
    await save(store, job("b"))
    await hands.until(1)
    await quiet()
    assert hands.ids == ["b"]
    await store.jobs.stop()


async def test_jobs_of_different_people_do_not_wait_for_each_other(store: Repository) -> None:
    hands = Hands(seconds=0.5)
    for n in range(8):
        await save(store, job(f"job{n}", f"telegram:{n}"), person=f"telegram:{n}")
    begun = time.monotonic()
    await store.jobs.start("telegram", hands)
    await hands.until(8)
    assert time.monotonic() - begun < 8 * 0.5
    await store.jobs.stop()


async def test_many_jobs_are_all_done_once(store: Repository) -> None:
    hands = Hands(seconds=0.001)
    await store.jobs.start("telegram", hands)
    for n in range(100):
        await save(store, job(f"job{n}"))
    await hands.until(100, seconds=20)
    await quiet()
    assert sorted(hands.ids) == sorted(f"job{n}" for n in range(100))
    await store.jobs.stop()


async def test_whatever_is_being_done_may_finish_at_the_stop(ground: Ground) -> None:
    store, hands = await ground.open(), Hands(seconds=0.3)
    await store.jobs.start("telegram", hands)
    await save(store, job())
    await hands.busy()
    await store.jobs.stop()
    assert hands.ids == ["a"]
    second, others = await ground.open(), Hands()
    await second.jobs.start("telegram", others)
    await quiet()
    assert others.begun == []
    await second.jobs.stop()


async def test_whatever_takes_too_long_is_left_to_the_next_start(ground: Ground) -> None:
    store, hands = await ground.open(), Hands(seconds=60)
    await store.jobs.start("telegram", hands)
    await save(store, job())
    await hands.busy()
    begun = time.monotonic()
    await store.jobs.stop()
    assert time.monotonic() - begun < 5
    second, others = await ground.open(), Hands()
    await second.jobs.start("telegram", others)
    await others.until(1)
    assert others.done[0].attempt == 1, "to be stopped is not to fail"
    await second.jobs.stop()


async def test_the_jobs_of_a_dead_process_are_taken_over(ground: Ground) -> None:
    dying, hands = await ground.open(), Hands(seconds=2)
    await dying.jobs.start("telegram", hands)
    await save(dying, job())
    await hands.busy()
    living, others = await ground.survivor(), Hands()
    await living.jobs.start("telegram", others)
    await others.until(1)
    assert (others.done[0].id, others.done[0].attempt) == ("a", 2)
    await dying.jobs.stop()
    await quiet()
    assert others.ids == ["a"], "the first has nothing to give back any more"
    await living.jobs.stop()


async def test_the_embedded_engine_stops_in_whatever_moment_a_job_comes() -> None:
    """Within one thread, so that each moment between the news and its end is tried."""
    with sqlite3.connect(":memory:") as db:
        db.executescript(SCHEMA)

        async def at_once(work: Callable[[sqlite3.Connection], T]) -> T:
            return work(db)

        for turns in range(8):
            engine = Embedded(at_once)
            await engine.start("telegram", Hands())
            await asyncio.sleep(0.01)
            engine.put(db, job(f"{turns}", wait=60))
            for _ in range(turns):
                await asyncio.sleep(0)
            async with asyncio.timeout(2):
                await engine.stop()
