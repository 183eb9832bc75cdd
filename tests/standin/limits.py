"""Rates: token buckets that answer 429; off unless a test turns them on."""

import math
from dataclasses import dataclass

from .clock import Clock
from .errors import too_many


@dataclass
class Rate:
    """So many tokens a second, and so many at once."""

    per_second: float
    burst: float


class Bucket:
    """Tokens of one chat, or of the whole bot."""

    def __init__(self, rate: Rate, now: float) -> None:
        self.rate = rate
        self.tokens = rate.burst
        self.at = now

    def missing(self, wanted: float, now: float) -> float:
        """Seconds to wait for the wanted tokens."""
        self.tokens = min(self.rate.burst, self.tokens + (now - self.at) * self.rate.per_second)
        self.at = now
        return max(0.0, (wanted - self.tokens) / self.rate.per_second)


BIG_UPLOAD = 100_000
UPLOADS_AHEAD = 5.0
HELD = 60


class Limits:
    """The documented rates of Telegram, and those of its API server."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.on = False
        self.chat = Rate(1.0, 3.0)
        self.overall = Rate(30.0, 30.0)
        self.group = Rate(20.0 / 60.0, 20.0)
        self.webhook = Rate(1.0, 1.0)
        self.buckets: dict[object, Bucket] = {}
        self.uploads: dict[int, float] = {}

    def enable(
        self,
        chat: Rate | None = None,
        overall: Rate | None = None,
        group: Rate | None = None,
    ) -> None:
        self.on = True
        self.chat = chat or self.chat
        self.overall = overall or self.overall
        self.group = group or self.group
        self.buckets.clear()

    def change_webhook(self) -> None:
        """setWebhook goes through once a second."""
        if not self.on:
            return
        now = self.clock.now()
        bucket = self.buckets.setdefault("webhook", Bucket(self.webhook, now))
        if bucket.missing(1.0, now) > 0:
            raise too_many(1)
        bucket.tokens -= 1.0

    def upload(self, size: int) -> float:
        """Seconds that the server holds an upload: those of one size come one after the other."""
        if not self.on or size <= BIG_UPLOAD:
            return 0.0
        now = self.clock.now()
        free = max(self.uploads.get(size, now), now)
        if free - now > UPLOADS_AHEAD:
            raise too_many(HELD)
        self.uploads[size] = free + min(max(size * 1e-7, 0.2), 0.9)
        return free - now

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Takes the tokens of a message, or refuses with 429 and takes none."""
        if not self.on:
            return
        now = self.clock.now()
        rates: list[tuple[object, Rate]] = [("overall", self.overall), (chat_id, self.chat)]
        if chat_id < 0:
            rates.append((("group", chat_id), self.group))
        buckets = [self.buckets.setdefault(key, Bucket(rate, now)) for key, rate in rates]
        wait = max(bucket.missing(min(messages, bucket.rate.burst), now) for bucket in buckets)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.tokens -= messages
