"""Documents reach the person whatever happens, and once where that can be known."""

from __future__ import annotations

import asyncio
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram.player import key
from bot.content.library import Library
from bot.conversation.hearing import decode
from bot.documents import pdf
from bot.errands import delivery
from tests.playing import Act, documents, hurry, on_screen, play
from tests.process import environment, listening
from tests.standin import Person, StandIn
from tests.telegram_bot import NOW, Clock, asked, jobs, last, make_service, running, until

CHOSEN = "[Retenir cette option]"
WRITE = "Générer maintenant, à compléter"


async def ready(standin: StandIn) -> Person:
    """Somebody one tap away from the documents."""
    person = standin.person("Lucie", language_code="fr")
    await hurry(person)
    await play(person, Act(CHOSEN))
    return person


def arrived(person: Person) -> bool:
    return "Version 1, BROUILLON." in last(person)


@pytest.mark.parametrize(("fault", "most"), [("hang", 1), ("drop_reply", 2)])
@pytest.mark.fault
async def test_killed_around_the_sending_the_documents_still_come(
    tmp_path: Path, fault: str, most: int
) -> None:
    """`hang`: rendered and not sent; `drop_reply`: sent, and the bot does not know it."""
    async with StandIn() as standin:
        env = environment(standin, tmp_path)
        async with listening(env, tmp_path) as process:
            person = await ready(standin)
            getattr(standin.faults, fault)(1, method="sendMediaGroup")
            await person.tap(WRITE)
            await until(lambda: asked(standin) == 1)
            await until(lambda: fault == "hang" or bool(documents(person)))
            process.send_signal(signal.SIGKILL)
            await process.wait()
        assert not arrived(person)
        async with listening(env, tmp_path) as process:
            await person.wait_for(arrived, timeout=90)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), 10) == 0
            errors = (await process.stderr.read()).decode() if process.stderr else ""
        found = documents(person)
        assert found, "the documents came without being asked for again"
        assert {found.count(name) for name in found} <= set(range(1, most + 1))
        assert jobs(tmp_path) == ["keep"]
        assert standin.violations == []
        assert "Traceback" not in errors


