"""An interim or part-time CDO: the mandate, the handover, the exit date, the legal form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from markupsafe import Markup

from bot.documents import facts_briefs as briefs
from bot.documents.facts import Case
from bot.documents.facts_brief import UNWRITTEN, days
from bot.documents.facts_briefs_words import Kind, Row, records, table
from bot.documents.facts_calendar import share_of, working
from bot.documents.facts_duties import VALIDATED
from bot.documents.facts_job import LARGE, MANY
from bot.documents.facts_schedule import dated, deliverables
from bot.documents.facts_words import NOTHING, Words, upper_first

KIND = Kind("transition")
TOO_LARGE = ("e250_999", *LARGE)  # companies whose size would not explain time-share work
VEHICLES = ("freelance", "portage", "ettp", "group", "job")


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the brief that goes out."""
    default = case.shelf.texts["common"]["briefs"]["default_deliverables"]["transition"]
    tested = briefs.tested(case, KIND)
    return briefs.outgoing(case, words, KIND) | {
        "essential": essential(case, words),
        "duties": duties(case, words),
        "duties_missing": case.value("role_orientation") is None,
        "power": words.answer("decision_power", "row"),
        "backing": words.answer("sponsor", "role"),
        "deliverables": deliverables(case, words, default, test=tested),
        "proposed": not case.choices("deliverables"),
        "handover": handover(case, words),
        "vehicles": vehicles(case, words),
        "governance": governed(case),
        "deployment": records(words, "briefs.transition.deployment"),
        "k26": k26(case, words),
        "model_question": case.value("roadmap") in UNWRITTEN,
    }


def essential(case: Case, words: Words) -> Markup:
    """« En bref » : who is sought, with what power, until when."""
    seeks = briefs.opening(words, words("briefs.transition.seeks"))
    power = words.answer("decision_power", "essential")
    wanted = words.answer("role_orientation", "essential")
    return words.sentences(
        seeks + briefs.length(case, words) + ".",
        power + "." if power else NOTHING,
        words("job.expectation", what=wanted) if wanted else NOTHING,
        ends(case, words),
    )


def ends(case: Case, words: Words) -> Markup:
    """The exit date, or that it is still to be set."""
    last = words.day(_day(case, Decimal(1)))
    return words(f"briefs.transition.ends{'' if last else '_open'}", date=last)


def _day(case: Case, share: Decimal) -> date | None:
    start, months = case.day("start_date"), case.number("mission_months")
    if start is None or months is None:
        return None
    return share_of(start, int(months), share) if share else working(start)


def duties(case: Case, words: Words) -> list[Row]:
    """The duties of the main expectation as objectives, with the sign that each is met."""
    lines = case.shelf.texts["common"]["cdo_lines"]
    rows: list[Row] = []
    for name in lines.get(case.value("role_orientation"), lines["unknown"]):
        written = "run" if case.value("roadmap") in VALIDATED else "write"
        id_ = f"roadmap_{written}" if name == "roadmap" else name
        rows.append((words(f"missions.cdo.{id_}.t"), words(f"briefs.transition.done.{id_}")))
    return rows


def handover(case: Case, words: Words) -> list[Row]:
    """What must be seen, from the letter of engagement to the exit, and when."""
    shares = case.shelf.texts["common"]["briefs"]["handover_share"]
    rows: list[Row] = []
    said_year = 0
    for id_, written in shares.items():
        share = Decimal(written)
        day = _day(case, share)
        when = dated(case, words, share, day, with_year=day is not None and day.year != said_year)
        said_year = day.year if day else said_year
        path = f"briefs.transition.handover.{id_}"
        rows.append((words(f"{path}.name"), when, words(f"{path}.seen")))
    return rows


def vehicles(case: Case, words: Words) -> list[Row]:
    """The legal forms, the conditions read, and what to check for this company."""
    large = case.value("headcount") in TOO_LARGE or case.value("headcount") is None
    rows = table(words, "briefs.transition.vehicles", VEHICLES, "name", "read", "check")
    if not large:
        return rows
    doubt = words("briefs.transition.vehicles.ettp.check_large")
    i = VEHICLES.index("ettp")
    return [(*row[:2], doubt) if n == i else row for n, row in enumerate(rows)]


def governed(case: Case) -> bool:
    """Whether the company or its portfolio is large enough for a four-stage governance."""
    return case.value("headcount") in LARGE or case.value("projects") in MANY


def k26(case: Case, words: Words) -> Markup:
    """The caution on a long, nearly full-time mission."""
    if "K26" not in case.open or days(case) is None:
        return NOTHING
    given = volume(case, words)
    return words("briefs.k26", days=upper_first(given["days"]), months=given["months"])


def volume(case: Case, words: Words) -> dict[str, Markup]:
    """The days a month and the months, in words."""
    per_month, months = case.number("days_per_month"), case.number("mission_months")
    return {
        "days": words.count("day", int(per_month or 0)),
        "months": words.count("month", int(months or 0)),
    }
