"""The bot on Telegram from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.courier import Courier
from bot.channels.telegram.desk import CHANNEL, Desk
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import poll
from bot.channels.telegram.request import AiohttpRequest
from bot.service import Service

log = logging.getLogger(__name__)
DRAIN_SECONDS = 4.0


class WrongToken(Exception):
    """Telegram does not know this token."""


class Unreachable(Exception):
    """Telegram does not answer at start; the text is the kind of fault."""


async def run(token: str, address: str, service: Service, tell: Callable[[str], None]) -> None:
    """Poll until SIGINT or SIGTERM. `tell` receives one line once the bot is listening.

    Raises WrongToken, or Unreachable when Telegram does not answer at start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    bot = Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        await bot.initialize()
    except InvalidToken:
        await bot.shutdown()
        raise WrongToken from None
    except TelegramError as error:
        await bot.shutdown()
        raise Unreachable(type(error).__name__) from None
    try:
        await _serve(bot, service, stop, tell)
    finally:
        await bot.shutdown()


async def _serve(
    bot: Bot, service: Service, stop: asyncio.Event, tell: Callable[[str], None]
) -> None:
    await bot.delete_webhook()
    desk = Desk(bot, service)
    menu = asyncio.create_task(_menu(bot, service))
    tell(bot.username)
    await desk.catch_up()
    jobs = service.errands.jobs
    await jobs.start(CHANNEL, Courier(desk, service))
    await poll(bot, desk, stop, service.house.lang)
    menu.cancel()
    await asyncio.gather(jobs.stop(), desk.drain(DRAIN_SECONDS))


async def _menu(bot: Bot, service: Service) -> None:
    """The menu is a comfort: the bot listens even when it cannot be written."""
    try:
        await set_menu(bot, service.house.library.messages, service.house.lang)
    except TelegramError as error:
        log.warning("menu not written: %s", type(error).__name__)