async def test_stopped_after_the_sending_nothing_comes_twice(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin:
        async with running(library, standin, tmp_path):
            person = await ready(standin)
        service = make_service(library, tmp_path, Clock())
        tap = decode(
            next(
                b["callback_data"]
                for row in person.last.buttons
                for b in row
                if b["text"] == on_screen(person, WRITE)
            )
        )
        assert tap is not None
        outcome = await service.handle(key(person.user.id), tap, "fr")
        job = delivery(key(person.user.id), outcome.replies[-1])
        parcel = await service.errands.parcel(job)
        assert parcel is not None
        await service.errands.sent(job, parcel, [1], ["an id"])
        await service.close()
        async with running(library, standin, tmp_path):
            await person.wait_for(arrived)
        assert documents(person) == []
        assert jobs(tmp_path) == ["keep"]


async def test_two_taps_bring_the_documents_once(library: Library, tmp_path: Path) -> None:
    async with StandIn() as standin, running(library, standin, tmp_path):
        person = await ready(standin)
        label, message = on_screen(person, WRITE), person.last
        await person.tap(label)
        await person.tap(label, message=message)
        await person.wait_for(arrived)
        await person.settle()
        assert asked(standin) == 1


async def test_the_same_documents_are_sent_again_by_their_ids(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin, running(library, standin, tmp_path):
        person = await ready(standin)
        await play(person, Act(f"[{WRITE}]"))
        first = documents(person)
        kept = len(standin.files.files)
        await play(person, Act("/document"))
        await play(person, Act("[Recevoir les documents]"))
        assert documents(person) == first * 2
        assert len(standin.files.files) == kept, "nothing was uploaded again"
        standin.files.files.clear()
        await play(person, Act("/document"))
        await play(person, Act("[Recevoir les documents]"))
        assert documents(person) == first * 3, "an id that Telegram has lost is no obstacle"
        assert len(standin.files.files) == len(first)


async def test_documents_in_another_language_are_written_anew(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin, running(library, standin, tmp_path):
        person = await ready(standin)
        await play(person, Act(f"[{WRITE}]"))
        first = documents(person)
        kept = len(standin.files.files)
        interview = person.last.buttons[0][0]["callback_data"].split(":")[0]
        await person.tap_ghost(f"{interview}:g:tongue:en")
        await person.settle()
        await play(person, Act("/document"))
        await play(person, Act("[Recevoir les documents]"))
        second = documents(person)[len(first) :]
        assert len(second) == len(first)
        assert len(standin.files.files) == kept + len(first)
        assert not set(first) & set(second)


async def test_writing_fails_three_times_before_the_person_reads_so(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = 0

    def fails(*_: object, **__: object) -> bytes:
        nonlocal compiled
        compiled += 1
        raise RuntimeError("no font")

    clock = Clock()
    async with StandIn() as standin, running(library, standin, tmp_path, clock):
        person = await ready(standin)
        with monkeypatch.context() as broken:
            broken.setattr(pdf.typst, "compile", fails)
            broken.setattr(pdf.typst, "Compiler", fails)
            await person.tap(on_screen(person, WRITE))
            for attempt, seconds in ((1, 2), (2, 4)):
                await until(lambda attempt=attempt: compiled == attempt)
                await asyncio.sleep(0.3)
                assert "Je rédige vos documents" in last(person)
                clock.now += timedelta(seconds=seconds)
            await person.wait_for(lambda p: "n'a pas pu être produit" in last(p))
        assert jobs(tmp_path) == ["keep"]
        await play(person, Act("[Réessayer maintenant]"))
        assert arrived(person)
        assert documents(person)


async def test_a_bot_that_is_blocked_stops_and_keeps_everything(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin, running(library, standin, tmp_path):
        person = await ready(standin)
        standin.faults.hang(1, seconds=0.3, method="sendMediaGroup")
        await person.tap(on_screen(person, WRITE))
        await until(lambda: asked(standin) == 1)
        await person.block()
        await until(lambda: jobs(tmp_path) == ["keep"])
        tries = asked(standin)
        await asyncio.sleep(0.3)
        assert asked(standin) == tries
        assert documents(person) == []
        await person.unblock()
        await play(person, Act("/reprendre"))
        await person.wait_for(arrived)
        assert documents(person)


async def test_an_erasure_while_documents_are_written_leaves_nothing(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin, running(library, standin, tmp_path):
        person = await ready(standin)
        interview = person.last.buttons[0][0]["callback_data"].split(":")[0]
        await person.tap(on_screen(person, WRITE))
        await person.tap_ghost(f"{interview}:x:erase")
        await person.wait_for(lambda p: "Reçu : EF-" in last(p))
        await person.settle()
        assert jobs(tmp_path) == []
        disk = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
        assert str(person.user.id).encode() not in disk, "what was under way leaves no trace"


async def test_the_answers_are_kept_until_a_warned_end(library: Library, tmp_path: Path) -> None:
    clock = Clock()
    async with StandIn() as standin, running(library, standin, tmp_path, clock):
        person = await ready(standin)
        for days in (23, 46, 69):
            clock.now = NOW + timedelta(days=days)
            await asyncio.sleep(0.3)
            assert "supprimées" not in last(person)
        clock.now = NOW + timedelta(days=83, hours=1)
        await person.wait_for(lambda p: "vos réponses seront supprimées" in last(p))
        assert "Dans 7 jours, le 22 février 2027" in last(person)
        seen = len(person.chat)
        clock.now = NOW + timedelta(days=86)
        await asyncio.sleep(0.3)
        assert len(person.chat) == seen, "warned once"
        await play(person, Act("[Garder 90 jours de plus]"))
        assert "gardées jusqu'au 19 mai 2027" in last(person)
        clock.now = NOW + timedelta(days=91)
        await asyncio.sleep(0.3)
        assert jobs(tmp_path) == ["keep"]
        clock.now = NOW + timedelta(days=86 + 83, hours=1)
        await person.wait_for(lambda p: "vos réponses seront supprimées" in last(p))
        clock.now = NOW + timedelta(days=86 + 90, hours=1)
        await person.wait_for(lambda p: "ont été supprimées aujourd'hui" in last(p))
        assert jobs(tmp_path) == []
        disk = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
        assert str(person.user.id).encode() not in disk


async def test_documents_bring_the_end_nearer_and_the_warning_with_it(
    library: Library, tmp_path: Path
) -> None:
    clock = Clock()
    async with StandIn() as standin, running(library, standin, tmp_path, clock):
        person = await ready(standin)
        clock.now = NOW + timedelta(days=1)
        await play(person, Act("/document"))
        await play(person, Act("[Recevoir les documents]"))
        await person.wait_for(arrived)
        clock.now = NOW + timedelta(days=24, hours=1)
        await person.wait_for(lambda p: "Dans 7 jours, le 25 décembre 2026" in last(p))
        assert "Vos fichiers restent dans cette conversation" in last(person)
        await play(person, Act("[Recevoir les documents]"))
        await person.wait_for(arrived)
        clock.now = NOW + timedelta(days=46)
        await asyncio.sleep(0.3)
        assert arrived(person)


async def test_whoever_has_blocked_the_bot_is_purged_all_the_same(
    library: Library, tmp_path: Path
) -> None:
    clock = Clock()
    async with StandIn() as standin, running(library, standin, tmp_path, clock):
        person = await ready(standin)
        await person.block()
        for days in (23, 46, 69, 83, 90):
            clock.now = NOW + timedelta(days=days, hours=1)
            await asyncio.sleep(0.3)
        await until(lambda: jobs(tmp_path) == [])


async def test_whoever_has_answered_nothing_is_told_nothing(
    library: Library, tmp_path: Path
) -> None:
    clock = Clock()
    async with StandIn() as standin, running(library, standin, tmp_path, clock):
        person = standin.person("Lucie", language_code="fr")
        await play(person, Act("/start"))
        seen = len(person.chat)
        for days in (23, 46, 69, 83, 90):
            clock.now = NOW + timedelta(days=days, hours=1)
            await asyncio.sleep(0.3)
        await until(lambda: jobs(tmp_path) == [])
        assert len(person.chat) == seen
