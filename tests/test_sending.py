"""What can go wrong between the bot and Telegram, and what the person finally sees."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from telegram import InlineKeyboardMarkup

from bot.channels.telegram.client import Client
from bot.channels.telegram.player import key
from bot.channels.telegram.rates import UNPACED
from bot.content.library import Library
from bot.conversation.hearing import decode
from bot.service import Service
from tests.playing import Act, begin
from tests.standin import Fault, Message, Person, StandIn
from tests.telegram_bot import TO_THE_SEVENTH, do, last, running

SILENCE = 0.5


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as opened:
        yield opened
        assert opened.violations == []


@pytest.fixture
async def service(
    library: Library, standin: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Service]:
    async with running(library, standin, tmp_path, seconds=SILENCE) as open_service:
        yield open_service
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


async def finally_asks(person: Person, words: str) -> None:
    """The last message says this, and no other carries buttons."""
    await person.wait_for(lambda p: words in last(p) and with_buttons(p) == [p.last], timeout=20)
    await person.settle(20)
    assert with_buttons(person) == [person.last]


def with_buttons(person: Person) -> list[Message]:
    return [message for message in person.chat if message.labels]


def saying(person: Person, words: str) -> list[Message]:
    return [m for m in person.chat if m.from_bot and words in m.words.replace("\u00a0", " ")]


FAULTS = {
    "a flood": Fault("flood"),
    "two floods": Fault("flood", 2),
    "an error of the server": Fault("error", 2, code=500),
    "the page of a proxy": Fault("page", 2, code=502),
    "half a reply": Fault("garbage"),
    "half a reply of what was done": Fault("garbage", after=True),
    "a cut": Fault("reset", 2),
    "a cut once it was done": Fault("reset", after=True),
    "a cut twice once it was done": Fault("reset", 2, after=True),
    "a silence": Fault("hang", seconds=2 * SILENCE),
    "a silence once it was done": Fault("hang", seconds=2 * SILENCE, after=True),
    "a slow reply": Fault("slow", seconds=SILENCE / 2),
}
METHODS = ("answerCallbackQuery", "editMessageText", "sendMessage", "editMessageReplyMarkup")


@pytest.mark.parametrize("name", FAULTS)
async def test_after_any_fault_one_question_is_live_and_it_is_the_right_one(
    standin: StandIn, lucie: Person, name: str
) -> None:
    fault = FAULTS[name]
    for method in METHODS:
        standin.faults.add(replace(fault, method=method))
    await begin(lucie, Act("[Environ chaque trimestre]"))
    await finally_asks(lucie, "Alignement · 8/27")
    await begin(lucie, Act("/statut"))
    await finally_asks(lucie, "question 8 sur 27")
    copies = saying(lucie, "question 8 sur 27")
    assert len(copies) == 1 + (fault.count if fault.after else 0)
    await begin(lucie, Act("[Reprendre la question 8]"))
    await finally_asks(lucie, "Alignement · 8/27")


async def test_a_person_who_blocked_the_bot_is_left_alone_until_they_write(
    standin: StandIn, lucie: Person, caplog: pytest.LogCaptureFixture
) -> None:
    standin.hold_updates()
    for _ in range(3):
        await lucie.say("/statut")
    await lucie.block()
    standin.release_updates()
    await lucie.settle()
    tried = [call for call in standin.calls_of("sendMessage") if call.code == 403]
    assert len(tried) == 1
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []
    await lucie.unblock()
    await do(lucie, "/statut")
    assert "question 7 sur 27" in last(lucie)


LOST = Fault("hang", seconds=2 * SILENCE, method="sendMessage", after=True)


async def test_whoever_taps_the_upper_of_two_copies_goes_on_below(
    standin: StandIn, lucie: Person
) -> None:
    standin.faults.add(replace(LOST))
    await lucie.say("/statut")
    await lucie.wait_for(lambda p: saying(p, "question 7 sur 27"))
    await begin(lucie, Act("[Reprendre la question 7]"))
    await finally_asks(lucie, "Alignement · 7/27")
    assert len(saying(lucie, "question 7 sur 27")) == 1


async def test_a_message_sent_just_before_a_stop_is_repeated_without_its_buttons(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    async with running(library, standin, tmp_path):
        await do(lucie, *TO_THE_SEVENTH)
        standin.faults.add(replace(LOST, seconds=6))
        await lucie.say("/statut")
        await lucie.wait_for(lambda p: saying(p, "question 7 sur 27"))
    assert len(with_buttons(lucie)) == 2
    async with running(library, standin, tmp_path):
        await finally_asks(lucie, "Alignement · 7/27")


async def left_behind(standin: StandIn, question: Message) -> None:
    """The copy of a question that a killed bot sent, and of which nobody knows."""
    async with Client(standin.token, standin.url, UNPACED) as bot:
        buttons = InlineKeyboardMarkup.de_json(question.reply_markup)
        await bot.send_message(question.chat.id, question.words, reply_markup=buttons)


async def test_a_tap_on_a_question_left_behind_brings_the_present_one_below(
    standin: StandIn, lucie: Person
) -> None:
    seventh = lucie.last
    await left_behind(standin, seventh)
    left = lucie.last
    lucie.press(seventh, seventh.buttons[0][0])
    await lucie.wait_for(lambda p: "8/27" in seventh.words)
    lucie.press(left, left.buttons[0][0])
    await finally_asks(lucie, "Alignement · 8/27")
    assert lucie.last.id > left.id
    assert "déjà" in lucie.toasts[-1]


async def test_a_tap_made_twice_brings_nothing_more(standin: StandIn, lucie: Person) -> None:
    seventh, button = lucie.last, lucie.last.buttons[0][0]
    standin.hold_updates()
    lucie.press(seventh, button)
    lucie.press(seventh, button)
    standin.release_updates()
    await finally_asks(lucie, "Alignement · 8/27")
    assert saying(lucie, "Alignement · 8/27") == [seventh]


async def test_a_tap_on_a_screen_that_others_have_left_behind_brings_it_up_to_date(
    service: Service, lucie: Person
) -> None:
    """As when another process has taken the answer, and died before it could show anything."""
    seventh, button = lucie.last, lucie.last.buttons[0][0]
    tap = decode(button["callback_data"])
    assert tap is not None
    await service.handle(key(lucie.user.id), tap, "fr")
    lucie.press(seventh, button)
    await finally_asks(lucie, "Alignement · 8/27")
    assert lucie.last is seventh, "in its place"
    assert "déjà" in lucie.toasts[-1]
    lucie.press(seventh, seventh.buttons[0][0])
    await finally_asks(lucie, "Souhaitez-vous approfondir")


async def test_what_was_shown_is_noted_even_if_the_store_is_locked_meanwhile(
    library: Library, standin: StandIn, tmp_path: Path
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    async with running(library, standin, tmp_path):
        await do(lucie, *TO_THE_SEVENTH)
        standin.faults.add(Fault("slow", method="editMessageText", seconds=0.3))
        await begin(lucie, Act("[Environ chaque trimestre]"))
        await lucie.wait_for(lambda p: p.sent[-1].done)
        db = sqlite3.connect(tmp_path / "data" / "codir.db", isolation_level=None)
        db.execute("begin immediate")
        await finally_asks(lucie, "Alignement · 8/27")
        await asyncio.sleep(2.5)  # longer than the store waits for a lock
        db.execute("rollback")
        behind = "select count(*) from conversation where shown < revision"
        assert db.execute(behind).fetchone() == (1,)
        await lucie.wait_for(lambda _: db.execute(behind).fetchone() == (0,), timeout=10)
        db.close()
