"""What reaches the conversation: taps, words and files of people, and news of the bot itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.fields import Field


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap: the interview the button belongs to, a verb and its arguments."""

    interview: str
    verb: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed words. `to` is the message of the committee's chat that they reply to."""

    text: str
    to: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """A command without its slash, and what follows it."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something else than words: photo, voice, sticker, file, contact, forward, edit."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file: how the channel finds it, its name, and its size in bytes."""

    file: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Examined:
    """A file kept as a letterhead (`trial`), or the sentence that says why not.

    `lines` counts the lines of text that were dropped. A template holds a number of `fields`:
    those whose name is `unknown`, and those that nobody's answer fills yet.
    """

    trial: str = ""
    lines: int = 0
    fields: int = 0
    unknown: tuple[Field, ...] = ()
    unanswered: tuple[Field, ...] = ()
    refused: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The documents of a version have reached the person, or could not be written."""

    version: int
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Brought:
    """The files of a session have reached the person, or could not be written."""

    session: str
    kinds: tuple[str, ...]
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Polled:
    """What a vote gave, in the order of its options."""

    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """The number of a message that was just sent to the committee's chat, by what it is."""

    what: str
    message: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The bot was taken into a chat, or put out of it."""

    inside: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A chat has another number from now on."""

    to: int


@dataclass(frozen=True, slots=True)
class Due:
    """It is time for what was put off by Notify."""

    session: str
    topic: str


Hearing = (
    Tap
    | Typed
    | Command
    | Unreadable
    | Sent
    | Examined
    | Delivered
    | Brought
    | Polled
    | Posted
    | Placed
    | Moved
    | Due
)


def encode(interview: str, verb: str, *args: str) -> str:
    """A button's action as text of at most 64 bytes (ids only, checked by `codir check`)."""
    return ":".join((interview, verb, *args))


def decode(action: str) -> Tap | None:
    """The tap behind an action, or None for a forged or damaged one."""
    interview, _, rest = action.partition(":")
    verb, *args = rest.split(":")
    return Tap(interview, verb, tuple(args)) if interview and verb else None
