"""The follow-up of an apprentice: with whom the time is spent, and what is seen by when."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.documents import facts_briefs as briefs
from bot.documents.facts import Case
from bot.documents.facts_brief import UNWRITTEN
from bot.documents.facts_briefs_words import Kind, Row, records
from bot.documents.facts_calendar import milestone, share_of
from bot.documents.facts_words import NOTHING, Words, upper_first

KIND = Kind("suivi", asks=False)
MARKS = (30, 90, 180, 365)  # days after the start


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the brief that goes out."""
    path = "briefs.suivi"
    unwritten = case.value("roadmap") in UNWRITTEN
    return briefs.outgoing(case, words, KIND) | {
        "essential": essential(case, words),
        "prerequisite": words(f"{path}.prerequisite") if unwritten else NOTHING,
        "total": total(case, words),
        "time": records(words, f"{path}.time"),
        "milestones": milestones(case, words),
        "horizon": words.answer("results_horizon", "brief"),
        "brakes": brakes(words),
        "does": records(words, f"{path}.does"),
        "deliverables": deliverables(case, words),
    }


def essential(case: Case, words: Words) -> Markup:
    """« En bref » : whom to follow up, how long, and what the consultant leaves to others."""
    seeks = briefs.opening(words, words("briefs.suivi.seeks"))
    return words.sentences(
        seeks + briefs.length(case, words) + ".", words("briefs.suivi.essential")
    )


def total(case: Case, words: Words) -> Markup:
    """The days a month, and for how long."""
    per_month, months = case.number("days_per_month"), case.number("mission_months")
    if per_month is None or months is None:
        return words("briefs.suivi.total_missing")
    days = upper_first(words.count("day", int(per_month)))
    return words("briefs.suivi.total", days=days, months=words.count("month", int(months)))


def milestones(case: Case, words: Words) -> list[Row]:
    """The first visible results that fall within the mission, each with its date."""
    start, months = case.day("start_date"), case.number("mission_months")
    rows: list[Row] = []
    for days in MARKS:
        if rows and months is not None and not _within(days, int(months)):
            break
        when = words("briefs.suivi.after", n=days)
        if start:
            when = words("milestones.dated", n=days, date=words.day(milestone(start, days)))
        rows.append((when, words(f"briefs.suivi.milestones.{days}")))
    return rows


def _within(days: int, months: int) -> bool:
    return days <= months * 31


def brakes(words: Words) -> Markup:
    """The action that each obstacle calls for, beside the record of use."""
    actions = words.phrases("adoption_brakes", "brief")
    what = Markup(", ").join(actions)
    return words(f"briefs.suivi.brakes{'' if actions else '_none'}", what=what)


def deliverables(case: Case, words: Words) -> list[Row]:
    """A monthly note, a quarterly report, the review and the transfer at the end."""
    path = "briefs.suivi.deliverables"
    start, months = case.day("start_date"), case.number("mission_months")
    end = words("briefs.suivi.end")
    if start and months is not None:
        end = words.shown(words.day(share_of(start, int(months), Decimal(1))))
    when = {
        "note": words("briefs.months_every.monthly"),
        "report": words("briefs.months_every.quarterly"),
        "transfer": end,
    }
    return [
        (words(f"{path}.{id_}.name"), day, approver(case, words, f"{path}.{id_}.approver"))
        for id_, day in when.items()
    ]


def approver(case: Case, words: Words, path: str) -> Markup:
    """Who approves: a body that the texts name, or the lead of the mission."""
    name = words.plain(path)
    if name == "lead":
        return upper_first(words.shown(case.text("mission_lead")))
    return words(f"briefs.approvers.{name}")
