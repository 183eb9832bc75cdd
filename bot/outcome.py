"""What came of an update, for a channel to show."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.reply import Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn gave: the replies, the language they are in, and the revision they show.

    `live` is the message that carried the buttons so far (0 for none); `erased` tells that
    nothing is kept of the person any more, `known` that the update had been applied before.
    """

    replies: tuple[Reply, ...] = ()
    lang: str = "fr"
    revision: int = 0
    live: int = 0
    erased: bool = False
    known: bool = False
