"""What is written for the measures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

FICHE = "fiche_cdo"


def kinds() -> list[str]:
    from tests.documents.cases import PRESS

    return sorted(PRESS.kinds, key=lambda kind: (kind != FICHE, kind))


def order(kind: str, turn: int) -> Any:
    """Each time another company and another person's answers: nothing is written twice."""
    from tests.documents import cases

    base = cases.gold("gold_p04" if kind == FICHE else "gold_p02", FICHE)
    own = {"company_name": f"Ateliers {turn * 7919}", "workplace": f"Lyon {turn}"}
    own |= {"industry": f"Négoce n° {turn}", "option": base.values["option"]}
    return replace(cases.changed(base, **other(turn), **own), kind=kind)


def other(turn: int) -> dict[str, object]:
    """The answers of one person after another."""
    from tests.documents import cases

    personas = list(cases.PERSONAS.values())
    return cases.answers(personas[turn % len(personas)]["respondents"][0]["answers"])
