"""What may be said of a committee's results: the advice, the score, the reasons, the open points.

Everything here is read from a digest, never from the answers. A reason that rests on a value
nobody may read is not quoted, though it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from bot.core.alignment import LEAST, Alignment, Scale, level_of
from bot.core.assessment import Assessment, Expertise
from bot.core.checks import standing
from bot.core.condition import Condition, Values
from bot.core.costs import CostModel, employer_year
from bot.core.decision import Confidence, Model, Recommendation, recommend
from bot.core.dialog import Dialog
from bot.core.digest import FEW, Digest, Signal
from bot.core.divergence import Reading
from bot.core.reading import Forbidden

_DOUBT = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def advised(model: Model, found: Digest) -> Recommendation:
    """The recommendation for the committee, its confidence capped by a pivot.

    It carries no contradiction: some read what people leant towards (see `open_points`).
    """
    advice = replace(recommend(model, found.signals), contradictions=())
    if not found.pivots:
        return advice
    capped = min(advice.confidence, Confidence.MEDIUM, key=_DOUBT.index)
    return replace(advice, pivots=found.pivots, confidence=capped)


def judged(expertise: Expertise, found: Digest) -> Assessment:
    """The results in the form that a lone person's advice takes; its signals are not to print."""
    readings = {
        name: Reading(item.status, None, item.answers)
        for name, item in found.items.items()
        if item.status and item.answers >= FEW
    }
    advice, alignment = advised(expertise.model, found), scored(expertise.scale, found)
    return Assessment(alignment, readings, found.signals, advice)


def together(expertise: Expertise, found: Digest) -> Assessment:
    """What a committee's results amount to, with the rules and the gates that may be quoted."""
    advice, model = advised(expertise.model, found), expertise.model
    rules = {rule.id for rule in model.rules if quotable(found, rule.when)}
    gates = {gate.id for gate in model.gates if quotable(found, gate.when)}
    quoted = replace(
        advice,
        fired=tuple(id_ for id_ in advice.fired if id_ in rules),
        decisive=tuple(id_ for id_ in advice.decisive if id_ in rules),
        gated={o: tuple(id_ for id_ in ids if id_ in gates) for o, ids in advice.gated.items()},
    )
    return Assessment(scored(expertise.scale, found), {}, found.signals, quoted)


def scored(scale: Scale, found: Digest) -> Alignment:
    """The alignment as it may be printed."""
    overall = _overall(found, scale.least)
    return Alignment(found.dimensions, found.behind, overall, level_of(scale, overall))


def _overall(found: Digest, least: int) -> float | None:
    scores = list(found.dimensions.values())
    return fmean(scores) if len(scores) >= least else None


def told(found: Digest) -> dict[str, Signal]:
    """The signals that a reader of the results knows: no other may be inferred from what is said.

    A fact stands there with the value that is held, which need not be the one that counts.
    """
    view = dict(found.shared)
    for name, item in found.items.items():
        if name in found.signals and (item.counts or item.median is not None):
            view[name] = found.signals[name]
    view |= {f"alignment.{id_}": score for id_, score in found.dimensions.items()}
    overall = _overall(found, LEAST)
    if overall is not None:
        view["alignment.overall"] = overall
    return view | _differences(found)


def _differences(found: Digest) -> dict[str, Signal]:
    view: dict[str, Signal] = {}
    if found.answered >= FEW:
        statuses = [item.status for item in found.items.values()]
        view["divergence.count"] = sum(one in ("divergent", "opposes") for one in statuses)
    why = found.items.get("clarity_of_why")
    if why is not None and why.answers >= FEW:
        view["divergence.clarity_of_why"] = why.status
    sponsor = found.facts.get("sponsor")
    if sponsor is not None and sponsor.unsettled:
        view["conflict.sponsor"] = True
    return view


def quotable(found: Digest, when: Condition) -> bool:
    """Whether a rule, a gate or a contradiction that applies may be quoted.

    It must apply on the values that everybody may read as well: a need « from one to three
    years » may be quoted when two people said one to two, although another said more.
    """
    view = told(found)
    return when.names <= view.keys() and when(view) and when(found.signals)


def open_points(
    model: Model,
    costs: CostModel,
    questions: Dialog,
    found: Digest,
    option: str,
    values: Values | None = None,
    forbidden: Sequence[Forbidden] = (),
) -> tuple[str, ...]:
    """The contradictions that may be told, in file order.

    What people leant towards is replaced by the `option` (see `checks.standing`), and `values`
    are the owner's answers for the documents. Only the values that everybody may read are
    compared, so that neither a point nor its absence tells another. K14 is said to everybody
    alike when the budget does not cover a salaried CDO (and K02 does not say it already).
    """
    view = told(found)
    chosen = {**view, **(values or {}), "option": option}
    ids = set(standing(model, costs, questions, view, chosen, forbidden))
    if "K02" not in ids and _beyond(costs, view.get("annual_budget")):
        ids.add("K14")
    return tuple(known.id for known in model.contradictions if known.id in ids)


def _beyond(costs: CostModel, band: object) -> bool:
    """Whether the budget that everybody may read is below the cost of a salaried CDO."""
    top, p = costs.budget_max.get(str(band)), costs.defaults
    return top is not None and top < employer_year(p, p["cdo_gross"], p["cdo_variable"])
