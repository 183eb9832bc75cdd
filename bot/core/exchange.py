"""What a person can do to an interview, and what can come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.reading import Answer, Doubt


@dataclass(frozen=True, slots=True)
class Pick:
    """A button of a question: a choice, or `nsp`, `so`, `passe`."""

    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class Done:
    """« Valider » under a multiple choice."""

    question: str


@dataclass(frozen=True, slots=True)
class Say:
    """Typed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """Yes or no to « J'ai compris : … »."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Back:
    """To the previous question of the path."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Look at one answer again, keeping the rest."""

    question: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave an edited question as it was."""


Input = Pick | Done | Say | Confirm | Back | Edit | Keep


@dataclass(frozen=True, slots=True)
class Noted:
    """An answer was kept. `before` is the earlier answer, None for a first one."""

    question: str
    answer: Answer
    before: Answer | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """A choice was ticked or unticked; `replaced` tells that an exclusive one cleared others."""

    question: str
    choice: str
    on: bool
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Doubted:
    """The reading must be confirmed before it counts."""

    question: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing changed; `reason` names the sentence that says why."""

    reason: str
    question: str = ""
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """The question that the person should see now."""

    question: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The path has no further question."""


Output = Noted | Ticked | Doubted | Refused | Ask | Ended
