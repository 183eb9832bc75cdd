"""What a person sees: one message with its buttons, or a short word over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def grouped(buttons: Iterable[Button], *, single: bool = False) -> Rows:
    """Two on a row when every label of the group is short, otherwise one on a row."""
    group = tuple(buttons)
    alone = single or any(len(button.label) > PAIRED for button in group)
    return spread(group, 1 if alone else 2)


def spread(buttons: Iterable[Button], across: int) -> Rows:
    """So many on a row."""
    group = tuple(buttons)
    return tuple(group[i : i + across] for i in range(0, len(group), across))
