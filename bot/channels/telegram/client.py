"""The bot's access to Telegram: python-telegram-bot with our HTTP client and our pace."""

from __future__ import annotations

import warnings
from typing import Any

from telegram.error import EndPointNotFound, InvalidToken
from telegram.ext import ExtBot
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

from bot.channels.telegram.calls import CountedRequest
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.rates import Rates
from bot.channels.telegram.request import READ_SECONDS
from bot.metrics import QUIET, Meter

# The library prefers its own methods. What each update needs is asked for in plain values, since
# objects built, and results read into objects that nobody looks at, cost as much as the call.
warnings.filterwarnings("ignore", "Please use 'Bot", PTBUserWarning)


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

    async def call(
        self, method: str, *, read_timeout: Any = BaseRequest.DEFAULT_NONE, **params: object
    ) -> Any:
        """A method of the Bot API, with parameters and a result in Telegram's own terms."""
        try:
            return await self.do_api_request(method, params, read_timeout=read_timeout)
        except EndPointNotFound as error:
            # Every method called exists: it is the token that is not known any more.
            raise InvalidToken(error.message) from None

    async def download(self, file: str) -> bytes:
        """The content of a file that somebody sent: no method of the API, tried again as one."""
        found = await self.get_file(file)
        fetch = found.download_as_bytearray
        return bytes(await self._pace.process_request(fetch, (), {}, "download", {}, None))
