"""Two replicas by webhook behind one address, two workers, one PostgreSQL: one of each is killed
again and again while several people answer."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import psycopg
import pytest
from aiohttp import web

from bot.content.library import Library
from tests.faults.crowd import Crowd
from tests.hooked import SECRET, free_port
from tests.process import calm, environment, said, start
from tests.standin import StandIn

pytestmark = pytest.mark.fault

KILLS = int(os.environ.get("CODIR_MACHINE_KILLS", "4"))
PLACES = 3
BETWEEN_SECONDS = 5.0
"""Long enough for whatever was killed to be back before the next one goes."""
PASSED_ON = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


class Balancer:
    """One address before several replicas: each post goes to the next one that takes it."""

    def __init__(self, replicas: list[str]) -> None:
        self._turns = itertools.cycle(range(len(replicas)))
        self._replicas = replicas
        self.taken = [0] * len(replicas)

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        first = next(self._turns)
        for turn in range(len(self._replicas)):
            replica = (first + turn) % len(self._replicas)
            try:
                async with self._session.post(
                    self._replicas[replica] + request.path, data=body, headers=headers
                ) as answer:
                    text = await answer.text()
            except aiohttp.ClientError:
                continue  # killed, perhaps after it had stored the update: another one gets it
            self.taken[replica] += 1
            return web.Response(status=answer.status, text=text, content_type=answer.content_type)
        return web.Response(status=502)

    @asynccontextmanager
    async def open(self, port: int) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        async with aiohttp.ClientSession() as self._session:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            try:
                yield
            finally:
                await runner.cleanup()


class Machine:
    """A command that runs, is killed, and is started again."""

    def __init__(self, command: str, env: Mapping[str, str], folder: Path) -> None:
        self._command, self._env, self._folder = command, env, folder
        self.said = ""

    async def up(self) -> None:
        self.process = await start(self._env, self._folder, self._command)
        assert self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), 30)
        assert line.startswith(b"@"), (line, await self.process.communicate())

    async def down(self, how: signal.Signals) -> int:
        """End it; its exit code."""
        self.process.send_signal(how)
        self.said += await asyncio.wait_for(said(self.process), 6)
        return self.process.returncode or 0

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


async def kill_in_turn(
    chance: random.Random, replicas: Sequence[Machine], workers: Sequence[Machine], crowd: Crowd
) -> None:
    """Kill one of each kind at a time, at any moment, and start it again."""
    for n in range(KILLS):
        await asyncio.sleep(BETWEEN_SECONDS * (0.5 + chance.random()))
        for killed in (replicas[n % 2], workers[n % 2]):
            await killed.down(signal.SIGKILL)
            await asyncio.sleep(chance.random())
            await killed.up()
        crowd.look()


async def test_one_of_each_is_killed_again_and_again(
    tmp_path: Path, library: Library, database: str, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(20261125)
    async with AsyncExitStack() as stack:
        standin = await stack.enter_async_context(StandIn())
        ports = [free_port() for _ in range(3)]
        common = {
            **environment(standin, tmp_path),
            "DATABASE_URL": database,
            "CODIR_JOBS": "apart",
            "WEBHOOK_URL": f"http://127.0.0.1:{ports[0]}/telegram",
            "WEBHOOK_SECRET": SECRET,
        }
        balancer = Balancer([f"http://127.0.0.1:{port}" for port in ports[1:]])
        await stack.enter_async_context(balancer.open(ports[0]))
        replicas = [
            Machine("telegram", {**common, "CODIR_LISTEN": f"127.0.0.1:{port}"}, tmp_path)
            for port in ports[1:]
        ]
        workers = [Machine("worker", common, tmp_path) for _ in range(2)]
        machines = [*replicas, *workers]
        for machine in machines:
            await machine.up()
            stack.push_async_callback(machine.end)
        crowd = Crowd(standin, library, 4)
        crowd.start(PLACES)
        await kill_in_turn(chance, replicas, workers, crowd)
        await crowd.stop(90)
        await crowd.check()
        codes = await asyncio.gather(*(machine.down(signal.SIGTERM) for machine in machines))
        assert codes == [0] * 4
        assert min(balancer.taken) > 0, "both replicas were spoken to"
        assert standin.violations == []
        with psycopg.connect(database) as db:
            left = db.execute("select args ->> 'kind' from procrastinate_jobs").fetchall()
        assert left == [("keep",)] * len(crowd.played), "no delivery is left, each is watched"
    calm("".join(machine.said for machine in machines))
    record_property("done", f"{KILLS} kills of each kind, {crowd}")
