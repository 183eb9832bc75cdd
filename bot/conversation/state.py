"""Everything the bot keeps of one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from bot.core.interview import Interview
from bot.core.reading import Answer


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change to an earlier answer, shown with its effects and not yet applied."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Second:
    """One answer of the second round: the value kept or changed to, why, whether to discuss it."""

    value: Answer
    reason: str = ""
    discuss: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """What a person keeps of a session: where they sit, and what they said beyond the interview.

    `again` are the answers of the second round; `argument` was confirmed by the person, `draft`
    not yet; `guesses` are what they think that their colleague answered. `round` is the last
    one that they entered, and `earlier` what they had answered in the one before it. `later`
    tells that they wish to be asked again in six months.
    """

    session: str
    seat: str
    again: Mapping[str, Second] = field(default_factory=dict)
    argument: str = ""
    guesses: Mapping[str, Answer] = field(default_factory=dict)
    draft: str = ""
    round: int = 0
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    later: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation.

    `place` and `arg` say which screen the person is on; `home` is the place that a recap or
    a correction was opened from, and `origin` the section that an edited answer comes back
    to. `version` counts the documents issued and `issued` holds the answers that the last
    ones were written from. `long` tells that the last text filled a whole message, so that
    the next may be its continuation; `raised` are the contradictions already
    shown; `params` the cost assumptions that the person changed. `letterhead` names the file that
    the documents are written on, and `trial` one that waits for the person's word; `forms` are
    those of the two that have fields to fill. `member` is their part in a committee's session.
    """

    interview: Interview
    lang: str = "fr"
    place: str = "new"
    arg: str = ""
    home: str = ""
    origin: str = ""
    consent: datetime | None = None
    proposal: Proposal | None = None
    version: int = 0
    issued: Mapping[str, Answer] = field(default_factory=dict)
    touched: datetime | None = None
    paused: bool = False
    long: bool = False
    raised: tuple[str, ...] = ()
    params: Mapping[str, Decimal] = field(default_factory=dict)
    letterhead: str = ""
    trial: str = ""
    forms: tuple[str, ...] = ()
    member: Member | None = None

    @property
    def begun(self) -> bool:
        """Whether the person has agreed and the interview is open."""
        return self.consent is not None

    def at(self, place: str, arg: str = "") -> Conversation:
        """The same conversation on another screen."""
        return replace(self, place=place, arg=arg)
