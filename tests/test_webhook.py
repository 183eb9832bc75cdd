"""The bot by webhook: a real server, a real process, and what an operator may ask it."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.__main__ import main
from bot.channels.telegram.calls import CountedRequest
from bot.content.library import Library
from bot.metrics import Prometheus
from bot.settings import Settings
from tests.hooked import SECRET, get, hooked, in_this_process, kept, message, post, server, up
from tests.playing import FOLDER, Act, acts, at_the_end, live_buttons, next_tap, normal, play
from tests.process import start
from tests.standin import Person, StandIn


@pytest.mark.parametrize("name", ["fiche.txt", "reparations.txt"])
async def test_a_transcript_by_webhook_is_what_the_person_reads(
    library: Library, tmp_path: Path, name: str
) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    meter = Prometheus()
    async with StandIn() as standin, in_this_process(library, standin, tmp_path, meter):
        person = standin.person("Lucie", language_code="fr")
        for act in acts(text):
            await play(person, act)
        assert normal(person.transcript()) == normal(text)
        assert standin.violations == []
        assert standin.unanswered() == []
        assert standin.refusals == []
        assert standin.calls_of("getUpdates") == []


async def test_a_tap_is_answered_in_the_response_and_costs_one_call(
    library: Library, tmp_path: Path
) -> None:
    meter = Prometheus()
    async with StandIn() as standin, in_this_process(library, standin, tmp_path, meter):
        person = standin.person("Lucie", language_code="fr")
        await play(person, Act("/start"))
        await play(person, Act("[J'ai compris, je commence]"))
        page = meter.page().decode()
        assert (
            'codir_telegram_calls_total{ended="in_response",method="answerCallbackQuery"} 1.0'
            in page
        )
        assert 'method="answerCallbackQuery"} 1.0' in page
        assert 'ended="ok",method="answerCallbackQuery"' not in page
        assert len(standin.calls_of("answerCallbackQuery")) == 1


async def walk_to_the_end(person: Person) -> None:
    while not at_the_end(person):
        await person.tap(next_tap(person))
        await person.settle(10)


async def test_a_whole_interview_and_what_the_operator_sees_of_it(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = {**hooked(standin, tmp_path), "CODIR_LOG": "json"}
        person = standin.person("Aliénor", last_name="Quatrefages", language_code="fr")
        async with up(env, tmp_path) as process:
            await person.say("/start")
            await person.settle(10)
            await walk_to_the_end(person)
            await person.say("Une phrase reconnaissable entre toutes")
            await person.settle(10)
            assert await get(f"{server(env)}/healthz") == (200, "ok\n")
            assert await get(f"{server(env)}/readyz") == (200, '{"store":true,"telegram":true}')
            status, page = await get(f"{server(env)}/metrics")
            process.send_signal(signal.SIGTERM)
            out, errors = await asyncio.wait_for(process.communicate(), 5)
        assert standin.violations == standin.refusals == []
        assert standin.unanswered() == []
        assert standin.calls_of("getUpdates") == []
    assert status == 200
    assert 'codir_updates_total{kind="tap"}' in page
    assert 'codir_interviews_total{stage="begun"} 1.0' in page
    assert 'codir_queue_depth{step="decide"} 0.0' in page
    assert "codir_jobs_due 0.0" in page
    assert 'codir_step_seconds_bucket{le="1.0",step="reply"}' in page
    assert 'codir_telegram_calls_total{ended="ok",method="editMessageText"}' in page
    assert 'codir_webhook_responses_total{status="200"}' in page
    lines = [json.loads(line) for line in (out + errors).decode().splitlines()]
    assert [line["event"] for line in lines] == ["listening", "stopping"]
    for told in (page, errors.decode(), out.decode()):
        for private in ("reconnaissable", "Aliénor", "Quatrefages", str(person.user.id)):
            assert private not in told
        assert SECRET not in told
        assert standin.token not in told


REFUSED = [
    (message(7, 11, "/start"), None, 403),
    (message(7, 11, "/start"), "", 403),
    (message(7, 11, "/start"), SECRET[:-1], 403),
    (message(7, 11, "/start"), "é" * 20, 403),
    (b"x" * (2 << 20), "wrong", 403),
    (b"x" * (2 << 20), SECRET, 413),
    (b"", SECRET, 400),
    (b"{", SECRET, 400),
    (b"\xff\xfe", SECRET, 400),
    (b"[" * 100_000, SECRET, 400),
    (b"[]", SECRET, 400),
    (b"null", SECRET, 400),
    (b"{}", SECRET, 400),
    (b'{"update_id": "7"}', SECRET, 400),
    (b'{"update_id": 7, "message": 3}', SECRET, 400),
    (b'{"update_id": 7, "message": {"message_id": 1, "date": 1e30, "chat": {}}}', SECRET, 400),
    (b'{"update_id": 7, "of_a_kind_to_come": {}}', SECRET, 200),
]


async def test_only_telegram_is_heard_and_nothing_it_sends_stops_the_bot(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        async with up(env, tmp_path) as process:
            for body, secret, status in REFUSED:
                assert await post(env, body, secret) == status, (body[:80], secret)
            assert kept(tmp_path) == 0
            person = standin.person("Lucie", language_code="fr")
            await person.say("/start")
            await person.wait_for(live_buttons, 10)
            await person.settle(10)
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 5)
    assert errors == b""


async def test_doubled_and_parallel_updates_are_applied_once(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        person = standin.person("Lucie", language_code="fr")
        async with up(env, tmp_path):
            standin.faults.duplicate_updates(1000)
            await person.say("/start")
            await person.settle(10)
            await walk_to_the_end(person)
            standin.faults.duplicate_updates(-standin.faults.duplicates)
            standin.hold_updates()
            for word in ("un", "deux", "trois"):
                await person.say(word)
            await person.tap(live_buttons(person)[0])
            standin.release_updates()
            await person.settle(10)
            body = message(person.user.id, 900_000_000, "/statut")
            before = len(person.chat)
            assert await asyncio.gather(*(post(env, body) for _ in range(20))) == [200] * 20
            await person.settle(10)
        updates = standin.queue.next_id - 700_000_001
        assert kept(tmp_path) == updates + 1
        assert len(person.chat) == before + 1
        assert standin.violations == []
        assert standin.unanswered() == []


async def test_a_store_that_cannot_write_is_a_503_and_the_update_comes_again(
    tmp_path: Path,
) -> None:
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        person = standin.person("Lucie", language_code="fr")
        async with up(env, tmp_path):
            with sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None) as db:
                db.execute("begin immediate")
                body = message(person.user.id, 600_000_000, "/start")
                assert await post(env, body) == 503
                status, state = await get(f"{server(env)}/readyz")
                assert (status, json.loads(state)["store"]) == (503, False)
                db.execute("rollback")
            assert await post(env, body) == 200
            await person.say("/start")
            await person.settle(10)
            assert (await get(f"{server(env)}/readyz"))[0] == 200
        assert kept(tmp_path) == 2


@pytest.mark.fault
async def test_stopped_in_the_middle_nothing_is_lost(tmp_path: Path) -> None:
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        person = standin.person("Lucie", language_code="fr")
        await person.say("/start")
        for _ in range(3):
            async with up(env, tmp_path) as process:
                for _ in range(6):
                    await person.settle(10)
                    await person.tap(next_tap(person))
                process.send_signal(signal.SIGTERM)  # with a tap just made
                _, errors = await asyncio.wait_for(process.communicate(), 5)
                assert (process.returncode, errors) == (0, b"")
        async with up(env, tmp_path):
            await person.settle(10)
            await walk_to_the_end(person)
        assert standin.violations == []
        assert standin.unanswered() == []


@pytest.mark.parametrize("by", ["webhook", "polling"])
@pytest.mark.fault
async def test_stopping_waits_neither_for_telegram_nor_for_the_store(
    tmp_path: Path, by: str
) -> None:
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        if by == "polling":
            del env["WEBHOOK_URL"]
        person = standin.person("Lucie", language_code="fr")
        async with up(env, tmp_path) as process:
            await person.say("/start")
            await person.settle(10)
            standin.faults.hang(1000, seconds=7)
            await person.say("/statut")
            await asyncio.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 6)
        assert (process.returncode, errors) == (0, b"")
        standin.faults.clear()
        async with up(env, tmp_path) as process:
            await person.settle(10)
            with sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None) as db:
                db.execute("begin immediate")
                await person.say("/pause")
                await asyncio.sleep(0.5)
                process.send_signal(signal.SIGTERM)
                await asyncio.sleep(3)
                db.execute("rollback")
                _, errors = await asyncio.wait_for(process.communicate(), 3)
        assert process.returncode == 0
        assert "Traceback" not in errors.decode()
        async with up(env, tmp_path):
            await person.settle(10)
            await person.wait_for(
                lambda seen: seen.last.from_bot and "pause" in seen.last.words.lower(), 10
            )


async def test_back_to_polling_the_webhook_is_gone_and_waiting_updates_are_not(
    tmp_path: Path,
) -> None:
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        person = standin.person("Lucie", language_code="fr")
        async with up(env, tmp_path) as process:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 5)
        [call] = standin.calls_of("setWebhook")
        assert call.params["secret_token"] == SECRET
        assert call.params["drop_pending_updates"] is False
        assert set(call.params["allowed_updates"]) >= {"message", "callback_query"}
        await person.say("/start")
        del env["WEBHOOK_URL"]
        async with up(env, tmp_path):
            await person.wait_for(live_buttons, 10)
            await person.settle(10)
            assert await get(f"{server(env)}/readyz") == (200, '{"store":true,"telegram":true}')
            assert 'kind="command"' in (await get(f"{server(env)}/metrics"))[1]


async def test_not_ready_once_telegram_has_been_silent_for_a_minute(
    library: Library, tmp_path: Path
) -> None:
    meter = Prometheus()
    async with (
        StandIn() as standin,
        in_this_process(library, standin, tmp_path, meter) as (request, url),
    ):
        standin.faults.fail(3, code=502, method="getMe")
        assert (await get(f"{url}/readyz"))[0] == 200
        request.answered -= 61
        assert await get(f"{url}/readyz") == (503, '{"store":true,"telegram":false}')
        assert await get(f"{url}/readyz") == (200, '{"store":true,"telegram":true}')
    assert (
        'codir_telegram_calls_total{ended="server_error",method="getMe"} 3.0'
        in meter.page().decode()
    )


async def test_a_download_is_counted_without_the_name_of_its_file() -> None:
    meter = Prometheus()
    async with StandIn() as standin, CountedRequest(meter) as request:
        url = f"{standin.url}/file/bot{standin.token}/documents/Quatrefages.docx"
        assert (await request.do_request(url, "GET"))[0] == 404
    page = meter.page().decode()
    assert 'codir_telegram_calls_total{ended="refused",method="download"} 1.0' in page
    assert "Quatrefages" not in page


WRONG = [
    ({"WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET"),
    ({"WEBHOOK_SECRET": "avec espace"}, "WEBHOOK_SECRET"),
    ({"WEBHOOK_SECRET": "x" * 257}, "WEBHOOK_SECRET"),
    ({"WEBHOOK_URL": "bot.example.org"}, "WEBHOOK_URL"),
    ({"WEBHOOK_URL": "http://bot.example.org"}, "WEBHOOK_URL"),
    ({"CODIR_LISTEN": "8080"}, "CODIR_LISTEN"),
    ({"CODIR_LISTEN": "127.0.0.1:99999"}, "CODIR_LISTEN"),
    ({"CODIR_LISTEN": "192.0.2.1:8080"}, "CODIR_LISTEN"),
    ({"CODIR_LOG": "xml"}, "CODIR_LOG"),
]


@pytest.mark.parametrize(("change", "words"), WRONG)
def test_a_wrong_setting_is_one_clear_line_and_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    right = {
        "TELEGRAM_TOKEN": "1:x",
        "WEBHOOK_URL": "https://bot.example.org/telegram",
        "WEBHOOK_SECRET": SECRET,
        "CODIR_KEY_FILE": str(tmp_path / "key"),
    }
    for name, value in {**right, **change}.items():
        monkeypatch.setenv(name, value)
    assert main(["telegram"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(words)


def test_on_telegram_itself_only_its_ports_over_https() -> None:
    def url(value: str) -> str:
        settings = Settings(_env_file=None, webhook_url=value, webhook_secret=SecretStr(SECRET))
        return settings.webhook_url

    assert url("https://bot.example.org/x") == "https://bot.example.org/x"
    assert url("https://bot.example.org:8443/x")
    for wrong in ("http://bot.example.org/x", "https://bot.example.org:8080/x", "https://"):
        with pytest.raises(ValidationError, match="webhook_url"):
            url(wrong)


async def test_without_the_extra_it_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(
        "import sys; sys.modules['uvicorn'] = None"
    )
    async with StandIn() as standin:
        env = hooked(standin, tmp_path)
        env["PYTHONPATH"] = f"{tmp_path}/hidden:{env['PYTHONPATH']}"
        process = await start(env, tmp_path, "telegram")
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    [line] = errors.decode().splitlines()
    assert "uvicorn manque" in line
    assert "codir-advisor[webhook]" in line
