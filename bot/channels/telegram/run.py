"""The bot on Telegram from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.calls import CountedRequest
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import poll
from bot.channels.telegram.show import patiently
from bot.metrics import QUIET, Meter
from bot.service import Service

if TYPE_CHECKING:
    from bot.channels.telegram.web import Web

log = logging.getLogger(__name__)
DRAIN_SECONDS = 3.0
PURGE_SECONDS = 3600.0


class WrongToken(Exception):
    """Telegram does not know this token."""


class WebhookRefused(Exception):
    """Telegram does not want the address of the webhook; the text is its reason."""


class Unreachable(Exception):
    """Telegram does not answer at start; the text is the kind of fault."""


async def run(
    token: str,
    address: str,
    service: Service,
    tell: Callable[[str], None],
    meter: Meter = QUIET,
    web: Web | None = None,
) -> None:
    """Listen until SIGINT or SIGTERM. `tell` receives one line once the bot is listening.

    Raises WrongToken, WebhookRefused, or Unreachable when Telegram does not answer at start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    bot = Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=CountedRequest(meter),
        get_updates_request=CountedRequest(meter),
    )
    try:
        await bot.initialize()
        await _serve(bot, service, stop, tell, meter, web)
    except InvalidToken:
        await bot.shutdown()
        raise WrongToken from None
    except BadRequest as error:
        raise WebhookRefused(error.message) from None
    except TelegramError as error:
        raise Unreachable(type(error).__name__) from None
    finally:
        await bot.shutdown()


async def _serve(
    bot: Bot,
    service: Service,
    stop: asyncio.Event,
    tell: Callable[[str], None],
    meter: Meter,
    web: Web | None,
) -> None:
    desk = Desk(bot, service, meter)
    beside = [asyncio.create_task(_menu(bot, service)), asyncio.create_task(_purge(service))]
    async with web.open(bot, desk, service, meter, stop) if web else nullcontext():
        if web and web.hook:
            await web.hook.announce(bot)
        else:
            await patiently(bot.delete_webhook)
        log.info("listening")
        tell(bot.username)
        await desk.catch_up()
        if web and web.hook:
            await stop.wait()
        else:
            await poll(bot, desk, stop, service.house.lang)
        log.info("stopping")
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
