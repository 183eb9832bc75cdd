"""Files of a session reach those who may have them, whatever happens, and once where it can be
known; a word for later comes when its time has come, and a session goes at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.conversation.hearing import Due
from bot.conversation.reply import Bring, Notify, Reply
from bot.conversation.screen import Screen
from bot.conversation.session import notices
from bot.conversation.turn import Turn
from bot.core.session import Phase
from bot.documents.facts import File
from bot.documents.press import Press
from bot.errands import bringing
from bot.service import Service
from tests.meetings import results
from tests.playing import Act, documents, hurry, live_buttons, play
from tests.seated import ID, change, convene, kept, named, put, session_of
from tests.standin import Person, StandIn
from tests.telegram_bot import Clock, asked, jobs, last, make_service, running, until


async def pair(
    standin: StandIn, service: Service, *, closed: bool = False
) -> tuple[Person, Person]:
    """An owner with a guest, their questions answered; P12's results once it is closed."""
    lucie, paul = (standin.person(name, language_code="fr") for name in ("Lucie", "Paul"))
    for person in (lucie, paul):
        await hurry(person)
    found = results(service.house.library)
    more = {"phase": Phase.CLOSED, "digest": found, "final": found} if closed else {}
    await convene(service, [lucie, paul], **more)
    return lucie, paul


async def tap(service: Service, person: Person, action: str) -> None:
    """Tap a button of a session that is on no screen yet."""
    interview = (await kept(service, person)).interview.id
    await person.tap_ghost(f"{interview}:s:{action}", message=person.last)


async def test_the_owner_gets_files_and_doubled_taps_bring_them_once(
    standin: StandIn, service: Service
) -> None:
    lucie, _ = await pair(standin, service, closed=True)
    for _ in range(2):
        await tap(service, lucie, "bring:note")
    await until(lambda: len(documents(lucie)) == 2)
    await lucie.settle()
    assert asked(standin) == 1
    assert [name.rpartition(".")[2] for name in documents(lucie)] == ["docx", "pdf"]


async def test_asked_again_the_same_files_come_by_their_ids_until_the_session_has_changed(
    standin: StandIn, service: Service
) -> None:
    lucie, _ = await pair(standin, service, closed=True)
    await tap(service, lucie, "bring:note")
    await until(lambda: len(documents(lucie)) == 2)
    await lucie.settle()
    uploaded = len(standin.files.files)
    await tap(service, lucie, "bring:note")
    await until(lambda: len(documents(lucie)) == 4)
    assert len(standin.files.files) == uploaded
    await lucie.settle()
    session = await session_of(service)
    assert session is not None
    assert session.final is not None
    digest = replace(session.final, invited=6)
    await change(service, lucie, replace(session, final=digest))
    await tap(service, lucie, "bring:note")
    await until(lambda: len(documents(lucie)) == 6)
    assert len(standin.files.files) == uploaded + 2


async def test_a_guest_gets_nothing_before_there_are_results_and_never_the_links(
    standin: StandIn, service: Service
) -> None:
    _, paul = await pair(standin, service)
    for kinds in ("note", "links", "note+links"):
        await tap(service, paul, f"bring:{kinds}")
        await paul.settle()
    assert documents(paul) == []
    assert asked(standin, "sendDocument") == asked(standin) == 0


async def test_a_respondent_gets_the_note_but_not_what_is_the_owners(
    standin: StandIn, service: Service
) -> None:
    _, paul = await pair(standin, service, closed=True)
    for kinds in ("links", "note+links"):
        await tap(service, paul, f"bring:{kinds}")
        await paul.settle()
    assert documents(paul) == []
    await tap(service, paul, "bring:note")
    await until(lambda: len(documents(paul)) == 2)


async def test_when_there_is_nothing_to_have_it_is_said_at_once(
    standin: StandIn, service: Service
) -> None:
    lucie, _ = await pair(standin, service, closed=True)
    await tap(service, lucie, "bring:invitation")
    await until(lambda: "n'ont pas pu être produits" in last(lucie))


