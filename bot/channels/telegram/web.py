"""The web server: Telegram's updates, and what an operator may ask (health, readiness, counts).

Needs the extra `webhook`.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import prometheus_client
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot

from bot.channels.telegram.desk import Desk
from bot.channels.telegram.polling import UPDATES
from bot.channels.telegram.probes import Probes
from bot.channels.telegram.webhook import Webhook
from bot.metrics import Meter
from bot.service import Service

CONNECTIONS = 100
KEEP_ALIVE_SECONDS = 75
STOP_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram posts updates, and the secret by which it is known."""

    url: str
    secret: str

    @property
    def path(self) -> str:
        """The part of the address that this server sees."""
        return urlsplit(self.url).path or "/"

    async def announce(self, bot: Bot) -> None:
        """Tell Telegram. Raises BadRequest when it does not want this address."""
        await bot.set_webhook(
            self.url,
            secret_token=self.secret,
            allowed_updates=UPDATES,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )


@dataclass(frozen=True, slots=True)
class Web:
    """An open socket, and the webhook that is to answer there, if any."""

    listener: socket.socket
    hook: Hook | None = None

    def open(
        self, bot: Bot, desk: Desk, service: Service, meter: Meter, stop: asyncio.Event
    ) -> contextlib.AbstractAsyncContextManager[None]:
        """Answer until the block ends."""
        app = _application(bot, desk, service, meter)
        if self.hook is not None:
            lang, name = service.house.lang, bot.username
            webhook = Webhook(desk, self.hook.secret, lang, meter, stop, name)
            app.router.routes.append(Route(self.hook.path, webhook.receive, methods=["POST"]))
        return serving(app, self.listener)


def _application(bot: Bot, desk: Desk, service: Service, meter: Meter) -> Starlette:
    """What an operator may ask."""
    probes = Probes(bot, desk, service)

    async def metrics(_: Request) -> Response:
        with contextlib.suppress(Exception):  # without a store, the rest is told all the same
            meter.due(await service.errands.jobs.due())
        return Response(meter.page(), media_type=prometheus_client.CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/healthz", _alive),
            Route("/readyz", probes.ready),
            Route("/metrics", metrics),
        ]
    )


async def _alive(_: Request) -> Response:
    return PlainTextResponse("ok\n")


def open_socket(host: str, port: int) -> socket.socket:
    """The address to listen on. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


@contextlib.asynccontextmanager
async def serving(app: Starlette, listener: socket.socket) -> AsyncIterator[None]:
    """Answer until the block ends, then finish the requests under way."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = _Server(config)
    answering = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await answering


class _Server(uvicorn.Server):
    """Signals are the program's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
