"""What the briefs of the other options have in common: what goes out, whatever the mission."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.documents import facts_brief as brief
from bot.documents.facts import Case
from bot.documents.facts_briefs_security import security, security_open, validation
from bot.documents.facts_briefs_words import Kind, Row, clause, said, table
from bot.documents.facts_problem import measured
from bot.documents.facts_schedule import test_day
from bot.documents.facts_terms import project_budget
from bot.documents.facts_words import NOTHING, Words, lower_first, upper_first

UNHAPPY = 2  # at most, on the five-point scale of past experience with providers
CARRIED = ("experience", "crm")  # priorities that call for the voice of the customer


def outgoing(case: Case, words: Words, kind: Kind) -> dict[str, object]:
    """The context that the parts shared by these briefs need."""
    path = f"briefs.{kind.name}"
    who = words(f"{path}.who")
    grid = criteria(case, words, kind)
    return brief.shared(case, words) | {
        "title": words.plain(f"{path}.title"),
        "object": words.sentences(words(f"{path}.object"), focus(case, words, kind)),
        "situation": situation(case, words),
        "ownership": said(words, "stage_ownership", "briefs.ownership"),
        "goals": goals(case, words, path),
        "targets": words(f"briefs.targets{'_test' if tested(case, kind) else ''}"),
        "segments": segments(case, words),
        "voice": words("briefs.voice") if voiced(case) else NOTHING,
        "decides": said(words, "decision_power", "briefs.decides", who=who),
        "budget_line": project_budget(case, words),
        "security": validation(case, words),
        "security_open": security_open(words, kind),
        "security_list": security(case, words),
        "exit": clause(words, kind, "exit"),
        "grid": grid,
        "grid_proposed": not kind.asks and not case.choices("selection_criteria"),
        "grid_incomplete": kind.asks and not case.choices("selection_criteria"),
        "price": price(case, words),
        "free": clause(words, kind, "free"),
        "start": words("briefs.start", date=words.day(case.day("start_date"))),
        "reply_price": said(words, "pricing_mode", "briefs.ask"),
        "test": test(case, words, kind),
        "channel_line": purpose(case, words),
        "works_council": case.value("headcount") in brief.WITH_CSE
        and case.value("stage_ownership") in ("decide", "plutot_oui"),
    }


def focus(case: Case, words: Words, kind: Kind) -> Markup:
    """What the mission does first, when it is not what such a mission is for."""
    natural = case.shelf.texts["common"]["briefs"]["natural"]
    if not kind.asks or case.value("mission_purpose") == natural.get(kind.name):
        return NOTHING
    return said(words, "mission_purpose", "briefs.focus")


# -- The first box --------------------------------------------------------------------------


def opening(words: Words, what: Markup) -> Markup:
    """« Une entreprise de 50 à 249 salariés, qui vend à …, cherche … », without its full stop."""
    firm, sells = words.answer("headcount", "firm"), said(words, "clientele", "briefs.sells")
    if not sells:
        return words("briefs.opening_short", firm=firm, what=what)
    return words("briefs.opening", firm=firm, sells=sells, what=what)


def length(case: Case, words: Words) -> Markup:
    """« pour dix mois (dix jours indicatifs, 10 000 € HT au plus) »."""
    months, volume, budget = case.number("mission_months"), days(case, words), ceiling(case, words)
    text = NOTHING
    if months is not None:
        text += words("briefs.for_months", months=words.count("month", int(months)))
    figures = [part for part in (volume, budget) if part]
    return text + Markup(" ({})").format(Markup(", ").join(figures)) if figures else text


def days(case: Case, words: Words) -> Markup:
    """« dix jours indicatifs », or nothing."""
    volume = brief.days(case)
    return NOTHING if volume is None else words.plural("briefs.volume", volume)


def ceiling(case: Case, words: Words) -> Markup:
    """« 10 000 € HT au plus », or nothing."""
    budget = case.number("mission_budget")
    return NOTHING if budget is None else words("briefs.ceiling", budget=words.euros(budget))


# -- The company and its objectives ----------------------------------------------------------


def situation(case: Case, words: Words, *more: Markup, horizon: Markup = NOTHING) -> list[Markup]:
    """Who sponsors the topic, the roadmap, the skills, the horizon, the alignment."""
    sponsor = words.answer("sponsor", "brief").rstrip(".")
    why = words.answer("clarity_of_why", "brief").rstrip(".")
    carried = [part for part in (sponsor, lower_first(why) if sponsor else why, *more) if part]
    roadmap = said(words, "roadmap", "briefs.roadmap")
    projects = said(words, "projects", "briefs.projects")
    return [
        upper_first(words.series(carried)) + "." if carried else NOTHING,
        words.series([roadmap, projects]) + ".",
        skills(case, words),
        horizon or words.answer("results_horizon", "brief"),
        measured(case, words),
    ]


def skills(case: Case, words: Words) -> Markup:
    """The digital skills that the company already has."""
    held = words.phrases("internal_skills", "name")
    if not held:
        return words("briefs.skills_missing")
    if "aucune" in case.choices("internal_skills"):
        return words("briefs.skills_none")
    return upper_first(words.plural("briefs.skills", len(held), what=words.listed(held)))


def goals(case: Case, words: Words, path: str) -> list[Row]:
    """What will be true in twelve months, and how it is measured."""
    authored = case.shelf.texts["common"]
    rows: list[Row] = []
    for sign in case.choices("success_signs"):
        kpi = authored["kpi_of_sign"].get(sign)
        if kpi is None:
            continue
        own = f"{path}.goals.{sign}"
        goal = words(own) if words.has(own) else words.choice("success_signs", sign, "goal")
        every = words(f"every.{authored['kpi_frequency'][kpi]}")
        rows.append((goal, Markup("{}, {}").format(indicator(words, kpi), every)))
    return rows


def indicator(words: Words, kpi: str) -> Markup:
    """An indicator in few words."""
    short = f"briefs.kpis.{kpi}"
    return words(short) if words.has(short) else words(f"kpis.{kpi}.brief")


def segments(case: Case, words: Words) -> list[Row]:
    """The roles that customers play besides buying, each with its moment and its channel."""
    roles = case.choices("customer_roles")
    return table(words, "briefs.segments", roles, "role", "moment", "channel")


def voiced(case: Case) -> bool:
    """Whether the priorities call for a voice-of-customer summary."""
    return not set(CARRIED).isdisjoint(case.choices("priority_projects"))


def purpose(case: Case, words: Words) -> Markup:
    """What the enterprise social network is for, when there is one."""
    if case.value("social_network") not in ("utilise", "peu"):
        return NOTHING
    head = Markup("<b>{}</b>").format(words("briefs.network.head"))
    return words.sentences(head, said(words, "social_network_purpose", "briefs.network"))


# -- The reply -------------------------------------------------------------------------------


def criteria(case: Case, words: Words, kind: Kind) -> list[Row]:
    """The scoring grid: criterion, weight once all are known, evidence; a hundred in all."""
    authored = case.shelf.texts["common"]["briefs"]
    own = tuple(authored["own_criteria"].get(kind.name, ()))
    rows = table(words, "briefs.criteria", own, "name", "proof")
    chosen = case.choices("selection_criteria")
    if not chosen and not kind.asks:
        chosen = tuple(authored["default_criteria"])
    for id_ in chosen:
        rows.append(tuple(words.choice("selection_criteria", id_, p) for p in ("name", "proof")))
    shares = [100 // len(rows) + (i < 100 % len(rows)) for i in range(len(rows))]
    percent = "{} %" if words.lang == "fr" else "{}%"
    return [
        (name, words.shown(percent.format(share)) if chosen else words.blank(), proof or NOTHING)
        for (name, proof), share in zip(rows, shares, strict=True)
    ]


def price(case: Case, words: Words) -> Markup:
    """« Forfait par livrable, 10 000 € HT au plus, dix jours indicatifs sur dix mois. »"""
    budget, months = case.number("mission_budget"), case.number("mission_months")
    volume = days(case, words)
    load = words("briefs.price_load_missing")
    if volume and months is not None:
        load = words("briefs.price_load", volume=volume, months=words.count("month", int(months)))
    parts = [said(words, "pricing_mode", "briefs.price"), priced(words, budget), load]
    return Markup(", ").join(parts) + "."


def priced(words: Words, budget: Decimal | None) -> Markup:
    """The ceiling, or that it is missing."""
    if budget is None:
        return words("briefs.price_ceiling_missing")
    return words("briefs.price_ceiling", budget=words.euros(budget))


def tested(case: Case, kind: Kind) -> bool:
    """Whether a test step opens the mission: by default, or after unhappy experience."""
    past = case.value("provider_experience")
    return kind.tests or (isinstance(past, int) and past <= UNHAPPY and kind.asks)


def test(case: Case, words: Words, kind: Kind) -> Markup:
    """The test step; nothing when there is none."""
    if not tested(case, kind):
        return NOTHING
    return clause(words, kind, "test", date=test_day(case, words))
