"""The committee's group on Telegram: who has answered by numbers only, then the meeting."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.conversation import sessions
from bot.core.session import Meeting, Phase, Session
from bot.service import Service
from bot.storage.postgres import Postgres
from tests.committees import five, seen
from tests.gathering import finish, joined, opened
from tests.grounds import new_database
from tests.playing import documents, normal
from tests.seated import change, convene, kept, named, session_of
from tests.standin import Person, StandIn
from tests.standin.groups import Group
from tests.standin.model import Message
from tests.telegram_bot import Clock, do, jobs, last, running, until

SEANCE = "/seance@codir_conseil_bot"


def ours(group: Group) -> list[Message]:
    """What the bot has written in the group, as it stands."""
    return [message for message in group.messages if message.from_bot]


def words(message: Message) -> str:
    return " ".join(normal(message.words))


async def say(person: Person, group: Group, text: str, **more: object) -> None:
    await person.say_in(group, text, **more)  # type: ignore[arg-type]
    await person.settle(10)


async def tap(person: Person, group: Group, label: str) -> None:
    await person.tap(label, group=group)
    await person.settle(10)


async def only(service: Service) -> Session:
    """The one session there is."""
    rows = await service._repository._run(  # type: ignore[attr-defined]
        lambda: service._repository._db.execute(  # type: ignore[attr-defined]
            "select person from conversation where person like 'session:%'"
        ).fetchall()
    )
    found = await session_of(service, rows[0][0].partition(":")[2])
    assert found is not None
    return found


# taking part


async def test_the_group_takes_part_and_its_message_follows(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await say(owner, group, SEANCE)
    hello, board = ours(group)
    assert "écrit ici /seance" in words(hello)
    assert "0/3 ont répondu. Réponses attendues jusqu'au vendredi 4 décembre, 18 h." in words(board)
    assert board.rows == [["Participer"]]
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await until(lambda: "1/3 ont répondu" in words(board))
    assert len(ours(group)) == 2, "edited, not repeated"
    said = " ".join(words(message) for message in ours(group))
    assert "marketing a" not in said.lower()
    assert "commerc" not in said.lower()


async def test_taking_part_from_the_group_leads_to_a_function_that_is_free(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    paul = standin.person("Paul", language_code="fr")
    group = standin.group("CODIR", [owner, paul])
    await owner.settle()
    await say(owner, group, SEANCE)
    await paul.follow("Participer", group=group)
    await paul.settle(10)
    assert {"Marketing", "Commerce"} <= set(paul.last.labels), paul.picture()
    await do(paul, "[Commerce]")
    session = await only(service)
    assert session.seat_of(named(paul)) is not None


async def test_somebody_else_and_other_commands_get_a_word_and_a_way(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    paul = standin.person("Paul", language_code="fr")
    group = standin.group("CODIR", [owner, paul])
    await owner.settle()
    await say(paul, group, SEANCE)
    assert "Aucune session n'est suivie dans ce groupe" in words(ours(group)[-1])
    await say(owner, group, SEANCE)
    board = ours(group)[-1]
    await say(paul, group, SEANCE)
    assert "La session est en cours" in words(ours(group)[-1])
    await say(paul, group, "/mesdonnees@codir_conseil_bot")
    assert "La suite se passe en privé" in words(ours(group)[-1])
    await say(paul, group, "merci", reply_to=board)
    assert "La suite se passe en privé" in words(ours(group)[-1])
    assert board.rows == [["Participer"]], "still there for those who come later"
    before = len(ours(group))
    await paul.say_in(group, "on en parle demain ?")
    await asyncio.sleep(0.2)
    assert len(ours(group)) == before, "what people say among themselves is not heard"


async def test_a_group_follows_one_session_and_the_owner_may_change_the_group(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    first = standin.group("CODIR", [owner])
    second = standin.group("Comité", [owner])
    await owner.settle()
    await say(owner, first, SEANCE)
    await say(owner, second, SEANCE)
    assert (await only(service)).group == second.chat.id
    assert ours(second)[-1].rows == [["Participer"]]


async def test_a_group_that_becomes_a_supergroup_is_followed(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await say(owner, group, SEANCE)
    group.upgrade()
    await until(lambda: bool(ours(group)))
    await owner.settle(10)
    (board,) = ours(group)
    assert "0/3 ont répondu" in words(board)
    session = await only(service)
    assert (session.group, session.board) == (group.chat.id, board.id)
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await until(lambda: "1/3 ont répondu" in words(board))


async def test_put_out_of_the_group_the_session_goes_on_without_it(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await say(owner, group, SEANCE)
    group.kick_bot()
    await owner.settle()
    session = await only(service)
    assert (session.group, session.board) == (0, 0)
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await do(owner, "/statut")
    assert "Terminé : marketing" in last(owner)


async def test_the_chat_goes_with_its_session(
    standin: StandIn, service: Service, clock: Clock, tmp_path: Path
) -> None:
    owner = await opened(standin, "MKT", "COM")
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await say(owner, group, SEANCE)
    chat = sessions.chat_key(group.chat.id)
    assert await service._repository.load(chat) is not None
    clock.now += timedelta(days=60)
    async with asyncio.timeout(10):
        while await service._repository.load(chat) is not None:
            await asyncio.sleep(0.02)
    assert "end" not in jobs(tmp_path)


async def test_the_owner_leaves_and_everybody_learns_that_the_session_is_over(
    standin: StandIn, service: Service, tmp_path: Path
) -> None:
    owner = await opened(standin, "MKT", "COM")
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await say(owner, group, SEANCE)
    board = ours(group)[-1]
    guest = await joined(standin, owner, "MKT")
    held = await only(service)
    await do(owner, "/effacer")
    await do(owner, "[Tout ce qui me concerne]", "[Mettre fin à la session]")
    await until(lambda: "La session du CODIR est terminée" in words(board))
    assert board.labels == []
    await until(lambda: "La session de CODIR a pris fin" in last(guest))
    assert await service._repository.load(sessions.key(held.id)) is None
    assert await service._repository.load(sessions.chat_key(group.chat.id)) is None
    await until(lambda: not {"board", "end"} & set(jobs(tmp_path)))
    disk = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    assert named(owner).encode() not in disk


# meeting


async def meeting(
    standin: StandIn, service: Service, library: Library, **more: object
) -> tuple[Person, Person, Group]:
    """A chair and a member in their group, with P12's results."""
    chair, member = (standin.person(name, language_code="fr") for name in ("Dominique", "Paul"))
    for person in (chair, member):
        await do(person, "/start", "[J'ai compris, je commence]")
    found = seen(library, five(library))
    phase = {"phase": Phase.CLOSED, "digest": found, "rule": "majorite", **more}
    await convene(service, [chair, member], **phase)
    group = standin.group("CODIR", [chair, member])
    await chair.settle()
    return chair, member, group


