"""Marketing compared with sales, the results and the agenda, as the five directors read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.conversation.hearing import Brought
from bot.core.session import Mode, Phase, Status
from tests.committees import five, of
from tests.round_table import DIRECTORS, Table, answer_again, closed, finished

# -- Marketing and sales ------------------------------------------------------------


def test_the_gap_needs_both(table: Table) -> None:
    closed(table)
    table.tap("COM", "J'accepte")
    assert table.session.gap is None
    table.tap("COM", "Retirer mon accord")
    table.tap("MKT", "J'accepte")
    assert table.session.gap is None
    table.tap("COM", "J'accepte")
    assert table.session.gap is not None
    assert "Objectifs communs : 25 (écart net)" in table.readers["COM"].words
    assert "Objectifs communs : 25 (écart net)" in table.readers["MKT"].words
    for seat in ("DG", "DRH", "DSI"):
        assert "écart net" not in table.readers[seat].words
    assert "handoff" not in table.session.gap


def test_three_people_are_not_compared(table: Table) -> None:
    three = Table(table.library, of(five(table.library), "DG", "MKT", "COM"))
    three.press("DG", "close_yes")
    three.press("COM", "gap", "yes")
    three.press("MKT", "gap", "yes")
    assert three.session.gap is None
    assert "Comparer marketing et commerce" not in three.readers["COM"].words


def test_guessing_is_shown_only_with_both_consents(table: Table) -> None:
    for seat, other in (("MKT", "commerce"), ("COM", "marketing")):
        reader = table.press(seat, "guess")
        assert "Devinez · 1/3" in reader.text
        assert other[:8] in reader.text
        for name in table.library.expertise.scale.guessed:
            table.press(seat, "guess_pick", f"{name}.1")
    table.tap("MKT", "J'accepte")
    closed(table)
    reader = table.press("MKT", "guess_look")
    assert "ne sont comparées que si chacun" in reader.text
    table.session = table.session.change("COM", guessing=True)
    reader = table.press("MKT", "guess_look")
    assert "Les objectifs marketing et commerce : deviné juste" in reader.text
    assert "Entièrement" not in reader.text


def test_the_game_always_leads_somewhere(table: Table) -> None:
    ways = ["Relire mes réponses", "Terminer"]
    table.press("MKT", "guess")
    assert table.tap("MKT", "Ne pas jouer").labels == ways
    for name in table.library.expertise.scale.guessed:
        table.press("MKT", "guess_pick", f"{name}.1")
    assert table.tap("MKT", "J'accepte").labels[-2:] == ways
    assert table.tap("MKT", "Retirer mon accord").labels[-2:] == ways
    table.session = table.session.change("COM", status=Status.LEFT, person="")
    chair = table.press("MKT", "guess")
    assert chair.labels == ways
    assert "clos" not in chair.text, "the round is not"
    assert "commerc" not in chair.text
    table.tap("MKT", "Terminer")
    closed(table)
    for deed in ("guess", "guess_stop", "guess_share", "guess_look"):
        assert table.press("MKT", deed).labels == ["Voir les résultats"]


# -- Results and agenda --------------------------------------------------------------


def test_everybody_reads_the_same_results(table: Table) -> None:
    finished(table, {"COM": {"steering_days": "j6_10"}, "MKT": {"steering_days": "j6_10"}})
    texts = {table.readers[seat].screens[-1].text for seat in ("COM", "DRH", "DSI")}
    assert len(texts) == 1
    (text,) = texts
    assert "Désaccords stables : le « pourquoi » de la transformation" in text
    assert "Accord trouvé : les jours de pilotage par mois" in text
    assert "CDO de transition ou à temps partagé (13 points)" in text


def test_before_the_close_results_say_how_far_and_when(table: Table) -> None:
    table.session = table.session.change("DSI", status=Status.ANSWERING)
    reader = table.command("COM", "/resultats")
    assert "4 personnes sur 5 ont terminé" in reader.text
    assert "informatique" not in reader.text


def test_own_answers_first_and_second(table: Table) -> None:
    finished(table, {"COM": {"clarity_of_why": "2"}})
    reader = table.tap("COM", "Revoir mes réponses")
    assert "Très flou, puis plutôt flou" in reader.text
    for seat in DIRECTORS:
        if seat != "COM":
            assert "puis Plutôt flou" not in table.readers[seat].words


def test_without_a_second_round_the_results_go_to_all(table: Table) -> None:
    closed(table)
    reader = table.tap("DG", "Aller à l'ordre du jour")
    assert "Sans second tour, les résultats partent aussitôt à chacun" in reader.text
    table.tap("DG", "Clore et envoyer les résultats")
    assert table.session.phase is Phase.CLOSED
    assert "Avis opposés : le « pourquoi »" in table.readers["DSI"].text


def test_a_closed_session_advises_from_its_results_alone(table: Table) -> None:
    finished(table)
    reader = table.tap("DG", "Voir la recommandation")
    assert "Et si…" not in reader.labels
    reader = table.tap("DG", "Voir pourquoi")
    reader = table.press("DG", "results")
    before = len(table.readers["COM"].read)
    table.readers["COM"].state = table.readers["COM"].state.at("advice")
    reader = table.command("COM", "/document")
    assert len(reader.read) > before
    assert "Ce que le CODIR a dit" in reader.text


def test_the_owner_plans_the_meeting(table: Table) -> None:
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Majorité", "75 minutes")
    reader = table.tap("DG", "Jeudi 10 décembre, 9 h")
    minutes = [int(line.split(" min")[0]) for line in reader.text.splitlines() if " min · " in line]
    assert sum(minutes) == 75
    assert reader.text.startswith("Ordre du jour · jeudi 10 décembre, 9 h à 10 h 15")
    assert "17 min · Les jours de pilotage par mois (change la recommandation)" in reader.text
    assert "15 min · Départager deux options, à la majorité" in reader.text
    out, into = "Les objectifs marketing et commerce", "L'usage des outils"
    reader = table.tap("DG", "Changer un point", out, into)
    assert f"12 min · {into}" in reader.text
    table.tap("DG", "Recevoir les fichiers")
    assert table.brought[-1][0] == "DG"
    assert table.brought[-1][1].kinds == ("agenda", "note", "invitation")


def test_the_owner_adds_questions_that_aim_at_nobody(table: Table) -> None:
    finished(table)
    chair = table.say("DG", "qui a répondu que le pourquoi était très flou ?")
    assert "Je ne montre les réponses de personne" in chair.text
    chair = table.tap("DG", "Préparer l'échange en séance")
    assert "Trois questions qui ouvrent sans viser personne" in chair.text
    table.session = replace(table.session, approved=("DG",))
    chair = table.tap("DG", "Les ajouter à l'ordre du jour")
    assert table.session.openers
    assert table.session.approved == (), "what was approved has changed"
    chair = table.tap("DG", "Préparer l'ordre du jour", "Majorité", "75 minutes")
    chair = table.tap("DG", "Jeudi 10 décembre, 9 h")
    assert "Trois questions ouvrent chaque désaccord, sans viser personne." in chair.text
    table.tap("DG", "Préparer l'échange en séance", "Les retirer de l'ordre du jour")
    assert not table.session.openers
    chair = table.press("COM", "prepare")
    assert chair.labels == ["Voir les résultats"]
    table.press("COM", "openers", "on")
    assert not table.session.openers


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("15 décembre à 9 h 30", "mardi 15 décembre 2026, 9 h 30"),
        ("15/12 14:00", "mardi 15 décembre 2026, 14 h"),
        ("mardi 15 décembre 14h", "mardi 15 décembre 2026, 14 h"),
        ("bientôt", "Il me faut un jour"),
        ("31 février 10 h", "Il me faut un jour"),
        ("15 décembre", "À quelle heure ?"),
        ("20 décembre à 10 h", "On n'y travaille pas d'ordinaire"),
    ],
)
def test_typed_days(table: Table, typed: str, said: str) -> None:
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Consentement", "60 minutes", "Autre date")
    assert said in table.say("DG", typed).text


def test_two_who_prepare_it_both_approve(table: Table) -> None:
    table.session = replace(table.session, partner="MKT")
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Majorité", "75 minutes")
    table.tap("DG", "Jeudi 10 décembre, 9 h", "Recevoir les fichiers")
    assert "que vous préparez avec la direction générale" in table.readers["MKT"].words
    table.hear("MKT", Brought(table.session.id, ("agenda", "note")))
    assert "gardent la mention BROUILLON" in table.readers["MKT"].text
    table.tap("MKT", "Je valide")
    table.press("COM", "approve")
    assert table.session.approved == ("MKT",)
    table.press("DG", "approve")
    assert set(table.session.approved) == {"MKT", "DG"}
    assert "ne portent plus la mention BROUILLON" in table.readers["MKT"].words


def test_functions_are_named_only_where_all_accepted(library: Library) -> None:
    table = closed(Table(library, five(library), mode=Mode.NAMED))
    reader = table.press("DG", "point", "0")
    assert "Très flou ● direction commerciale" in reader.text
    table = Table(library, five(library), mode=Mode.NAMED)
    table.session = table.session.change("DSI", named=False)
    reader = closed(table).press("DG", "point", "0")
    assert "direction commerciale" not in reader.text


def test_english_reads_as_well(library: Library) -> None:
    table = Table(library, five(library), langs=dict.fromkeys(DIRECTORS, "en"))
    table.press("DG", "close_yes")
    table.press("DG", "facts_all")
    table.press("DG", "second_open")
    for seat in reversed(DIRECTORS):
        answer_again(table, seat)
    reader = table.press("DG", "close_yes")
    assert 'Stable disagreements: steering days per month, the "why"' in reader.text
    french = ("é", "«", " le ", " une ")
    words = "\n".join(reader.words for reader in table.readers.values())
    assert [mark for mark in french if mark in words] == []


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    swapped=st.sets(
        st.sampled_from(
            [
                "shared_targets",
                "clarity_of_why",
                "tool_usage",
                "customer_journey",
                "role_split",
                "joint_decisions",
            ]
        ),
        min_size=1,
    )
)
def test_who_holds_a_view_changes_nothing_that_others_read(
    library: Library, swapped: set[str]
) -> None:
    """Two people swap some of their views: the three others read the very same words."""
    before = finished(Table(library, five(library)))
    answers = {seat: dict(given) for seat, given in five(library).items()}
    for name in swapped:
        one, other = answers["COM"][name], answers["DRH"][name]
        answers["COM"][name], answers["DRH"][name] = other, one
    after = finished(Table(library, answers))
    for seat in ("DG", "MKT", "DSI"):
        assert after.readers[seat].words == before.readers[seat].words


def test_no_message_is_too_long_and_no_label(table: Table) -> None:
    finished(table)
    table.tap("DG", "Préparer l'ordre du jour", "Majorité", "90 minutes")
    table.tap("DG", "Jeudi 10 décembre, 9 h")
    for reader in table.readers.values():
        assert [one.text for one in reader.screens if len(one.text) > 700] == []
        assert [
            b.label for s in reader.screens for r in s.rows for b in r if len(b.label) > 42
        ] == []
        actions = [b.action for s in reader.screens for r in s.rows for b in r]
        assert [action for action in actions if len(action.encode()) > 64] == []
