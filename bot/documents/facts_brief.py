"""A strategist's brief: the need as providers read it, and what they must answer."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup, escape

from bot.core.reading import fold
from bot.documents.facts import Case
from bot.documents.facts_common import common
from bot.documents.facts_problem import constraint, measured, problem
from bot.documents.facts_schedule import deliverables, test_day
from bot.documents.facts_words import NOTHING, Words, inside, lower_first, upper_first

VIGILANCE = 5000  # euros excluding VAT from which the duty of vigilance applies
WITH_DSI = ("e250_999", "e1000_4999", "gte5000")
WITH_CSE = ("e50_249", *WITH_DSI)
UNWRITTEN = ("aucune", "intentions")
MOST_NAMED = 3  # deliverables in the first box
DONE_BY_PROVIDER = ("projet", "pilotage", "adoption", "suivi")


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the brief that goes out."""
    budget = case.number("mission_budget")
    return shared(case, words) | {
        "title": words.plain(f"answers.mission_purpose.{_purpose(case)}.title"),
        "essential": essential(case, words),
        "object": _object(case, words),
        "context": context(case, words),
        "constraint": constraint(words),
        "works_council": case.value("headcount") in WITH_CSE
        and case.value("stage_ownership") in ("decide", "plutot_oui"),
        "targets": words(f"brief.targets{'' if 'audit' in _wanted(case) else '_test'}"),
        "excluded": words(f"brief.excluded{'_tools' if _executes(case) else ''}"),
        "deliverables": deliverables(case, words),
        "proposed": not _wanted(case),
        "foresee": foresee(words),
        "security": security(case, words),
        "profile": profile(case, words),
        "months": case.number("mission_months"),
        "budget": words.euros(budget) if budget is not None else "",
        "load": load(case, words),
    }


def security(case: Case, words: Words) -> Markup:
    """Who approves access and data: the IT director of a large company, else a function."""
    if _has_dsi(case):
        return words("brief.security_dsi")
    who = inside(case.text("security_approver").rstrip("."))
    return words("brief.security_named", who=who) if who else words("brief.security_open")


def reports(case: Case, words: Words) -> Markup:
    """When the committee is reported to, given who approves."""
    lead = case.value("deliverable_approvers") == "pilote"
    return words(f"brief.reports{'_lead' if lead else ''}")


def shared(case: Case, words: Words) -> dict[str, object]:
    """What the brief of any option may use."""
    budget = case.number("mission_budget")
    return common(case, words) | {
        "industry": inside(case.text("industry")),
        "problem": problem(case, words),
        "goals": goals(case, words),
        "included": words.series(words.phrases("priority_projects", "brief")),
        "split": split(case, words),
        "test_day": test_day(case, words),
        "model_question": case.value("roadmap") in UNWRITTEN,
        "lead": upper_first(escape(case.text("mission_lead"))),
        "lead_sponsors": lead_sponsors(case, words),
        "security_brake": "securite" in case.choices("adoption_brakes"),
        "managed_budget": case.number("managed_budget"),
        "network": "reseau" in case.choices("selection_criteria"),
        "deadline": words.day(case.day("response_deadline")),
        "progress": words.answer("progress_rhythm"),
        "reports": reports(case, words),
        "reply_address": case.text("reply_address").rstrip("."),
        "criteria": criteria(case, words),
        "vigilance": words(f"clauses.vigilance{'_met' if (budget or 0) > VIGILANCE else ''}"),
    }


def _purpose(case: Case) -> str:
    purpose = case.value("mission_purpose")
    known = case.shelf.texts["fr"]["answers"]["mission_purpose"]
    return str(purpose) if purpose in known else "unknown"


def _wanted(case: Case) -> tuple[str, ...]:
    return case.choices("deliverables")


def _executes(case: Case) -> bool:
    return case.value("mission_purpose") in DONE_BY_PROVIDER


def _has_dsi(case: Case) -> bool:
    return case.value("headcount") in WITH_DSI


def _object(case: Case, words: Words) -> Markup:
    start = words.answer("roadmap", "object")
    return words(f"answers.mission_purpose.{_purpose(case)}.object", start=start)


def days(case: Case) -> int | None:
    """The indicative days of the whole mission."""
    months, per_month = case.number("mission_months"), case.number("days_per_month")
    return None if months is None or per_month is None else int(months * per_month)


def essential(case: Case, words: Words) -> Markup:
    """« En bref » : who seeks whom, for how long, to write what."""
    firm, sells = words.answer("headcount", "firm"), words.answer("clientele", "sells")
    said = words("brief.seeks", firm=firm, sells=sells) if sells else NOTHING
    said = said or words("brief.seeks_short", firm=firm)
    months = case.number("mission_months")
    if months is not None:
        said += words("brief.for_months", months=words.count("month", int(months)))
    volume, budget = days(case), case.number("mission_budget")
    figures = []
    if volume is not None:
        figures.append(words("brief.volume", days=volume))
    if budget is not None:
        figures.append(words("brief.ceiling", budget=words.euros(budget)))
    if figures:
        said += Markup(" ({})").format(Markup(", ").join(figures))
    return words.sentences(said + ".", _writes(case, words), words("brief.first_step"))


