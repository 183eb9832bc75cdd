"""What typed answers mean."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import Library
from bot.core.dialog import Blank, Question, Text, Type
from bot.core.reading import Doubt, Forbidden, Refusal, Understood, read

TODAY = date(2026, 11, 24)
MONEY = Question("m", "x", Type.MONEY, Text("m", "m"))
DATE = Question("d", "x", Type.DATE, Text("d", "d"))
MONTHS = Question(
    "n",
    "x",
    Type.NUMBER,
    Text("n", "n"),
    minimum=Decimal(1),
    maximum=Decimal(36),
    unit={"fr": ("mois", "mois"), "en": ("month", "months"), "month": ("", "")},
)
FUNCTION = Question("f", "x", Type.TEXT, Text("f", "f"), max_len=80, checks=("wording", "person"))
AGE = Forbidden(re.compile(r"moins de \d{2} ans", re.IGNORECASE), "une limite d'âge", firm=True)
LOOKS = Forbidden(re.compile("bonne présentation", re.IGNORECASE), "l'apparence", firm=False)


@pytest.mark.parametrize(
    ("text", "amount", "sure"),
    [
        ("85 k€", 85_000, False),
        ("85k", 85_000, False),
        ("36k", 36_000, False),
        ("85 000", 85_000, True),
        ("85000", 85_000, True),
        ("85 000 €", 85_000, True),
        ("85\u202f000 euros", 85_000, True),
        ("85.000", 85_000, True),
        ("85,000", 85_000, True),
        ("85000,50 €", "85000.50", False),
        ("85 000,5", "85000.50", False),
        ("1,5 M€", 1_500_000, False),
        ("2 millions", 2_000_000, False),
        ("40 mille", 40_000, False),
        ("85", 85, False),
        ("0", 0, True),
        ("environ 36000", 36_000, False),
    ],
)
def test_amounts(text: str, amount: object, sure: bool) -> None:
    found = read(MONEY, text, "fr", TODAY)
    assert found == (Understood(Decimal(str(amount))) if sure else Doubt(Decimal(str(amount))))


@pytest.mark.parametrize("text", ["entre 40 et 50", "beaucoup", "40-50 k€", "", "-5000", "9" * 40])
def test_no_single_amount(text: str) -> None:
    assert isinstance(read(MONEY, text, "fr", TODAY), Refusal)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/01/2027", date(2027, 1, 15)),
        ("15/01/27", date(2027, 1, 15)),
        ("2027-01-15", date(2027, 1, 15)),
        ("15 janvier", date(2027, 1, 15)),
        ("le 15 décembre", date(2026, 12, 15)),
        ("15 DECEMBRE 2026", date(2026, 12, 15)),
        ("1er février 2027", date(2027, 2, 1)),
        ("15/12", date(2026, 12, 15)),
        ("15.12", date(2026, 12, 15)),
        ("15 December", date(2026, 12, 15)),
        ("December 15, 2026", date(2026, 12, 15)),
        ("mardi 15 décembre", date(2026, 12, 15)),
        ("29 février", date(2028, 2, 29)),
    ],
)
def test_dates_are_always_confirmed(text: str, day: date) -> None:
    assert read(DATE, text, "fr", TODAY) == Doubt(day)


def test_a_past_date_proposes_the_next_one() -> None:
    found = read(DATE, "3 mars 2026", "fr", TODAY)
    assert found == Doubt(date(2027, 3, 3), "past", said="2026-03-03")


@pytest.mark.parametrize("text", ["31/02/2027", "bientôt", "45/13", "15", "3026-01-01"])
def test_no_date(text: str) -> None:
    assert isinstance(read(DATE, text, "fr", TODAY), Refusal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", Understood(10)),
        ("10 mois", Understood(10)),
        ("10 months", Understood(10)),
        ("1 an", Doubt(12)),
        ("2 ans", Doubt(24)),
        ("douze", Doubt(12)),
        ("environ 10", Doubt(10)),
    ],
)
def test_numbers(text: str, expected: object) -> None:
    assert read(MONTHS, text, "fr", TODAY) == expected


@pytest.mark.parametrize(
    "text", ["48", "0", "-3", "2,5", "dix ou douze", "5 à 6", "je ne sais pas"]
)
def test_no_number_in_range(text: str) -> None:
    found = read(MONTHS, text, "fr", TODAY)
    assert isinstance(found, Refusal)
    assert found.reason == "number"


def test_labels(library: Library) -> None:
    question = library.dialogs["diagnostic"]["joint_decisions"]
    assert read(question, "environ chaque mois", "fr", TODAY) == Understood(4)
    assert read(question, "chaque mois", "fr", TODAY) == Doubt(4)
    assert read(question, "about once a month", "en", TODAY) == Understood(4)
    assert read(question, "Je ne sais pas", "fr", TODAY) == Understood(Blank.NSP)
    assert read(question, "environ", "fr", TODAY) == Refusal("text")
    assert read(question, "ça dépend vraiment des équipes", "fr", TODAY) == Refusal("text")
    assert read(question, "👍", "fr", TODAY) == Refusal("emoji")


def test_words_are_cleaned_measured_and_weighed() -> None:
    rules = (AGE, LOOKS)
    assert read(FUNCTION, " Direction\u200b générale ", "fr", TODAY) == Understood(
        "Direction générale"
    )
    assert read(FUNCTION, "x" * 81, "fr", TODAY) == Refusal("long", {"max": 80})
    person = read(FUNCTION, "Mme Durand", "fr", TODAY, rules)
    assert isinstance(person, Doubt)
    assert person.why == "person"
    age = read(FUNCTION, "Lyon, moins de 35 ans", "fr", TODAY, rules)
    assert age == Refusal("wording", {"words": "moins de 35 ans", "reason": "une limite d'âge"})
    looks = read(FUNCTION, "bonne présentation", "fr", TODAY, rules)
    assert isinstance(looks, Doubt)
    assert looks.why == "wording"


@given(st.text(max_size=200))
def test_anything_typed_is_read_without_a_fault(library: Library, text: str) -> None:
    for dialog in library.dialogs.values():
        for question in dialog.questions:
            for lang in ("fr", "en"):
                read(question, text, lang, TODAY)
