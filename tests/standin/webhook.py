"""Delivery by webhook: serial per chat for messages and per user for taps, with retries."""

import asyncio
import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from .errors import bad
from .model import Json
from .registry import Ask, plays
from .updates import Update
from .world import World

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PORTS = {80, 88, 443, 8443}
NOT_IN_BODY = {"setwebhook", "deletewebhook", "close", "logout"}
LONGEST_WAIT = 60.0
LONGEST_ASKED = 3600.0
PATIENCE = aiohttp.ClientTimeout(total=60)
Perform = Callable[[str, Json], Any]


class Webhook:
    """Sends each update until it is accepted or too old."""

    def __init__(self, world: World, perform: Perform) -> None:
        self.world = world
        self.perform = perform
        self.url = ""
        self.secret: str | None = None
        self.connections = 40
        self.retry = 2.0
        self.last_error: Json = {}
        self.lanes: dict[object, asyncio.Queue[Update]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.session: aiohttp.ClientSession | None = None
        self.slots = asyncio.Semaphore(self.connections)

    def set(self, url: str, secret: str | None, connections: int) -> None:
        self.stop()
        self.url, self.secret, self.connections = url, secret, connections
        self.slots = asyncio.Semaphore(connections)
        if url:
            self.session = self.session or aiohttp.ClientSession(timeout=PATIENCE)
            self.world.queue.on_push = self.enqueue
            for update in self.world.queue.waiting:
                self.enqueue(update)

    def stop(self) -> None:
        self.world.queue.on_push = None
        self.url = ""
        for task in self.tasks:
            task.cancel()
        self.lanes.clear()

    async def close(self) -> None:
        self.stop()
        while self.tasks:  # a library may lose a cancellation
            for task in self.tasks:
                task.cancel()
            await asyncio.wait(self.tasks, timeout=0.5)
        if self.session is not None:
            await self.session.close()

    def enqueue(self, update: Update) -> None:
        """A tap and a text of one person may overtake each other, as on the real server."""
        if self.world.queue.held:
            return
        tap = update.kind == "callback_query"
        key = ("user", update.user_id) if tap else ("chat", update.chat_id)
        if key not in self.lanes:
            self.lanes[key] = asyncio.Queue()
            task = asyncio.get_running_loop().create_task(self.lane(self.lanes[key]))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        self.lanes[key].put_nowait(update)

    async def lane(self, updates: asyncio.Queue[Update]) -> None:
        while True:
            update = await updates.get()
            await self.deliver(update)

    async def deliver(self, update: Update) -> None:
        wait = 0.0
        while update.expires > self.world.clock.now() and not update.done:
            await asyncio.sleep(max(0.0, update.ready - self.world.clock.now()))
            refused = await self.posted(update)
            if refused is None:
                break
            await asyncio.sleep(max(wait, refused))
            wait = min(max(wait * 2, self.retry), LONGEST_WAIT)
        update.done = True
        if update in self.world.queue.waiting:
            self.world.queue.waiting.remove(update)

    async def posted(self, update: Update) -> float | None:
        """One attempt, or two at once for a doubled update; None when it was accepted."""
        twice = self.world.queue.comes_twice(update)
        update.delivered = True
        ends = await asyncio.gather(*(self.post(update) for _ in range(1 + twice)))
        return None if None in ends else max(end for end in ends if end is not None)

    async def post(self, update: Update) -> float | None:
        """The least seconds to wait after a refusal, None when it was accepted.

        A body that names a method is played, its result never told.
        """
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        assert self.session is not None
        try:
            async with (
                self.slots,
                self.session.post(self.url, json=update.to_json(), headers=headers) as response,
            ):
                body = await response.text()
        except (aiohttp.ClientError, OSError) as error:
            self.note(str(error))
            return 0.0
        if not 200 <= response.status < 300:
            self.note(f"Wrong response from the webhook: {response.status} {response.reason}")
            return min(float(response.headers.get("Retry-After", 0)), LONGEST_ASKED)
        self.play(body)
        return None

    def note(self, error: str) -> None:
        self.last_error = {"last_error_date": self.world.now(), "last_error_message": error}

    def play(self, body: str) -> None:
        try:
            params = json.loads(body)
        except ValueError:
            return
        method = params.pop("method", "") if isinstance(params, dict) else ""
        if method and not method.lower().startswith("get") and method.lower() not in NOT_IN_BODY:
            self.perform(method, params)


def hooks(ask: Ask) -> Webhook:
    hook = ask.world.webhook
    assert isinstance(hook, Webhook)
    return hook


@plays("setWebhook")
def set_webhook(ask: Ask) -> bool:
    url: str = ask.get("url")
    secret = ask.get("secret_token")
    if secret is not None and not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if url:
        check_url(url)
        ask.world.limits.change_webhook()
    if ask.get("drop_pending_updates"):
        ask.world.queue.drop_all()
    ask.world.queue.allow(ask.get("allowed_updates"))
    hooks(ask).set(url, secret, min(max(ask.get("max_connections", 40), 1), 100))
    return True


def check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.hostname in {"127.0.0.1", "localhost"}:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@plays("deleteWebhook")
def delete_webhook(ask: Ask) -> bool:
    if ask.get("drop_pending_updates"):
        ask.world.queue.drop_all()
    hooks(ask).stop()
    return True


@plays("getWebhookInfo")
def get_webhook_info(ask: Ask) -> Json:
    hook = hooks(ask)
    allowed: Iterable[str] | None = ask.world.queue.allowed
    return {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(ask.world.queue.waiting),
        **(hook.last_error if hook.url else {}),
        **({"max_connections": hook.connections} if hook.url else {}),
        **({"allowed_updates": sorted(allowed)} if allowed else {}),
    }
