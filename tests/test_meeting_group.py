"""The meeting on Telegram: five people in a group, a bot in privacy mode, the chair's own chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.library import Library
from bot.core.session import Phase
from bot.service import Service
from tests.meetings import WHY, results
from tests.playing import documents
from tests.room import Room
from tests.seated import convene, kept, session_of
from tests.standin import StandIn
from tests.telegram_bot import Clock, do, last, running

NAMES = ("Dominique", "Marie", "Carl", "Renée", "Sacha")


async def seated(standin: StandIn, service: Service, library: Library, **more: object) -> Room:
    """Five people with their results, in a group to which the chair has added the bot."""
    people = [standin.person(name, language_code="fr") for name in NAMES]
    for person in people:
        await do(person, "/start", "[J'ai compris, je commence]")
    found = results(library)
    changes = {"digest": found, "final": found, "phase": Phase.CLOSED, "rule": "majorite"}
    await convene(service, people, **{**changes, **more})
    group = standin.group("CODIR", people)
    await people[0].settle(5)
    return Room(service, group, people)


@pytest.fixture
async def room(standin: StandIn, service: Service, library: Library) -> Room:
    """The meeting has been announced in the group."""
    room = await seated(standin, service, library)
    await room.say("/seance@codir_conseil_bot")
    return room


async def test_the_meeting_from_its_announcement_to_the_record(room: Room) -> None:
    assert "Mode séance." in room.board
    await room.tap("Premier point")
    await room.to(3)
    await room.tap("Noter la phrase retenue")
    await room.say(WHY)
    assert f"Le « pourquoi » retenu : « {WHY} »" in room.board
    await room.tap("Point suivant")
    await room.to(6)
    await room.tap("Ouvrir le vote")
    for person, option in zip(room.people, (0, 0, 0, 1, 1), strict=True):
        names = ("CDO de transition ou à temps partagé", "Réorganiser par processus, sans recruter")
        await person.vote(names[option], group=room.group)
    assert "Clore le vote" in str(room.chair.visible(room.group.chat)[-1].labels)
    await room.tap("Clore le vote")
    assert "Vote clos : 5 voix. CDO de transition ou à temps partagé : 3" in room.board
    await room.tap("Enregistrer comme décision")
    await room.tap("Plus tard, en privé")
    await room.tap("Point suivant")
    await room.tap("Valider")
    await room.tap("Point suivant")
    await room.tap("Adopter le point mensuel")
    await room.tap("Clore la séance")
    assert "Séance close · 4 décisions" in room.board
    await room.chair.wait_for(lambda person: "Pour la décision 2" in last(person), 10)
    await do(
        room.chair,
        "[Direction générale]",
        "[Dans 30 jours]",
        "[Engagé à la date dite]",
        "[Chaque direction, à son équipe]",
    )
    await room.chair.wait_for(lambda person: "Et maintenant" in last(person), 30)
    assert [name.rpartition(".")[2] for name in documents(room.chair)] == ["docx", "pdf"]
    assert (await kept(room.service, room.chair)).interview.answers["option"] == "interim_cdo"
    assert not any(documents(person) for person in room.people[1:])


async def test_only_one_message_carries_buttons(room: Room) -> None:
    await room.tap("Premier point")
    await room.to(3)
    await room.say("/seance")
    assert room.live == 1
    await room.tap("Noter la phrase retenue")
    await room.say(WHY)
    assert room.live == 1


async def test_others_cannot_move_it_nor_write_for_it(room: Room) -> None:
    guest = room.people[1]
    query = await guest.tap("Premier point", group=room.group)
    await guest.settle(10)
    assert "Seule la personne qui anime" in str(query and query.text)
    await room.tap("Premier point")
    await room.to(3)
    await room.tap("Noter la phrase retenue")
    prompt = next(m for m in reversed(room.group.messages) if m.from_bot and not m.labels)
    await room.say("Une phrase à moi.", guest, reply_to=prompt)
    session = await session_of(room.service)
    assert session
    assert session.meeting
    assert session.meeting.decisions == ()


async def test_what_people_say_among_themselves_stays_there(room: Room) -> None:
    before = room.said
    await room.say("on commence par le budget ?", room.people[2])
    assert room.said == before


async def test_a_restart_goes_on_where_the_meeting_was(
    standin: StandIn, library: Library, tmp_path: Path
) -> None:
    clock = Clock()
    async with running(library, standin, tmp_path, clock) as service:
        room = await seated(standin, service, library)
        await room.say("/seance@codir_conseil_bot")
        await room.tap("Premier point")
        await room.to(6)
        await room.tap("Ouvrir le vote")
        await room.people[1].vote("Aucune des deux aujourd’hui", group=room.group)
    async with running(library, standin, tmp_path, clock):
        await room.tap("Clore le vote")
        assert "Aucune des deux aujourd'hui : 1" in room.board
        await room.say("/seance")
        assert "Vote clos : 1 voix." in room.board


async def test_nothing_of_anybody_is_said_in_the_group(room: Room) -> None:
    await room.tap("Premier point")
    for number in range(2, 9):
        await room.to(number)
    said = " ".join(room.said).lower()
    for role in ("direction marketing", "direction commerciale", "informatique", "j6_10", "€"):
        assert role not in said.replace("marketing, commerce et informatique", "")
