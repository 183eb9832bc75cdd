"""« Faites le bon calcul » as printed: what the post costs, rent or buy, the options compared."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.core import checks, costs
from bot.documents.facts import Case
from bot.documents.facts_common import short
from bot.documents.facts_words import NOTHING, Words, rounded, upper_first


def post_cost(case: Case) -> Decimal:
    """A year of the post at the middle of its range, variable pay included; else by default."""
    return costs.employer_year(case.params, _pay(case), _variable(case))


def _pay(case: Case) -> Decimal:
    pay = checks.pay_middle(case.checked(case.values))
    return case.params["cdo_gross"] if pay is None else pay


def _variable(case: Case) -> Decimal:
    return checks.variable_share(case.checked(case.values))


def full_cost(case: Case, words: Words) -> Markup:
    """The year, the first year with the fee, three years, and what the budget makes of it."""
    years = costs.permanent(case.params, _pay(case), _variable(case))
    amounts = {
        "year": words.euros(post_cost(case)),
        "first": words.euros(years[0]),
        "three": words.euros(sum(years)),
    }
    known = checks.pay_middle(case.checked(case.values)) is not None
    if known:
        said = words("cautions.cost.text", **amounts)
    else:
        gross = words.euros(case.params["cdo_gross"])
        said = words("cautions.cost.text_default", gross=gross, **amounts)
    assumed = NOTHING
    if case.number("variable_pay") is None:
        assumed = words("cautions.variable_assumed", n=rounded(_variable(case) * 100))
    return words.sentences(said, assumed, budget(case, words))


def budget(case: Case, words: Words) -> Markup:
    """Whether the yearly budget covers the post."""
    band, top = case.value("annual_budget"), checks.budget_top(case.checked(case.values))
    named = words.answer("annual_budget", "band")
    if top is None:
        known = {None: "unknown", "indecis": "undecided"}.get(band, "no_ceiling")
        return words(f"cautions.budget.{known}", band=named)
    if band in checks.NO_CEILING:
        named = words("cautions.budget.ceiling", amount=words.euros(top))
    cost = post_cost(case)
    if cost > top:
        gross = costs.gross_within(case.params, top)
        if gross < case.params["smic_month"] * 12:
            return words("cautions.budget.far", band=named)
        floor = words.euros(int(gross / (1 + _variable(case))))
        return words("cautions.budget.short", band=named, gross=floor)
    bounds = [m for m in case.shelf.costs.budget_max.values() if m < top]
    lower = top if band in checks.NO_CEILING else max(bounds, default=costs.ZERO)
    return words(f"cautions.budget.{'covers' if cost <= lower else 'partly'}", band=named)


def budget_is(case: Case, words: Words) -> Markup:
    """« le budget est de 20 à 50 k€ », or the ceiling given for want of one."""
    top = checks.budget_top(case.checked(case.values))
    if top is None or case.value("annual_budget") not in checks.NO_CEILING:
        return words.answer("annual_budget", "is")
    return words("cautions.budget.ceiling_is", amount=words.euros(top))


def rates(case: Case, words: Words) -> dict[str, object]:
    """The two day rates and, for each, the days a month above which buying is cheaper."""
    p, year = case.params, post_cost(case)
    timeshare, interim = p["timeshare_day_rate"], p["interim_day_rate"]
    return {
        "timeshare": words.euros(timeshare),
        "interim": words.euros(interim),
        "d": rounded(costs.break_even_days(p, timeshare, year)),
        "e": rounded(costs.break_even_days(p, interim, year)),
    }


def rent_or_buy(case: Case, words: Words) -> Markup:
    """After how many months hiring becomes cheaper than either way of renting."""
    given = rates(case, words)
    days = case.shelf.costs.load_days.get(str(case.value("steering_days")))
    if days is None:
        return words("cautions.rent.unknown", **given)
    after_interim = _months(case, days, "interim_day_rate", _pay(case))
    after_timeshare = _months(case, days, "timeshare_day_rate", _pay(case))
    given |= {"days": days, "a": after_interim or 0, "b": after_timeshare or 0}
    if after_interim is None:
        return words("cautions.rent.never", **given)
    if after_timeshare is None:
        return words("cautions.rent.one", **given) + _too_short(case, words, after_interim)
    said = words("cautions.rent.both", **given)
    top = case.number("pay_max")
    if top and _months(case, days, "timeshare_day_rate", top) is None:
        said += words("cautions.rent.at_top")
    return said + _too_short(case, words, after_interim)


def _months(case: Case, days: Decimal, rate: str, gross: Decimal) -> int | None:
    p = case.params
    months = costs.break_even_months(p, days, p[rate], gross, _variable(case))
    return None if months is None else rounded(months)


def _too_short(case: Case, words: Words, months: int) -> Markup:
    longest = case.shelf.texts["common"]["duration_months"].get(case.value("need_duration"))
    if longest is None or int(longest) >= months:
        return NOTHING
    return words("cautions.rent.too_short", length=words.answer("need_duration", "length"))


def renting(case: Case, words: Words) -> Markup:
    """The same threshold seen from a mission: is the load planned above or below it?"""
    given = rates(case, words)
    load = case.value("steering_days")
    if load is None:
        return words("sheet.rent_unknown", **given)
    place = {"j16": "rent_high", "j11_15": "rent_near"}.get(load, "rent_low")
    return words(f"sheet.{place}", at=words.answer("steering_days", "at"), **given)


def compared(case: Case, words: Words) -> list[tuple[Markup, str, str, Markup]]:
    """The option chosen, the next best and, for reference, a permanent CDO."""
    ranking = [id_ for id_ in case.advice.ranking if id_ != case.option]
    ready = [option for option in (case.option, *ranking) if _row(case, words, option)]
    options = dict.fromkeys([*ready[:2], "permanent_cdo"])
    return [row for option in options if (row := _row(case, words, option))]


def _row(case: Case, words: Words, option: str) -> tuple[Markup, str, str, Markup] | None:
    days = case.shelf.costs.load_days.get(str(case.value("steering_days")))
    if option == "interim_cdo" and days is None:
        return None
    years = costs.years(case.params, option, days or costs.ZERO)
    per_month = words.number(int(case.params["facilitator_days_month"]))
    gets = upper_first(words(f"gets.{option}", days=per_month))
    name = upper_first(words.shown(short(case, words, option)))
    return name, words.euros(years[0]), words.euros(sum(years)), gets
