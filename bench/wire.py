"""The stand-in's end of a connection."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as clients of the Bot API need for messages."""

    def __init__(self, arrive: Arrive) -> None:
        self._arrive = arrive
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = self._held[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._held) < whole:
                return
            body = self._held[end + 4 : whole].decode()
            self._held = self._held[whole:]
            path = head.split(b" ", 2)[1].partition(b"?")[0]
            self._arrive(self, path.rpartition(b"/")[2].decode().lower(), body)

    def write(self, result: str) -> None:
        """Answer a call with its result, if the bot is still there."""
        if self._transport.is_closing():
            return
        body = f'{{"ok":true,"result":{result}}}'.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        self._transport.write(f"{head}\r\n\r\n".encode() + body)


Arrive = Callable[[Connection, str, str], None]
"""What is done with a call: where to answer, the method and the body."""


def fields_of(body: str) -> dict[str, str]:
    """The parameters of a call, sent as JSON or as a form."""
    if body.startswith("{"):
        sent: dict[str, Any] = json.loads(body)
        if isinstance(markup := sent.get("reply_markup"), dict):
            sent["reply_markup"] = json.dumps(markup)
        return sent
    return dict(parse_qsl(body))
