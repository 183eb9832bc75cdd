"""What people see of the bot before they write: commands, name, descriptions, menu button."""

import re
from typing import Any

from .errors import bad
from .model import Json
from .registry import Ask, plays

MAX_COMMANDS, MAX_COMMAND, MAX_COMMAND_DESCRIPTION = 100, 32, 256
COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


def language(ask: Ask) -> str:
    code: str = ask.get("language_code", "")
    if not LANGUAGE.fullmatch(code):
        raise bad("Invalid language code specified")
    return code


def scope_key(ask: Ask) -> str:
    """A scope as one word: default, all_private_chats, chat:12, chat_member:-5:12."""
    scope: Json = ask.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        ask.world.find_chat(scope["chat_id"])
    return ":".join(str(scope[k]) for k in ("type", "chat_id", "user_id") if k in scope)


def command_of(item: Json) -> Json:
    command = item["command"].strip().removeprefix("/")
    description = item["description"].strip()
    if not command:
        raise bad("Command must be non-empty")
    if len(command) > MAX_COMMAND:
        raise bad(f"Command length must not exceed {MAX_COMMAND}")
    if not description:
        raise bad("Command description must be non-empty")
    if len(description) > MAX_COMMAND_DESCRIPTION:
        raise bad(f"Command description length must not exceed {MAX_COMMAND_DESCRIPTION}")
    if not COMMAND.fullmatch(command):
        raise bad("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


@plays("setMyCommands")
def set_my_commands(ask: Ask) -> bool:
    key = scope_key(ask), language(ask)
    commands = [command_of(item) for item in ask.get("commands")]
    if len(commands) > MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    ask.world.commands[key] = commands
    return True


@plays("getMyCommands")
def get_my_commands(ask: Ask) -> list[Json]:
    return ask.world.commands.get((scope_key(ask), language(ask)), [])


@plays("deleteMyCommands")
def delete_my_commands(ask: Ask) -> bool:
    ask.world.commands.pop((scope_key(ask), language(ask)), None)
    return True


def play_text(suffix: str, field: str, limit: int) -> None:
    """setMyName and getMyName, and so on for the two descriptions."""

    @plays(f"setMy{suffix}")
    def set_text(ask: Ask) -> bool:
        value: str = ask.get(field, "")
        if len(value) > limit:
            reason = f"{field} of {len(value)} characters, at most {limit} are allowed"
            ask.world.violate(reason)
            raise bad(reason)
        ask.world.profile[field, language(ask)] = value
        return True

    @plays(f"getMy{suffix}")
    def get_text(ask: Ask) -> Json:
        texts = ask.world.profile
        default = ask.world.bot.first_name if field == "name" else ""
        return {field: texts.get((field, language(ask)), texts.get((field, ""), default))}


for _suffix, (_field, _limit) in TEXTS.items():
    play_text(_suffix, _field, _limit)


@plays("setChatMenuButton")
def set_chat_menu_button(ask: Ask) -> bool:
    chat_id = ask.get("chat_id", 0)
    if chat_id:
        ask.world.find_chat(chat_id)
    ask.world.menu_buttons[chat_id] = ask.get("menu_button") or {"type": "default"}
    return True


@plays("getChatMenuButton")
def get_chat_menu_button(ask: Ask) -> Any:
    buttons = ask.world.menu_buttons
    default = buttons.get(0, {"type": "default"})
    return buttons.get(ask.get("chat_id", 0), default)
