"""What the conversation answers: screens, and what is to be done beside them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.hearing import Sent
from bot.conversation.screen import Screen, Toast
from bot.core.session import Session


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
