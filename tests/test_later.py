"""Six months later: who agrees, what is kept until then, the round that opens, what has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.library import Library
from bot.conversation import retention
from bot.conversation.hearing import Command, Due, Hearing, Typed, decode
from bot.conversation.packing import pack, unpack
from bot.conversation.reply import Convene, Dissolve, Erase, Notify
from bot.conversation.respond import respond
from bot.conversation.screen import Button, Screen
from bot.conversation.session import sessions
from bot.conversation.session.moving import lines
from bot.conversation.state import Conversation, Member
from bot.conversation.turn import Turn
from bot.core.digesting import digest
from bot.core.interview import Interview
from bot.core.later import faded
from bot.core.meeting import Decision, Meeting
from bot.core.session import Phase, Session, Status
from bot.service import Service
from tests.committees import five
from tests.meetings import convened, house, results
from tests.seated import session_of, with_results
from tests.standin import StandIn
from tests.telegram_bot import Clock, do, last

CLOSED = datetime(2026, 12, 15, 9, tzinfo=UTC)


class Committee:
    """Five private chats, one session, and the words for later, played in the order of time."""

    def __init__(self, library: Library, session: Session) -> None:
        self.house = house(library)
        self.session: Session | None = session
        self.now = CLOSED
        self.waiting: list[Notify] = []
        self.chats: dict[str, Conversation] = {}
        self.screens: dict[str, list[Screen]] = {}
        answers = five(library)
        for seat in session.seats:
            interview = Interview(
                f"id{seat.id.lower():0<4}",
                answers=answers[seat.id],
                versions={"diagnostic": "1", "documents": "1", "second_round": "1"},
            )
            state = Conversation(interview, place="shared", consent=CLOSED)
            self.chats[seat.person] = replace(state, member=Member(session.id, seat.id))
            self.screens[seat.person] = []

    def hear(self, person: str, heard: Hearing) -> None:
        state = self.chats.get(person)
        if state is None:
            return
        member = state.member
        there = member is not None and self.session is not None
        turn = Turn(self.house, state, self.now, "ef" * 32, person, bot="b")
        turn = turn.convened(self.session if there else None)
        self.chats[person], replies = respond(turn, heard)
        self.screens[person] = [one for one in replies if isinstance(one, Screen)]
        for reply in replies:
            match reply:
                case Convene(session):
                    self.session = session
                case Dissolve():
                    self.session = None
                case Notify():
                    self.waiting.append(reply)
                case Erase():
                    del self.chats[person]

    def tap(self, person: str, label: str) -> None:
        found = [one for one in self.buttons(person) if one.label == label]
        assert found, f"no [{label}] under {self.said(person)}"
        tap = decode(found[0].action)
        assert tap
        self.hear(person, tap)

    def buttons(self, person: str) -> Iterator[Button]:
        for screen in self.screens[person]:
            for row in screen.rows:
                yield from row

    def said(self, person: str) -> str:
        return "\n\n".join(screen.text for screen in self.screens[person])

    def until(self, when: datetime) -> None:
        """Time passes; each word is said at its time."""
        while due := [one for one in self.waiting if one.at <= when.timestamp()]:
            first = min(due, key=lambda one: one.at)
            self.waiting.remove(first)
            self.now = max(self.now, datetime.fromtimestamp(first.at, UTC))
            self.hear(first.person, Due(first.session, first.topic))
        self.now = when


DG, MKT, COM, DRH, DSI = (f"telegram:{n}" for n in range(1, 6))


@pytest.fixture
def committee(library: Library) -> Committee:
    """A committee with its results, whose owner looks at the end of the record."""
    committee = Committee(library, convened(results(library)))
    committee.hear(DG, decode(f"{committee.chats[DG].interview.id}:s:later") or Typed(""))
    return committee


def agreed(committee: Committee, *people: str) -> Session:
    """The owner asks, and these people accept; the others say no or nothing."""
    committee.tap(DG, "Oui, dans 6 mois")
    committee.until(committee.now + timedelta(hours=1))
    for person in people:
        committee.tap(person, "Oui, dans 6 mois")
    assert committee.session
    return committee.session


def test_the_owner_reads_what_it_means_before_anybody_is_asked(committee: Committee) -> None:
    assert "Vers le 15 juin 2027" in committee.said(DG)
    assert "je ne garde rien de qui ne le souhaite pas" in committee.said(DG)
    assert committee.waiting == []


def test_each_who_answered_is_asked_for_themselves(committee: Committee) -> None:
    agreed(committee)
    for person in (MKT, COM, DRH, DSI):
        assert committee.said(person).startswith(
            "La direction générale propose de refaire le point"
        )


def test_a_refusal_leaves_no_trace(committee: Committee) -> None:
    before = agreed(committee, MKT)
    chat = committee.chats[COM]
    committee.tap(COM, "Non, merci")
    assert "Si ce point a lieu, il se fera sans vous" in committee.said(COM)
    assert committee.session == before
    assert committee.chats[COM].member == chat.member


def test_an_agreement_can_be_taken_back(committee: Committee) -> None:
    agreed(committee, MKT)
    committee.hear(MKT, decode(f"{committee.chats[MKT].interview.id}:s:l_refuse") or Typed(""))
    assert committee.session
    assert [seat.id for seat in committee.session.returning] == ["DG"]


def waited(committee: Committee, *people: str) -> Session:
    """On the day announced, answers are gone."""
    agreed(committee, *people)
    committee.until(CLOSED + timedelta(days=40))
    assert committee.session
    return committee.session


def test_answers_go_on_the_day_announced_and_only_agreements_stay(committee: Committee) -> None:
    kept = waited(committee, MKT)
    assert [seat.id for seat in kept.seats] == ["DG", "MKT"]
    assert kept.results is None
    for person in (DG, MKT):
        chat = committee.chats[person]
        assert dict(chat.interview.answers) == {}
        assert "Vos réponses ont été supprimées aujourd'hui" in committee.said(person)
    assert dict(committee.chats[COM].interview.answers)  # goes with its own retention


def test_what_is_left_of_the_session_holds_no_answer(committee: Committee) -> None:
    kept = sessions.pack(waited(committee, MKT)).decode()
    for trace in ("telegram:3", "j6_10", "reorganise", "vecu", "redaction", '"counts":[1'):
        assert trace not in kept
    assert "opposes" in kept


def test_somebody_who_waits_learns_so_whatever_they_write(committee: Committee) -> None:
    waited(committee, MKT)
    committee.hear(MKT, Typed("bonjour"))
    assert "refaire le point vers le 15 juin 2027" in committee.said(MKT)
    committee.tap(MKT, "Y renoncer et tout effacer")
    assert MKT not in committee.chats
    assert committee.session
    assert [seat.id for seat in committee.session.returning] == ["DG"]


@pytest.mark.parametrize(
    "name", ["start", "seance", "resultats", "statut", "effacer", "reprendre", "document", "relire"]
)
def test_no_command_leads_into_the_void(committee: Committee, name: str) -> None:
    waited(committee, MKT)
    for person in (DG, MKT):
        committee.hear(person, Command(name))
        assert "refaire le point vers le 15 juin 2027" in committee.said(person)


def test_nothing_is_sent_before_the_owner_says_so(committee: Committee) -> None:
    waited(committee, MKT, COM)
    committee.until(datetime(2027, 6, 15, 12, tzinfo=UTC))
    assert "Six mois ont passé" in committee.said(DG)
    assert "aux 3 personnes" in committee.said(DG)
    assert "supprimées aujourd'hui" in committee.said(MKT)


def test_the_first_round_opens_again_for_those_who_agreed(committee: Committee) -> None:
    waited(committee, MKT)
    committee.until(datetime(2027, 6, 15, 12, tzinfo=UTC))
    start = next(one.label for one in committee.buttons(DG) if one.label.startswith("Lancer"))
    committee.tap(DG, start)
    session = committee.session
    assert session
    assert (session.phase, session.digest) == (Phase.FIRST, None)
    assert session.before is not None
    assert "C'est lancé, jusqu'au" in committee.said(DG)
    assert dict(committee.chats[DG].interview.answers) == {"role": "DG"}
    committee.until(committee.now + timedelta(minutes=5))
    assert "Vous aviez accepté que je vous repose les mêmes questions" in committee.said(MKT)
    committee.tap(MKT, "Commencer")
    assert committee.session
    seat = committee.session.seat("MKT")
    assert seat
    assert seat.status is Status.ANSWERING
    assert committee.chats[MKT].interview.answers["role"] == "MKT"


def test_one_person_is_not_a_committee(committee: Committee) -> None:
    waited(committee)
    committee.until(datetime(2027, 6, 15, 12, tzinfo=UTC))
    assert "Moins de deux personnes" in committee.said(DG)
    assert committee.session is None
    assert DG not in committee.chats


def test_the_owner_may_let_it_be(committee: Committee) -> None:
    waited(committee, MKT)
    committee.until(datetime(2027, 6, 15, 12, tzinfo=UTC))
    committee.tap(DG, "Ne pas relancer")
    committee.until(committee.now + timedelta(days=1))
    assert committee.session is None
    assert committee.chats.keys() == {COM, DRH, DSI}


def test_answers_of_a_closed_session_go_in_thirty_days(library: Library) -> None:
    state = Conversation(Interview("a"), member=Member("abcd2345", "MKT"))
    session = convened(results(library))
    assert retention.kept_days(house(library), state, session) == 30
    under_way = replace(session, phase=Phase.FIRST, digest=None, final=None)
    assert retention.kept_days(house(library), state, under_way) == 90


def test_a_session_is_kept_from_its_closing(library: Library) -> None:
    """However long after its deadline it was closed, and no longer when it was before."""
    session, place = convened(results(library)), house(library)
    for days in (-20, 40):
        closed = replace(session, decides=None, closed=session.deadline + timedelta(days=days))
        assert retention.session_until(place, closed) == closed.closed + timedelta(days=30)


def test_a_session_outlives_its_meeting(library: Library) -> None:
    session = replace(convened(results(library)), decides=date(2027, 2, 8), starts="09:00")
    until = retention.session_until(house(library), session)
    assert until.date() == date(2027, 3, 10)


def test_a_session_that_comes_back_is_there_on_the_day(committee: Committee) -> None:
    """Even when it was asked for on the last day before the answers went."""
    committee.now = (CLOSED + timedelta(days=22)).replace(hour=10)
    session = agreed(committee, MKT)
    assert session.comes is not None
    until = retention.session_until(committee.house, session)
    assert until >= session.comes + timedelta(days=30)


def test_a_round_under_way_is_not_taken_from_its_people(library: Library) -> None:
    """However short what is closed is kept, an open round waits as its answers do."""
    place = replace(house(library), retention_days=1)
    for phase in (Phase.FIRST, Phase.BETWEEN, Phase.SECOND):
        session = replace(convened(results(library)), phase=phase)
        until = retention.session_until(place, session)
        assert until == session.deadline + timedelta(days=retention.SILENCE_DAYS)


def test_whoever_agreed_stays_known_until_then(library: Library) -> None:
    state = Conversation(Interview("a"), member=Member("abcd2345", "MKT", later=True))
    assert retention.kept_days(house(library), state) > 182
    assert unpack(pack(state)).member == state.member


# -- What has moved ------------------------------------------------------------------


def test_what_moved_is_told_with_the_results(library: Library) -> None:
    old = faded(convened(results(library), later=True), "interim_cdo")
    better = {seat: {**values, "shared_targets": 4} for seat, values in five(library).items()}
    now = digest(library.expertise, better, invited=5, named=False)
    session = replace(convened(now), before=old.before, led=old.led)
    turn = Turn(house(library), Conversation(Interview("a")), CLOSED, "", DG, session)
    said = lines(turn, now)
    assert said.startswith("Depuis la session d'il y a six mois :\n• Alignement : 34, puis 39/100")
    assert "• Les objectifs marketing et commerce : avis opposés, puis accord" in said
    assert "Toujours en tête" in said


def test_what_moved_comes_above_the_results_and_stays_at_hand(library: Library) -> None:
    found = results(library)
    old = faded(convened(found, later=True), "reorganise")
    committee = Committee(library, replace(convened(found), before=old.before, led=old.led))
    committee.hear(COM, Due("abcd2345", "results"))
    moved, *shown = committee.screens[COM]
    assert "En tête : réorganiser par processus" in moved.text
    assert max(len(one.text) for one in (moved, *shown)) <= 700
    committee.tap(COM, "Voir ce qui a bougé")
    assert committee.said(COM) == moved.text


def test_a_first_session_has_nothing_to_compare(library: Library) -> None:
    found = results(library)
    turn = Turn(house(library), Conversation(Interview("a")), CLOSED, "", DG, convened(found))
    assert lines(turn, found) == ""


# -- On Telegram ---------------------------------------------------------------------


async def test_six_months_in_private_chats(
    service: Service, standin: StandIn, clock: Clock
) -> None:
    meeting = Meeting(decisions=(Decision("why", "Oui."),))
    names = ("Dominique", "Marie", "Carl")
    owner, guest, other = await with_results(standin, service, names, meeting=meeting)
    await do(owner, "/resultats", "[Relevé de décisions]", "[Rédiger le relevé maintenant]")
    await owner.settle(30, quiet=2.0)
    await do(owner, "[Revoir la situation dans 6 mois]", "[Oui, dans 6 mois]")
    await guest.settle(10, quiet=1.0)
    await do(guest, "[Oui, dans 6 mois]")
    await do(other, "[Non, merci]")

    clock.now += timedelta(days=41)
    await guest.wait_for(lambda person: "supprimées aujourd'hui" in last(person), 10)
    await owner.wait_for(lambda person: "supprimées aujourd'hui" in last(person), 10)
    kept = await session_of(service)
    assert kept
    assert [seat.id for seat in kept.seats] == ["DG", "MKT"]

    clock.now += timedelta(days=142)
    await owner.wait_for(lambda person: "Six mois ont passé" in last(person), 10)
    await do(owner, next(f"[{label}]" for label in owner.visible(owner.private)[-1].labels))
    await guest.wait_for(lambda person: "Vous aviez accepté" in last(person), 10)
    await do(guest, "[Commencer]")
    assert "2/" in last(guest)
