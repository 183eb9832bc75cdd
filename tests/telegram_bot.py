"""The real bot on the stand-in of Telegram: real content, real store, real documents."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot import compose
from bot.channels.telegram.client import Client
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.player import CHANNEL
from bot.channels.telegram.polling import poll
from bot.channels.telegram.rates import UNPACED, Rates
from bot.content.library import Library
from bot.documents.press import Press
from bot.metrics import QUIET, Meter
from bot.service import Service
from bot.settings import Settings
from bot.storage.repository import Repository
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite
from tests.playing import Act, normal, play
from tests.standin import Person, StandIn

NOW = datetime(2026, 11, 24, 9, 2)
READ_SECONDS = 20.0
TO_THE_SEVENTH = [
    "/start",
    "[J'ai compris, je commence]",
    "[Direction marketing]",
    "[De 50 à 249]",
    "[À des entreprises ou organisations]",
    "[Faire appel à un intervenant externe]",
    "[En partie communs]",
    "[Écrite, peu suivie]",
]


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def make_service(
    library: Library,
    folder: Path,
    clock: Callable[[], datetime],
    meter: Meter = QUIET,
    store: Repository | None = None,
    **more: object,
) -> Service:
    """The service on a store, a file in `folder` by default, with the shuffle fixed."""
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder}/data/codir.db",
        codir_key_file=folder / "keys" / "key",
        codir_controller="Maison Lucie",
        **more,
    )
    press = Press(compose.shelf(library))
    chance = iter(range(1, 10**9))
    return Service(
        compose.house(settings, library, press),
        store or _file(settings, clock),
        press,
        clock,
        lambda: f"{next(chance):06x}0000007a7a",
        meter,
    )


def _file(settings: Settings, clock: Callable[[], datetime]) -> Sqlite:
    seal = load_key(settings.key_path, database=settings.database_path)
    store = Sqlite(settings.database_path, seal, lambda: clock().timestamp())
    store.jobs.rest = 0.05  # tests move the clock
    return store


@asynccontextmanager
async def running(
    library: Library,
    standin: StandIn,
    folder: Path,
    clock: Callable[[], datetime] | None = None,
    rates: Rates = UNPACED,
    seconds: float = READ_SECONDS,
    store: Repository | None = None,
    **more: object,
) -> AsyncIterator[Service]:
    """The bot, polling the stand-in until the block ends; `more` settings are the operator's."""
    service = make_service(library, folder, clock or Clock(), store=store, **more)
    bot = Client(standin.token, standin.url, rates, seconds)
    stop = asyncio.Event()
    async with bot:
        service.bot = bot.username
        desk = Desk(bot, service)
        await desk.catch_up()
        jobs = service.errands.jobs
        await jobs.start(CHANNEL, Courier(desk, service))
        polling = asyncio.create_task(poll(bot, desk, stop, "fr"))
        try:
            yield service
        finally:
            stop.set()
            await polling
            await asyncio.gather(jobs.stop(), desk.drain(5))
            await service.close()


async def write_menu(library: Library, standin: StandIn) -> None:
    """Write the command menu as the bot does at start."""
    async with Client(standin.token, standin.url, UNPACED) as bot:
        await set_menu(bot, library.messages, "fr")


async def do(person: Person, *lines: str) -> None:
    """Play lines as they are written after `you>`."""
    for line in lines:
        await play(person, Act(line))


def last(person: Person) -> str:
    """The newest message of the bot, in plain spaces."""
    found = [m for m in person.visible(person.private) if m.from_bot]
    return " ".join(normal(found[-1].words))


def jobs(folder: Path) -> list[str]:
    """The kinds of the jobs that wait."""
    with sqlite3.connect(folder / "data" / "codir.db") as db:
        return [kind for (kind,) in db.execute("select kind from job order by kind")]


def asked(standin: StandIn, method: str = "sendMediaGroup") -> int:
    """How often Telegram was asked for something; for documents by default."""
    return sum(call.method == method for call in standin.calls)


async def until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for something that no message of Telegram tells."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)
