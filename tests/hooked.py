"""The bot by webhook: a process and its address, or within the test on a fixed clock."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.channels.telegram.calls import CountedRequest
from bot.channels.telegram.client import Client
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.player import CHANNEL
from bot.channels.telegram.rates import UNPACED
from bot.channels.telegram.web import Hook, Web, open_socket
from bot.content.library import Library
from bot.metrics import Prometheus
from tests.process import environment, start
from tests.standin import StandIn
from tests.telegram_bot import Clock, make_service

SECRET = "un-secret_de-Telegram-0123456789"


HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def hooked(standin: StandIn, folder: Path) -> dict[str, str]:
    """The settings of a bot by webhook."""
    port = free_port()
    return {
        **environment(standin, folder),
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "CODIR_LISTEN": f"127.0.0.1:{port}",
    }


def server(env: Mapping[str, str]) -> str:
    return f"http://{env['CODIR_LISTEN']}"


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def post(env: Mapping[str, str], body: bytes, secret: str | None = SECRET) -> int:
    headers = {HEADER: secret} if secret is not None else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(env["WEBHOOK_URL"], data=body, headers=headers) as response,
    ):
        return response.status


@asynccontextmanager
async def up(env: Mapping[str, str], folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process, once its web server answers."""
    process = await start(env, folder, "telegram")
    try:
        async with asyncio.timeout(20):
            while not await alive(env):
                assert process.returncode is None, await process.communicate()
                await asyncio.sleep(0.02)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def alive(env: Mapping[str, str]) -> bool:
    try:
        return (await get(f"{server(env)}/healthz"))[0] == 200
    except aiohttp.ClientError:
        return False


def kept(folder: Path) -> int:
    """How many updates the store has applied."""
    with sqlite3.connect(folder / "data" / "codir.db") as db:
        return int(db.execute("select count(*) from applied").fetchone()[0])


def message(person: int, update: int, text: str) -> bytes:
    """An update as Telegram writes it."""
    user = {"id": person, "is_bot": False, "first_name": "Zoé", "language_code": "fr"}
    chat = {"id": person, "type": "private", "first_name": "Zoé"}
    said = {"message_id": update, "date": 1_795_000_000, "chat": chat, "from": user, "text": text}
    return json.dumps({"update_id": update, "message": said}).encode()


@asynccontextmanager
async def in_this_process(
    library: Library, standin: StandIn, folder: Path, meter: Prometheus
) -> AsyncIterator[tuple[CountedRequest, str]]:
    """The bot and its web server on a clock and a shuffle that tests fix."""
    service = make_service(library, folder, Clock(), meter)
    port = free_port()
    hook = Hook(f"http://127.0.0.1:{port}/telegram", SECRET)
    web = Web(open_socket("127.0.0.1", port), hook)
    bot = Client(standin.token, standin.url, UNPACED, meter=meter)
    async with bot:
        service.bot = bot.username
        desk = Desk(bot, service, meter)
        stop = asyncio.Event()
        async with web.open(bot, desk, service, meter, stop):
            await hook.announce(bot)
            await service.errands.jobs.start(CHANNEL, Courier(desk, service))
            assert isinstance(bot.request, CountedRequest)
            yield bot.request, f"http://127.0.0.1:{port}"
            stop.set()
        await asyncio.gather(service.errands.jobs.stop(), desk.drain(5))
        await service.close()
