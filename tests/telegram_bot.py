"""The real bot on the stand-in of Telegram: real content, real store, real documents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from telegram import Bot

from bot import compose
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.desk import CHANNEL, Desk
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import poll
from bot.channels.telegram.request import AiohttpRequest
from bot.content.library import Library
from bot.documents.press import Press
from bot.service import Service
from bot.settings import Settings
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite
from tests.standin import StandIn

NOW = datetime(2026, 11, 24, 9, 2)


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def make_service(
    library: Library, folder: Path, clock: Callable[[], datetime], **more: object
) -> Service:
    """The service on a store in `folder`, with the shuffle of the choices fixed."""
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder}/data/codir.db",
        codir_key_file=folder / "keys" / "key",
        codir_controller="Maison Lucie",
        **more,
    )
    seal = load_key(settings.key_path, database=settings.database_path)
    press = Press(compose.shelf(library))
    store = Sqlite(settings.database_path, seal, lambda: clock().timestamp())
    store.jobs.rest = 0.05  # tests move the clock
    chance = iter(range(1, 10**9))
    return Service(
        compose.house(settings, library, press),
        store,
        press,
        clock,
        lambda: f"{next(chance):06x}0000007a7a",
    )


def _bot(standin: StandIn) -> Bot:
    return Bot(
        standin.token,
        base_url=f"{standin.url}/bot",
        base_file_url=f"{standin.url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )


@asynccontextmanager
async def running(
    library: Library,
    standin: StandIn,
    folder: Path,
    clock: Callable[[], datetime] | None = None,
    **more: object,
) -> AsyncIterator[Service]:
    """The bot, polling the stand-in until the block ends; `more` settings are the operator's."""
    service = make_service(library, folder, clock or Clock(), **more)
    bot = _bot(standin)
    stop = asyncio.Event()
    async with bot:
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
    bot = _bot(standin)
    async with bot:
        await set_menu(bot, library.messages, "fr")
