"""How fast Telegram may be written to: token buckets behind turnstiles."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages a second, and so many at once."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Telegram's rates, a little under them: calls may overtake each other on the way.

    A chat takes one message a second and a few at once; a group twenty a minute, the burst
    included; the bot thirty a second.
    """

    chat: Rate = Rate(1, 2.5)
    group: Rate = Rate(17 / 60, 2.5)
    overall: Rate = Rate(30, 25)


UNPACED = Rates(*[Rate(math.inf, 1)] * 3)


def rates(per_second: float) -> Rates:
    """Telegram's rates with another overall one; 0 for none at all."""
    return Rates(overall=Rate(per_second, per_second * 5 / 6)) if per_second else UNPACED


class Bucket:
    """Tokens that come back with time, kept as the moment when the bucket is full again."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self.full_at = 0.0

    def missing(self, tokens: float, now: float) -> float:
        """Seconds until so many tokens are there, or a full bucket. None at all: no debt left."""
        spare = (self._rate.burst - min(tokens, self._rate.burst)) / self._rate.per_second
        return max(0.0, self.full_at - spare - now)

    def take(self, tokens: float, now: float) -> None:
        """Spend tokens; the bucket may go into debt."""
        self.full_at = max(self.full_at, now) + tokens / self._rate.per_second

    def pause(self, seconds: float, now: float) -> None:
        """A debt that gives one token after so many seconds."""
        full = now + seconds + (self._rate.burst - 1) / self._rate.per_second
        self.full_at = max(self.full_at, full)


class Turnstile:
    """The bucket of a chat or of the whole bot, and who waits for it.

    Answers pass before works, each in order of arrival.
    """

    def __init__(self, rate: Rate) -> None:
        self._bucket = Bucket(rate)
        self._queue: list[tuple[bool, int, float, asyncio.Future[None]]] = []
        self._count = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        """Nobody waits and nothing is owed: as good as new."""
        return not self._queue and self._bucket.full_at <= asyncio.get_running_loop().time()

    async def enter(self, tokens: float, *, work: bool) -> None:
        """Wait for so many tokens and take them."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (work, next(self._count), tokens, turn))
        if self._timer is None:
            self._release()
        await turn

    def pause(self, seconds: float) -> None:
        """Nobody passes for so long, then one by one."""
        self._bucket.pause(seconds, asyncio.get_running_loop().time())

    def _release(self) -> None:
        """Let in whoever has the tokens, and come back when the next one has them."""
        loop = asyncio.get_running_loop()
        self._timer = None
        while self._queue:
            _, _, tokens, turn = self._queue[0]
            wait = self._bucket.missing(tokens, loop.time())
            if wait > 0:
                self._timer = loop.call_later(wait, self._release)
                return
            heapq.heappop(self._queue)
            if not turn.done():
                self._bucket.take(tokens, loop.time())
                turn.set_result(None)
