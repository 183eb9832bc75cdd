"""Derives schema.json, the shapes of the requests, from a machine-readable Bot API."""

import json
import re
import sys
from pathlib import Path
from typing import Any

METHODS = """
getMe getUpdates setWebhook deleteWebhook getWebhookInfo logOut close
sendMessage sendDocument sendPhoto sendMediaGroup sendChatAction sendPoll stopPoll
editMessageText editMessageCaption editMessageReplyMarkup deleteMessage deleteMessages
answerCallbackQuery getFile pinChatMessage unpinChatMessage
setMyCommands getMyCommands deleteMyCommands setMyName getMyName setMyDescription getMyDescription
setMyShortDescription getMyShortDescription setChatMenuButton getChatMenuButton
getChat getChatMember getChatMemberCount getChatAdministrators leaveChat
""".split()

PRIMITIVES = {"Integer", "String", "Boolean", "Float", "True", "InputFile"}


def constant(field: dict[str, Any]) -> str | None:
    """The only value that a discriminator such as InputMediaDocument.type may have."""
    if field["name"] not in {"type", "source"}:
        return None
    found = re.search(r"(?:must be|always) [“\"]?(\w+)[”\"]?\.?$", field["description"])
    return f"={found.group(1)}" if found else None


def shape(field: dict[str, Any]) -> str:
    """A field in one word: its types joined by a bar, and a ! when it is required."""
    types = constant(field) or "|".join(field["types"])
    return types + ("!" if field["required"] else "")


def shapes(owner: dict[str, Any]) -> dict[str, str]:
    return {field["name"]: shape(field) for field in owner.get("fields", [])}


def names(types: list[str]) -> list[str]:
    bare = [name.replace("Array of ", "") for name in types]
    return [name for name in bare if name not in PRIMITIVES]


def reachable(api: dict[str, Any]) -> list[str]:
    """Every type that a request of METHODS may hold, at any depth."""
    waiting = [
        name
        for method in METHODS
        for field in api["methods"][method].get("fields", [])
        for name in names(field["types"])
    ]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        kind = api["types"][name]
        waiting += kind.get("subtypes", [])
        for field in kind.get("fields", []):
            waiting += names(field["types"])
    return sorted(found)


def schema(api: dict[str, Any]) -> dict[str, Any]:
    kinds = {name: api["types"][name] for name in reachable(api)}
    return {
        "version": api["version"],
        "methods": {name: shapes(api["methods"][name]) for name in METHODS},
        "types": {name: kind.get("subtypes") or shapes(kind) for name, kind in kinds.items()},
        "not_played": sorted(set(api["methods"]) - set(METHODS)),
    }


def main() -> None:
    api = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    target = Path(__file__).with_name("schema.json")
    text = json.dumps(schema(api), ensure_ascii=False, separators=(",", ":"))
    target.write_text(text.replace("},", "},\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
