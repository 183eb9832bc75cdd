"""What a person sees and does: screens with buttons, and the taps, words and commands back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.core.session import Session

PAIRED = 18
"""Labels of at most this many characters stand two on a row."""


@dataclass(frozen=True, slots=True)
class Button:
    """A label, and what a tap on it says (ids only: no answer, no name), or where it leads.

    `url` is the address of a link.
    """

    label: str
    action: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `strong` is the part of the text to set in bold.

    `fresh` asks for a new message below; otherwise a tap's screen replaces the tapped one.
    `question` names what is asked, for logs without content and for tests. `reply` asks for
    words in reply to this message, as a group that keeps its words from bots needs. `aside` is a
    word on the side: the message before keeps its buttons.
    """

    text: str
    rows: Rows = ()
    strong: str = ""
    fresh: bool = False
    question: str = ""
    reply: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word over the screen, which stays."""

    text: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """Write the documents of an interview's version, whole or for a phone, and bring them."""

    interview: str
    kinds: tuple[str, ...]
    version: int
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Bring a chart: `options`, `alignment` or `costs`; or `preview`, a first page."""

    name: str


@dataclass(frozen=True, slots=True)
class Export:
    """Bring the person a copy of everything kept about them."""

    name: str


@dataclass(frozen=True, slots=True)
class Examine:
    """Fetch this file, see whether it makes a letterhead, and keep it under the name `trial`."""

    sent: Sent
    trial: str


@dataclass(frozen=True, slots=True)
class TestPage:
    """Bring a page written on a letterhead that is kept under this name."""

    trial: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Remove everything kept about the person."""


@dataclass(frozen=True, slots=True)
class Convene:
    """Save a committee's session as it is now."""

    session: Session


@dataclass(frozen=True, slots=True)
class Dissolve:
    """Remove a session, whose owner has left."""

    session: str


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell somebody who sits in the session something later, in their own chat.

    `topic` names what is to be said (`conversation/notices.py`), once per `at`, a second in
    Unix time (0 for now); what is still true by then is read again. `person` is a store's name.
    """

    session: str
    seat: str
    person: str
    topic: str
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Gather:
    """Decide again, with the conversations of everybody in the session at hand."""


@dataclass(frozen=True, slots=True)
class Bring:
    """Bring files of a session: `kinds` of document, or `links`, `dots`, `invitation`."""

    session: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """An anonymous vote in the committee's chat."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndPoll:
    """Close the vote; its counts come back as Polled."""

    message: int


Reply = (
    Screen
    | Toast
    | Deliver
    | Picture
    | Export
    | Examine
    | TestPage
    | Erase
    | Convene
    | Dissolve
    | Notify
    | Gather
    | Bring
    | Poll
    | EndPoll
)


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

    `lines` counts the lines of text that were dropped.
    """

    trial: str = ""
    lines: int = 0
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


def grouped(buttons: Iterable[Button], *, single: bool = False) -> Rows:
    """Two on a row when every label of the group is short, otherwise one on a row."""
    group = tuple(buttons)
    alone = single or any(len(button.label) > PAIRED for button in group)
    return spread(group, 1 if alone else 2)


def spread(buttons: Iterable[Button], across: int) -> Rows:
    """So many on a row."""
    group = tuple(buttons)
    return tuple(group[i : i + across] for i in range(0, len(group), across))
