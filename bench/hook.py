"""The stand-in's way to a webhook."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

CONNECTIONS = 100
"""What our bot asks Telegram for."""
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_OK = b" 200 "


class Hook:
    """Posts updates, on each connection one after the other. `answered` gets each method of the
    Bot API that came in a response.
    """

    def __init__(self, url: str, secret: str, answered: Callable[[dict[str, Any]], None]) -> None:
        self._where = urlsplit(url)
        self._head = (
            f"POST {self._where.path} HTTP/1.1\r\nHost: {self._where.netloc}\r\n"
            f"Content-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        )
        self._answered = answered
        self._idle: deque[_Post] = deque()
        self._waiting: deque[str] = deque()
        self._opening = [asyncio.create_task(self._open()) for _ in range(CONNECTIONS)]

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(
            lambda: _Post(self), self._where.hostname, self._where.port or 80
        )

    def post(self, update: str) -> None:
        """Send an update as soon as a connection is free."""
        self._waiting.append(update)
        self._go_on()

    def free(self, connection: _Post) -> None:
        """A connection can take the next update."""
        self._idle.append(connection)
        self._go_on()

    def _go_on(self) -> None:
        while self._idle and self._waiting:
            body = self._waiting.popleft().encode()
            head = f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode()
            self._idle.popleft().write(head + body)

    def take(self, head: bytes, body: bytes) -> None:
        """A whole response. What is refused shows as a reply that never comes."""
        if body and _OK in head.split(b"\r\n", 1)[0]:
            self._answered(json.loads(body))


class _Post(asyncio.Protocol):
    """One connection to the bot."""

    def __init__(self, hook: Hook) -> None:
        self._hook = hook
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.write = transport.write
        self._hook.free(self)

    def data_received(self, data: bytes) -> None:
        self._held += data
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._held[:end]
        length = _LENGTH.search(head)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._held) < whole:
            return
        body, self._held = self._held[end + 4 : whole], b""
        self._hook.take(head, body)
        self._hook.free(self)
