"""The interview engine: whatever people do, nothing is lost and the way leads on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.library import Library
from bot.core.dialog import Blank, Dialog, Type, offer_of
from bot.core.exchange import (
    Ask,
    Back,
    Confirm,
    Done,
    Edit,
    Ended,
    Input,
    Keep,
    Noted,
    Pick,
    Refused,
    Say,
)
from bot.core.flow import END, Flow
from bot.core.interview import Interview, Step, current, replay, step
from bot.core.reading import Answer, read

READ = partial(read, lang="fr", today=date(2026, 11, 24))
OWNER = {"owner": "oui"}
FICHE = {"owner": "oui", "documents": ("fiche_cdo",), "depth": "tout", "option": "permanent_cdo"}


class Walk:
    """One dialog walked by one person, for tests that read like a conversation."""

    def __init__(self, library: Library, dialog: str, given_: Mapping[str, object]) -> None:
        self.dialog: Dialog = library.dialogs[dialog]
        self.flow: Flow = library.flows[dialog]
        self.interview = Interview("test01", given=given_)

    def do(self, input_: Input) -> Step:
        result = step(self.dialog, self.flow, self.interview, input_, READ)
        self.interview = result[0]
        return result

    @property
    def here(self) -> str:
        return current(self.flow, self.interview)

    def answer(self, question: str, *choices: str) -> None:
        for choice in choices:
            self.do(Pick(question, choice))
        if self.dialog[question].type is Type.MULTI:
            self.do(Done(question))

    def first_choice(self) -> None:
        question = self.dialog[self.here]
        if question.typed:
            self.do(Pick(question.id, Blank.SKIPPED) if question.docs else Say("x"))
            if self.here == question.id:
                self.do(Say({"text": "Lyon", "number": "1", "money": "45000"}[question.type]))
            return
        self.answer(question.id, "non" if question.type is Type.OFFER else question.choices[0].id)


@pytest.fixture
def walk(library: Library) -> Walk:
    return Walk(library, "diagnostic", OWNER)


def test_back_keeps_every_answer_and_comes_back(walk: Walk) -> None:
    walk.answer("role", "DG")
    walk.answer("headcount", "e20_49")
    walk.do(Back())
    assert walk.here == "headcount"
    walk.do(Back())
    assert walk.here == "role"
    walk.answer("role", "DRH")
    assert walk.here == "clientele"
    assert walk.interview.answers == {"role": "DRH", "headcount": "e20_49"}


def test_back_stops_at_the_first_question(walk: Walk) -> None:
    _, outputs = walk.do(Back())
    assert outputs == [Refused("first"), Ask("role")]


def test_editing_one_answer_keeps_the_rest(walk: Walk) -> None:
    for _ in range(12):
        walk.first_choice()
    here, before = walk.here, dict(walk.interview.answers)
    walk.do(Edit("clientele"))
    walk.answer("clientele", "b2c")
    assert walk.here == here
    assert walk.interview.answers == {**before, "clientele": "b2c"}


def test_keeping_an_edited_answer_changes_nothing(walk: Walk) -> None:
    walk.answer("role", "DG")
    before = walk.interview
    walk.do(Edit("role"))
    walk.do(Keep())
    assert walk.interview == before


def test_an_answer_off_the_path_counts_again_when_the_path_comes_back(walk: Walk) -> None:
    while walk.here != END:
        walk.first_choice()
    assert walk.interview.answers["headcount"] == "lt20"
    assert "apprentice_tutor" in walk.interview.answers
    for question, choice in (
        ("headcount", "e250_999"),
        ("annual_budget", "b180"),
        ("initial_preference", "cdo"),
    ):
        walk.do(Edit(question))
        walk.answer(question, choice)
    assert "apprentice_tutor" not in walk.flow.path(walk.interview.values)
    assert "apprentice_tutor" in walk.interview.answers
    walk.do(Edit("headcount"))
    walk.answer("headcount", "lt20")
    assert "apprentice_tutor" in walk.flow.path(walk.interview.values)
    assert walk.here == END


def test_a_stale_tap_is_recognised(walk: Walk) -> None:
    walk.answer("role", "DG")
    assert walk.do(Pick("role", "DG"))[1] == [Refused("done", "role")]
    assert walk.do(Pick("role", "MKT"))[1] == [Refused("answered", "role")]
    assert walk.do(Pick("clientele", "b2b"))[1] == [Refused("old")]
    assert walk.do(Pick("nothing", "x"))[1] == [Refused("old")]
    assert walk.do(Pick("headcount", "many"))[1] == [Refused("old")]
    assert walk.interview.answers == {"role": "DG"}


def test_unknown_is_only_for_questions_that_allow_it(walk: Walk) -> None:
    assert walk.do(Pick("role", "nsp"))[1] == [Refused("old")]
    walk.answer("role", "DG")
    walk.answer("headcount", "nsp")
    assert walk.interview.answers["headcount"] is Blank.NSP


def test_ticks_stop_at_the_maximum_and_exclusive_choices_stand_alone(library: Library) -> None:
    walk = Walk(library, "diagnostic", OWNER)
    while walk.here != "adoption_brakes":
        walk.first_choice()
    for choice in ("peur", "temps", "gain"):
        walk.do(Pick("adoption_brakes", choice))
    _, outputs = walk.do(Pick("adoption_brakes", "suivi"))
    assert outputs == [Refused("max", "adoption_brakes", {"n": 3})]
    walk.do(Pick("adoption_brakes", "aucun"))
    assert walk.interview.ticks == ("aucun",)
    walk.do(Pick("adoption_brakes", "temps"))
    assert walk.interview.ticks == ("temps",)
    walk.do(Pick("adoption_brakes", "temps"))
    assert walk.do(Done("adoption_brakes"))[1] == [Refused("empty", "adoption_brakes")]


def test_choices_keep_the_authors_order_whatever_the_order_of_taps(library: Library) -> None:
    walk = Walk(library, "diagnostic", OWNER)
    while walk.here != "marketing_indicators":
        walk.first_choice()
    walk.answer("marketing_indicators", "ca", "flux")
    assert walk.interview.answers["marketing_indicators"] == ("flux", "ca")


def test_deep_dives_are_offered_on_a_trigger_and_never_forced(library: Library) -> None:
    walk = Walk(library, "diagnostic", OWNER)
    for question, choice in (
        ("role", "DG"),
        ("headcount", "e50_249"),
        ("clientele", "b2b"),
        ("initial_preference", "cdo"),
        ("shared_targets", "3"),
        ("sales_ready_definition", "2"),
        ("joint_decisions", "3"),
        ("role_split", "4"),
    ):
        walk.answer(question, choice)
    assert walk.here == offer_of("alignment")
    walk.answer(offer_of("alignment"), "oui")
    assert walk.here == "lead_feedback"
    walk.do(Edit("sales_ready_definition"))
    walk.answer("sales_ready_definition", "4")
    assert walk.here == "shared_dashboard"


def test_never_again_silences_the_later_offers(library: Library) -> None:
    walk = Walk(library, "diagnostic", OWNER)
    offers = []
    while walk.here != END:
        here = walk.here
        if walk.dialog[here].type is Type.OFFER:
            offers.append(here)
            walk.answer(here, "jamais")
        else:
            walk.first_choice()
    assert offers == [offer_of("alignment")]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("DG", 27), ("MKT", 27), ("COM", 27), ("DRH", 26), ("DSI", 26), ("DAF", 26)],
)
def test_the_owner_gets_as_many_questions_as_specified(
    library: Library, role: str, expected: int
) -> None:
    path = library.flows["diagnostic"].path({"role": role, "owner": "oui"})
    assert (
        sum(library.dialogs["diagnostic"][id_].core for id_ in path) - _offers(library, path)
        == expected
    )


@pytest.mark.parametrize(
    ("role", "expected"),
    [("DG", 25), ("MKT", 24), ("COM", 24), ("DRH", 24), ("DAF", 24), ("DSI", 23), ("AUT", 23)],
)
def test_a_guest_gets_as_many_questions_as_specified(
    library: Library, role: str, expected: int
) -> None:
    path = library.flows["diagnostic"].path({"role": role})
    assert len(path) - _offers(library, path) == expected


def _offers(library: Library, path: tuple[str, ...]) -> int:
    dialog = library.dialogs["diagnostic"]
    return sum(dialog[id_].type is Type.OFFER for id_ in path)


def test_the_longest_core_path_has_28_questions(library: Library) -> None:
    values = {"role": "DG", "owner": "oui", "headcount": "lt20"}
    path = library.flows["diagnostic"].path(values)
    assert len(path) - _offers(library, path) == 28


def test_the_documents_questions_are_those_of_the_document(library: Library) -> None:
    flow = library.flows["documents"]
    brief = {**FICHE, "documents": ("brief_stratege",)}
    assert "pay_min" in flow.path(FICHE)
    assert "pay_min" not in flow.path(brief)
    assert "mission_months" in flow.path(brief)
    needed = flow.path({**brief, "depth": "utile"})
    assert set(needed) < set(flow.path(brief))


# -- whatever people do ------------------------------------------------------


def inputs(library: Library) -> st.SearchStrategy[Input]:
    ids = [id_ for name in ("diagnostic", "documents") for id_ in library.dialogs[name].by_id]
    choices = sorted(
        {choice.id for d in library.dialogs.values() for q in d.questions for choice in q.choices}
    )
    question = st.sampled_from([*ids, "unknown"])
    return st.one_of(
        st.builds(Pick, question, st.sampled_from([*choices, "nsp", "so", "passe", "zzz"])),
        st.builds(Done, question),
        st.builds(Say, st.sampled_from(["oui", "36k", "12", "15 janvier", "Lyon", "?", "👍", ""])),
        st.builds(Say, st.text(max_size=30)),
        st.builds(Confirm, st.booleans()),
        st.just(Back()),
        st.just(Keep()),
        st.builds(Edit, question),
        st.just("here"),  # replaced below by a sensible answer, so that walks go far
    )


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_input_loses_an_answer_or_the_way(library: Library, data: st.DataObject) -> None:
    name, given_ = data.draw(st.sampled_from([("diagnostic", OWNER), ("documents", FICHE)]))
    walk = Walk(library, name, given_)
    sequence = data.draw(st.lists(inputs(library), max_size=60))
    for input_ in sequence:
        before = walk.interview
        if input_ == "here":
            if walk.here != END:
                walk.first_choice()
            outputs = [Ask(walk.here)]
        else:
            _, outputs = walk.do(input_)
        after = walk.interview
        assert before.answers.keys() <= after.answers.keys(), "an answer was lost"
        changed = {id_ for id_, held in after.answers.items() if before.answers.get(id_) != held}
        if input_ != "here":
            assert len(changed) <= 1, "one input changes one answer at most"
            assert changed <= {out.question for out in outputs if isinstance(out, Noted)}
        assert outputs, "never silent"
        assert not any(isinstance(out, Ask) and out.question == END for out in outputs) or (
            input_ == "here"
        )
        path = walk.flow.path(after.values)
        assert list(path) == sorted(path, key=[q.id for q in walk.dialog.questions].index)
        position = walk.flow.position(after.values)
        assert position == END or position in path
        assert replay(walk.dialog, walk.flow, after.answers, given_) == position
        assert isinstance(outputs[-1], Ended) <= (walk.here == END)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_position_depends_on_the_answers_not_on_their_order(
    library: Library, data: st.DataObject
) -> None:
    walk = Walk(library, "diagnostic", OWNER)
    for _ in range(data.draw(st.integers(0, 30))):
        if walk.here != END:
            walk.first_choice()
    items = data.draw(st.permutations(list(walk.interview.answers.items())))
    shuffled: dict[str, Answer] = dict(items)
    assert replay(walk.dialog, walk.flow, shuffled, OWNER) == walk.here
