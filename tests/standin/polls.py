"""Polls: sent and stopped; nobody votes here."""

from typing import Any

from .editing import own_message
from .errors import bad
from .model import Json, Media
from .registry import Ask, plays
from .sending import markup_of, target


def poll_options(ask: Ask) -> list[Json]:
    options: list[Any] = ask.get("options")
    if not 2 <= len(options) <= 12:
        raise bad(
            "poll must have at least 2 option"
            if len(options) < 2
            else "poll can't have more than 12 options"
        )
    for option in options:
        if not 1 <= len(option["text"]) <= 100:
            raise bad("poll options length must not exceed 100")
    return [
        {"text": o["text"], "voter_count": 0, "persistent_id": str(i)}
        for i, o in enumerate(options)
    ]


@plays("sendPoll")
def send_poll(ask: Ask) -> Json:
    if not ask.get("question"):
        raise bad("poll question must be non-empty")
    if len(ask.get("question")) > 300:
        raise bad("poll question length must not exceed 300")
    poll = {
        "id": str(next(ask.world.query_ids)),
        "question": ask.get("question"),
        "options": poll_options(ask),
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": ask.get("is_anonymous", True),
        "type": ask.get("type", "regular"),
        "allows_multiple_answers": ask.get("allows_multiple_answers", False),
        "allows_revoting": True,
        "members_only": False,
    }
    markup = markup_of(ask)
    chat = target(ask)
    sent = ask.world.post(chat, ask.world.bot, media=Media("poll", poll), reply_markup=markup)
    return sent.to_json()


@plays("stopPoll")
def stop_poll(ask: Ask) -> Json:
    message = own_message(ask, "message with poll to stop")
    if message.media is None or message.media.kind != "poll":
        raise bad("message with poll to stop not found")
    poll: Json = message.media.value
    if poll["is_closed"]:
        raise bad("poll has already been closed")
    poll["is_closed"] = True
    message.reply_markup = markup_of(ask)
    ask.world.show("edit", message)
    return poll
