"""The HTTP client behind python-telegram-bot: aiohttp, several times faster than its default."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

READ_SECONDS = 20.0
UPLOAD_FACTOR = 3
"""Files take longer on their way."""
CONNECTIONS = 256


class AiohttpRequest(BaseRequest):
    """One pool of connections. Made inside a running event loop."""

    def __init__(self, seconds: float = READ_SECONDS) -> None:
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._seconds

    async def initialize(self) -> None:
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        cookies = aiohttp.DummyCookieJar()  # Telegram sets none
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=cookies)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("initialize the request before using it")
        files = bool(request_data and request_data.contains_files)
        total = read_timeout if isinstance(read_timeout, (int, float)) else self._seconds
        timeout = aiohttp.ClientTimeout(total=total * UPLOAD_FACTOR if files else total)
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # Only the kind of fault: the address of a request holds the token.
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The reply as Telegram gives it; a page of a proxy or half a reply is a hiccup."""
        try:
            reply = json.loads(payload)
        except ValueError:
            raise NetworkError("not a reply of Telegram") from None
        if not isinstance(reply, dict) or not ("result" in reply or "description" in reply):
            raise NetworkError("not a reply of Telegram")
        return reply


def _body(data: RequestData | None) -> aiohttp.FormData | aiohttp.Payload | None:
    """JSON, which costs half of a form; a form only for files."""
    if data is None:
        return None
    if not data.contains_files:
        words = json.dumps(data.parameters).encode()
        return aiohttp.BytesPayload(words, content_type="application/json")
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
