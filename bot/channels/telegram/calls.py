"""The calls to Telegram, counted by method and by how they ended; when it last answered."""

from __future__ import annotations

import time
from typing import Any

from telegram.error import NetworkError, TimedOut

from bot.channels.telegram.request import READ_SECONDS, AiohttpRequest
from bot.metrics import Meter

ENDS = {2: "ok", 4: "refused", 5: "server_error"}
FLOOD = 429


class CountedRequest(AiohttpRequest):
    """The same client, observed."""

    def __init__(self, meter: Meter, seconds: float = READ_SECONDS) -> None:
        super().__init__(seconds)
        self._meter = meter
        self.answered = 0.0
        """When Telegram last answered, on the monotonic clock."""

    async def do_request(
        self, url: str, method: str, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        # the address of a file says a name that somebody gave it
        name = "download" if "/file/" in url else url.rpartition("/")[2]
        try:
            status, body = await super().do_request(url, method, *args, **kwargs)
        except NetworkError as error:
            self._meter.call(name, "timeout" if isinstance(error, TimedOut) else "network_error")
            raise
        self._meter.call(name, "flood" if status == FLOOD else ENDS.get(status // 100, "other"))
        if status < 500:
            self.answered = time.monotonic()
        return status, body
