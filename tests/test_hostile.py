"""A hostile or merely curious member of a committee: forged buttons, differences, what is left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.library import Library
from bot.conversation.hearing import Tap
from bot.conversation.meeting.group import respond_in_group
from bot.conversation.meeting.running import DEEDS
from bot.conversation.reply import Bring, Convene, Dissolve, Gather, Notify, Reply
from bot.conversation.respond import respond
from bot.conversation.retention import SILENCE_DAYS, kept_days
from bot.conversation.screen import Screen, Toast
from bot.conversation.session import deeds, sessions
from bot.conversation.state import Conversation, Member
from bot.core.interview import Interview
from bot.core.session import Mode, Phase, Seat, Session
from bot.errands import notice
from bot.service import Service
from tests.committees import five
from tests.gathering import finish, held, joined, link, opened
from tests.round_table import Table, answer_again, closed, finished, second
from tests.seated import convene, keep, kept
from tests.standin import StandIn
from tests.telegram_bot import do, last

ARGUMENTS = (
    *("", "x", "yes", "no", "MKT", "DG", "COM", "9", "0", "-1", "all", "each", "next", "none"),
    *("note", "links", "note+links", "clarity_of_why.1", "clarity_of_why.vecu", "sponsor.0"),
    *("majorite", "75", "2026-12-15.09:00", "2026-12-15", "attribue", "UTC", "MKT:COM", "²", "٣"),
    *("{0.__class__}", "../../etc", "<b>", "%s"),
)
PHASES = ("first", "between", "second", "closed")


def at(library: Library, phase: str, mode: Mode = Mode.ANONYMOUS) -> Table:
    """The five directors, so far."""
    table = Table(library, five(library), mode=mode)
    lead = {"between": closed, "second": second, "closed": finished}
    return lead[phase](table) if phase in lead else table


def forged(table: Table, seat: str, verb: str, *args: str) -> list[Reply]:
    """What a button that was never shown to somebody would do."""
    turn = table.turn(seat)
    tap = Tap(turn.interview.id, verb, args)
    replies = respond(turn, tap)[1]
    if any(isinstance(one, Gather) for one in replies):
        members = {one.id: table.readers[one.id].state for one in table.session.present}
        replies = respond(replace(turn, members=members), tap)[1]
    return replies


def others(session: Session, seat: str) -> Session:
    """A session without what a guest may change of it: their own seat, the mode made anonymous."""
    own = session.change(
        seat,
        **{
            name: getattr(Seat(seat), name)
            for name in Seat.__dataclass_fields__
            if name not in ("id",)
        },
    )
    return replace(own, mode=Mode.ANONYMOUS, gap=None)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("mode", Mode)
def test_a_forged_button_of_a_guest_changes_nothing_but_their_own_seat(
    library: Library, phase: str, mode: Mode
) -> None:
    table = at(library, phase, mode)
    for deed in deeds.DEEDS:
        for arg in ARGUMENTS:
            for seat in ("MKT", "DSI"):
                replies = forged(table, seat, "s", deed, *([arg] if arg else []))
                assert not any(isinstance(one, Dissolve) for one in replies), (deed, arg)
                for one in replies:
                    if isinstance(one, Convene) and deed != "leave":
                        before, after = others(table.session, seat), others(one.session, seat)
                        assert before == after, (deed, arg)
                    if isinstance(one, Screen):
                        assert "{" not in one.text


# -- Somebody has left ---------------------------------------------------------------


def test_functions_go_from_the_answers_once_somebody_has_erased_theirs(library: Library) -> None:
    table = at(library, "closed", Mode.NAMED)
    before = table.session.final
    assert before is not None
    assert any(item.roles for item in before.items.values())
    table.press("DSI", "leave", "answers")
    for found in (table.session.digest, table.session.final):
        assert found is not None
        assert not any(item.roles for item in found.items.values())
    assert found is not None
    assert {n: i.counts for n, i in found.items.items()} == {
        n: i.counts for n, i in before.items.items()
    }
    table.press("MKT", "point", "0")
    assert "●" in table.readers["MKT"].text
    assert "direction informatique" not in table.readers["MKT"].text


def argued(table: Table, seat: str, words: str) -> None:
    """The end of the second round for somebody who adds an argument."""
    table.press(seat, "redo")
    table.say(seat, words)
    table.press(seat, "argue")


WORDS = {"COM": "Les objectifs du trimestre changent.", "DSI": "Les outils ne se parlent pas."}


def test_arguments_go_together_so_that_the_missing_one_tells_nobody(library: Library) -> None:
    table = second(Table(library, five(library)))
    for seat in table.readers:
        answer_again(table, seat)
        if seat in WORDS:
            argued(table, seat, WORDS[seat])
    table.press("DG", "close_yes")
    final = table.session.final
    assert final is not None
    assert set(final.arguments) == set(WORDS.values())
    table.press("DSI", "leave", "answers")
    assert "1 argument" in table.readers["DSI"].text
    assert table.session.final is not None
    assert not table.session.final.arguments
    table.session = replace(table.session, phase=Phase.SECOND, rounds=2)
    table.press("DG", "close_yes")
    assert table.session.final is not None
    assert not table.session.final.arguments


@pytest.mark.parametrize("left", ["DSI", "COM"])
def test_neither_the_gap_of_two_nor_who_prepares_tells_who_has_left(
    library: Library, left: str
) -> None:
    """Both go whoever it is, and nobody is offered in their place."""
    table = at(library, "between")
    for seat in ("MKT", "COM"):
        table.press(seat, "gap", "yes")
    assert table.session.gap
    table.session = replace(table.session, partner="COM", approved=("COM",))
    table.press(left, "leave", "answers")
    after = table.session
    assert (after.gap, after.partner, after.approved) == (None, "", ())
    table.press("DG", "set", "partner")
    assert table.readers["DG"].labels == ["Personne"]
    table.press("DG", "partner", "DRH")
    assert table.session.partner == ""
    assert table.press("MKT", "gap_look").text == "Il n'y a rien à comparer pour l'instant."


def test_answers_that_have_gone_by_themselves_show_by_no_difference(library: Library) -> None:
    """A conversation whose time is over leaves a seat and nothing in it."""
    table = second(Table(library, five(library)))
    for seat in table.readers:
        if seat != "DSI":
            answer_again(table, seat)
    before = table.session.digest
    gone = table.readers["DSI"]
    gone.state = replace(gone.state, interview=Interview("dsixxx"), member=None)
    table.press("DG", "close_yes")
    final = table.session.final
    assert before is not None
    assert final is not None
    assert final.dimensions == before.dimensions
    assert final.signals == before.signals
    for name, item in final.items.items():
        assert item.counts in ((), before.items[name].counts)


def test_who_has_erased_answers_is_not_read_from_who_is_missing(library: Library) -> None:
    table = at(library, "second")
    answer_again(table, "MKT")
    assert "informatique" in table.command("DG", "/statut").text
    table.press("DSI", "leave", "answers")
    text = table.command("DG", "/statut").text
    assert "Une personne sur quatre a terminé." in text
    assert not any(word in text for word in ("informatique", "marketing", "commerce"))


# -- Files and groups ------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["first", "between", "second"])
def test_nobody_has_a_file_before_the_others_may(library: Library, phase: str) -> None:
    """What the owner settles one by one would show by difference between two notes."""
    table = at(library, phase)
    for seat in ("DG", "MKT"):
        for kinds in ("note", "dots", "agenda", "links+note", "minutes", "mes-donnees"):
            assert not brings(table, seat, kinds), (seat, kinds)
    assert brings(table, "DG", "links")
    assert not brings(table, "MKT", "links")


def brings(table: Table, seat: str, kinds: str) -> bool:
    """Whether a button, shown or not, brings somebody these files."""
    return any(isinstance(one, Bring) for one in forged(table, seat, "s", "bring", kinds))


def test_a_button_of_an_earlier_session_does_nothing_in_the_group(library: Library) -> None:
    table = at(library, "closed")
    session = replace(table.session, group=-5, board=7)
    turn = replace(table.turn("DG"), session=session, chat=-5)
    for deed in DEEDS:
        replies = respond_in_group(turn, Tap("earlier1", "m", (deed, "0")))
        assert [type(one) for one in replies] == [Toast], deed


# -- Nothing left of those who never agreed ------------------------------------------------


async def test_the_close_forgets_whoever_had_opened_a_link_and_agreed_to_nothing(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM", "DSI")
    marc = await joined(standin, owner, "MKT")
    waiting = standin.person("Claire", language_code="fr")
    await do(waiting, link(owner, "COM"), "[Oui]")
    looking = standin.person("Paul", language_code="fr")
    await do(looking, link(owner, "DSI"))
    for person in (owner, marc):
        await do(person, "/reprendre")
        await finish(person)
    await do(owner, "/statut", "[Clore maintenant]", "[Clore le premier tour]")
    await waiting.wait_for(lambda p: "est clos sans votre participation" in last(p))
    assert await service._repository.load(f"telegram:{waiting.user.id}") is None
    session = await held(service, owner)
    assert str(waiting.user.id) not in sessions.pack(session).decode()
    assert str(looking.user.id) not in sessions.pack(session).decode()
    await do(waiting, "/resultats")
    assert "●" not in last(waiting)


async def test_what_is_answered_elsewhere_is_not_read_here(
    standin: StandIn, service: Service
) -> None:
    """Whose conversation has gone with its time may begin anew, their old seat still theirs."""
    people = [standin.person(name, language_code="fr") for name in ("Dominique", "Paul", "Claire")]
    for person in people:
        await do(person, "/start", "[J'ai compris, je commence]", "[Direction générale]")
    await convene(service, people)
    state = await kept(service, people[1])
    await keep(service, people[1], replace(state, member=None))
    turn, _ = await service._present(f"telegram:{people[0].user.id}")
    assert set((await service._convening.gathered(turn))[0].members or {}) == {"DG", "COM"}


def test_whoever_only_looked_is_forgotten_first(library: Library) -> None:
    table = Table(library, five(library))
    only = Conversation(Interview("a"), member=Member("session1", "MKT")).at("invited", "MKT:0")
    seated = only.at("answered")
    assert kept_days(table.house, only, table.session) == table.house.retention_days
    assert kept_days(table.house, Conversation(Interview("a"))) == table.house.retention_days
    assert kept_days(table.house, seated, table.session) == SILENCE_DAYS


def test_a_job_does_not_tell_who_answers_for_which_function() -> None:
    job = notice(Notify("session1", "DSI", "telegram:7", "remind", 5.0))
    assert "DSI" not in repr(job)
    assert job != notice(Notify("session1", "MKT", "telegram:8", "remind", 5.0))


# -- Hostile words -------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["<b>Cap</b> & {0.__class__} %s", "Cap\n• Cap", "Cap\u202epac"])
def test_typed_words_stay_words_on_one_line(library: Library, words: str) -> None:
    said = " ".join(words.replace("\u202e", "").split())
    table = second(Table(library, five(library)))
    answer_again(table, "COM")
    argued(table, "COM", words)
    member = table.readers["COM"].state.member
    assert member is not None
    assert member.argument == said
    table.press("DG", "set", "name")
    assert table.say("DG", words).screens
    assert table.session.name == said
