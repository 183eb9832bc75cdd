"""A third round is « the last » wherever it is named, and the words of people stay theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.conversation.participating import counted, participation_screen
from bot.core.session import Phase
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


@pytest.mark.parametrize(
    ("lang", "second", "last"),
    [("fr", "Second tour", "Dernier tour"), ("en", "Second round", "Last round")],
)
def test_the_group_reads_which_round_it_is(
    library: Library, lang: str, second: str, last: str
) -> None:
    table = Table(library, five(library), langs={"DG": lang})
    for deed in ("close_yes", "facts_all", "second_open"):
        table.press("DG", deed)
    under_way = table.session
    over = replace(under_way, phase=Phase.CLOSED, final=under_way.digest)
    for session in (under_way, over):
        for rounds, name in ((1, second), (2, last)):
            turn = table.turn("DG").convened(replace(session, rounds=rounds))
            assert participation_screen(turn).text.startswith(name)
    assert counted(replace(under_way, board=1)) != counted(replace(over, board=1))
