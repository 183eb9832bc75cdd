"""The cost model gives the worked examples of the specification, to the euro."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.content.library import Library
from bot.core import costs

D = Decimal


def euros(amount: Decimal) -> int:
    return int(amount.to_integral_value(rounding="ROUND_HALF_UP"))


YEARS = [
    ("permanent_cdo", 8, (184_200, 165_324, 168_510), 518_034),
    ("interim_cdo", 4, (43_200, 43_200, 43_200), 129_600),
    ("interim_cdo", 8, (86_400, 86_400, 86_400), 259_200),
    ("interim_cdo", 13, (140_400, 140_400, 140_400), 421_200),
    ("strategist_then_specialist", 8, (80_950, 71_178, 72_482), 224_610),
    ("facilitator", 8, (43_200, 0, 0), 43_200),
    ("apprentice", 8, (27_068, 25_656, 0), 52_724),
    ("reorganise", 8, (37_200, 5_000, 5_000), 47_200),
    ("clarify_first", 8, (7_800, 0, 0), 7_800),
]


@pytest.mark.parametrize(("option", "days", "expected", "total"), YEARS)
def test_years(
    library: Library, option: str, days: int, expected: tuple[int, ...], total: int
) -> None:
    found = costs.years(library.costs.defaults, option, D(days))
    assert tuple(euros(year) for year in found) == expected
    assert euros(sum(found, D(0))) == total


def test_the_employer_pays_more_than_the_salary(library: Library) -> None:
    p = library.costs.defaults
    assert costs.employer_year(p, D(100_000), D("0.1")) == D(162_200)
    assert euros(costs.employer_year({**p, "cdo_gross": D(80_000)}, D(80_000), D("0.1"))) == 130_960
    assert euros(costs.gross_within(p, D(50_000))) == 30_986


@pytest.mark.parametrize(
    ("gross", "rate", "days"),
    [
        (100_000, 900, "15.0"),
        (100_000, 1_000, "13.5"),
        (100_000, 1_200, "11.3"),
        (80_000, 900, "12.1"),
        (80_000, 1_200, "9.1"),
        (130_000, 900, "19.4"),
        (130_000, 1_200, "14.5"),
        (150_000, 900, "22.2"),
        (150_000, 1_200, "16.7"),
    ],
)
def test_days_from_which_buying_is_cheaper(
    library: Library, gross: int, rate: int, days: str
) -> None:
    p = library.costs.defaults
    year = costs.employer_year(p, D(gross), D("0.1"))
    assert round(costs.break_even_days(p, D(rate), year), 1) == D(days)


@pytest.mark.parametrize(
    ("days", "rate", "months"),
    [
        (4, 900, None),
        (8, 1_200, None),
        (13, 900, None),
        (13, 1_200, "36.5"),
        (16, 900, "86.1"),
        (16, 1_200, "13.4"),
        (18, 900, "28.3"),
        (18, 1_200, "9.4"),
    ],
)
def test_months_after_which_buying_is_cheaper(
    library: Library, days: int, rate: int, months: str | None
) -> None:
    found = costs.break_even_months(library.costs.defaults, D(days), D(rate))
    assert (None if found is None else round(found, 1)) == (None if months is None else D(months))


def test_without_the_cost_of_leaving(library: Library) -> None:
    found = costs.break_even_months(library.costs.defaults, D(13), D(1_200), with_exit=False)
    assert found is not None
    assert round(found, 1) == D("10.6")


@pytest.mark.parametrize(("share", "cost"), [("0.10", 7_440), ("0.15", 4_960), ("0.20", 3_720)])
def test_a_strategic_day_of_an_employed_cdo(library: Library, share: str, cost: int) -> None:
    assert euros(costs.strategic_day(library.costs.defaults, D(share))) == cost


def test_internal_time_is_not_taken_from_the_budget(library: Library) -> None:
    assert costs.spend(library.costs.defaults, "reorganise", D(4)) == D(18_000)
