"""What the answers of one person or of a committee amount to: score, divergences, advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.alignment import Alignment, Scale, align
from bot.core.condition import Values
from bot.core.decision import Confidence, Model, Recommendation, recommend, winner
from bot.core.dialog import Blank, Dialog, Type
from bot.core.divergence import Divergences, Reading, diverge, divergence_signals
from bot.core.signals import Kinds, signals

PERCEPTIONS = (
    "clarity_of_why",
    "tool_usage",
    "it_marketing_cooperation",
    "customer_journey",
    "stage_ownership",
)
"""The perceptions among which pivots are looked for, beside the facts."""


@dataclass(frozen=True, slots=True)
class Expertise:
    """Everything that judging answers needs, as authored."""

    dialog: Dialog
    kinds: Kinds
    scale: Scale
    divergences: Divergences
    model: Model


@dataclass(frozen=True, slots=True)
class Assessment:
    """The alignment, the divergences, the signals and the recommendation."""

    alignment: Alignment
    divergences: Mapping[str, Reading]
    signals: Values
    advice: Recommendation


def assess(expertise: Expertise, respondents: Sequence[Values]) -> Assessment:
    """Judge the answers of one or more respondents, the owner's among them."""
    alignment, readings, found = _gather(expertise, respondents)
    advice = recommend(expertise.model, found)
    turning = tuple(_pivots(expertise, respondents, found, advice.top))
    if turning:
        capped = min(advice.confidence, Confidence.MEDIUM, key=_DOUBT.index)
        advice = replace(advice, pivots=turning, confidence=capped)
    return Assessment(alignment, readings, found, advice)


_DOUBT = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def observed(expertise: Expertise, respondents: Sequence[Values]) -> Values:
    """What the answers say to the rules, without judging them: the signals alone."""
    return _gather(expertise, respondents)[2]


def _gather(
    expertise: Expertise, respondents: Sequence[Values]
) -> tuple[Alignment, dict[str, Reading], dict[str, object]]:
    alignment = align(expertise.scale, respondents)
    readings = diverge(expertise.divergences, expertise.dialog, respondents)
    found = signals(expertise.dialog, expertise.kinds, respondents, alignment)
    found |= divergence_signals(readings, expertise.divergences.cuts, len(respondents))
    return alignment, readings, found


def _pivots(
    expertise: Expertise, respondents: Sequence[Values], found: Values, top: str
) -> Iterator[str]:
    """Items on which one respondent's answer alone would put another option first."""
    for name in (*PERCEPTIONS, *expertise.divergences.facts):
        given = {answers[name] for answers in respondents if _known(answers.get(name))}
        if len(given) < 2:
            continue
        tried = _ends(expertise, name, given) if name in PERCEPTIONS else given
        if any(winner(expertise.model, {**found, name: value}) != top for value in tried):
            yield name


def _known(value: object) -> bool:
    return value is not None and not isinstance(value, Blank)


def _ends(expertise: Expertise, name: str, given: set[object]) -> tuple[object, object]:
    order = expertise.dialog[name].ordinal

    def rank(value: object) -> int:
        return order.index(str(value)) if order else int(str(value))

    return min(given, key=rank), max(given, key=rank)


def unsettled(expertise: Expertise, assessment: Assessment, most: int = 3) -> tuple[str, ...]:
    """The unknown inputs of which one possible answer would change the winner (4.1, step 10)."""
    found = []
    for name in assessment.advice.unknown:
        if name not in expertise.dialog:
            continue
        tried = possible(expertise, name)
        if any(
            winner(expertise.model, {**assessment.signals, name: value}) != assessment.advice.top
            for value in tried
        ):
            found.append(name)
    return tuple(found[:most])


def possible(expertise: Expertise, name: str) -> list[object]:
    """Each answer that a question can have; for multiple choices, each choice alone."""
    question = expertise.dialog[name]
    ids = [choice.id for choice in question.choices]
    if question.type is Type.SCALE:
        return [int(id_) for id_ in ids]
    return [(id_,) for id_ in ids] if question.type is Type.MULTI else list(ids)
