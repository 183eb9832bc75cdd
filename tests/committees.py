"""What the members of a committee answered, without anybody to say it: P12's five, or fewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.content.library import Library
from bot.content.personas import Persona, load_personas
from bot.core.condition import Values
from bot.core.dialog import Blank
from bot.core.digest import Digest
from bot.core.digesting import digest

Answers = dict[str, dict[str, Any]]

SCALES = (
    "shared_targets",
    "sales_ready_definition",
    "shared_dashboard",
    "shared_customer_data",
    "joint_decisions",
    "tool_usage",
    "it_marketing_cooperation",
    "role_split",
    "customer_journey",
    "clarity_of_why",
)
FACTS = (
    "roadmap",
    "projects",
    "sponsor",
    "steering_days",
    "need_duration",
    "annual_budget",
    "decision_power",
    "results_horizon",
    "workload_pattern",
)

STATUSES = {
    "shared_targets": ("opposes", 0.25),
    "sales_ready_definition": ("nuance", 0.5),
    "shared_dashboard": ("accord", 0.625),
    "shared_customer_data": ("accord", 0.7),
    "joint_decisions": ("isole", 0.7),
    "tool_usage": ("isole", 0.467),
    "it_marketing_cooperation": ("accord", 0.6),
    "role_split": ("accord", 0.6),
    "customer_journey": ("accord", 0.7),
    "stage_ownership": ("accord", 0.6),
    "clarity_of_why": ("opposes", 0.089),
}
"""Where P12's five stand on each item, and how far they agree."""
SCORES = {
    "shared_objectives": 37.5,
    "handoff": 25.0,
    "shared_indicators": 25.0,
    "customer_knowledge": 25.0,
    "governance": 40.0,
    "tools": 37.5,
    "roles_and_skills": 45.0,
}
"""P12's alignment by dimension."""


def p12(library: Library) -> Persona:
    """The divided committee of the reference."""
    found = load_personas(Path(__file__).parent / "personas.yaml", library.dialogs)
    return next(one for one in found if one.id == "P12")


def five(library: Library) -> Answers:
    """P12's answers by seat, the chief executive's first."""
    return {str(one["role"]): dict(one) for one in p12(library).respondents}


def with_item(answers: Mapping[str, Values], name: str, given: Iterable[object]) -> Answers:
    """The same people with other answers to one question, in their order; « nsp » after these."""
    values = list(given)
    return {
        seat: {**mine, name: values[n] if n < len(values) else Blank.NSP}
        for n, (seat, mine) in enumerate(answers.items())
    }


def of(answers: Mapping[str, Values], *seats: str) -> Answers:
    """Only some of these people."""
    return {seat: dict(answers[seat]) for seat in seats}


def seen(library: Library, answers: Mapping[str, Values], **how: Any) -> Digest:
    """What the committee sees, anonymously unless said otherwise."""
    return digest(library.expertise, answers, **{"invited": len(answers), "named": False, **how})
