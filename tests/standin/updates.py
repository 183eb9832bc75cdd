"""The bot's queue of updates, and long polling as the real server does it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .clock import Clock
from .errors import OTHER_POLLER
from .faults import Faults

DAY = 24 * 3600.0
CALLBACK_LIFE = 150.0
OPT_IN = {"chat_member", "message_reaction", "message_reaction_count"}
MAX_LIMIT, MAX_TIMEOUT = 100, 50


@dataclass(eq=False)
class Update:
    """One update, until the bot confirms it or it grows too old."""

    id: int
    kind: str
    body: dict[str, Any]
    expires: float
    chat_id: int
    user_id: int
    ready: float = 0.0
    twice: bool = False
    delivered: bool = False
    done: bool = False
    dropped: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """Confirms only by a higher offset, so that a bot that dies gets its updates again."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self.clock = clock
        self.faults = faults
        self.waiting: list[Update] = []
        self.next_id = 700_000_001
        self.allowed: set[str] | None = None
        self.held = False
        self.closed = False
        self.arrived = asyncio.Event()
        self.poller: asyncio.Future[None] | None = None
        self.on_push: Callable[[Update], None] | None = None

    def push(self, kind: str, body: dict[str, Any], chat_id: int, user_id: int) -> Update:
        """Adds an update, unless the bot did not ask for its kind."""
        life = CALLBACK_LIFE if kind == "callback_query" else DAY
        update = Update(self.next_id, kind, body, self.clock.now() + life, chat_id, user_id)
        if not self.wanted(kind):
            update.dropped = update.done = True
            return update
        self.next_id += 1
        self.waiting.append(update)
        self.befall(update)
        self.arrived.set()
        if self.on_push:
            self.on_push(update)
        return update

    def befall(self, update: Update) -> None:
        """What may happen to an update on its way, if a test wants it."""
        mishap = self.faults.mishap()
        if mishap == "delay":
            update.ready = self.clock.now() + self.faults.delay
        update.twice = mishap == "duplicate"
        before = self.waiting[-2] if len(self.waiting) > 1 else None
        if mishap == "swap" and before is not None and not before.delivered:
            before.id, update.id = update.id, before.id
            self.waiting.sort(key=lambda waiting: waiting.id)

    def wanted(self, kind: str) -> bool:
        return kind not in OPT_IN if self.allowed is None else kind in self.allowed

    def allow(self, kinds: list[str] | None) -> None:
        """None keeps what was said before; an empty list means the default kinds."""
        if kinds is not None:
            self.allowed = {kind.lower() for kind in kinds} or None

    def hold(self) -> None:
        """Keeps updates back until release(), to deliver them together or reordered."""
        self.held = True

    def release(self, *, reverse: bool = False) -> None:
        """Lets updates go; reversed, the last thing that was done has the lowest update_id."""
        self.held = False
        if reverse:
            fresh = [update for update in self.waiting if not update.delivered]
            ids = [update.id for update in fresh]
            for update, new_id in zip(reversed(fresh), ids, strict=True):
                update.id = new_id
            self.waiting.sort(key=lambda update: update.id)
        self.arrived.set()
        for update in self.waiting:
            if self.on_push and not update.delivered:
                self.on_push(update)

    def confirm(self, offset: int) -> None:
        for update in self.waiting:
            update.done = update.done or update.id < offset
        self.waiting = [update for update in self.waiting if not update.done]

    def expire(self) -> None:
        now = self.clock.now()
        for update in self.waiting:
            if update.expires <= now:
                update.done = update.dropped = True
        self.waiting = [update for update in self.waiting if not update.done]

    def drop_all(self) -> None:
        for update in self.waiting:
            update.done = update.dropped = True
        self.waiting = []

    def forget_before(self, offset: int) -> None:
        """What an offset does: positive confirms, negative keeps the last ones."""
        if offset < 0:
            first = self.waiting[offset:][0].id if self.waiting else 0
            self.confirm(first)
        else:
            self.confirm(offset)

    def batch(self, limit: int) -> list[dict[str, Any]]:
        self.expire()
        if self.held:
            return []
        result = []
        for update in self.waiting[:limit]:
            if update.ready > self.clock.now():
                break  # in order of their ids: what follows a late one is late too
            result += [update.to_json()] * (2 if self.comes_twice(update) else 1)
            update.delivered = True
        return result

    def comes_twice(self, update: Update) -> bool:
        if not update.delivered and self.faults.duplicates:
            self.faults.duplicates -= 1
            return True
        return not update.delivered and update.twice

    def close(self) -> None:
        """Ends the long poll that is waiting."""
        self.closed = True
        self.arrived.set()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """One getUpdates; a newer one ends it with a conflict."""
        if self.poller is not None and not self.poller.done():
            self.poller.set_exception(OTHER_POLLER)
        mine = self.poller = asyncio.get_running_loop().create_future()
        self.forget_before(offset)
        deadline = asyncio.get_running_loop().time() + min(max(seconds, 0), MAX_TIMEOUT)
        try:
            while True:
                if mine.done():
                    mine.result()
                batch = self.batch(min(max(limit, 1), MAX_LIMIT))
                left = deadline - asyncio.get_running_loop().time()
                if batch or left <= 0 or self.closed:
                    return batch
                await self.news(mine, min(left, self.lateness()))
        finally:
            mine.cancel()

    def lateness(self) -> float:
        """Seconds until the late update at the head is there."""
        late = self.waiting[0].ready - self.clock.now() if self.waiting else 0.0
        return late if late > 0 else float(MAX_TIMEOUT)

    async def news(self, mine: asyncio.Future[None], left: float) -> None:
        self.arrived.clear()
        arrival = asyncio.ensure_future(self.arrived.wait())
        wakers: set[asyncio.Future[Any]] = {arrival, mine}
        await asyncio.wait(wakers, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        arrival.cancel()
        if not mine.done():
            await asyncio.sleep(0.001)
