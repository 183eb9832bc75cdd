"""A third round is « the last » wherever it is named, and the words of people stay theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.conversation.session.participating import counted, participation_screen
from bot.core.session import Phase
from tests.committees import five
from tests.playing import normal
from tests.round_table import Table, answer_again, finished, second


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


@pytest.mark.parametrize(
    ("lang", "between", "last"),
    [("fr", "Second tour", "Dernier tour"), ("en", "Second round", "Last round")],
)
def test_the_group_reads_which_round_it_is(
    library: Library, lang: str, between: str, last: str
) -> None:
    table = Table(library, five(library), langs={"DG": lang})
    for deed in ("close_yes", "facts_all", "second_open"):
        table.press("DG", deed)
    under_way = table.session
    over = replace(under_way, phase=Phase.CLOSED, final=under_way.digest)
    for session in (under_way, over):
        for rounds, name in ((1, between), (2, last)):
            turn = table.turn("DG").convened(replace(session, rounds=rounds))
            assert participation_screen(turn).text.startswith(name)
    assert counted(replace(under_way, board=1)) != counted(replace(over, board=1))


def test_an_erasure_in_the_last_round_counts_the_choices_of_every_round(library: Library) -> None:
    table = finished(Table(library, five(library)), {"COM": {"clarity_of_why": "3"}})
    before = len(table.readers["COM"].state.member.again)  # type: ignore[union-attr]
    table.press("DG", "second_open")
    answer_again(table, "COM")
    again = len(table.session.items)
    assert before > again > 0
    table.command("COM", "/effacer")
    chair = table.press("COM", "leaving", "answers")
    assert f"et vos {before + again} choix des tours suivants est définitif" in chair.text
    chair = table.press("COM", "leave", "answers")
    assert f"Effacé : 24 réponses, {before + again} choix." in " ".join(normal(chair.text))
    assert "ceux du dernier tour seront donnés sans répartition" in table.readers["MKT"].text


def test_an_erasure_once_all_is_over_promises_no_other_results(library: Library) -> None:
    table = finished(Table(library, five(library)))
    table.command("COM", "/effacer")
    chair = table.press("COM", "leaving", "answers")
    assert "choix du second tour est définitif" in chair.text
    table.press("COM", "leave", "answers")
    assert table.readers["MKT"].text.endswith("Les résultats restent figés.")
