"""Updates by webhook: 200 only once an update is safely stored, so that Telegram repeats others."""

from __future__ import annotations

import asyncio
import hmac
import json

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.channels.telegram.desk import Desk
from bot.channels.telegram.hear import Heard, hear
from bot.metrics import Meter

HEADER = "x-telegram-bot-api-secret-token"
LARGEST = 1 << 20
STORE_SECONDS = 10.0
LAST_SECONDS = 0.5
RETRY_SECONDS = "2"


class Webhook:
    """Takes what Telegram posts. Repeats of an update that is under way wait with it."""

    def __init__(
        self, desk: Desk, secret: str, lang: str, meter: Meter, stop: asyncio.Event, name: str
    ) -> None:
        self._desk = desk
        self._name = name
        self._secret = secret.encode()
        self._lang = lang
        self._meter = meter
        self._stopping = asyncio.create_task(stop.wait())
        self._under_way: dict[int, asyncio.Task[Response]] = {}

    async def receive(self, request: Request) -> Response:
        """The response to one post."""
        response = await self._response(request)
        self._meter.response(response.status_code)
        return response

    async def _response(self, request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            heard = self._heard(body)
        except Exception:  # whatever cannot be read as an update, however it is broken
            return Response(status_code=400)
        return Response() if heard is None else await self._taken(heard)

    def _heard(self, body: bytes) -> Heard | None:
        update = json.loads(body)
        if not isinstance(update["update_id"], int):
            raise TypeError("update_id")
        return hear(update, self._lang, self._name)

    async def _taken(self, heard: Heard) -> Response:
        """200 once stored; 503 when that takes too long or the bot stops: Telegram comes again."""
        task = self._under_way.get(heard.update)
        if task is None:
            task = asyncio.create_task(self._stored(heard))
            self._under_way[heard.update] = task
            task.add_done_callback(lambda _: self._under_way.pop(heard.update, None))
        await asyncio.wait(
            {task, self._stopping}, timeout=STORE_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if not task.done():
            await asyncio.wait({task}, timeout=LAST_SECONDS)
        if not task.done():
            return Response(status_code=503, headers={"Retry-After": RETRY_SECONDS})
        return task.result()

    async def _stored(self, heard: Heard) -> Response:
        """The answer to a tap travels in the response: its result is of no use."""
        toasts: list[str] = []
        await self._desk.receive(heard, toasts.append)
        if not toasts:
            return Response()
        self._meter.call("answerCallbackQuery", "in_response")
        answer = {"method": "answerCallbackQuery", "callback_query_id": heard.callback}
        return JSONResponse({**answer, "text": toasts[0]} if toasts[0] else answer)


async def _body(request: Request) -> bytes | None:
    """What was posted; None when it is too large, and then the rest is not read."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
