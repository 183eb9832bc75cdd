"""A third round is « the last » wherever it is named, and the words of people stay theirs."""

from __future__ import annotations

from dataclasses import replace

from tests.playing import normal
from tests.round_table import Table, second


def test_the_third_round_is_the_last(table: Table) -> None:
    second(table)
    table.session = replace(table.session, rounds=2)
    said = [normal(table.press("COM", "second").text)]
    table.command("COM", "/statut")
    said.append(normal(table.readers["COM"].text))
    words = " ".join(" ".join(lines) for lines in said)
    assert "Dernier tour · 1/5" in words
    assert "Dernier tour ouvert jusqu'au" in words
    assert "econd tour" not in words
