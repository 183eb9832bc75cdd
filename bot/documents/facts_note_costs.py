"""What the note compares: the option proposed, the next one, and a permanent CDO."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.core import checks, costs
from bot.documents.facts import Case
from bot.documents.facts_common import short
from bot.documents.facts_costs import rates
from bot.documents.facts_words import Words, upper_first

BENCHMARK = "permanent_cdo"

Row = tuple[Markup, str, str, Markup]
"""An option, its first year, three years (empty when unknown), and what it brings."""


def rows(case: Case, words: Words) -> list[Row]:
    """At most three; the last one goes first when room is short."""
    first = dict.fromkeys((case.option, case.advice.top, *case.advice.ranking))
    options = list(first)[:2]
    found = [_row(case, words, option) for option in options]
    if BENCHMARK not in options:
        name, *rest = _row(case, words, BENCHMARK)
        found.append((words("note.reference", name=name), *rest))  # type: ignore[arg-type]
    return found


def _row(case: Case, words: Words, option: str) -> Row:
    name = upper_first(words.shown(short(case, words, option)))
    a_month = words.number(int(case.params["facilitator_days_month"]))
    gets = upper_first(words(f"gets.{option}", days=a_month))
    days = _load(case)
    if option == "interim_cdo":
        if days is None:
            return name, "", "", gets
        name = words("note.with_days", name=name, days=words.count("day", int(days)))
    years = _years(case, option, days or costs.ZERO)
    return name, words.euros(years[0]), words.euros(sum(years, costs.ZERO)), gets


def amounts(case: Case, words: Words, option: str) -> tuple[str, str]:
    """The first year and three years of an option; empty when the load is not known."""
    _, first, three, _ = _row(case, words, option)
    return first, three


def _years(case: Case, option: str, days: Decimal) -> costs.Years:
    """The pay range of the job description counts, when there is one."""
    if option != BENCHMARK:
        return costs.years(case.params, option, days)
    asked = case.checked(case.values)
    pay, share = checks.pay_middle(asked), checks.variable_share(asked)
    return costs.permanent(case.params, pay, share)


def first_year(case: Case) -> Decimal:
    """What the option chosen takes from the budget in its first year."""
    return costs.spend(case.params, case.option, _load(case) or costs.ZERO)


def _load(case: Case) -> Decimal | None:
    return case.shelf.costs.load_days.get(str(case.value("steering_days")))


def rent(case: Case, words: Words, need: bool = True) -> Markup:
    """The days a month below which renting is cheaper than buying, beside the need."""
    found = rates(case, words)
    given = {"days": found["d"], "rate": found["timeshare"]}
    if case.value("steering_days") is None or not need:
        return words("note.rent", **given)
    return words("note.rent_load", load=words.answer("steering_days", "load"), **given)
