"""What is asked: modules, questions and their choices, as an author wrote them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from bot.core.condition import ALWAYS, Condition, Values


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in each language, read as `text["fr"]`."""

    fr: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.fr

    def __bool__(self) -> bool:
        return bool(self.fr)


NOTHING = Text("", "")


class Blank(StrEnum):
    """Answers that carry no value. Equal to their literal, so conditions can name them."""

    NSP = "nsp"
    SO = "so"
    SKIPPED = "passe"


class Type(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTI = "multi"
    SCALE = "scale5"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a button offers. `last` keeps its place when the others are shuffled."""

    id: str
    text: Text
    exclusive: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Other words for the same question, for some companies (b2c: « vendeurs »)."""

    when: Condition
    text: Text = NOTHING
    why: Text = NOTHING
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, whom it is for (`when`), and what the documents and signals do with it.

    `short` names it before its answer in the recap; `topic` names it alone.
    """

    id: str
    module: str
    type: Type
    text: Text
    kind: str = "fact"
    core: bool = True
    when: Condition = ALWAYS
    trigger: Condition | None = None
    choices: tuple[Choice, ...] = ()
    short: Text = NOTHING
    topic: Text = NOTHING
    why: Text = NOTHING
    effect: Text = NOTHING
    offer: Text = NOTHING
    example: Text = NOTHING
    post: Text = NOTHING
    post_sources: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    nsp: bool = True
    so: bool = False
    shuffle: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    most: int = 0
    max_len: int = 0
    unit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    dim: str = ""
    bipolar: bool = False
    ordinal: tuple[str, ...] = ()
    union: bool = False
    authority: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    owner_also: bool = False
    docs: frozenset[str] = frozenset()
    required_for: frozenset[str] = frozenset()

    @property
    def typed(self) -> bool:
        """Whether the person writes the answer instead of tapping it."""
        return self.type in (Type.NUMBER, Type.MONEY, Type.DATE, Type.TEXT)

    def choice(self, id_: str) -> Choice | None:
        """The choice with this id, or None."""
        return next((choice for choice in self.choices if choice.id == id_), None)

    def worded(self, values: Values) -> Question:
        """The question in the words that fit this company."""
        found = next((variant for variant in self.variants if variant.when(values)), None)
        if found is None:
            return self
        return _reworded(self, found)

    def ordered(self, seed: int) -> tuple[Choice, ...]:
        """The choices in this person's order; seed 0 keeps the author's (tests, documents)."""
        if not self.shuffle or not seed:
            return self.choices
        free = [choice for choice in self.choices if not (choice.last or choice.exclusive)]
        fixed = [choice for choice in self.choices if choice.last or choice.exclusive]
        random.Random(f"{seed}:{self.id}").shuffle(free)  # noqa: S311
        return (*free, *fixed)


def _reworded(question: Question, variant: Variant) -> Question:
    choices = tuple(
        replace(choice, text=variant.choices.get(choice.id, choice.text))
        for choice in question.choices
    )
    return replace(
        question,
        text=variant.text or question.text,
        why=variant.why or question.why,
        choices=choices,
        variants=(),
    )


@dataclass(frozen=True, slots=True)
class Module:
    """A section of the interview, opened with one sentence."""

    id: str
    name: Text
    short: Text
    opening: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Dialog:
    """An authored questionnaire: its modules in order, its questions in order."""

    id: str
    version: str
    modules: tuple[Module, ...]
    questions: tuple[Question, ...]
    by_id: Mapping[str, Question]
    again: tuple[Question, ...] = ()
    """Its questions that the documents ask if it never did."""

    def __getitem__(self, id_: str) -> Question:
        return self.by_id[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self.by_id

    def module(self, id_: str) -> Module:
        """The module with this id. Raises KeyError if the author never wrote it."""
        return {module.id: module for module in self.modules}[id_]


def offer_of(module: str) -> str:
    """The id of the question that offers a module's deep-dives."""
    return f"deepen_{module}"
