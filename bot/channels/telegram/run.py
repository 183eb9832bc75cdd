"""The bot on Telegram from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import nullcontext
from enum import Flag, auto
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.player import CHANNEL
from bot.channels.telegram.polling import poll, until
from bot.channels.telegram.rates import Rates
from bot.metrics import QUIET, Meter
from bot.service import Service

if TYPE_CHECKING:
    from bot.channels.telegram.web import Hook, Web

log = logging.getLogger(__name__)
DRAIN_SECONDS = 2.0


class Role(Flag):
    """What a process is for: hearing people, doing their jobs, or both."""

    HEAR = auto()
    JOBS = auto()
    BOTH = HEAR | JOBS


class WrongToken(Exception):
    """Telegram does not know this token."""


class WebhookRefused(Exception):
    """Telegram does not want the address of the webhook; the text is its reason."""


class Unreachable(Exception):
    """Telegram does not answer at start; the text is the kind of fault."""


async def run(
    token: str,
    address: str,
    rates: Rates,
    service: Service,
    tell: Callable[[str], None],
    meter: Meter = QUIET,
    web: Web | None = None,
    role: Role = Role.BOTH,
) -> None:
    """Listen until SIGINT or SIGTERM. `tell` receives one line once the bot is listening.

    Raises WrongToken, at start or later, WebhookRefused, or Unreachable when Telegram does not
    answer at start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    bot = Client(token, address, rates, meter=meter)
    try:
        await until(stop, _greet(bot, web, role))
        if not stop.is_set():
            await _serve(bot, service, stop, tell, meter, web, role)
    except InvalidToken:
        raise WrongToken from None
    finally:
        await bot.shutdown()


async def _greet(bot: Bot, web: Web | None, role: Role) -> None:
    """Learn who the bot is, and that updates are to be fetched unless a webhook takes them."""
    try:
        await bot.initialize()
        if Role.HEAR in role and not (web and web.hook):
            await bot.delete_webhook()
    except InvalidToken:
        raise
    except TelegramError as error:
        raise Unreachable(type(error).__name__) from None


async def _serve(
    bot: Client,
    service: Service,
    stop: asyncio.Event,
    tell: Callable[[str], None],
    meter: Meter,
    web: Web | None,
    role: Role,
) -> None:
    service.bot = bot.username
    desk, hook = Desk(bot, service, meter), web.hook if web else None
    hears = Role.HEAR in role
    menu = [asyncio.create_task(_menu(bot, service))] if hears else []
    jobs = service.errands.jobs
    try:
        async with web.open(bot, desk, service, meter, stop) if web else nullcontext():
            if hook:
                await _announce(bot, hook)
            log.info("listening")
            tell(bot.username)
            if hears:
                await desk.catch_up()
            if Role.JOBS in role:
                await jobs.start(CHANNEL, Courier(desk, service))
            if hears and not hook:
                await poll(bot, desk, stop, service.house.lang)
            else:
                await stop.wait()
            log.info("stopping")
    finally:
        for task in menu:
            task.cancel()
    await asyncio.gather(jobs.stop(), desk.drain(DRAIN_SECONDS))


async def _announce(bot: Bot, hook: Hook) -> None:
    try:
        await hook.announce(bot)
    except BadRequest as error:
        raise WebhookRefused(error.message) from None
    except TelegramError as error:
        raise Unreachable(type(error).__name__) from None


async def _menu(bot: Bot, service: Service) -> None:
    """The menu is a comfort: the bot listens even when it cannot be written."""
    try:
        await set_menu(bot, service.house.library.messages, service.house.lang)
    except TelegramError as error:
        log.warning("menu not written: %s", type(error).__name__)
