"""Agreement and statuses, on the specification's test vectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.divergence import Cuts, agreement, read_item

VECTORS = [
    (5, "3 3 3 3", 1.0, "accord"),
    (5, "4 4 4 5", 0.875, "accord"),
    (5, "2 2 3", 0.833, "accord"),
    (5, "2 3 3 4", 0.625, "accord"),
    (5, "1 1 2 3", 0.625, "accord"),
    (5, "1 3 3 3", 0.583, "isole"),
    (5, "2 2 4 4", 0.167, "opposes"),
    (5, "1 2 4 5 5", 0.089, "opposes"),
    (5, "1 2 3 4 5", 0.0, "opposes"),
    (5, "1 1 1 5", 0.0, "isole"),
    (5, "1 3 5", -0.278, "opposes"),
    (5, "1 1 5 5", -1.0, "opposes"),
    (4, "3 3 3 4", 0.833, "accord"),
    (4, "1 2 3 4", 0.0, "opposes"),
    (4, "1 1 4 4", -1.0, "opposes"),
    (5, "3 3", None, "proches"),
    (5, "2 4", None, "ecart"),
    (5, "1 5", None, "ecart_fort"),
]


@pytest.mark.parametrize(("categories", "answers", "found", "status"), VECTORS)
def test_vectors(categories: int, answers: str, found: float | None, status: str) -> None:
    reading = read_item([int(n) for n in answers.split()], categories, Cuts())
    assert (reading.agreement, reading.status) == (found, status)


def test_the_published_example() -> None:
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333)


@given(st.lists(st.integers(1, 5), min_size=3, max_size=8))
def test_agreement_is_bounded_and_symmetric(answers: list[int]) -> None:
    counts = [answers.count(n) for n in range(1, 6)]
    found = agreement(counts)
    assert -1 <= found <= 1
    assert found == pytest.approx(agreement(counts[::-1]))
    assert (found == pytest.approx(1)) == (len(set(answers)) == 1)


def test_nobody_answered() -> None:
    with pytest.raises(ValueError, match="no answers"):
        agreement([0, 0, 0, 0, 0])
