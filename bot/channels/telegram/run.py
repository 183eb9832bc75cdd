"""The bot on Telegram from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import poll, until
from bot.channels.telegram.rates import Rates
from bot.service import Service

log = logging.getLogger(__name__)
DRAIN_SECONDS = 2.0
PURGE_SECONDS = 3600.0


class WrongToken(Exception):
    """Telegram does not know this token."""


class Unreachable(Exception):
    """Telegram does not answer at start; the text is the kind of fault."""


async def run(
    token: str, address: str, rates: Rates, service: Service, tell: Callable[[str], None]
) -> None:
    """Poll until SIGINT or SIGTERM. `tell` receives one line once the bot is listening.

    Raises WrongToken, at start or later, or Unreachable when Telegram does not answer at start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    bot = Client(token, address, rates)
    try:
        await until(stop, _greet(bot))
        if not stop.is_set():
            await _serve(bot, service, stop, tell)
    except InvalidToken:
        raise WrongToken from None
    finally:
        await bot.shutdown()


async def _greet(bot: Bot) -> None:
    """Learn who the bot is, and that updates are to be fetched."""
    try:
        await bot.initialize()
        await bot.delete_webhook()
    except InvalidToken:
        raise
    except TelegramError as error:
        raise Unreachable(type(error).__name__) from None


async def _serve(
    bot: Client, service: Service, stop: asyncio.Event, tell: Callable[[str], None]
) -> None:
    desk = Desk(bot, service)
    beside = [asyncio.create_task(_menu(bot, service)), asyncio.create_task(_purge(service))]
    tell(bot.username)
    await desk.catch_up()
    try:
        await poll(bot, desk, stop, service.house.lang)
    finally:
        for task in beside:
            task.cancel()
    await desk.drain(DRAIN_SECONDS)


async def _menu(bot: Bot, service: Service) -> None:
    """The menu is a comfort: the bot listens even when it cannot be written."""
    try:
        await set_menu(bot, service.house.library.messages, service.house.lang)
    except TelegramError as error:
        log.warning("menu not written: %s", type(error).__name__)


async def _purge(service: Service) -> None:
    """Keep the promise of the notice, at start and then every hour."""
    while True:
        gone = await service.purge()
        if gone:
            log.info("%s conversations removed at the end of their retention", gone)
        await asyncio.sleep(PURGE_SECONDS)
