"""Long polling: an update is confirmed to Telegram only once it is safely stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import TypeVar

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.desk import Desk
from bot.channels.telegram.hear import hear
from bot.channels.telegram.pace import seconds

T = TypeVar("T")
log = logging.getLogger(__name__)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
READ_SECONDS = 10
LEAVE_SECONDS = 0.5
PAUSES = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
OTHER_SECONDS = 5.0
TELL_SECONDS = 600.0
OTHER = "another program receives with this token: stop one of the two"


async def poll(bot: Bot, desk: Desk, stop: asyncio.Event, lang: str) -> None:
    """Receive updates until `stop`. The next call confirms the batch that is stored.

    Raises InvalidToken when Telegram does not know the token any more.
    """
    offset: int | None = None
    trouble = Trouble()
    while not stop.is_set():
        call = bot.get_updates(
            offset, timeout=POLL_SECONDS, read_timeout=READ_SECONDS, allowed_updates=UPDATES
        )
        try:
            updates = await until(stop, call) or ()
        except InvalidToken:
            raise
        except Exception as error:  # whatever the reply was, the next one may be sound
            await until(stop, asyncio.sleep(trouble.pause(error)))
            continue
        trouble.over()
        stored = [
            desk.receive(heard) for update in updates if (heard := hear(update, lang)) is not None
        ]
        if stored and not await _ended(stop, stored):
            return
        if updates:
            offset = updates[-1].update_id + 1
    if offset is not None:
        await _confirm(bot, offset)


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


async def _ended(stop: asyncio.Event, stored: list[asyncio.Future[None]]) -> bool:
    """Wait until all is stored. On leaving, what is not will not be confirmed either."""
    await until(stop, asyncio.wait(stored))
    _, pending = await asyncio.wait(stored, timeout=LEAVE_SECONDS)
    return not pending


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram on leaving what was stored, so that nothing comes twice."""
    try:
        await bot.get_updates(
            offset, timeout=0, limit=1, read_timeout=LEAVE_SECONDS, allowed_updates=UPDATES
        )
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