async def until_choice(chair: Person, group: Group) -> None:
    """On to the point where the option is chosen."""
    await tap(chair, group, "Premier point")
    for _ in range(12):
        if "Ouvrir le vote" in ours(group)[-1].labels:
            return
        await tap(chair, group, "Point suivant")
    raise AssertionError(chair.picture(group.chat))


async def test_only_the_chair_moves_the_meeting_and_it_stays_in_one_message(
    standin: StandIn, service: Service, library: Library
) -> None:
    chair, member, group = await meeting(standin, service, library)
    await say(chair, group, SEANCE)
    board = ours(group)[-1]
    assert "Mode séance" in words(board)
    await tap(member, group, "Premier point")
    assert "Seule la personne qui anime" in member.toasts[-1]
    await tap(chair, group, "Premier point")
    await tap(chair, group, "Point suivant")
    assert words(board).startswith("Point 2 sur")
    assert len(ours(group)) == 2


async def test_a_sentence_is_noted_from_a_reply_and_from_nothing_else(
    standin: StandIn, service: Service, library: Library
) -> None:
    chair, member, group = await meeting(standin, service, library)
    await say(chair, group, SEANCE)
    await tap(chair, group, "Premier point")
    for _ in range(12):
        if "Noter la phrase retenue" in ours(group)[-1].labels:
            break
        await tap(chair, group, "Point suivant")
    await tap(chair, group, "Noter la phrase retenue")
    assert chair.toasts[-1]
    await chair.say_in(group, "entre nous : il est tard", dismiss=True)
    await say(member, group, "À mon avis, pour le client.")
    assert "Seule la personne qui anime" in words(ours(group)[-1])
    ask = next(m for m in ours(group) if "en réponse à ce message" in words(m))
    await say(chair, group, "Pour que chaque client soit reconnu.", reply_to=ask)
    assert "« Pour que chaque client soit reconnu. »" in words(ours(group)[-1])
    said = (await session_of(service)).meeting.decisions[0].said  # type: ignore[union-attr]
    assert said == "Pour que chaque client soit reconnu."


