"""A third round is « the last » wherever it is named, and the words of people stay theirs."""

from __future__ import annotations

from dataclasses import replace

from bot.content.library import Library
from tests.committees import five
from tests.playing import normal
from tests.round_table import Table


def test_the_third_round_is_the_last(library: Library) -> None:
    table = Table(library, five(library))
    table.press("DG", "close_yes")
    table.press("DG", "facts_all")
    table.press("DG", "second_open")
    table.session = replace(table.session, rounds=2)
    said = [normal(table.press("COM", "second").text)]
    table.command("COM", "/statut")
    said.append(normal(table.chairs["COM"].text))
    words = " ".join(" ".join(lines) for lines in said)
    assert "Dernier tour · 1/5" in words
    assert "Dernier tour ouvert jusqu'au" in words
    assert "econd tour" not in words
