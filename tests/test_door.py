"""Who may come in and how fast: a stranger, a flood, and the people beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram.door import Door, Entry
from bot.content.library import Library
from bot.settings import Settings
from tests.gathering import link, open_session
from tests.playing import Act, normal, play
from tests.standin import Person, StandIn
from tests.telegram_bot import do, running

IN, STRANGER, HASTE, SILENCE = Entry.WELCOME, Entry.STRANGER, Entry.HASTE, Entry.SILENCE


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as opened:
        yield opened
        assert opened.violations == []


class Watch:
    """Seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("seconds", "entries"),
    [
        ([0] * 6, [IN] * 4 + [HASTE, SILENCE]),
        ([0] * 5 + [31], [IN] * 4 + [HASTE, IN]),
        ([0] * 5 + [31, 31, 31], [IN] * 4 + [HASTE, IN, SILENCE, SILENCE]),
        ([0] * 5 + [200] * 5, [IN] * 4 + [HASTE] + [IN] * 4 + [HASTE]),
        ([n * 30 for n in range(20)], [IN] * 20),
    ],
)
def test_a_burst_passes_then_one_word_then_silence(
    seconds: list[float], entries: list[Entry]
) -> None:
    watch = Watch()
    door = Door((), 2, watch)
    found = []
    for now in seconds:
        watch.now = now
        found.append(door.knock(7))
    assert found == entries


def come(door: Door, person: int) -> Entry:
    """What becomes of somebody whom no committee expects."""
    entry = door.knock(person)
    return door.stranger(person) if entry is Entry.UNKNOWN else entry


def test_a_stranger_is_told_once_until_quiet() -> None:
    watch = Watch()
    door = Door({1}, 2, watch)
    assert [come(door, person) for person in (1, 2, 2, 1, 3)] == [
        IN,
        STRANGER,
        SILENCE,
        IN,
        STRANGER,
    ]
    watch.now = 200
    assert come(door, 2) is STRANGER


def test_a_stranger_who_writes_now_and_then_is_told_once() -> None:
    watch = Watch()
    door = Door({1}, 60, watch)
    found = []
    for watch.now in (0, 2, 4, 50, 111):
        found.append(come(door, 2))
    assert found == [STRANGER, SILENCE, SILENCE, SILENCE, STRANGER]


def test_no_limit_and_no_list_let_everything_in() -> None:
    door = Door((), 0, lambda: 0.0)
    assert {door.knock(1) for _ in range(100_000)} == {IN}


def test_those_who_are_quiet_take_no_room() -> None:
    watch = Watch()
    door = Door((), 60, watch)
    for person in range(5_000):
        watch.now += 0.1
        door.knock(person)
    assert len(door._buckets) < 50


@pytest.mark.parametrize("text", ["11,22", "11 22", " 11 , 22,", "22\n11"])
def test_a_list_is_read_with_commas_and_spaces(text: str) -> None:
    assert Settings(_env_file=None, codir_allowed_users=text).allowed_users == {11, 22}


def said(person: Person) -> list[str]:
    return [" ".join(normal(m.words)) for m in person.chat if m.from_bot]


async def test_a_stranger_reads_one_sentence_and_leaves_no_trace(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    paul = standin.person("Paul", language_code="fr")
    guests = {"codir_allowed_users": str(lucie.user.id), "codir_contact": "dpo@exemple.fr"}
    async with running(library, standin, tmp_path, **guests):
        await play(lucie, Act("/start"))
        await play(paul, Act("/start"))
        await play(paul, Act("une phrase secrète"))
        await paul.say("une autre")
        await paul.settle()
    assert said(paul) == [
        "Ce bot est réservé aux personnes invitées ; je ne garde rien de votre message. "
        "Pour y accéder, adressez-vous à dpo@exemple.fr."
    ]
    assert any("Avant de commencer" in text for text in said(lucie))
    disk = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    assert str(lucie.user.id).encode() in disk
    assert str(paul.user.id).encode() not in disk


async def test_a_tap_of_a_stranger_is_answered(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    paul = standin.person("Paul", language_code="fr")
    async with running(library, standin, tmp_path):
        await play(paul, Act("/start"))
    async with running(library, standin, tmp_path, codir_allowed_users="1"):
        await play(paul, Act("[J'ai compris, je commence]"))
    assert "réservé aux personnes invitées" in said(paul)[-1]
    assert standin.unanswered() == []


async def test_a_guest_of_a_committee_is_welcome_and_a_stranger_with_a_made_up_link_is_not(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    names = ("Dominique", "Marc", "Zoé")
    owner, guest, stranger = (standin.person(name, language_code="fr") for name in names)
    allowed = str(owner.user.id)
    async with running(library, standin, tmp_path, codir_allowed_users=allowed):
        await open_session(owner, "MKT", "COM")
        invited = link(owner, "MKT")
        made_up = invited[:-22] + "x" * 22
        for line in (made_up, "/start", "/seance"):
            await play(stranger, Act(line))
        await do(guest, invited, "[Oui]", "[J'ai compris, je commence]")
        await do(guest, "/statut")
    assert [text[:42] for text in said(stranger)] == ["Ce bot est réservé aux personnes invitées "]
    assert "réservé" not in " ".join(said(guest))
    assert "direction marketing" in said(guest)[-1]
    disk = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    assert str(guest.user.id).encode() in disk
    assert str(stranger.user.id).encode() not in disk


async def test_a_flood_gets_one_sentence_and_takes_nothing_from_anybody(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    paul = standin.person("Paul", language_code="fr")
    async with running(library, standin, tmp_path, codir_rate_limit=10):
        for line in ("/start", "[J'ai compris, je commence]", "[Direction marketing]"):
            await play(lucie, Act(line))
        flood = [asyncio.create_task(lucie.say(f"bla {n}")) for n in range(100)]
        await play(paul, Act("/start"))
        await play(paul, Act("[J'ai compris, je commence]"))
        await asyncio.gather(*flood)
        await lucie.settle(30)
        haste = [text for text in said(lucie) if "arrivent plus vite" in text]
        assert len(haste) == 1
        assert len(said(lucie)) < 60, "much of the flood is not even answered"
        assert "Contexte · 1/27" in said(paul)[-1]
        await asyncio.sleep(6.2)
        await play(lucie, Act("/statut"))
        assert "question 2 sur" in said(lucie)[-1], "what was noted before is kept"
