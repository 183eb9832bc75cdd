"""Polls: sent and stopped by the bot, voted in by people; anonymous, hidden if that is asked."""

from dataclasses import dataclass, field
from typing import Any

from .editing import own_message
from .errors import bad
from .model import Json, Media, Message
from .registry import Ask, plays
from .screen import Event, Screen, plain
from .sending import markup_of, target
from .world import World


@dataclass
class Ballot:
    """The votes of a poll by person, which nobody is told."""

    hidden: bool
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def count(self, poll: Json) -> None:
        """Writes the totals into the poll, as far as they may be seen."""
        poll["total_voter_count"] = len(self.votes)
        shown = poll["is_closed"] or not self.hidden
        for number, option in enumerate(poll["options"]):
            chosen = sum(number in vote for vote in self.votes.values())
            option["voter_count"] = chosen if shown else 0


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
        "allows_revoting": ask.get("allows_revoting", ask.get("type") != "quiz"),
        "members_only": False,
    }
    markup = markup_of(ask)
    chat = target(ask)
    ask.world.ballots[poll["id"]] = Ballot(ask.get("hide_results_until_closes", False))
    sent = ask.world.post(chat, ask.world.bot, media=Media("poll", poll), reply_markup=markup)
    return sent.to_json()


@plays("stopPoll")
def stop_poll(ask: Ask) -> Json:
    message = ask.world.find_message(
        ask.world.find_chat(ask.get("chat_id")), ask.get("message_id"), "message with poll to stop"
    )
    if message.media is None or message.media.kind != "poll":
        raise bad("message is not a poll")
    poll: Json = message.media.value
    if poll["is_closed"]:
        raise bad("poll has already been closed")
    if message.sender is not ask.world.bot:
        raise bad("poll can't be stopped")
    own_message(ask, "message with poll to stop")
    poll["is_closed"] = True
    ask.world.ballots[poll["id"]].count(poll)
    message.reply_markup = markup_of(ask)
    ask.world.show("edit", message)
    return poll


# what people do


def cast(world: World, person: Screen, message: Message, labels: tuple[str, ...]) -> None:
    """Somebody votes for these options, or takes their vote back when there are none."""
    assert person in message.chat.members, f"{person.user.first_name} is not in the chat"
    assert message.media is not None
    poll = message.media.value
    ballot = world.ballots[poll["id"]]
    assert not poll["is_closed"], "the poll is closed: the client offers no vote"
    voted = person.user.id in ballot.votes
    assert poll["allows_revoting"] or not voted, "the client offers no second vote"
    assert len(labels) < 2 or poll["allows_multiple_answers"], "the client takes one answer only"
    texts = [plain(option["text"]) for option in poll["options"]]
    ballot.votes.pop(person.user.id, None)
    if labels:
        ballot.votes[person.user.id] = tuple(texts.index(plain(label)) for label in labels)
    said = f"({' + '.join(labels)})" if labels else "(retire son vote)"
    person.notice(Event("voted", world.clock.now(), said, (), message, message.chat))
    ballot.count(poll)
    world.queue.push("poll", poll, message.chat.id, person.user.id)


def newest(person: Screen, message: Message | None, chat_messages: list[Message]) -> Message:
    """The poll meant: this one, or the newest that is on the screen."""
    if message is not None:
        return message
    for found in reversed(chat_messages):
        if found.media is not None and found.media.kind == "poll":
            return found
    raise AssertionError(f"no poll on the screen of {person.user.first_name}")
