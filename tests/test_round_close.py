"""The first round is closed: what the owner settles, what everybody reads, how few may compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.content.library import Library
from bot.conversation.rounds.again import cursor
from bot.core.reading import Answer
from bot.core.session import Phase, Status
from tests.committees import five, of
from tests.playing import normal
from tests.round_table import DIRECTORS, OPEN_SECOND, PARIS, TO_MEETING, Table, closed

DISAGREE = "Un désaccord n'est pas un échec : il dit où discuter."


# -- The close -------------------------------------------------------------------


def test_the_owner_closes_and_settles_facts_without_authors(table: Table) -> None:
    reader = table.press("DG", "close")
    assert reader.text.startswith("Les cinq personnes ont répondu. Clore le premier tour ?")
    reader = table.tap("DG", "Clore le premier tour")
    assert reader.screens[-2].text == (
        "Premier tour clos : 5 réponses sur 5. Huit faits ont reçu des réponses différentes ; "
        "pour chacun, vous gardez une réponse ou portez le point en séance."
    )
    assert reader.text.startswith("Fait 1 sur 8 · Deux réponses différentes à : Qui porte")
    assert "Leurs auteurs ne sont pas indiqués." in reader.text
    reader = table.tap("DG", TO_MEETING)
    assert "En attendant, le calcul garde la vôtre." in reader.text
    assert reader.labels == ["Les voir un par un", "Tout porter en séance"]
    reader = table.tap("DG", "Tout porter en séance")
    assert "Noté : 8 faits à confirmer en séance." in reader.screens[-2].text
    assert normal(reader.text) == normal(
        f"""Où vous ne voyez pas la même chose · 5 réponses

        Avis opposés
        • Le « pourquoi » de la transformation
        • Les objectifs marketing et commerce
        Une voix différente
        • L'usage des outils
        • Les réunions de décision communes
        Change la recommandation
        • Les jours de pilotage par mois

        Accord sur 6 autres points, nuances sur un. {DISAGREE}"""
    )


def test_a_value_kept_is_the_committee_s(table: Table) -> None:
    table.press("DG", "close")
    table.tap("DG", "Clore le premier tour", "La direction générale", "Les voir un par un")
    found = table.session.digest
    assert found is not None
    assert found.facts["sponsor"].held == "dg"
    assert table.session.picks == {"sponsor": "dg"}
    assert table.readers["DG"].text.startswith("Fait 2 sur 8")


def test_settling_goes_on_where_the_owner_left_it(table: Table) -> None:
    table.press("DG", "close")
    table.tap("DG", "Clore le premier tour", TO_MEETING, "Les voir un par un")
    table.press("DG", "point", "0")
    table.press("DG", "facts_each")
    assert table.readers["DG"].text.startswith("Fait 2 sur 8")


def test_a_second_tap_closes_nothing_twice(table: Table) -> None:
    closed(table)
    before = table.session
    table.press("DG", "close_yes")
    table.press("DG", "fact", "sponsor.0")
    assert table.session == before


def test_everybody_learns_of_the_close_and_sees_no_author(table: Table) -> None:
    closed(table)
    for seat in DIRECTORS[1:]:
        told = table.readers[seat].screens[0].text
        assert told.startswith("Premier tour clos : 5 réponses sur 5.")
    reader = table.tap("DRH", "Voir les divergences", "Voir le détail d'un point")
    assert "Très flou ●\nPlutôt flou ●\nMoyennement clair ·" in reader.text
    assert "Les fonctions ne sont pas affichées." in reader.text
    assert OPEN_SECOND not in reader.labels


def test_one_answer_is_too_few_to_close(library: Library) -> None:
    answers: dict[str, Mapping[str, Answer]] = {seat: {"role": seat} for seat in DIRECTORS}
    answers["DG"] = five(library)["DG"]
    table = Table(library, answers)
    table.press("DG", "close")
    reader = table.tap("DG", "Clore le premier tour")
    assert "Une seule personne a répondu" in reader.text
    assert table.session.phase is Phase.FIRST


def test_who_has_not_finished_counts_and_who_never_came_does_not(library: Library) -> None:
    answers = dict(five(library))
    answers["DSI"] = {"role": "DSI", "clarity_of_why": 5, "tool_usage": 1}
    table = Table(library, answers)
    table.session = table.session.change("DRH", status=Status.INVITED, agreed=None)
    table.session = table.session.change("DSI", status=Status.ANSWERING)
    table.press("DG", "close_yes")
    found, gone = table.session.digest, table.session.seat("DRH")
    assert found is not None
    assert gone is not None
    assert (found.answered, found.invited) == (4, 5)
    assert gone.status is Status.REVOKED
    assert found.items["clarity_of_why"].answers == 4
    assert [one.text for one in table.readers["DRH"].screens] == [
        "Le premier tour de la session de CODIR est clos sans votre participation. "
        "Vos propres réponses restent à vous seul."
    ]
    assert gone.person == ""


def test_only_the_owner_closes(table: Table) -> None:
    reader = table.press("COM", "close_yes")
    assert table.session.phase is Phase.FIRST
    assert "Seule la personne qui a ouvert la session" in reader.words


def test_a_day_after_an_unanswered_deadline_the_round_closes_by_itself(table: Table) -> None:
    table.session = replace(table.session, deadline=datetime(2026, 12, 7, 18, tzinfo=PARIS))
    at = datetime(2026, 12, 8, 18, tzinfo=PARIS).timestamp()
    table.later("DG", "closing", at)
    table.wait(datetime(2026, 12, 8, 17))
    assert table.session.phase is Phase.FIRST
    table.wait(datetime(2026, 12, 8, 19))
    assert table.session.phase is Phase.BETWEEN
    assert table.readers["DG"].text.startswith("Fait 1 sur 8")


def test_two_mornings_later_the_owner_learns_that_the_others_wait(table: Table) -> None:
    table.press("DG", "close_yes")
    table.wait(datetime(2026, 12, 9, 8))
    assert "attend la suite" not in table.readers["DG"].words
    table.wait(datetime(2026, 12, 9, 10))
    assert "le CODIR attend la suite" in table.readers["DG"].text
    assert table.tap("DG", "Continuer").text.startswith("Fait 1 sur 8")
    moved_on = closed(Table(table.library, five(table.library)))
    moved_on.tap("DG", OPEN_SECOND)
    moved_on.wait(datetime(2026, 12, 9, 10))
    assert "attend la suite" not in moved_on.readers["DG"].words


# -- Few people -------------------------------------------------------------------


def test_two_people_compare_only_if_both_accept(table: Table) -> None:
    two = Table(table.library, of(five(table.library), "DG", "COM"))
    two.press("DG", "close_yes")
    assert two.session.phase is Phase.CLOSED
    assert "À deux, vos avis ne sont pas comparés" in two.readers["DG"].words
    two.press("DG", "share", "yes")
    assert all(not item.status for item in two.session.digest.items.values())  # type: ignore[union-attr]
    two.tap("COM", "J'accepte")
    statuses = {item.status for item in two.session.digest.items.values()}  # type: ignore[union-attr]
    assert "ecart_fort" in statuses
    for reader in two.readers.values():
        assert "Vous avez accepté tous les deux" in reader.words
        assert "●" not in reader.words
        assert "points)" not in reader.words


def test_one_of_two_may_refuse_and_nothing_is_compared(table: Table) -> None:
    two = Table(table.library, of(five(table.library), "DG", "COM"))
    two.press("DG", "close_yes")
    two.press("DG", "share", "yes")
    two.tap("COM", "Je préfère éviter")
    assert all(not item.status for item in two.session.digest.items.values())  # type: ignore[union-attr]
    two.press("DG", "skip")
    assert two.session.rounds == 0


def test_three_people_see_a_status_and_no_distribution(table: Table) -> None:
    three = Table(table.library, of(five(table.library), "DG", "MKT", "COM"))
    three.press("DG", "close_yes")
    three.press("DG", "facts_all")
    reader = three.press("DG", "point", "0")
    assert "Réponse médiane :" in reader.text
    assert "●" not in reader.words
    three.press("DG", "second_open")
    three.press("COM", "second")
    asked = next(name for name in three.session.items if name in three.session.digest.items)  # type: ignore[union-attr]
    while cursor(three.turn("COM"))[0] != asked:
        name = cursor(three.turn("COM"))[0]
        three.press("COM", "keep", name)
        three.press("COM", "reason", f"{name}.vecu")
        three.press("COM", "discuss", f"{name}.non")
    assert "Réponse médiane" not in three.readers["COM"].text
    assert "●" not in three.readers["COM"].text
