"""An order for a document, the knowledge that every document draws on, and the file that comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.alignment import Scale
from bot.core.assessment import Expertise
from bot.core.condition import Values
from bot.core.costs import CostModel, Params
from bot.core.decision import Model
from bot.core.dialog import Dialog
from bot.core.reading import Forbidden
from bot.core.signals import Kinds
from bot.core.sources import Source
from bot.documents.committee import Committee


@dataclass(frozen=True, slots=True)
class Order:
    """One document to write. `values` holds every answer, the option, the documents, the role.

    `reason` is the person's own, when the option chosen is not the best rated one; `params`
    are the cost assumptions that the person changed. For a `committee`, `values` are those of
    its answers that everybody may read, and the owner's for the documents.
    """

    kind: str
    lang: str
    today: date
    values: Values
    version: int = 1
    reason: str = ""
    params: Params = field(default_factory=dict)
    committee: Committee | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What every document draws on, handed in by the composition root."""

    diagnostic: Dialog
    documents: Dialog
    model: Model
    scale: Scale
    kinds: Kinds
    costs: CostModel
    sources: Mapping[str, Source]
    texts: Mapping[str, Any]
    templates: Path
    forbidden: Sequence[Forbidden] = ()
    expertise: Expertise | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file to deliver."""

    name: str
    content: bytes