async def test_what_cannot_be_written_is_said_after_three_attempts_with_a_way_to_try_again(
    standin: StandIn, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    lucie, _ = await pair(standin, service, closed=True)
    good, tries = Press.write, []

    def bad(*_: object, **__: object) -> list[File]:
        tries.append(1)
        raise OSError("no")

    monkeypatch.setattr(Press, "write", bad)
    monkeypatch.setattr("bot.jobs.embedded.pause", lambda _: 0.0)
    await tap(service, lucie, "bring:note")
    await until(lambda: "n'ont pas pu être produits" in last(lucie))
    assert (len(tries), live_buttons(lucie)) == (3, ["Réessayer maintenant"])
    monkeypatch.setattr(Press, "write", good)
    await play(lucie, Act("[Réessayer maintenant]"))
    await until(lambda: len(documents(lucie)) == 2)


async def test_stopped_after_the_sending_files_do_not_come_twice(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin:
        async with running(library, standin, tmp_path) as service:
            lucie, _ = await pair(standin, service)
        service = make_service(library, tmp_path, Clock())
        turn, _ = await service._present(named(lucie))
        job = bringing(turn, Bring(ID, ("note",)))
        parcel = await service.errands.parcel(job)
        assert parcel is not None
        await service.errands.sent(job, parcel, [1], ["an id"])
        again = await service.errands.parcel(job)
        assert again is not None
        assert (again.there, again.files) == (True, ("an id",))
        await service.brought(job, Bring(ID, ("note",)), ok=True)
        told = await service.errands.parcel(job)
        assert told is not None
        assert not told.there, "asked for again, they are sent again"
        await service.close()


@contextmanager
def topics(said: Mapping[str, list[Reply]]) -> Iterator[list[str]]:
    """Topics that say so much; which were heard."""
    heard: list[str] = []

    def topic(name: str) -> notices.Topic:
        def speak(turn: Turn) -> notices.Result:
            heard.append(name)
            return turn.state, said[name]

        return speak

    before = notices.TOPICS
    notices.TOPICS = {name: topic(name) for name in said}
    try:
        yield heard
    finally:
        notices.TOPICS = before


WORD = Screen("Il reste deux questions.", fresh=True)


async def test_a_word_for_later_comes_when_its_time_has_come(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    lucie, paul = await pair(standin, service)
    at = (clock.now + timedelta(hours=24)).timestamp()
    with topics({"remind": [WORD]}) as heard:
        for _ in range(2):
            await put(service, lucie, Notify(ID, "MKT", named(paul), "remind", at))
        await asyncio.sleep(0.2)
        assert heard == []
        clock.now += timedelta(hours=25)
        await until(lambda: last(paul) == WORD.text)
        await paul.settle()
        assert heard == ["remind"], "the same word at the same time is said once"


async def test_a_word_for_somebody_who_is_gone_is_for_nobody(
    standin: StandIn, service: Service, clock: Clock, tmp_path: Path
) -> None:
    lucie, paul = await pair(standin, service)
    before = len(paul.chat)
    with topics({"remind": [WORD]}) as heard:
        at = (clock.now + timedelta(hours=24)).timestamp()
        await put(service, lucie, Notify(ID, "MKT", named(paul), "remind", at))
        await service._repository.erase(named(paul), None)
        assert jobs(tmp_path).count("notice") == 0, "forgotten with the person"
        await put(service, lucie, Notify(ID, "MKT", named(paul), "remind"))
        await until(lambda: jobs(tmp_path).count("notice") == 0)
        assert (heard, len(paul.chat)) == ([], before)
        assert await service._repository.load(named(paul)) is None


async def test_a_word_lost_with_the_process_comes_without_an_excuse(
    library: Library, tmp_path: Path
) -> None:
    """Saved, not shown, killed: the job says it again, and nothing of an interruption."""
    async with StandIn() as standin:
        async with running(library, standin, tmp_path) as service:
            lucie, paul = await pair(standin, service)
        with topics({"remind": [WORD]}):
            service = make_service(library, tmp_path, Clock())
            await put(service, lucie, Notify(ID, "MKT", named(paul), "remind"))
            await service.handle(named(paul), Due(ID, "remind"), "fr")
            await service.close()
            before = len(paul.chat)
            async with running(library, standin, tmp_path):
                await until(lambda: last(paul) == WORD.text)
                await paul.settle()
        assert len(paul.chat) == before + 1


async def test_a_session_goes_at_its_end_and_the_people_stay(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    lucie, paul = await pair(standin, service, closed=True)
    clock.now += timedelta(days=39)
    await asyncio.sleep(0.3)
    assert await session_of(service) is not None
    clock.now += timedelta(days=1, hours=1)
    async with asyncio.timeout(5):
        while await session_of(service) is not None:
            await asyncio.sleep(0.01)
    assert (await kept(service, paul)).member is not None
    await play(lucie, Act("/statut"))
    assert last(lucie)
