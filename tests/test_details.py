"""The three depths of the document questions, and what the diagnostic left unasked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.library import Library
from bot.conversation import drafting, papers, personal, recap
from bot.conversation.acting import act
from bot.conversation.answering import answer
from bot.conversation.screen import Screen
from bot.conversation.state import Conversation
from bot.conversation.turn import House, Turn
from bot.core.dialog import Blank
from bot.core.exchange import Pick
from bot.core.flow import END
from bot.core.interview import Interview, optional
from tests.documents import cases

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEVER_ASKED = {"triggers", "leaking_stages"}


def turn(library: Library, *without: str, lang: str = "fr", **more: object) -> Turn:
    """Whoever has the reference answers, at the documents, apart from some."""
    answers = dict(cases.gold("gold_p04", "fiche_cdo").values)
    answers |= more
    for offer in (id_ for id_ in library.dialogs["diagnostic"].by_id if id_.startswith("deepen_")):
        answers.setdefault(offer, "non")
    answers = {id_: held for id_, held in answers.items() if id_ not in without}
    given = {"owner": "oui", "documents": ("fiche_cdo",), "depth": "utile", "papers_lang": lang}
    house = House(library, {}, "", 30, lambda values: ())
    interview = Interview("test01", answers=answers, given=given)
    return Turn(house, Conversation(interview, lang=lang, place="intro", consent=NOW), NOW)


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def path(library: Library, depth: str, **more: object) -> set[str]:
    given = {"owner": "oui", "option": "permanent_cdo", "documents": ("fiche_cdo",)}
    return set(library.flows["documents"].path({**given, "depth": depth, **more}))


def test_each_depth_holds_the_one_before(library: Library) -> None:
    needed, every, all_ = (path(library, depth) for depth in ("utile", "tout", "detail"))
    assert needed < every < all_
    assert "pay_min" in needed
    assert {"post_funded", *NEVER_ASKED} <= every - needed
    assert {"committees", "benefits", "application_deadline"} <= all_ - every


def test_a_detail_waits_for_the_answer_that_calls_for_it(library: Library) -> None:
    unasked = {"day_count_source", "trial_renewal", "budget_ceiling"}
    assert not unasked & path(library, "detail")
    known = {"employment_status": "cadre", "day_count_agreement": "oui", "trial_months": 4}
    assert unasked <= path(library, "detail", annual_budget="indecis", **known)
    senior = {**known, "employment_status": "dirigeant"}
    assert "day_count_source" not in path(library, "detail", **senior)
    assert "communication_channel" not in path(library, "detail", social_network="utilise")


def test_the_documents_ask_what_the_diagnostic_did_not(library: Library) -> None:
    asked = turn(library)
    steps = asked.then(depth(asked, "tout")).steps("documents")
    assert steps[-2:] == ["triggers", "leaking_stages"]
    assert asked.stage == "documents"
    assert recap.finished(asked)
    accepted = turn(library, deepen_context="tout")
    assert accepted.dialog_of("triggers").id == "diagnostic"
    assert "triggers" not in accepted.then(depth(accepted, "tout")).steps("documents")


def depth(asked: Turn, name: str) -> Conversation:
    given = {**asked.interview.given, "depth": name}
    return replace(asked.state, interview=replace(asked.interview, given=given))


def test_a_question_asked_again_may_be_passed_over_and_comes_back(library: Library) -> None:
    asked = turn(library, triggers=Blank.SKIPPED)
    again = asked.dialog_of("triggers")["triggers"]
    assert asked.dialog_of("triggers").id == "documents"
    assert optional(again, asked.interview.values)
    assert not again.nsp
    state, _ = act(asked, "every", "")
    assert "triggers" not in state.interview.answers
    assert asked.then(state).stage == "documents"
    assert not optional(library.dialogs["diagnostic"]["leaking_stages"], asked.interview.values)


def test_an_answer_in_two_questionnaires_counts_once(library: Library) -> None:
    before, after = turn(library), turn(library, triggers=("clients",))
    assert personal.count(after) == personal.count(before) + 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_screen_offers_three_depths(library: Library, lang: str) -> None:
    asked = turn(library, "pay_min", "remote_days", lang=lang)
    screen = papers.intro_screen(asked)
    details = {"fr": "Tous les détails (20)", "en": "All the details (20)"}
    assert labels(screen)[-2] == details[lang]
    assert len(labels(screen)) == 4
    assert ("14" if lang == "fr" else "14 more") in screen.text


def test_only_details_left_offers_only_details(library: Library) -> None:
    known = {"collective_agreement": "Syntec", "post_funded": "oui", "triggers": ("clients",)}
    asked = turn(library, leaking_stages=("choix",), **known)
    screen = papers.intro_screen(asked)
    assert labels(screen) == ["Tous les détails (14)", "Générer maintenant, à compléter"]
    assert "Tout l'essentiel est là. 14 détails de plus" in screen.text.replace("’", "'")
    state, replies = act(asked, "detail", "")
    assert state.interview.given["depth"] == "detail"
    first = next(reply for reply in replies if isinstance(reply, Screen))
    assert first.question == "committees"
    assert "Document · " in first.text


def test_the_last_screen_completes_everything(library: Library) -> None:
    asked = turn(library)
    screen = papers.delivered_screen(asked.then(replace(asked.state, version=1)))
    n = len(drafting.missing(asked))
    assert labels(screen)[0] == f"Compléter les {n} champs"
    state, _ = act(asked, "detail", "")
    left = asked.then(state)
    assert sum(id_ not in left.interview.answers for id_ in left.steps("documents")) == n


def test_the_summary_names_what_was_asked_and_counts_the_details(library: Library) -> None:
    said = papers.summary_screen(turn(library, post_funded="oui")).text
    assert "À compléter : convention collective, ce qui déclenche la réflexion" in said
    assert "détails." in said
    assert "comités" not in said


def test_the_summary_says_why_the_offer_stays_a_draft(library: Library) -> None:
    sentence = "L'annonce reste BROUILLON tant que le poste n'est pas confirmé ouvert et financé."
    assert sentence in papers.summary_screen(turn(library)).text
    assert sentence in papers.summary_screen(turn(library, post_funded="non")).text
    assert sentence not in papers.summary_screen(turn(library, post_funded="oui")).text
    assert sentence not in papers.summary_screen(turn(library, option="facilitator")).text


def test_the_diagnostic_never_reopens(library: Library) -> None:
    asked = turn(library)
    for name in ("utile", "tout", "detail"):
        values = asked.then(depth(asked, name)).interview.values
        assert library.flows["diagnostic"].position(values) == END


def test_the_details_are_walked_to_the_summary_without_going_back(library: Library) -> None:
    asked = turn(library)
    state, replies = act(asked, "detail", "")
    seen = []
    while state.place == "asking":
        screen = next(reply for reply in replies if isinstance(reply, Screen))
        found = re.search(r"Document · (\d+)/(\d+)", screen.text)
        assert found, screen.text
        seen.append((int(found[1]), int(found[2])))
        state, replies = answer(asked.then(state), Pick(screen.question, Blank.SKIPPED))
    assert state.place == "summary"
    assert [n for n, _ in seen] == sorted({n for n, _ in seen})
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1]
