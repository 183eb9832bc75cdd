"""What the provider delivers: in what form, by when, approved by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_calendar import milestone, share_of
from bot.documents.facts_words import Words, upper_first

LONGEST_TEST = 30  # days

Row = tuple[Markup, Markup, Markup, Markup]


def deliverables(
    case: Case, words: Words, default: Sequence[str] = (), *, test: bool = True
) -> list[Row]:
    """The test step if there is one, then each deliverable in the order in which it is due."""
    authored = case.shelf.texts["common"]
    shares = {id_: Decimal(share) for id_, share in authored["deliverable_share"].items()}
    wanted = case.choices("deliverables") or default or authored["deliverable_default"]
    due = sorted((id_ for id_ in wanted if id_ in shares), key=lambda id_: shares[id_])
    rows, said = [], 0
    for id_ in ("test", *due) if test else due:
        day = _tested(case) if id_ == "test" else _day(case, shares[id_])
        when = dated(case, words, shares[id_], day, with_year=day is not None and day.year != said)
        said = day.year if day else said
        rows.append(_row(case, words, id_, when))
    return rows


def _row(case: Case, words: Words, id_: str, when: Markup) -> Row:
    name = words.choice("deliverables", id_, "name")
    form = words.choice("deliverables", id_, "form")
    usual = id_ in case.shelf.texts["common"]["deliverable_committee"]
    committee = {"pilote": False, "codir": True}.get(case.value("deliverable_approvers"), usual)
    lead = upper_first(words.shown(case.text("mission_lead")))
    return name, form, when, words("brief.validated_by") if committee else lead


def _day(case: Case, share: Decimal) -> date | None:
    start, months = case.day("start_date"), case.number("mission_months")
    return None if start is None or months is None else share_of(start, int(months), share)


def _tested(case: Case) -> date | None:
    """The end of the test step: a tenth of the mission, a month at most."""
    start = case.day("start_date")
    day = _day(case, Decimal(case.shelf.texts["common"]["deliverable_share"]["test"]))
    return None if start is None or day is None else min(day, milestone(start, LONGEST_TEST))


def dated(case: Case, words: Words, share: Decimal, day: date | None, *, with_year: bool) -> Markup:
    """The date; the month of the mission when it has no start; else a field to complete."""
    if day is not None:
        return words.shown(words.day(day, year=with_year))
    months = case.number("mission_months")
    if months is None:
        return words.blank()
    reached = int((months * share).to_integral_value(ROUND_CEILING))
    return upper_first(words("brief.month", n=max(1, reached)))


def test_day(case: Case, words: Words) -> str:
    """The day of the first report, after which either side may stop."""
    return words.day(_tested(case))
