"""The meeting on Telegram: a group, a bot in privacy mode, the chair's own chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.core.meeting import Meeting
from bot.core.session import Phase
from bot.service import Service
from bot.storage.postgres import Postgres
from tests.meetings import WHY
from tests.playing import documents, normal
from tests.room import Room, ours, words
from tests.seated import change, kept, session_of, with_results
from tests.standin import StandIn
from tests.telegram_bot import Clock, do, last, running, until

SEANCE = "/seance@codir_conseil_bot"
PAIR = ("Dominique", "Paul")
NAMES = ("Dominique", "Marie", "Carl", "Renée", "Sacha")


async def gathered(
    standin: StandIn, service: Service, names: Sequence[str] = NAMES, **more: object
) -> Room:
    """People with their results, in a group to which the chair has added the bot."""
    people = await with_results(standin, service, names, **more)
    group = standin.group("CODIR", people)
    await people[0].settle(5)
    return Room(service, group, people)


@pytest.fixture
async def room(standin: StandIn, service: Service) -> Room:
    """The meeting has been announced in the group."""
    room = await gathered(standin, service)
    await room.say(SEANCE)
    return room


@pytest.fixture
async def pair(standin: StandIn, service: Service) -> Room:
    """The same with two people, the chair and a member."""
    pair = await gathered(standin, service, PAIR)
    await pair.say(SEANCE)
    return pair


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
        room = await gathered(standin, service)
        await room.say(SEANCE)
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


async def test_only_the_chair_moves_the_meeting_and_it_stays_in_one_message(pair: Room) -> None:
    member = pair.people[1]
    board = ours(pair.group)[-1]
    assert "Mode séance" in words(board)
    await pair.tap("Premier point", member)
    assert "Seule la personne qui anime" in member.toasts[-1]
    await pair.tap("Premier point")
    await pair.tap("Point suivant")
    assert words(board).startswith("Point 2 sur")
    assert len(ours(pair.group)) == 2


async def test_a_sentence_is_noted_from_a_reply_and_from_nothing_else(pair: Room) -> None:
    chair, member = pair.people
    await pair.until("Noter la phrase retenue")
    await pair.tap("Noter la phrase retenue")
    assert chair.toasts[-1]
    await chair.say_in(pair.group, "entre nous : il est tard", dismiss=True)
    await pair.say("À mon avis, pour le client.", member)
    assert "Seule la personne qui anime" in pair.said[-1]
    ask = next(m for m in ours(pair.group) if "en réponse à ce message" in words(m))
    await pair.say("Pour que chaque client soit reconnu.", reply_to=ask)
    assert "« Pour que chaque client soit reconnu. »" in pair.said[-1]
    said = (await session_of(pair.service)).meeting.decisions[0].said  # type: ignore[union-attr]
    assert said == "Pour que chaque client soit reconnu."


async def test_a_vote_is_anonymous_hidden_and_counted_once(pair: Room) -> None:
    chair, member = pair.people
    await pair.until("Ouvrir le vote")
    await pair.tap("Ouvrir le vote")
    poll = next(m for m in ours(pair.group) if m.media and m.media.kind == "poll")
    assert poll.media is not None
    options = [option["text"] for option in poll.media.value["options"]]
    assert poll.media.value["is_anonymous"]
    await chair.vote(options[1], group=pair.group)
    await member.vote(options[0], group=pair.group)
    await member.vote(options[1], group=pair.group)
    assert [one["voter_count"] for one in poll.media.value["options"]] == [0] * len(options)
    await pair.tap("Clore le vote")
    assert "Vote clos : 2 voix." in pair.said[-1]
    assert normal(options[1])[0] + " : 2" in pair.said[-1]
    await pair.tap("Enregistrer comme décision")
    assert "Décision enregistrée" in pair.said[-1]


@pytest.mark.parametrize("method", ["sendPoll", "stopPoll"])
async def test_a_vote_survives_a_reply_that_is_lost(
    pair: Room, standin: StandIn, method: str
) -> None:
    chair = pair.chair
    await pair.until("Ouvrir le vote")
    if method == "sendPoll":
        standin.faults.drop_reply(1, method=method)
    await pair.tap("Ouvrir le vote")
    await until(lambda: ours(pair.group)[-1].labels == ["Clore le vote"])
    polls = [m for m in ours(pair.group) if m.media and m.media.kind == "poll"]
    assert len(polls) == 1, "the one whose reply was lost is taken away"
    assert polls[0].media is not None
    await chair.vote(polls[0].media.value["options"][0]["text"], message=polls[0])
    if method == "stopPoll":
        standin.faults.drop_reply(1, method=method)
    await pair.tap("Clore le vote")
    await until(lambda: "Vote clos : 1 voix." in pair.said[-1])
    assert polls[0].labels == []


async def test_the_bot_restarted_the_meeting_goes_on(library: Library, tmp_path: Path) -> None:
    async with StandIn() as standin:
        async with running(library, standin, tmp_path) as service:
            room = await gathered(standin, service, PAIR)
            await room.say(SEANCE)
            await room.tap("Premier point")
        async with running(library, standin, tmp_path):
            await room.tap("Point suivant")
            board = ours(room.group)[-1]
            assert words(board).startswith("Point 2 sur")
            await room.say(SEANCE)
            assert room.said[-1].startswith("Point 2 sur")
            assert board.labels == [], "only the newest message keeps its buttons"
        assert standin.violations == []
        assert standin.unanswered() == []


async def test_several_machines_hold_one_meeting(
    library: Library, tmp_path: Path, database: str
) -> None:
    """On PostgreSQL: one process begins, another one goes on, the files come from a worker."""

    async def store() -> Postgres:
        return await Postgres.open(database, tmp_path / "keys" / "key")

    async with StandIn() as standin:
        async with running(library, standin, tmp_path, datetime.now, store=await store()) as first:
            room = await gathered(standin, first, PAIR)
            chair, member = room.people
            await room.say(SEANCE)
            await room.until("Ouvrir le vote")
            await room.tap("Ouvrir le vote")
        async with running(library, standin, tmp_path, datetime.now, store=await store()) as then:
            await member.vote("Réorganiser par processus, sans recruter", group=room.group)
            await room.tap("Clore le vote")
            await until(lambda: "Vote clos : 1 voix." in room.said[-1])
            await room.tap("Enregistrer comme décision")
            interview = (await kept(then, chair)).interview.id
            await chair.tap_ghost(f"{interview}:s:bring:note", message=chair.last)
            await until(lambda: len(documents(chair)) == 2, 30)
            session = await session_of(then)
            assert session is not None
            assert session.meeting is not None
            assert session.meeting.decisions[-1].votes == (0, 1, 0)
        assert standin.violations == []
        assert standin.unanswered() == []


async def test_an_update_that_comes_twice_does_nothing_twice(pair: Room, standin: StandIn) -> None:
    standin.faults.duplicates = 1
    await pair.tap("Premier point")
    session = await session_of(pair.service)
    assert session is not None
    assert session.meeting == Meeting(point=0)


async def test_no_meeting_while_the_second_round_is_under_way(
    standin: StandIn, service: Service, library: Library
) -> None:
    room = await gathered(standin, service, PAIR, phase=Phase.SECOND)
    chair = room.chair
    await room.say(SEANCE)
    assert "Second tour en cours" in room.said[-1]
    session = await session_of(service)
    assert session is not None
    await change(service, chair, replace(session, phase=Phase.CLOSED))
    await room.say(SEANCE)
    assert "Mode séance" in room.said[-1]
