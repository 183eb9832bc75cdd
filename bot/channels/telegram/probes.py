"""Ready or not: the store takes a write, and Telegram has answered lately."""

from __future__ import annotations

import asyncio
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.calls import CountedRequest
from bot.channels.telegram.desk import Desk
from bot.service import Service
from bot.storage.repository import Busy

RECENT_SECONDS = 60.0
PATIENCE_SECONDS = 3.0


class Probes:
    """What a load balancer asks before it sends anybody here."""

    def __init__(self, bot: Bot, desk: Desk, service: Service) -> None:
        self._bot = bot
        self._desk = desk
        self._service = service

    async def ready(self, _: Request) -> Response:
        """200, or 503 with what is wrong."""
        store, telegram = await asyncio.gather(self._store(), self._telegram())
        state = {"store": store, "telegram": telegram}
        return JSONResponse(state, 200 if store and telegram else 503)

    async def _store(self) -> bool:
        if self._desk.stuck:
            return False
        try:
            await asyncio.wait_for(self._service.probe(), PATIENCE_SECONDS)
        except (Busy, TimeoutError):
            return False
        return True

    async def _telegram(self) -> bool:
        """Asked only when nothing else was said lately."""
        request = self._bot.request
        answered = request.answered if isinstance(request, CountedRequest) else 0.0
        if answered and time.monotonic() - answered < RECENT_SECONDS:
            return True
        try:
            await asyncio.wait_for(self._bot.get_me(), PATIENCE_SECONDS)
        except (TelegramError, TimeoutError):
            return False
        return True
