"""The internal sheet of these briefs: why this option, its reserves, its cost, its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from markupsafe import Markup

from bot.core.decision import reserves
from bot.documents import facts_briefs as briefs
from bot.documents import facts_clarify, facts_facilitator, facts_followup, facts_reorg
from bot.documents import facts_transition as transition
from bot.documents.facts import Case
from bot.documents.facts_brief import UNWRITTEN, WITH_CSE
from bot.documents.facts_briefs_security import security
from bot.documents.facts_briefs_words import Kind
from bot.documents.facts_cautions import Caution, contradictions
from bot.documents.facts_common import common, named, points, pros, ranked
from bot.documents.facts_costs import compared, renting
from bot.documents.facts_feuillet_costs import (
    breakdown,
    budget,
    internal_time,
    mission,
    mission_over,
)
from bot.documents.facts_sheet import head, late
from bot.documents.facts_words import NOTHING, Line, Words

MOST_AGAINST = 2
INDEPENDENTS = ("transition", "facilitateur")
SOON = ("u0_3", "u3_6")

KINDS = {
    kind.name: kind
    for kind in (
        facts_reorg.KIND,
        transition.KIND,
        facts_facilitator.KIND,
        facts_followup.KIND,
        facts_clarify.KIND,
    )
}


def of(name: str) -> Callable[[Case, Words], dict[str, object]]:
    """The facts of one brief's internal sheet."""
    return partial(facts, name)


def facts(name: str, case: Case, words: Words) -> dict[str, object]:
    """The context of the internal sheet."""
    kind = KINDS[name]
    against = list(_reserves(case, words, kind))
    reasons = pros(case, case.option)
    independent = name in INDEPENDENTS
    given = common(case, words)
    decision = dict(_decision(case, words, kind, given["decision"]))
    return given | {
        "decision": decision,
        "ranked": ranked(case, words, "best"),
        "gated": gated(case, words),
        "reasons_head": head(words, "reasons", len(reasons)),
        "reasons": [(words.ours(rule.text[words.lang]), rule.sources) for rule in reasons],
        "reserves_head": head(words, "reserves", len(against)),
        "reserves": against,
        "lifted_head": head(words, "lifted", len(case.lifted)),
        "lifted": contradictions(case, words, case.lifted, "lifted"),
        "status_lines": status(words) if independent else [],
        "next": next_step(case, words),
        "breakdown": breakdown(case, words) if name == "reorg" else [],
        "compared": [] if name == "reorg" else compared(case, words),
        "cost_lines": list(_cost_lines(case, words, kind)),
        "provenance": list(provenance(case, words, kind)),
    }


def _decision(case: Case, words: Words, kind: Kind, given: object) -> dict[str, object]:
    """When the choice departs from the advice, or the document from the choice."""
    decision = dict(given) if isinstance(given, dict) else {}
    if "other" in decision:
        chosen = named(case, words, case.option)
        decision["other"] = words(f"briefs.other.{kind.name}", chosen=chosen)
    return decision


def gated(case: Case, words: Words) -> Markup:
    """An option with more points than the second, set aside for now, and why."""
    advice = case.advice
    second = advice.points[advice.ranking[1]] if len(advice.ranking) > 1 else 0
    above = [id_ for id_ in advice.gated if advice.points[id_] > second and id_ != case.option]
    lines = []
    for id_ in sorted(above, key=lambda id_: -advice.points[id_]):
        gates = [g for g in case.shelf.model.gates if g.id in advice.gated[id_]]
        name = named(case, words, id_)
        why = " ".join(gate.text[words.lang] for gate in gates)
        found = words("briefs.sheet.gated", points=points(case, words, id_), name=name, why=why)
        lines.append(found)
    return words.sentences(*lines)


# -- Reserves --------------------------------------------------------------------------------


def _reserves(case: Case, words: Words, kind: Kind) -> Iterator[Caution]:
    """Open contradictions first, then the law, what is missing, rules against, and who sells."""
    yield from _open(case, words)
    attention = words("contradictions.head.attention")
    yield from ((attention, text, ids) for text, ids in _law(case, words, kind))
    yield from ((NOTHING, text, ids) for text, ids in _missing(case, words, kind))
    for rule, _ in reserves(case.shelf.model, case.advice, case.option)[:MOST_AGAINST]:
        against = words.shown(words.ours(rule.text[words.lang]))
        yield NOTHING, against, list(rule.sources)
    yield from ((NOTHING, text, ids) for text, ids in mission_over(case, words, kind.name))
    yield from ((NOTHING, text, ids) for text, ids in late(case, words))
    yield from ((NOTHING, text, ids) for text, ids in _dates(case, words))
    stake = case.shelf.texts["common"]["briefs"]["stake"][kind.name]
    yield NOTHING, words(f"briefs.sheet.stake.{kind.name}"), list(stake)


