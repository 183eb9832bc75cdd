"""Long polling: an update is confirmed to Telegram only once it is safely stored."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import Bot, Update
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.desk import Desk
from bot.channels.telegram.hear import hear
from bot.channels.telegram.show import pause

log = logging.getLogger(__name__)

UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
LAST_SECONDS = 0.5
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)


async def poll(bot: Bot, desk: Desk, stop: asyncio.Event, lang: str) -> None:
    """Receive updates until `stop`. The next call confirms the batch that is stored."""
    offset: int | None = None
    failures = 0
    while not stop.is_set():
        try:
            updates = await _until(stop, bot, offset)
        except RetryAfter as error:
            await _rest(stop, pause(error))
            continue
        except (NetworkError, TelegramError) as error:
            if failures == 0:
                log.warning("Telegram does not answer: %s", type(error).__name__)
            await _rest(stop, PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1
            continue
        failures = 0
        stored = [
            desk.receive(heard) for update in updates if (heard := hear(update, lang)) is not None
        ]
        if stored and not await _kept(stored, stop):
            break
        if updates:
            offset = updates[-1].update_id + 1
    if offset is not None:
        await _confirm(bot, offset)


async def _kept(stored: Sequence[asyncio.Task[None]], stop: asyncio.Event) -> bool:
    """Whether the updates are stored: on leaving, a store that cannot write is not waited for."""
    stopping = asyncio.create_task(stop.wait())
    everything = asyncio.ensure_future(asyncio.wait(stored))
    await asyncio.wait({everything, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not everything.done():
        await asyncio.wait({everything}, timeout=LAST_SECONDS)
        everything.cancel()
    return all(task.done() for task in stored)


async def _until(stop: asyncio.Event, bot: Bot, offset: int | None) -> tuple[Update, ...]:
    """The next updates, or none as soon as the bot must stop."""
    call = asyncio.create_task(
        bot.get_updates(
            offset=offset,
            timeout=POLL_SECONDS,
            read_timeout=POLL_SECONDS + 10,
            allowed_updates=UPDATES,
        )
    )
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({call, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not call.done():
        call.cancel()
        return ()
    return call.result()


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram on leaving what was stored, so that nothing comes twice."""
    try:
        await bot.get_updates(offset=offset, timeout=0, limit=1, allowed_updates=UPDATES)
    except TelegramError as error:
        log.info("last updates not confirmed: %s", type(error).__name__)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
