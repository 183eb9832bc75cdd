"""What the engine makes of a persona: the contract that other tools read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.content.library import Library
from bot.content.personas import Persona
from bot.core.assessment import assess
from bot.core.digesting import digest
from bot.documents.committee import Committee
from bot.documents.facts import Order
from bot.documents.press import Press


def report(
    library: Library, press: Press, persona: Persona, out: Path | None, today: date
) -> dict[str, Any]:
    """One persona's result as plain JSON values. Writes its documents when `out` is given."""
    found = assess(library.expertise, persona.final)
    advice, alignment = found.advice, found.alignment
    return {
        "id": persona.id,
        "top": advice.top,
        "ranking": list(advice.ranking),
        "points": dict(advice.points),
        "gated": {option: list(gates) for option, gates in advice.gated.items()},
        "margin": advice.margin,
        "coverage": round(advice.coverage, 3),
        "stable": advice.stable,
        "confidence": advice.confidence.value,
        "contradictions": list(advice.contradictions),
        "alignment": None if alignment.overall is None else round(alignment.overall, 1),
        "level": alignment.level.id if alignment.level else "nd",
        "dimensions": {id_: round(score, 1) for id_, score in alignment.dimensions.items()},
        "divergence": {id_: reading.status for id_, reading in found.divergences.items()},
        "pivots": list(advice.pivots),
        "fired": list(advice.fired),
        "documents": _documents(library, press, persona, advice.top, out, today),
    }


def _documents(
    library: Library, press: Press, persona: Persona, top: str, out: Path | None, today: date
) -> list[str]:
    if out is None:
        return []
    folder = out / persona.id
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for order in _orders(library, press, persona, top, persona.today or today):
        for file in press.write(order):
            path = folder / file.name
            path.write_bytes(file.content)
            paths.append(str(path))
    return paths


def _orders(
    library: Library, press: Press, persona: Persona, top: str, today: date
) -> Iterator[Order]:
    """What the owner receives; of several people's answers, only what everybody may read."""
    option = persona.option or top
    kinds = [doc for doc in library.model.option(option).docs if doc in press.kinds]
    committee = _committee(library, persona) if len(persona.respondents) > 1 else None
    kinds += ["agenda"] if committee else []
    owner = persona.final[persona.owner]
    known = {**committee.digest.shared, "role": committee.owner} if committee else owner
    values = {**known, **persona.document_answers, "option": option, "documents": tuple(kinds)}
    for kind in kinds:
        yield Order(kind, persona.lang, today, values, committee=committee)


def _committee(library: Library, persona: Persona) -> Committee:
    """The session that these people would have had, everybody invited having answered."""
    people = persona.final
    owner = people[persona.owner]
    others = (*people[: persona.owner], *people[persona.owner + 1 :])
    by = {str(n): values for n, values in enumerate((owner, *others))}
    found = digest(library.expertise, by, invited=len(by), named=False)
    decides = persona.document_answers.get("decision_date")
    role = str(owner.get("role") or "DG")
    return Committee(found, owner=role, decides=decides if isinstance(decides, date) else None)
