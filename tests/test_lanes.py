"""Lanes: order within, freedom across, and nothing blocked by a fault."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress

import pytest

from bot.channels.telegram.lanes import Lanes

ORDERS: dict[str, tuple[list[int], list[int]]] = {
    "in order of arrival": ([0, 0, 0], [0, 1, 2]),
    "the lowest rank first": ([12, 11, 10], [2, 1, 0]),
    "a tap and a text that crossed": ([7, 6], [1, 0]),
    "the same update twice": ([5, 5, 4], [2, 0, 1]),
}


def job(name: int, done: list[int]) -> Callable[[], Coroutine[None, None, None]]:
    async def run() -> None:
        await asyncio.sleep(0)
        done.append(name)

    return run


@pytest.mark.parametrize("name", ORDERS)
async def test_who_waits_goes_by_rank_then_by_arrival(name: str) -> None:
    ranks, order = ORDERS[name]
    lanes, done = Lanes(), list[int]()
    await asyncio.wait([lanes.put(1, job(n, done), rank) for n, rank in enumerate(ranks)])
    assert done == order


async def test_what_runs_is_not_overtaken() -> None:
    lanes, done, gate = Lanes(), list[int](), asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        done.append(9)

    lanes.put(1, slow, 9)
    await asyncio.sleep(0)
    lanes.put(1, job(3, done), 3)
    last = lanes.put(2, job(4, done), 4)
    await last
    gate.set()
    await lanes.drain()
    assert done == [4, 9, 3]


async def test_a_job_that_fails_blocks_nothing_and_says_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lanes, done = Lanes(), list[int]()

    async def fails() -> None:
        raise ValueError("une réponse confidentielle")

    await asyncio.wait([lanes.put(1, fails), lanes.put(1, job(1, done))])
    assert done == [1]
    assert "ValueError" in caplog.text
    assert "confidentielle" not in caplog.text


async def test_after_cancel_nothing_counts_as_done(caplog: pytest.LogCaptureFixture) -> None:
    lanes, done = Lanes(), list[int]()

    async def endless() -> None:
        await asyncio.Event().wait()

    futures = [lanes.put(1, endless), lanes.put(1, job(1, done))]
    await asyncio.sleep(0)
    await lanes.cancel()
    _, pending = await asyncio.wait(futures, timeout=0.05)
    assert pending == set(futures)
    assert done == []
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


async def test_a_cancellation_that_is_not_the_lanes_blocks_nothing() -> None:
    """What a job waits for may be cancelled by others: whoever comes next is served."""
    lanes, done = Lanes(), list[int]()

    async def left_over() -> None:
        gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        gone.cancel()
        await gone

    futures = [lanes.put(1, left_over), lanes.put(1, job(1, done))]
    _, pending = await asyncio.wait(futures, timeout=1)
    assert not pending
    await lanes.put(1, job(2, done))
    await lanes.drain()
    assert done == [1, 2]


async def test_after_cancel_nothing_begins_whatever_a_job_makes_of_it() -> None:
    """As with `wait_for` before Python 3.12, which may lose a cancellation."""
    lanes, done = Lanes(), list[int]()

    async def stubborn() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    lanes.put(1, stubborn)
    lanes.put(1, job(1, done))
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await lanes.cancel()
    await asyncio.sleep(0.05)
    assert done == []
