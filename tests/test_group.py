"""The committee's group on Telegram: who takes part, who has answered by numbers only, its end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.channels.telegram.committee import Committee
from bot.conversation.screen import Screen
from bot.conversation.session import sessions
from bot.core.session import Session
from bot.jobs.port import Job
from bot.outcome import Outcome
from bot.service import Service
from tests.gathering import finish, joined, opened
from tests.room import ours, words
from tests.seated import named, session_of
from tests.standin import Person, StandIn
from tests.standin.groups import Group
from tests.telegram_bot import Clock, do, jobs, last, until

SEANCE = "/seance@codir_conseil_bot"


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
    clock.now += timedelta(days=120)
    async with asyncio.timeout(10):
        while await service._repository.load(chat) is not None:
            await asyncio.sleep(0.02)
    assert "end" not in jobs(tmp_path)


async def test_a_message_that_another_machine_was_changing_too_ends_up_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two edits crossed on the way to Telegram: whoever comes last looks once more."""
    read = iter(["1/3", "2/3", "2/3"])
    shown: list[str] = []

    class Chats:
        async def board(self, _: Job) -> tuple[int, Outcome]:
            return -1, Outcome((Screen(next(read)),), "fr", live=7)

    class Shown:
        async def replace(self, _: int, screen: Screen, __: str) -> bool:
            shown.append(screen.text)
            return True

    monkeypatch.setattr(Committee, "display", lambda *_: Shown())
    board = Committee(None, SimpleNamespace(chats=Chats()))  # type: ignore[arg-type]
    await board.renew(Job("board:session:abcd1234", "board", "telegram:session:abcd1234"))
    assert shown == ["1/3", "2/3"]


async def test_a_session_that_goes_leaves_its_chat_to_the_next(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    group = standin.group("CODIR", [owner])
    await owner.settle()
    await say(owner, group, SEANCE)
    held, chat = await only(service), sessions.chat_key(group.chat.id)
    stored = await service._repository.load(chat)
    assert stored is not None
    assert await service._repository.save(chat, b"abcd2345", stored.revision, None, 2**40)
    clock.now += timedelta(days=120)
    async with asyncio.timeout(10):
        while await service._repository.load(sessions.key(held.id)) is not None:
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)
    assert await service._repository.load(chat) is not None


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
