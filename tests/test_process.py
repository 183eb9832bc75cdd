"""The real program in its own process: settings, `kill -9`, restart, a clean stop."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.playing import at_the_end, live_buttons, next_tap, normal
from tests.process import ROOT, environment, listening, start
from tests.standin import Person, StandIn

NOBODY = "postgresql://codir:a-secret@127.0.0.1:1/codir"


async def tap_on(person: Person, most: int) -> None:
    """Answer the questions, so many taps at most."""
    while most and not at_the_end(person):
        await person.settle(10)
        if not live_buttons(person) or at_the_end(person):
            break
        await person.tap(next_tap(person))
        most -= 1


def acknowledged(person: Person) -> set[str]:
    """The answers that the person saw taken note of."""
    return {
        normal(event.text)[0].removeprefix("Noté : ").rstrip(".")
        for event in person.events
        if event.text.startswith("Noté")
    }


@pytest.mark.fault
async def test_killed_now_and_then_no_acknowledged_answer_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        person = standin.person("Lucie", language_code="fr")
        kills = 0
        await person.say("/start")
        while not at_the_end(person):
            async with listening(env, tmp_path) as process:
                await tap_on(person, chance.randint(6, 12))
                if kills < 3 and not at_the_end(person):
                    # In the middle of whatever the last tap set going.
                    await asyncio.sleep(chance.random() * 0.02)
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                else:
                    await person.settle(10)
        assert kills == 3
        async with listening(env, tmp_path) as process:
            await person.say("/mesdonnees")
            await person.settle(10)
            await person.tap("Recevoir le fichier")
            await person.settle(10)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 5) == 0
            errors = (await process.stderr.read()).decode() if process.stderr else ""
        export = next(m for m in reversed(person.chat) if m.document)
        answers = json.loads(export.content)["interview"]["answers"]
        assert len([id_ for id_ in answers if not id_.startswith("deepen_")]) == 28
        assert acknowledged(person), "the person saw answers acknowledged"
        assert standin.violations == []
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"TELEGRAM_TOKEN": ""}, "TELEGRAM_TOKEN manque"),
        ({"TELEGRAM_TOKEN": "1:wrong"}, "ne reconnaît pas ce jeton"),
        ({"CODIR_RETENTION_DAYS": "beaucoup"}, "CODIR_RETENTION_DAYS"),
        ({"CODIR_LANG": "de"}, "CODIR_LANG"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"DATABASE_URL": NOBODY}, "DATABASE_URL : PostgreSQL ne répond pas"),
        (
            {"DATABASE_URL": "postgresql://codir:a%zz@db/x"},
            "DATABASE_URL : PostgreSQL ne répond pas",
        ),
        ({"CODIR_JOBS": "apart"}, "CODIR_JOBS : apart demande PostgreSQL"),
        ({"TELEGRAM_API_URL": "api.telegram.org"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:1"}, "ne répond pas"),
        ({"CODIR_KEY_FILE": "data/key"}, "autre dossier"),
        ({"CODIR_ALLOWED_USERS": "@lucie"}, "CODIR_ALLOWED_USERS : des identifiants Telegram"),
        ({"CODIR_ALLOWED_USERS": " , "}, "CODIR_ALLOWED_USERS : des identifiants Telegram"),
        ({"CODIR_ALLOWED_USERS": "12;34"}, "CODIR_ALLOWED_USERS : des identifiants Telegram"),
        ({"CODIR_RATE_LIMIT": "-1"}, "CODIR_RATE_LIMIT"),
        ({"CODIR_CONTACT": "x" * 201}, "CODIR_CONTACT"),
    ],
)
async def test_a_wrong_setting_is_one_clear_line_and_exit_code_2(
    tmp_path: Path, change: dict[str, str], words: str
) -> None:
    async with StandIn() as standin:
        env = {**environment(standin, tmp_path), **change}
        if "CODIR_KEY_FILE" in change:
            env["CODIR_KEY_FILE"] = str(tmp_path / change["CODIR_KEY_FILE"])
        process = await start(env, tmp_path, "telegram")
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2, errors.decode()
    assert words in errors.decode()
    assert len(errors.decode().splitlines()) == 1
    assert "a-secret" not in errors.decode()
    assert "zz" not in errors.decode()
    assert not env["TELEGRAM_TOKEN"] or env["TELEGRAM_TOKEN"] not in errors.decode()
    assert "Traceback" not in errors.decode()


async def test_a_database_that_is_locked_at_the_start_is_one_clear_line(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        async with listening(env, tmp_path) as process:
            process.terminate()
            await process.wait()
        lock = sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None)
        lock.execute("begin immediate")
        process = await start(env, tmp_path, "telegram")
        _, errors = await asyncio.wait_for(process.communicate(), 20)
        lock.close()
    assert process.returncode == 75
    assert errors.decode().splitlines() == [
        "La base ne peut pas être ouverte pour l'instant : database is locked"
    ]


async def test_workers_need_postgresql(tmp_path: Path) -> None:
    async with StandIn() as standin:
        process = await start(environment(standin, tmp_path), tmp_path, "worker")
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert "codir worker demande PostgreSQL" in line


async def test_without_the_extra_for_postgresql_it_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(
        "import sys; sys.modules['procrastinate'] = None"
    )
    async with StandIn() as standin:
        env = {**environment(standin, tmp_path), "DATABASE_URL": NOBODY}
        env["PYTHONPATH"] = f"{tmp_path}/hidden:{env['PYTHONPATH']}"
        process = await start(env, tmp_path, "telegram")
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert "procrastinate manque" in line
    assert "codir-advisor[postgres]" in line


@pytest.mark.parametrize(
    "words", [(), ("chat",), ("telegram",), ("worker",), ("replay",), ("check",), ("key",)]
)
async def test_every_command_has_help(tmp_path: Path, words: tuple[str, ...]) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await start(env, tmp_path, *words, "--help")
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert b"usage" in out


async def test_check_finds_the_content_in_order(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await start(env, tmp_path, "check")
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    assert "108 questions, 56 règles, 7 options, 2 langues" in out.decode()
