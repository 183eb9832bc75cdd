"""Every call to Telegram at the right pace, and again until it has passed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
)
from telegram.ext import BaseRateLimiter

from bot.channels.telegram.rates import Rates, Turnstile

WORKS = {"sendDocument", "sendMediaGroup", "sendPhoto"}
TRIES = {"sendChatAction": 1, "getMe": 3}
FEW, MANY = 6, 24
"""Tries of what can be asked for again, and of an answer: about ten minutes."""
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0
FLOODED = 3
"""So many chats told to wait at the same time: it is the whole bot that is too fast."""
SWEEP = 10_000

Key = int | str
Result = Any


class Pace(BaseRateLimiter[None]):
    """The rate limiter of python-telegram-bot's port, which also tries again.

    A chat is written to by one lane, so that what is tried again keeps its place.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._overall = Turnstile(rates.overall)
        self._chats: dict[Key, Turnstile] = {}
        self._floods: dict[Key, float] = {}
        self._moved: dict[Key, int] = {}
        self._closed: set[Key] = set()
        self._doubtful: set[Key] = set()

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def reopen(self, chat: int) -> None:
        """Somebody writes from this chat: it can be written to again."""
        self._closed.discard(chat)

    def doubtful(self, chat: int) -> bool:
        """Whether a call to this chat was made twice since asked last: both may have passed."""
        doubt = chat in self._doubtful
        self._doubtful.discard(chat)
        return doubt

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002
    ) -> Result:
        """Call until it has passed. Raises Forbidden when the chat is closed to the bot."""
        attempt = 0
        while True:
            key = self._address(endpoint, data)
            await self._turn(key, endpoint, data)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._flooded(key, seconds(error))
            except ChatMigrated as error:
                self._moved[key] = error.new_chat_id
            except (BadRequest, Forbidden) as error:
                self._refused(key, error)
                raise
            except NetworkError:
                attempt += 1
                self._doubtful.add(key)
                if attempt >= tries(endpoint, data):
                    raise
                await asyncio.sleep(backoff(attempt))

    def _address(self, endpoint: str, data: dict[str, Any]) -> Key:
        """The chat that is written to, where it is now; the method when there is no chat."""
        if "chat_id" not in data:
            return endpoint
        data["chat_id"] = self._moved.get(data["chat_id"], data["chat_id"])
        chat: Key = data["chat_id"]
        return chat

    async def _turn(self, key: Key, endpoint: str, data: dict[str, Any]) -> None:
        """Wait for the chat's turn, then for the bot's."""
        tokens, work = cost(endpoint, data), endpoint in WORKS
        await self._chat(key).enter(tokens, work=work)
        await self._overall.enter(tokens, work=work)
        if key in self._closed:
            raise Forbidden("this chat was closed to the bot")

    def _chat(self, key: Key) -> Turnstile:
        if key not in self._chats:
            if len(self._chats) >= SWEEP:
                self._chats = {k: chat for k, chat in self._chats.items() if not chat.idle}
            group = isinstance(key, int) and key < 0
            self._chats[key] = Turnstile(self._rates.group if group else self._rates.chat)
        return self._chats[key]

    def _flooded(self, key: Key, wait: float) -> None:
        """A chat is told to wait; when several are, so does everybody."""
        now = asyncio.get_running_loop().time()
        self._chat(key).pause(wait)
        self._floods = {k: until for k, until in self._floods.items() if until > now}
        self._floods[key] = now + wait
        if len(self._floods) >= FLOODED:
            self._overall.pause(wait)

    def _refused(self, key: Key, error: BadRequest | Forbidden) -> None:
        """A person who blocked the bot, or is gone, is left alone until they write."""
        gone = isinstance(error, Forbidden) or "chat not found" in error.message.lower()
        if gone and isinstance(key, int):
            self._closed.add(key)
            raise Forbidden(error.message) from None


def seconds(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def cost(endpoint: str, data: dict[str, Any]) -> int:
    """How many messages a call counts for."""
    if "chat_id" not in data or endpoint == "sendChatAction":
        return 0
    return len(data["media"]) if endpoint == "sendMediaGroup" else 1


def tries(endpoint: str, data: dict[str, Any]) -> int:
    """How often a call is made before it is given up."""
    answer = "chat_id" in data and endpoint not in WORKS
    return TRIES.get(endpoint, MANY if answer else FEW)


def backoff(attempt: int) -> float:
    """Longer each time, and never the same for everybody."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (attempt - 1))
    return random.uniform(longest / 2, longest)  # noqa: S311 (nothing secret)
