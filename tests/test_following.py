"""Another session once one is closed: nobody erases everything, and nothing is carried over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.content.library import Library
from bot.conversation.hearing import decode
from bot.conversation.session import sessions
from bot.core.meeting import Meeting
from bot.core.session import Mode, Phase, Session, Status
from bot.service import Service
from tests.gathering import finish, held, joined, link, opened, said
from tests.meetings import convened, results
from tests.playing import documents
from tests.room import ours, words
from tests.seated import change, kept, named, session_of
from tests.standin import Person, StandIn
from tests.telegram_bot import Clock, do, last
from tests.test_group import SEANCE, say
from tests.test_later import DG, MKT, Committee, agreed

OTHER, OPEN = "[Ouvrir une autre session]", "[Quitter celle-ci et en ouvrir une autre]"
JOIN = "[Quitter celle-ci et rejoindre l'autre]"
CLOSE = ["/statut", "[Clore maintenant]", "[Clore le premier tour]"]
INVITE = ["[Sans les fonctions (conseillé)]", "[✓ Commerce]", "[✓ RH]", "[✓ Informatique]"]
INVITE += ["[✓ Finances]", "[Valider (1)]", "[Vendredi 4 décembre, 18 h]"]


async def closed(standin: StandIn, service: Service) -> tuple[Person, Person, Session]:
    """Two people whose results are there, and their session."""
    owner = await opened(standin, "MKT")
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await do(owner, "[J'ai transféré le message]", "[Répondre à mon tour]")
    await finish(owner)
    await do(owner, *CLOSE)
    await guest.wait_for(lambda _: "Vous êtes deux à avoir répondu" in last(guest))
    return owner, guest, await held(service, owner)


async def test_the_owner_of_a_closed_session_opens_another(
    standin: StandIn, service: Service
) -> None:
    owner, guest, before = await closed(standin, service)
    await do(owner, "/seance")
    assert "Pour une nouvelle décision, vous pouvez ouvrir une autre session." in last(owner)
    await do(owner, OTHER)
    text = last(owner)
    assert "Gardé : les messages et les fichiers de cette conversation." in text
    assert "Supprimé, définitivement : vos réponses et vos choix." in text
    assert "La séance n'a pas été ouverte dans le groupe" in text
    assert "rien n'est repris de celle-ci" in text
    await do(owner, "[Garder cette session]")
    assert (await held(service, owner)) == before
    await do(owner, "/statut", OTHER)
    old = await kept(service, owner)
    await do(owner, OPEN, *INVITE)
    state, session = await kept(service, owner), await held(service, owner)
    assert session.id != before.id
    assert state.interview.answers == {"role": "DG"}, "everybody answers anew"
    await owner.tap_ghost(f"{old.interview.id}:s:other_yes")
    await owner.settle()
    assert (await held(service, owner)).id == session.id
    left = await session_of(service, before.id)
    assert left is not None
    assert (left.seats[0].person, left.seats[0].status) == ("", Status.LEFT)
    assert left.digest == before.digest
    assert left.erased == 0
    await do(guest, "/resultats")
    assert "Ce que le CODIR a dit, et votre place." in last(guest)
    await do(guest, "[Lire la note de synthèse]")
    await guest.wait_for(lambda _: len(documents(guest)) == 2, 60)
    await guest.wait_for(lambda _: "Voir les résultats" in guest.last.labels)
    await do(guest, "[Voir les résultats]")
    assert "effacé" not in said(guest)
    await guest.tap_ghost(f"{(await kept(service, guest)).interview.id}:s:share:yes")
    await guest.settle()
    assert "rien à comparer" in last(guest), "nobody waits for an agreement that cannot come"


async def test_a_member_of_a_closed_session_joins_another(
    standin: StandIn, service: Service
) -> None:
    owner, guest, before = await closed(standin, service)
    await do(owner, "/statut", OTHER, OPEN, *INVITE)
    await do(guest, link(owner, "MKT"))
    assert "Supprimé, définitivement : vos réponses." in last(guest)
    assert "vos choix" not in last(guest)
    await do(guest, "[Garder cette session]")
    assert (await held(service, guest)).id == before.id
    await do(guest, link(owner, "MKT"), JOIN)
    assert (await kept(service, guest)).member is None
    await guest.follow("Ouvrir l’invitation")
    await guest.settle(10)
    await do(guest, "[Oui]", "[J'ai compris, je commence]")
    assert "Contexte · 2/24" in last(guest)
    assert (await held(service, guest)).id == (await held(service, owner)).id
    assert (await kept(service, guest)).interview.answers == {"role": "MKT"}
    left = await session_of(service, before.id)
    assert left is not None
    assert [seat.person for seat in left.seats] == ["", ""]


async def test_a_member_of_a_closed_session_opens_their_own(
    standin: StandIn, service: Service
) -> None:
    _, guest, before = await closed(standin, service)
    await do(guest, "/seance", OPEN)
    assert "Faire répondre le CODIR" in last(guest)
    await do(guest, "[Sans les fonctions (conseillé)]", "[Valider (5)]")
    await do(guest, "[Vendredi 4 décembre, 18 h]")
    session = await held(service, guest)
    assert session.owner == named(guest)
    assert session.id != before.id


@pytest.mark.parametrize("meeting", [None, Meeting(point=2)])
async def test_not_while_something_is_under_way(
    standin: StandIn, service: Service, meeting: Meeting | None
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    other = await opened(standin, "DSI")
    if meeting:
        session = replace(await held(service, owner), phase=Phase.CLOSED, meeting=meeting)
        await change(service, owner, session)
    before = await kept(service, guest)
    await do(guest, link(other, "DSI"))
    assert "une seule à la fois" in last(guest)
    await guest.tap_ghost(f"{before.interview.id}:s:other_yes")
    await guest.settle()
    assert (await kept(service, guest)).member == before.member
    await do(owner, "/statut")
    assert OTHER.strip("[]") not in owner.last.labels


async def test_a_link_that_opens_nothing_costs_nothing(standin: StandIn, service: Service) -> None:
    _, guest, before = await closed(standin, service)
    other = await opened(standin, "MKT")
    line = link(other, "MKT")
    await do(other, "/effacer", "[Mes réponses à cette session]", "[Mettre fin à la session]")
    await do(guest, line)
    assert "Ce lien" in last(guest)
    assert (await held(service, guest)).id == before.id


async def test_the_group_follows_the_new_session_to_its_end(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner, _, before = await closed(standin, service)
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await change(service, owner, replace(before, group=group.chat.id, board=0))
    await say(owner, group, SEANCE)
    assert "Mode séance" in words(ours(group)[-1])
    await change(service, owner, replace(before, group=group.chat.id, board=0))
    await do(owner, "/statut", OTHER, OPEN)
    await say(owner, group, SEANCE)
    assert "Aucune session n'est suivie" in words(ours(group)[-1]), "nobody can lead it any more"
    await do(owner, *INVITE)
    await say(owner, group, SEANCE)
    assert "0/2 ont répondu" in words(ours(group)[-1])
    new = await held(service, owner)
    clock.now = datetime(2027, 1, 2, 9)
    await change(service, owner, replace(new, deadline=new.deadline.replace(year=2027)))
    clock.now = datetime(2027, 1, 8, 9)
    for _ in range(100):
        if await session_of(service, before.id) is None:
            break
        await owner.settle(1, quiet=0.05)
    assert await session_of(service, before.id) is None
    row = await service._repository.load(sessions.chat_key(group.chat.id))
    assert row is not None
    assert row.data.decode() == new.id


def deed(committee: Committee, person: str, name: str) -> None:
    """A tap on a button that may be gone."""
    tap = decode(f"{committee.chats[person].interview.id}:s:{name}")
    assert tap is not None
    committee.hear(person, tap)


def test_nobody_is_asked_again_without_whoever_opened_it(library: Library) -> None:
    committee = Committee(library, convened(results(library)))
    deed(committee, DG, "later")
    agreed(committee, MKT)
    deed(committee, DG, "other")
    assert "Le point à six mois, prévu vers le" in committee.said(DG)
    committee.tap(DG, "Quitter celle-ci et en ouvrir une autre")
    assert committee.session is not None
    assert not committee.session.later
    committee.until(committee.now + timedelta(hours=1))
    assert "Le point à six mois n'aura pas lieu" in committee.said(MKT)
    member = committee.chats[MKT].member
    assert member is not None
    assert not member.later
    assert not any(seat.later for seat in committee.session.seats)


def test_functions_stay_hidden_when_whoever_had_not_said_has_gone(library: Library) -> None:
    session = replace(convened(results(library)), mode=Mode.NAMED)
    for seat in session.seats:
        session = session.change(seat.id, named=seat.id != "MKT")
    committee = Committee(library, session)
    deed(committee, MKT, "other_yes")
    assert committee.session is not None
    assert committee.session.seat_of(MKT) is None
    assert not committee.session.named