def _writes(case: Case, words: Words) -> Markup:
    """The roadmap and the profile, or else what the mission delivers first."""
    wanted = _wanted(case) or ("feuille", "fiche")
    written = [words.choice("deliverables", id_, "writes") for id_ in wanted]
    kept = [phrase for phrase in written if phrase]
    if kept:
        return words("brief.writes", what=words.listed(kept))
    names = [lower_first(words.choice("deliverables", id_, "name")) for id_ in wanted]
    return words("brief.delivers", what=Markup(", ").join(names[:MOST_NAMED]))


def context(case: Case, words: Words) -> list[Markup]:
    """Where the company stands: skills, sponsor, horizon, alignment."""
    why = words.answer("clarity_of_why", "brief")
    skills = words.phrases("internal_skills", "name")
    sponsor = words.answer("sponsor", "brief")
    return [
        words("brief.skills", what=words.listed(skills) if skills else ""),
        words.sentences(sponsor, why),
        words.answer("results_horizon", "brief"),
        measured(case, words),
    ]


def goals(case: Case, words: Words) -> list[tuple[Markup, Markup]]:
    """What will be true in twelve months, and how it is measured."""
    authored = case.shelf.texts["common"]
    rows = []
    for sign in case.choices("success_signs"):
        kpi = authored["kpi_of_sign"].get(sign)
        if kpi is None:
            continue
        every = words(f"every.{authored['kpi_frequency'][kpi]}")
        measure = Markup("{}, {}").format(words(f"kpis.{kpi}.brief"), every)
        rows.append((words.choice("success_signs", sign, "goal"), measure))
    return rows


def split(case: Case, words: Words) -> Markup:
    """What stays inside, what goes outside, what is shared; nothing when nobody said."""
    inside, outside = case.choices("keep_inhouse"), case.choices("outsource")
    both = [id_ for id_ in inside if id_ in outside]
    parts = {
        "in": [id_ for id_ in inside if id_ not in both],
        "out": [id_ for id_ in outside if id_ not in both],
        "mixed": both,
    }
    said = [
        words(f"brief.split_{name}", what=Markup(", ").join(_activity(words, i) for i in ids))
        for name, ids in parts.items()
        if ids
    ]
    return words.series(said) + "." if said else NOTHING


def _activity(words: Words, id_: str) -> Markup:
    known = words.has(f"answers.activities.{id_}")
    return words(f"answers.activities.{id_}") if known else words.shown(id_)


def foresee(words: Words) -> Markup:
    """The action that each brake calls for, and the review of use."""
    actions = words.phrases("adoption_brakes", "brief")
    if not actions:
        return words("brief.foresee_usage")
    return words("brief.foresee", what=Markup(", ").join(actions))


def lead_sponsors(case: Case, words: Words) -> bool:
    """Whether the same person sponsors the topic and leads the mission."""
    lead = fold(case.text("mission_lead"))
    return case.value("sponsor") == "dg" and lead in words.tree("brief.lead_is_sponsor")


def profile(case: Case, words: Words) -> list[tuple[Markup, Markup]]:
    """What is sought, with the evidence to enclose."""
    chosen = case.choices("selection_criteria")
    order = case.shelf.texts["common"]["criteria_order"]
    rows = [(words("brief.profile_first.seek"), words("brief.profile_first.proof"))]
    for id_ in order:
        if id_ in chosen:
            seek = words.choice("selection_criteria", id_, "seek")
            rows.append((seek, words.choice("selection_criteria", id_, "proof")))
    return rows


def load(case: Case, words: Words) -> Markup:
    """The indicative days, which leave the provider free."""
    volume, months = days(case), case.number("mission_months")
    if volume is None or months is None:
        return words("brief.load_missing")
    return words("brief.load_full", days=volume, months=words.count("month", int(months)))


def criteria(case: Case, words: Words) -> list[tuple[Markup, str]]:
    """The scoring grid, with equal weights that add up to a hundred."""
    chosen = case.choices("selection_criteria")
    shares = [100 // len(chosen) + (i < 100 % len(chosen)) for i in range(len(chosen))]
    names = [words.choice("selection_criteria", id_, "name") for id_ in chosen]
    percent = "{} %" if words.lang == "fr" else "{}%"
    return [(name, percent.format(share)) for name, share in zip(names, shares, strict=True)]


def mission_cost(case: Case) -> Decimal | None:
    """The mission at the strategist's day rate."""
    volume = days(case)
    return None if volume is None else volume * case.params["strategist_day_rate"]
