"""Reminders and deadlines on PostgreSQL, where what waits for another day is in a queue apart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.core.session import Phase
from bot.service import Service
from bot.storage.postgres import Postgres
from tests.gathering import finish, held, joined, opened, said
from tests.grounds import Shared
from tests.standin import Person, StandIn
from tests.telegram_bot import NOW, Clock, do, last, running

REMIND = "Bonjour. Il reste"
LOOK = 20.0
"""The seconds within which a worker finds what has come nearer."""
NEARER = """
update procrastinate_jobs set scheduled_at = scheduled_at - make_interval(secs => {seconds})
where status = 'todo'
"""


class Time(Clock):
    """A clock that tests move, and the jobs of a database with it: its own clock stays."""

    def __init__(self, ground: Shared) -> None:
        super().__init__()
        self._ground = ground

    def to(self, when: datetime) -> None:
        seconds = (when - self.now).total_seconds()
        self.now = when
        self._ground.run(NEARER.format(seconds=seconds))


@pytest.fixture
def time(shared: Shared) -> Time:
    return Time(shared)


@asynccontextmanager
async def machine(
    library: Library, standin: StandIn, folder: Path, shared: Shared, time: Time
) -> AsyncIterator[Service]:
    """One process of several on the same database."""
    store = await Postgres.open(shared.address, shared.key, lambda: time().timestamp())
    async with running(library, standin, folder, time, store=store) as service:
        yield service


@pytest.fixture
async def service(
    library: Library, standin: StandIn, tmp_path: Path, shared: Shared, time: Time
) -> AsyncIterator[Service]:
    async with machine(library, standin, tmp_path, shared, time) as open_service:
        yield open_service


async def told(person: Person, found: Callable[[], bool]) -> None:
    await person.wait_for(lambda _: found(), LOOK)


def reminders(person: Person) -> int:
    return said(person).count(REMIND)


async def quietly(person: Person) -> None:
    """Give what is due the time to be found."""
    await person.settle(8, quiet=4)


async def test_a_day_after_and_a_day_after_that_and_no_more(
    standin: StandIn, service: Service, time: Time
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    time.to(NOW + timedelta(hours=23))
    await quietly(guest)
    assert reminders(guest) == 0
    time.to(NOW + timedelta(hours=24, minutes=1))
    await told(guest, lambda: reminders(guest) == 1)
    time.to(NOW + timedelta(hours=49))
    await told(guest, lambda: reminders(guest) == 2)
    time.to(NOW + timedelta(days=6))
    await quietly(guest)
    assert reminders(guest) == 2


async def test_a_deadline_that_moves_and_one_that_nobody_answers(
    standin: StandIn, service: Service, time: Time
) -> None:
    owner = await opened(standin, "MKT", "COM")
    for role in ("MKT", "COM"):
        await finish(await joined(standin, owner, role))
    time.to(datetime(2026, 12, 4, 17, 0))  # 18 h in Paris
    await told(owner, lambda: "Il est 18 h." in last(owner))
    await do(owner, "[Attendre jusqu'à lundi, 12 h]")
    time.to(datetime(2026, 12, 7, 11, 0))  # 12 h in Paris
    await told(owner, lambda: "Il est 12 h." in last(owner))
    time.to(datetime(2026, 12, 8, 10, 0))
    await quietly(owner)
    assert (await held(service, owner)).phase is Phase.FIRST
    time.to(datetime(2026, 12, 8, 11, 1))
    await told(owner, lambda: "Premier tour clos" in said(owner) or "Session close" in said(owner))
    assert (await held(service, owner)).phase is not Phase.FIRST


async def test_reminders_survive_a_stop_and_come_from_another_machine(
    library: Library, standin: StandIn, tmp_path: Path, shared: Shared, time: Time
) -> None:
    async with machine(library, standin, tmp_path, shared, time):
        owner = await opened(standin, "MKT", "COM")
        guest = await joined(standin, owner, "MKT")
    time.to(NOW + timedelta(hours=26))
    async with machine(library, standin, tmp_path, shared, time):
        await told(guest, lambda: reminders(guest) == 1)
        await quietly(guest)
        assert reminders(guest) == 1


async def test_whoever_cannot_be_written_to_is_noted_once(
    standin: StandIn, service: Service, time: Time
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await guest.block()
    time.to(NOW + timedelta(hours=25))
    for _ in range(100):
        if (await held(service, owner)).seats[1].unreached:
            break
        await owner.settle(1, quiet=0.1)
    await do(owner, "/statut")
    assert "Ne reçoit plus mes messages (bot bloqué ou compte fermé) : marketing" in last(owner)
    await guest.unblock()
    time.to(NOW + timedelta(hours=25, minutes=1))
    await do(guest, "/statut")
    await do(owner, "/statut")
    assert "Ne reçoit plus mes messages" not in last(owner)
