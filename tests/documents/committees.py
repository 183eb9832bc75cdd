"""Orders for committees, made from the personas with several respondents."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pypdf import PdfReader

from bot.content.knowledge import load_divergences
from bot.content.paths import content_folder
from bot.core.assessment import Expertise
from bot.core.condition import Values
from bot.core.digest import Digest
from bot.core.digesting import digest
from bot.core.meeting import Decision
from bot.core.rounds import Votes, concluded, retained, weights
from bot.documents import document as doc
from bot.documents.committee import Committee
from bot.documents.facts import Order, Shelf
from bot.documents.press import Press
from tests.documents import cases

DAY = date(2026, 11, 23)
FILLED = {"company_name": "Société Calvane", "industry": "Services techniques aux entreprises"}
REASONS = {
    "steering_days": ("info", "vecu", "long", "info", "vecu"),
    "clarity_of_why": ("info", "vecu", "info", "vecu", "info"),
    "shared_targets": ("vecu", "court", "vecu", "court", "vecu"),
}
WISHES = {"steering_days": 4, "clarity_of_why": 5, "shared_targets": 3, "tool_usage": 1}


@cache
def shelf() -> Shelf:
    """The shelf, with what judging several people's answers needs."""
    held = cases.shelf()
    divergences = load_divergences(content_folder("knowledge") / "alignment.yaml")
    known = Expertise(held.diagnostic, held.kinds, held.scale, divergences, held.model)
    return replace(held, expertise=known)


def expertise() -> Expertise:
    found = shelf().expertise
    assert found is not None
    return found


PRESS = Press(shelf())


@dataclass(frozen=True)
class Again:
    """An answer of the second round."""

    value: object
    reason: str = ""
    discuss: str = ""


@cache
def people(persona: str) -> dict[str, Values]:
    """The answers of a persona by seat, the owner's first."""
    every = cases.load(cases.HERE.parent / "personas.yaml").data["personas"]
    found = next(one for one in every if one["id"] == persona)
    return {one["role"]: cases.answers(one["answers"]) for one in found["respondents"]}


def only(persona: str, *seats: str) -> dict[str, Values]:
    return {seat: people(persona)[seat] for seat in seats}


def answered(by: Mapping[str, Values], **more: object) -> Digest:
    given = {"invited": len(by), "named": False, **more}
    return digest(expertise(), by, **given)  # type: ignore[arg-type]


def kept(by: Mapping[str, Values], *, named: bool = False, changed: Votes | None = None) -> Digest:
    """After a second round in which everybody keeps every answer, but for what `changed` says."""
    first = answered(by, named=named)
    items = retained(first, weights(expertise()))
    votes = {
        seat: {
            item: Again(values.get(item), _of(REASONS.get(item, ()), n), _wish(item, n))
            for item in items
        }
        | dict((changed or {}).get(seat, {}))
        for n, (seat, values) in enumerate(by.items())
    }
    return concluded(expertise(), first, by, votes, items, named=named)


def _of(reasons: Sequence[str], n: int) -> str:
    return reasons[n] if n < len(reasons) else ""


def _wish(item: str, n: int) -> str:
    return "oui" if n < WISHES.get(item, 0) else "non"


def order(kind: str, found: Digest, lang: str = "fr", **more: object) -> Order:
    """An order of the owner for the committee, with the document answers of the gold."""
    settled = {"decides": date(2026, 12, 9), **more}
    committee = Committee(found, **settled)  # type: ignore[arg-type]
    values = {**found.shared, "role": committee.owner, **FILLED}
    return Order(kind, lang, DAY, values, committee=committee)


P12 = people("P12")


def composed(asked: Order) -> doc.Document:
    (document,) = PRESS.compose(asked)
    return document


def said(asked: Order) -> str:
    return cases.flat(cases.text(composed(asked)))


def pages(asked: Order) -> int:
    return len(PdfReader(io.BytesIO(PRESS.write(asked)[1].content)).pages)


DECIDED = (
    Decision(
        "why",
        "Chaque client est reconnu, quel que soit le canal.",
        lead="DG",
        due=date(2027, 1, 15),
    ),
    Decision("option", option="interim_cdo", votes=(3, 2, 0), lead="DG", due=date(2027, 2, 12)),
    Decision("meeting", "45 minutes, le premier mardi", lead="MKT", due=date(2027, 1, 5)),
)


VOTE = {"ballot": ("interim_cdo", "reorganise", "none"), "tally": (3, 2, 0)}
