"""The facilitator's role sheet, annexed to the brief: a role to fill, never a job."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_common import common
from bot.documents.facts_words import Words, inside, upper_first


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the role sheet. It goes out: neither scores, nor sources, nor obstacles."""
    authored = case.shelf.texts["common"]["role"]
    written = case.value("roadmap") in authored["validated"]
    return common(case, words) | {
        "title": words.plain("titles.facilitateur.h"),
        "purpose": words(f"role.purpose{'' if written else '_open'}"),
        "industry": inside(case.text("industry")),
        "size": words(f"role.size.{case.value('headcount') or 'unknown'}"),
        "projects": words.series(words.phrases("priority_projects", "brief")),
        "length": length(case, words),
        "start": words.day(case.day("start_date")),
        "lead": upper_first(words.shown(case.text("mission_lead"))),
        "decides": words(f"role.power.{case.value('decision_power') or 'unknown'}"),
        "budget": budget(case, words),
        "missions": missions(words, authored["missions"], written=written),
        "abilities": abilities(words, authored["abilities"]),
        "skills": skills(case, words),
    }


def length(case: Case, words: Words) -> Markup:
    """The months and the days of the mission, which leave the provider free."""
    months, days = case.number("mission_months"), case.number("days_per_month")
    given = {
        "months": upper_first(words.count("month", int(months))) if months else "",
        "days": words.count("day", int(days)) if days else "",
    }
    if months:
        return words(f"role.length{'' if days else '_months'}", **given)
    return words(f"role.length_{'days' if days else 'none'}", **given)


def budget(case: Case, words: Words) -> Markup:
    """The project budget and who commits it."""
    amount = case.number("managed_budget")
    if amount is None:
        return words.blank()
    return words("role.budget", amount=words.euros(amount)) if amount else words("role.budget_none")


def missions(words: Words, names: list[str], *, written: bool) -> list[Markup]:
    """The four missions; the roadmap is first written where there is none."""
    ids = ["roadmap_write" if id_ == "roadmap" and not written else id_ for id_ in names]
    return [words(f"role.missions.{id_}") for id_ in ids]


def abilities(words: Words, names: list[str]) -> list[tuple[Markup, Markup, Markup]]:
    """The four abilities, what each is for here, and the proof that the brief asks for."""
    found = []
    for id_ in names:
        asked = f"briefs.criteria.{id_}"
        row = (words(f"{asked}.name"), words(f"role.abilities.{id_}"), words(f"{asked}.proof"))
        found.append(row)
    return found


def skills(case: Case, words: Words) -> list[tuple[Markup, Markup]]:
    """The skills useful from the first week, each with its proof."""
    known = [id_ for id_ in case.choices("essential_skills") if words.has(f"skills.{id_}")]
    return [(words(f"skills.{id_}.t"), words(f"skills.{id_}.proof")) for id_ in known]
