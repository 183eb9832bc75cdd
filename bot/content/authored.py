"""The shape of what authors write: an unknown or missing key is refused with its line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.content.yaml import Loaded
from bot.core.dialog import Type
from bot.core.refusals import refusal

M = TypeVar("M", bound=BaseModel)


class Authored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AuthoredChoice(Authored):
    id: str
    fr: str
    en: str
    exclusive: bool = False
    last: bool = False


class AuthoredVariant(Authored):
    when: dict[str, Any]
    fr: str = ""
    en: str = ""
    why_fr: str = ""
    why_en: str = ""
    choices: list[AuthoredChoice] = []


class AuthoredForms(Authored):
    one: str
    other: str


class AuthoredQuestion(Authored):
    id: str
    module: str
    type: Type
    fr: str
    en: str
    core: bool = True
    kind: Literal["fact", "perception"] = "fact"
    ask: Literal["all", "owner"] = "all"
    roles: list[str] = []
    owner_also: bool = False
    authority: list[str] = []
    when: dict[str, Any] | None = None
    offer_when: dict[str, Any] | None = None
    offer_fr: str = ""
    offer_en: str = ""
    short_fr: str = ""
    short_en: str = ""
    topic_fr: str = ""
    topic_en: str = ""
    example_fr: str = ""
    example_en: str = ""
    choices: list[AuthoredChoice] = []
    scale: list[str] = []
    scale_en: list[str] = []
    shuffle: bool = False
    dim: str = ""
    so: bool = False
    nsp: bool | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    max_len: int = 0
    bipolar: bool = False
    ordinal: list[str] = []
    merge: Literal["", "union"] = ""
    unit: str = ""
    unit_fr: AuthoredForms | None = None
    unit_en: AuthoredForms | None = None
    why_fr: str = ""
    why_en: str = ""
    effect_fr: str = ""
    effect_en: str = ""
    post_fr: str = ""
    post_en: str = ""
    post_src: list[str] = []
    src: list[str] = []
    variants: list[AuthoredVariant] = []
    docs: list[str] = []
    required_for: list[str] = []
    detail: bool = False
    check: list[Literal["wording", "person"]] = []
    per_item: bool = False
    optional: bool = False


class AuthoredModule(Authored):
    id: str
    fr: str
    en: str
    short_fr: str = ""
    short_en: str = ""
    opening_fr: str = ""
    opening_en: str = ""


class AuthoredDialog(Authored):
    id: str
    version: str
    modules: list[AuthoredModule] = Field(min_length=1)
    questions: list[AuthoredQuestion] = Field(min_length=1)


class AuthoredPattern(Authored):
    re: str
    why_fr: str
    why_en: str
    firm: bool = False


class AuthoredWording(Authored):
    fr: list[AuthoredPattern]
    en: list[AuthoredPattern]


def validated(loaded: Loaded, model: type[M]) -> M:
    """The file as its model. Raises ContentError at the line of the first fault."""
    try:
        return model.model_validate(loaded.data)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(first["loc"])
        name = ".".join(str(part) for part in place if not isinstance(part, int))
        reason = refusal(first["type"], first.get("ctx", {}), first["msg"])
        raise loaded.fault(place, f"« {name} » : {reason}") from error
