"""The assumptions that a person types, and what they change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.content.library import Library
from bot.conversation.reckoning import read_value
from bot.core.costs import Param

RATE = Param("charges_rate", Decimal("0.42"), "ratio", "indicative")
PAY = Param("cdo_gross", Decimal(100_000), "EUR_year", "assumption")
DAYS = Param("strategist_days", Decimal(25), "days", "assumption")


@pytest.mark.parametrize(
    ("param", "text", "expected"),
    [
        (RATE, "45 %", "0.45"),
        (RATE, "45", "0.45"),
        (RATE, "0,45", "0.45"),
        (RATE, "120 %", None),
        (PAY, "80 k€", "80000"),
        (PAY, "80 000 €", "80000"),
        (PAY, "80\u202f000", "80000"),
        (PAY, "80.000", "80000"),
        (PAY, "beaucoup", None),
        (PAY, "99999999999", None),
        (DAYS, "12", "12"),
        (DAYS, "12 jours", "12"),
        (DAYS, "-3", None),
    ],
)
def test_typed_values(param: Param, text: str, expected: str | None) -> None:
    assert read_value(param, text) == (None if expected is None else Decimal(expected))


def test_every_assumption_can_be_named_in_both_languages(library: Library) -> None:
    for param in library.costs.params:
        assert param.name.fr
        assert param.name.en
        if not (param.unit == "ratio" or param.unit.startswith("EUR")):
            assert f"params.unit.{param.unit}" in library.messages
