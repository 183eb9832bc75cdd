"""The bot's name, descriptions and command menu, per language and scope."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from bot.content.messages import Messages
from bot.conversation.commands import COMMANDS
from bot.core.typography import typeset

IN_GROUPS = ("seance", "aide", "privacy")
LANGUAGES = ((None, "fr"), ("fr", "fr"), ("en", "en"))
"""Telegram's language code (None for everybody else) and the words to use."""


async def set_menu(bot: Bot, messages: Messages, default: str) -> None:
    """Write the catalogue into Telegram, only where it differs. Raises TelegramError."""
    for code, words in LANGUAGES:
        lang = words if code else default
        await _texts(bot, messages, code, lang)
        await _commands(bot, messages, code, lang, BotCommandScopeDefault(), IN_GROUPS)
        await _commands(bot, messages, code, lang, BotCommandScopeAllGroupChats(), IN_GROUPS)
        await _commands(bot, messages, code, lang, BotCommandScopeAllPrivateChats(), COMMANDS)


async def _texts(bot: Bot, messages: Messages, code: str | None, lang: str) -> None:
    name = typeset(messages(lang, "bot.name"), lang)
    if (await bot.get_my_name(code)).name != name:
        await bot.set_my_name(name, code)
    short = typeset(messages(lang, "bot.short"), lang)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
    long = typeset(messages(lang, "bot.description"), lang)
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)


async def _commands(
    bot: Bot,
    messages: Messages,
    code: str | None,
    lang: str,
    scope: BotCommandScope,
    names: tuple[str, ...],
) -> None:
    menu = [BotCommand(name, typeset(messages(lang, f"cmd.{name}"), lang)) for name in names]
    held = await bot.get_my_commands(scope, code)
    if list(held) != menu:
        await bot.set_my_commands(menu, scope, code)