def _open(case: Case, words: Words) -> Iterator[Caution]:
    """The contradictions that remain, some of them said with what to do."""
    for id_, caution in zip(case.open, contradictions(case, words, case.open, "open"), strict=True):
        path = f"briefs.sheet.contradictions.{id_}"
        if id_ == "K29":
            yield caution[0], budget(case, words), caution[2]
        elif words.has(path):
            yield caution[0], words(path, **transition.volume(case, words)), caution[2]
        else:
            yield caution


def _law(case: Case, words: Words, kind: Kind) -> Iterator[Line]:
    """The works council, and the apprentice's supervisor."""
    if case.value("headcount") in WITH_CSE and kind.name == "reorg":
        decided = case.value("stage_ownership") == "decide"
        yield words(f"briefs.sheet.{'decided' if decided else 'council'}"), []
    if kind.name == "suivi" and case.value("apprentice_tutor") != "oui":
        yield words("briefs.sheet.no_supervisor"), []


def _missing(case: Case, words: Words, kind: Kind) -> Iterator[Line]:
    """What the mission would need and does not have."""
    if kind.name == "reorg" and case.value("results_horizon") in SOON:
        within = words.answer("results_horizon", "within")
        yield words("briefs.sheet.far_horizon", within=within), ["S004-C14"]
    if kind.name == "suivi" and case.value("roadmap") in UNWRITTEN:
        yield words("briefs.sheet.no_roadmap"), ["S002-C08"]
    if kind.name == "transition" and case.number("managed_budget") == 0:
        yield words("briefs.sheet.ready"), ["S000-M01"]
    past = case.value("provider_experience")
    if briefs.tested(case, kind) and isinstance(past, int) and past <= briefs.UNHAPPY:
        yield words("briefs.sheet.disappointed"), ["S003-C08"]


def _dates(case: Case, words: Words) -> Iterator[Line]:
    deadline, start = case.day("response_deadline"), case.day("start_date")
    if deadline and start and deadline > start:
        given = {"deadline": words.day(deadline), "start": words.day(start)}
        yield words("briefs.reversed_dates", **given), []


# -- Money, status, what follows, where it comes from ----------------------------------------


def _cost_lines(case: Case, words: Words, kind: Kind) -> Iterator[Line]:
    yield mission(case, words, kind.name), []
    last = kind.name not in ("reorg", "transition")
    if "K29" not in case.open:
        yield budget(case, words), ["COST-BE"] if last else []
    if kind.name == "reorg":
        stated = case.value("annual_budget") not in (None, "indecis")
        yield internal_time(case, words, alone="K29" in case.open or not stated), ["COST-BE"]
    if kind.name == "transition":
        yield renting(case, words), ["COST-BE"]


def status(words: Words) -> list[Line]:
    """What would turn an independent into an employee, and what it would cost."""
    return [
        (words("briefs.sheet.status"), []),
        (words("briefs.sheet.penalties"), []),
    ]


def next_step(case: Case, words: Words) -> Markup:
    """What this option becomes, or what goes with it."""
    path = f"briefs.sheet.next.{case.option}"
    return words(path) if words.has(path) else NOTHING


def provenance(case: Case, words: Words, kind: Kind) -> Iterator[Line]:
    """Where each demand of the brief comes from, if the brief makes it."""
    authored = case.shelf.texts["common"]
    printed = {
        "model": case.value("roadmap") in UNWRITTEN,
        "segments": bool(briefs.segments(case, words)),
        "voice": briefs.voiced(case),
        "network": bool(briefs.purpose(case, words)),
        "security": bool(security(case, words)),
        "test": briefs.tested(case, kind),
        "deployment": transition.governed(case),
        "orientation": case.value("role_orientation") is not None,
    }
    for name, ids in authored["briefs"]["provenance"][kind.name].items():
        if name == "brakes":
            found = [
                authored["brake_sources"].get(id_, []) for id_ in case.choices("adoption_brakes")
            ]
            ids = list(dict.fromkeys(src for sources in found for src in sources))
            if not ids:
                continue
        if printed.get(name, True):
            yield words(f"briefs.provenance.{name}"), list(ids)
