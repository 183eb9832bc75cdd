"""Long polling: an update is confirmed to Telegram only once it is safely stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.hear import Heard, Json, hear
from bot.channels.telegram.pace import seconds

T = TypeVar("T")
log = logging.getLogger(__name__)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
READ_SECONDS = 10
LEAVE_SECONDS = 0.5
HOLD_SECONDS = 1.0
"""How long updates that are not stored keep the next ones from being fetched."""
PAUSES = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
OTHER_SECONDS = 5.0
TELL_SECONDS = 600.0
OTHER = "another program receives with this token: stop one of the two"


async def poll(bot: Client, desk: Desk, stop: asyncio.Event, lang: str) -> None:
    """Receive updates until `stop`. The next call confirms the first ones that are stored.

    While some wait for the store, others are fetched all the same: nobody is left without a word.

    Raises InvalidToken when Telegram does not know the token any more.
    """
    offset: int | None = None
    taken: dict[int, asyncio.Future[None] | None] = {}
    trouble = Trouble()
    while not stop.is_set():
        wait = 0 if taken else POLL_SECONDS
        call = _fetched(bot, offset, wait, READ_SECONDS)
        try:
            updates = await until(stop, call) or ()
            heard = {update["update_id"]: _heard(update, lang, bot.username) for update in updates}
        except InvalidToken:
            raise
        except Exception as error:  # whatever the reply was, the next one may be sound
            await until(stop, asyncio.sleep(trouble.pause(error)))
            continue
        trouble.over()
        for number, one in heard.items():
            if number not in taken:
                taken[number] = desk.receive(one) if one is not None else None
        await until(stop, _stored(taken, HOLD_SECONDS))
        offset = _confirmed(taken, offset)
    await _stored(taken, LEAVE_SECONDS)
    if (offset := _confirmed(taken, offset)) is not None:
        await _confirm(bot, offset)


def _heard(update: Json, lang: str, name: str) -> Heard | None:
    """An update as it is heard; none for one that cannot be.

    It would come again and again, and keep everybody else from being heard.
    """
    try:
        return hear(update, lang, name)
    except Exception as error:  # however it is broken
        log.error("an update that cannot be read is left aside: %s", type(error).__name__)
        return None


async def _stored(taken: Mapping[int, asyncio.Future[None] | None], most: float) -> None:
    """Wait until everything taken is stored, at most so long."""
    if pending := [done for done in taken.values() if done is not None]:
        await asyncio.wait(pending, timeout=most)


def _confirmed(taken: dict[int, asyncio.Future[None] | None], offset: int | None) -> int | None:
    """The first number that is not stored yet; those below it are forgotten."""
    for number in sorted(taken):
        done = taken[number]
        if done is not None and not done.done():
            return number
        del taken[number]
        offset = number + 1
    return offset


async def _fetched(
    bot: Client, offset: int | None, wait: float, read: float, limit: int | None = None
) -> list[dict[str, Any]]:
    """The updates from `offset` on, as Telegram writes them."""
    found: list[dict[str, Any]] = await bot.call(
        "getUpdates",
        offset=offset,
        limit=limit,
        timeout=wait,
        allowed_updates=UPDATES,
        read_timeout=wait + read,
    )
    return found


class Trouble:
    """Failed calls: told now and then, tried again with more and more patience."""

    def __init__(self) -> None:
        self._row = 0
        self._told: dict[str, float] = {}

    def over(self) -> None:
        """A call has passed."""
        self._row = 0

    def pause(self, error: Exception) -> float:
        """How long to wait before the next call."""
        if isinstance(error, RetryAfter):
            return seconds(error)
        other = isinstance(error, Conflict)
        self._tell(OTHER if other else type(error).__name__)
        self._row += 1
        pause = PAUSES[min(self._row, len(PAUSES)) - 1]
        return max(pause, OTHER_SECONDS) if other else pause

    def _tell(self, reason: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._told.get(reason, -TELL_SECONDS) >= TELL_SECONDS:
            self._told[reason] = now
            log.warning("no updates from Telegram, trying again: %s", reason)


async def _confirm(bot: Client, offset: int) -> None:
    """Tell Telegram on leaving what was stored, so that nothing comes twice."""
    try:
        await _fetched(bot, offset, 0, LEAVE_SECONDS, limit=1)
    except TelegramError as error:
        log.info("last updates not confirmed: %s", type(error).__name__)


async def until(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What some work gives, or None as soon as the bot must stop."""
    task = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not task.done():
        task.cancel()
        return None
    return task.result()