async def test_a_vote_is_anonymous_hidden_and_counted_once(
    standin: StandIn, service: Service, library: Library
) -> None:
    chair, member, group = await meeting(standin, service, library)
    await say(chair, group, SEANCE)
    await until_choice(chair, group)
    await tap(chair, group, "Ouvrir le vote")
    poll = next(m for m in ours(group) if m.media and m.media.kind == "poll")
    assert poll.media is not None
    options = [option["text"] for option in poll.media.value["options"]]
    assert poll.media.value["is_anonymous"]
    await chair.vote(options[1], group=group)
    await member.vote(options[0], group=group)
    await member.vote(options[1], group=group)
    assert [one["voter_count"] for one in poll.media.value["options"]] == [0] * len(options)
    await tap(chair, group, "Clore le vote")
    assert "Vote clos : 2 voix." in words(ours(group)[-1])
    assert normal(options[1])[0] + " : 2" in words(ours(group)[-1])
    await tap(chair, group, "Enregistrer comme décision")
    assert "Décision enregistrée" in words(ours(group)[-1])


@pytest.mark.parametrize("method", ["sendPoll", "stopPoll"])
async def test_a_vote_survives_a_reply_that_is_lost(
    standin: StandIn, service: Service, library: Library, method: str
) -> None:
    chair, _, group = await meeting(standin, service, library)
    await say(chair, group, SEANCE)
    await until_choice(chair, group)
    if method == "sendPoll":
        standin.faults.drop_reply(1, method=method)
    await tap(chair, group, "Ouvrir le vote")
    await until(lambda: ours(group)[-1].labels == ["Clore le vote"])
    polls = [m for m in ours(group) if m.media and m.media.kind == "poll"]
    assert len(polls) == 1, "the one whose reply was lost is taken away"
    assert polls[0].media is not None
    await chair.vote(polls[0].media.value["options"][0]["text"], message=polls[0])
    if method == "stopPoll":
        standin.faults.drop_reply(1, method=method)
    await tap(chair, group, "Clore le vote")
    await until(lambda: "Vote clos : 1 voix." in words(ours(group)[-1]))
    assert polls[0].labels == []


async def test_the_bot_restarted_the_meeting_goes_on(library: Library, tmp_path: Path) -> None:
    async with StandIn() as standin:
        async with running(library, standin, tmp_path) as service:
            chair, _, group = await meeting(standin, service, library)
            await say(chair, group, SEANCE)
            await tap(chair, group, "Premier point")
        async with running(library, standin, tmp_path):
            await tap(chair, group, "Point suivant")
            board = ours(group)[-1]
            assert words(board).startswith("Point 2 sur")
            await say(chair, group, SEANCE)
            assert words(ours(group)[-1]).startswith("Point 2 sur")
            assert board.labels == [], "only the newest message keeps its buttons"
        assert standin.violations == []
        assert standin.unanswered() == []


async def test_several_machines_hold_one_meeting(
    library: Library, tmp_path: Path, postgres: str
) -> None:
    """On PostgreSQL: one process begins, another one goes on, the files come from a worker."""
    address = new_database(postgres)

    async def store() -> Postgres:
        return await Postgres.open(address, tmp_path / "keys" / "key")

    async with StandIn() as standin:
        async with running(library, standin, tmp_path, datetime.now, store=await store()) as first:
            chair, member, group = await meeting(standin, first, library)
            await say(chair, group, SEANCE)
            await until_choice(chair, group)
            await tap(chair, group, "Ouvrir le vote")
        async with running(library, standin, tmp_path, datetime.now, store=await store()) as then:
            await member.vote("Réorganiser par processus, sans recruter", group=group)
            await tap(chair, group, "Clore le vote")
            await until(lambda: "Vote clos : 1 voix." in words(ours(group)[-1]))
            await tap(chair, group, "Enregistrer comme décision")
            interview = (await kept(then, chair)).interview.id
            await chair.tap_ghost(f"{interview}:s:bring:note", message=chair.last)
            await until(lambda: len(documents(chair)) == 2, 30)
            session = await session_of(then)
            assert session is not None
            assert session.meeting is not None
            assert session.meeting.decisions[-1].votes == (0, 1, 0)
        assert standin.violations == []
        assert standin.unanswered() == []


async def test_an_update_that_comes_twice_does_nothing_twice(
    library: Library, standin: StandIn, service: Service
) -> None:
    chair, _, group = await meeting(standin, service, library)
    await say(chair, group, SEANCE)
    standin.faults.duplicates = 1
    await tap(chair, group, "Premier point")
    session = await session_of(service)
    assert session is not None
    assert session.meeting == Meeting(point=0)


async def test_no_meeting_while_the_second_round_is_under_way(
    standin: StandIn, service: Service, library: Library
) -> None:
    chair, _, group = await meeting(standin, service, library, phase=Phase.SECOND)
    await say(chair, group, SEANCE)
    assert "Second tour en cours" in words(ours(group)[-1])
    session = await session_of(service)
    assert session is not None
    await change(service, chair, replace(session, phase=Phase.CLOSED))
    await say(chair, group, SEANCE)
    assert "Mode séance" in words(ours(group)[-1])
