"""The bot's access to Telegram: python-telegram-bot with our HTTP client and our pace."""

from __future__ import annotations

from telegram.ext import ExtBot

from bot.channels.telegram.calls import CountedRequest
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.rates import Rates
from bot.channels.telegram.request import READ_SECONDS
from bot.metrics import QUIET, Meter


class Client(ExtBot[None]):
    """Made inside a running event loop."""

    def __init__(
        self,
        token: str,
        address: str,
        rates: Rates | None = None,
        seconds: float = READ_SECONDS,
        meter: Meter = QUIET,
    ) -> None:
        self._pace = Pace(rates or Rates())
        super().__init__(
            token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=CountedRequest(meter, seconds),
            get_updates_request=CountedRequest(meter, seconds),
            rate_limiter=self._pace,
        )

    @property
    def pace(self) -> Pace:
        """What decides when a call is made."""
        return self._pace

    async def download(self, file: str) -> bytes:
        """The content of a file that somebody sent: no method of the API, tried again as one."""
        found = await self.get_file(file)
        fetch = found.download_as_bytearray
        return bytes(await self._pace.process_request(fetch, (), {}, "download", {}, None))
