"""Keyboards: what Telegram refuses, and what it would drop without a word."""

import re
from collections.abc import Callable
from typing import Any

from .errors import bad

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MAX_ROW, MAX_BUTTONS = 8, 100
DROPPED_ROW, DROPPED_BUTTONS = 12, 300
MAX_DATA_BYTES = 64
MAX_COPY = 256
MAX_PLACEHOLDER = 64
STYLES = {"danger", "success", "primary"}
URL = re.compile(r"(?:https?://)?[^\s/?#]+\.[^\s/?#]+\S*|(?:tg|ton)://\S+", re.IGNORECASE)
START = re.compile(r"https://t\.me/(\w+)\?start=(.*)", re.IGNORECASE)
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
Violate = Callable[[str], None]
Markup = dict[str, Any]


def keyboard(markup: Markup | None, violate: Violate) -> Markup | None:
    """The keyboard that Telegram keeps; what it would lose silently is a violation."""
    if markup is None:
        return None
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= MAX_PLACEHOLDER:
        violate(f"input_field_placeholder of {len(placeholder)} characters, 1 to 64 are allowed")
    if "inline_keyboard" in markup:
        rows = kept_rows(markup["inline_keyboard"], violate)
        for row in rows:
            for button in row:
                check_button(button, violate)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = kept_rows([[as_button(b) for b in row] for row in markup["keyboard"]], violate)
        return {**markup, "keyboard": rows} if rows else None
    return markup


def as_button(button: Any) -> Markup:
    return {"text": button} if isinstance(button, str) else button


def kept_rows(rows: list[list[Markup]], violate: Violate) -> list[list[Markup]]:
    """Real servers skip empty labels and cut rows at 12 buttons, keyboards at 300."""
    total = sum(len(row) for row in rows)
    if total > MAX_BUTTONS:
        violate(f"a keyboard of {total} buttons, more than {MAX_BUTTONS}")
    kept: list[list[Markup]] = []
    count = 0
    for row in rows:
        if len(row) > MAX_ROW:
            violate(f"a keyboard row of {len(row)} buttons, more than {MAX_ROW}")
        if any(not button["text"] for button in row):
            violate("a button with an empty text")
        labelled = [button for button in row if button["text"]]
        labelled = labelled[: min(DROPPED_ROW, DROPPED_BUTTONS - count)]
        count += len(labelled)
        if labelled:
            kept.append(labelled)
    return kept


def check_button(button: Markup, violate: Violate) -> None:
    actions = [action for action in ACTIONS if action in button]
    if not actions:
        raise bad(
            "Can't parse inline keyboard button: "
            "Text buttons are not allowed in the inline keyboard"
        )
    if len(actions) > 1:
        violate(f"a button with {len(actions)} actions: {', '.join(actions)}")
    if button.get("style", "primary") not in STYLES:
        raise bad("Can't parse inline keyboard button: invalid button style specified")
    if actions[0] == "callback_data":
        check_data(button["callback_data"])
    if "url" in button and not URL.fullmatch(button["url"].strip()):
        raise bad(f"Inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    start = START.fullmatch(button.get("url", ""))
    if start and not PAYLOAD.fullmatch(start[2]):
        violate(f"a link whose payload a client drops: {start[2]!r}")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= MAX_COPY:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def start_payload(url: str, username: str) -> str | None:
    """What a link to this bot hands to /start; None for another link, or one that hands nothing."""
    found = START.fullmatch(url)
    if found is None or found[1].lower() != username.lower():
        return None
    return found[2] if PAYLOAD.fullmatch(found[2]) else None


def check_data(data: str) -> None:
    if not 1 <= len(data.encode("utf-8")) <= MAX_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
