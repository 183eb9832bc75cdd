"""What comes from Telegram: confirmed once stored, in order, once, whatever the weather."""

from __future__ import annotations

import asyncio
import logging
import signal
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.content.library import Library
from bot.service import Service
from tests.playing import on_screen
from tests.process import environment, listening
from tests.standin import Fault, Person, StandIn
from tests.telegram_bot import TO_THE_SEVENTH, do, last, running


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as opened:
        yield opened
        assert opened.violations == []


POLLS: dict[str, list[Fault]] = {
    "an error": [Fault("error", 2, code=500)],
    "a page": [Fault("page", 2, code=502)],
    "a missing page": [Fault("page", code=503)],
    "half a reply": [Fault("garbage", 2)],
    "a flood": [Fault("flood")],
    "a cut": [Fault("reset", 2)],
    "a batch that got lost": [Fault("reset", after=True)],
    "half a batch": [Fault("garbage", after=True)],
    "everything": [Fault("page"), Fault("reset", after=True), Fault("garbage", after=True)],
}


@pytest.mark.parametrize("name", POLLS)
async def test_a_poll_that_fails_loses_nothing(
    standin: StandIn, lucie: Person, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    for fault in POLLS[name]:
        standin.faults.add(replace(fault, method="getUpdates"))
    await do(lucie, "[Environ chaque trimestre]")
    await do(lucie, "/statut")
    assert "question 8 sur 27" in last(lucie)
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert len(told) == len(set(told)) <= 2
    assert lucie.user.first_name not in caplog.text
    assert standin.token not in caplog.text


async def test_another_program_with_the_same_token_is_told_in_one_line(
    standin: StandIn, lucie: Person, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"{standin.url}/bot{standin.token}/getUpdates"
    async with aiohttp.ClientSession() as session:
        for _ in range(2):
            async with session.post(address, json={"timeout": 0}) as response:
                assert response.status == 200
            await asyncio.sleep(0.2)
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert told == [
        "no updates from Telegram, trying again: "
        "another program receives with this token: stop one of the two"
    ]
    await lucie.say("/statut")
    await lucie.settle(10)
    assert "question 7 sur 27" in last(lucie)


async def test_a_text_and_a_tap_that_crossed_are_taken_in_order(
    standin: StandIn, lucie: Person
) -> None:
    """The answer was tapped first: the text that overtook it is about the next question."""
    standin.hold_updates()
    await lucie.tap(on_screen(lucie, "Environ chaque trimestre"))
    await lucie.say("/statut")
    standin.release_updates()
    await lucie.settle()
    assert "question 8 sur 27" in last(lucie)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_updates_that_come_twice_late_or_swapped_end_in_the_same_place(
    standin: StandIn, service: Service, seed: int
) -> None:
    standin.faults.mishaps({"duplicate": 0.3, "delay": 0.2, "swap": 0.2}, delay=0.05, seed=seed)
    person = standin.person("Lucie", language_code="fr")
    await do(person, *TO_THE_SEVENTH, "/statut")
    assert "question 7 sur 27" in last(person)
    assert "6 réponses" in last(person)


async def test_after_a_day_away_old_messages_are_answered_and_old_taps_change_nothing(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    async with running(library, standin, tmp_path):
        await do(lucie, *TO_THE_SEVENTH)
    await lucie.say("bonjour ?")
    await lucie.edit("bonjour ?", "bonjour, vous êtes là ?")
    await lucie.tap(on_screen(lucie, "Jamais"))
    standin.clock.advance(20 * 3600)
    async with running(library, standin, tmp_path):
        await lucie.settle()
        await do(lucie, "/statut")
    assert "question 7 sur 27" in last(lucie)
    assert len([message for message in lucie.chat if message.labels]) == 1


async def test_while_one_waits_for_the_store_others_are_told_too(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    people = [standin.person(name, language_code="fr") for name in ("Lucie", "Karim")]
    async with running(library, standin, tmp_path):
        for person in people:
            await do(person, *TO_THE_SEVENTH)
        lock = sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None)
        lock.execute("begin immediate")
        for person in people:
            await person.tap(on_screen(person, "Environ chaque trimestre"))
            await person.wait_for(lambda p: "Je ne peux rien enregistrer" in last(p), timeout=10)
        assert not any(person.sent[-1].done for person in people)
        lock.execute("rollback")
        lock.close()
        for person in people:
            await person.wait_for(lambda p: p.sent[-1].done, timeout=10)
            await do(person, "/statut")
            assert "question 8 sur 27" in last(person)
            told = [m for m in person.chat if "Je ne peux rien enregistrer" in m.words]
            assert len(told) == 1


async def test_an_update_is_confirmed_only_once_it_is_stored(tmp_path: Path) -> None:
    """The real program, its database locked, killed while an answer waits to be written."""
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        lucie = standin.person("Lucie", language_code="fr")
        async with listening(env, tmp_path) as process:
            await do(lucie, *TO_THE_SEVENTH)
            lock = sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None)
            lock.execute("begin immediate")
            await lucie.tap(on_screen(lucie, "Environ chaque trimestre"))
            await lucie.wait_for(lambda p: p.sent[-1].delivered)
            await asyncio.sleep(0.5)
            assert not lucie.sent[-1].done
            process.send_signal(signal.SIGKILL)
            await process.wait()
            lock.execute("rollback")
            lock.close()
        assert not lucie.sent[-1].done
        async with listening(env, tmp_path):
            await lucie.settle(10)
            await do(lucie, "/statut")
        assert "question 8 sur 27" in last(lucie)


async def test_a_token_that_is_revoked_ends_the_program_with_one_line(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        async with listening(env, tmp_path) as process:
            standin.server.token = "1:another"
            await standin.person("Lucie").say("/start")
            _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert "ne reconnaît pas ce jeton" in errors.decode()
    assert "Traceback" not in errors.decode()


async def test_sigterm_does_not_wait_for_a_database_that_is_locked(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        lucie = standin.person("Lucie", language_code="fr")
        async with listening(env, tmp_path) as process:
            await do(lucie, *TO_THE_SEVENTH)
            lock = sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None)
            lock.execute("begin immediate")
            await lucie.tap(on_screen(lucie, "Environ chaque trimestre"))
            await lucie.wait_for(lambda p: p.sent[-1].delivered)
            process.send_signal(signal.SIGTERM)
            began = asyncio.get_running_loop().time()
            _, errors = await asyncio.wait_for(process.communicate(), 20)
            took = asyncio.get_running_loop().time() - began
            lock.close()
        assert "Traceback" not in errors.decode()
        assert not lucie.sent[-1].done
        assert took < 5


STOPS: dict[str, list[Fault]] = {
    "while nothing happens": [],
    "while a reply hangs": [Fault("hang", 50, seconds=30)],
    "while Telegram fails": [Fault("page", 1000, code=502)],
    "in a flood": [Fault("flood", 50, seconds=60)],
}


@pytest.mark.parametrize("name", STOPS)
async def test_sigterm_ends_the_program_within_five_seconds(tmp_path: Path, name: str) -> None:
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        lucie = standin.person("Lucie", language_code="fr")
        async with listening(env, tmp_path) as process:
            await do(lucie, *TO_THE_SEVENTH)
            standin.faults.add(*STOPS[name])
            await lucie.tap(on_screen(lucie, "Environ chaque trimestre"))
            await lucie.wait_for(lambda p: p.sent[-1].done)
            process.send_signal(signal.SIGTERM)
            began = asyncio.get_running_loop().time()
            _, errors = await asyncio.wait_for(process.communicate(), 20)
            assert asyncio.get_running_loop().time() - began < 5
        assert process.returncode == 0
        assert "Traceback" not in errors.decode()
        standin.faults.clear()
        async with listening(env, tmp_path):
            await lucie.wait_for(lambda p: "Alignement · 8/27" in last(p), timeout=10)
            await lucie.wait_for(lambda p: len([m for m in p.chat if m.labels]) == 1)
