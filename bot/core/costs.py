"""« Faites le bon calcul » : what each way costs over one and three years, and when to buy.

Decimal euros excluding VAT, never rounded here; every parameter can be changed by the
person. Formulas: domain 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.core.dialog import NOTHING, Text

Params = Mapping[str, Decimal]
Years = tuple[Decimal, Decimal, Decimal]

WEEKS_WITH_TUTOR = 47
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Param:
    """One assumption of the cost model, with its unit, how sure it is and where it comes from."""

    id: str
    value: Decimal
    unit: str
    status: str
    name: Text = NOTHING
    source: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CostModel:
    """The assumptions, the days a month behind each load, and each budget band's upper bound."""

    params: tuple[Param, ...]
    load_days: Mapping[str, Decimal]
    budget_max: Mapping[str, Decimal]

    @property
    def defaults(self) -> Params:
        """Every assumption at its default."""
        return {param.id: param.value for param in self.params}


def employer_year(p: Params, gross: Decimal, variable: Decimal = ZERO) -> Decimal:
    """What an employee costs in a year, in euros: pay, contributions and overhead."""
    return gross * (1 + variable) * (1 + p["charges_rate"]) + p["overhead_year"]


def gross_within(p: Params, budget: Decimal) -> Decimal:
    """The gross annual pay, in euros, that a yearly budget can carry."""
    return (budget - p["overhead_year"]) / (1 + p["charges_rate"])


def recruit_fee(p: Params, gross: Decimal, variable: Decimal = ZERO) -> Decimal:
    """The recruiter's fee for one hire, in euros."""
    return p["recruit_fee_rate"] * gross * (1 + variable)


def _raised(p: Params, year: Decimal, k: int) -> Decimal:
    """The same post in its k-th year (1 = first): pay grows, the overhead does not."""
    return (year - p["overhead_year"]) * (1 + p["pay_growth"]) ** (k - 1) + p["overhead_year"]


def permanent(p: Params, gross: Decimal | None = None, variable: Decimal | None = None) -> Years:
    """A CDO on a permanent contract."""
    gross = p["cdo_gross"] if gross is None else gross
    variable = p["cdo_variable"] if variable is None else variable
    year = employer_year(p, gross, variable)
    return year + recruit_fee(p, gross, variable), _raised(p, year, 2), _raised(p, year, 3)


def timeshare(p: Params, days_month: Decimal) -> Years:
    """A part-time CDO at the time-share rate throughout (the simple mode of domain 7)."""
    year = days_month * 12 * p["timeshare_day_rate"]
    return year, year, year


def strategist(p: Params) -> Years:
    """A strategist, then a specialist who starts in the given month."""
    days = p["strategist_days"] + p["strategist_follow_days"]
    year = employer_year(p, p["specialist_gross"])
    present = (12 - p["specialist_start_month"]) / 12
    first = days * p["strategist_day_rate"] + year * present
    fee = recruit_fee(p, p["specialist_gross"])
    return first + fee, _raised(p, year, 2), _raised(p, year, 3)


def facilitator(p: Params) -> Years:
    """One mission of an independent facilitator."""
    days = p["facilitator_days_month"] * p["facilitator_months"]
    return p["facilitator_day_rate"] * days, ZERO, ZERO


def apprentice(p: Params) -> Years:
    """Two years of apprenticeship: pay, grant, supervision and the consultant's follow-up."""
    base = p["smic_month"] * 12 * (1 + p["app_charges_rate"])
    tutor = p["tutor_hours_week"] * WEEKS_WITH_TUTOR * p["tutor_hour_cost"]
    follow = p["follow_day_rate"]
    first = base * p["app_rate_y1"] - p["app_aid_y1"] + p["app_employer_share"]
    second = base * p["app_rate_y2"]
    return (
        first + tutor + p["follow_days_y1"] * follow,
        second + tutor + p["follow_days_y2"] * follow,
        ZERO,
    )


def reorganisation(p: Params) -> Years:
    """Internal time, outside facilitation and training; then yearly upkeep."""
    inside = p["reorg_team"] * p["reorg_days_each"] * p["internal_day_cost"]
    outside = p["reorg_facil_days"] * p["strategist_day_rate"]
    return inside + outside + p["reorg_training"], p["reorg_run_year"], p["reorg_run_year"]


def clarification(p: Params) -> Years:
    """A few facilitated days and the committee's own."""
    outside = p["clarify_days"] * p["strategist_day_rate"]
    return outside + p["clarify_internal_days"] * p["internal_day_cost"], ZERO, ZERO


def years(p: Params, option: str, days_month: Decimal) -> Years:
    """The three yearly costs of an option, in euros. Raises KeyError for an unknown option."""
    return {
        "permanent_cdo": lambda: permanent(p),
        "interim_cdo": lambda: timeshare(p, days_month),
        "strategist_then_specialist": lambda: strategist(p),
        "facilitator": lambda: facilitator(p),
        "apprentice": lambda: apprentice(p),
        "reorganise": lambda: reorganisation(p),
        "clarify_first": lambda: clarification(p),
    }[option]()


def spend(p: Params, option: str, days_month: Decimal) -> Decimal:
    """What the first year takes from the budget, in euros: internal time is not paid out of it."""
    inside = {
        "apprentice": p["tutor_hours_week"] * WEEKS_WITH_TUTOR * p["tutor_hour_cost"],
        "reorganise": p["reorg_team"] * p["reorg_days_each"] * p["internal_day_cost"],
        "clarify_first": p["clarify_internal_days"] * p["internal_day_cost"],
    }
    return years(p, option, days_month)[0] - inside.get(option, ZERO)


def break_even_days(p: Params, day_rate: Decimal, year: Decimal | None = None) -> Decimal:
    """The days a month above which buying is cheaper than renting, in steady state."""
    cost = employer_year(p, p["cdo_gross"], p["cdo_variable"]) if year is None else year
    return cost / 12 / day_rate


def break_even_months(
    p: Params,
    days_month: Decimal,
    day_rate: Decimal,
    gross: Decimal | None = None,
    variable: Decimal | None = None,
    *,
    with_exit: bool = True,
) -> Decimal | None:
    """The months after which buying is cheaper than renting; None when it never is."""
    gross = p["cdo_gross"] if gross is None else gross
    variable = p["cdo_variable"] if variable is None else variable
    month = employer_year(p, gross, variable) / 12
    saved = days_month * day_rate - month
    if saved <= 0:
        return None
    leaving = p["exit_months"] * month if with_exit else ZERO
    return (recruit_fee(p, gross, variable) + leaving) / saved


def strategic_day(p: Params, share: Decimal) -> Decimal:
    """The cost in euros of one strategic day of an employed CDO, all cost put on strategy."""
    year = employer_year(p, p["cdo_gross"], p["cdo_variable"])
    return year / (p["working_days_year"] * share)
