"""Sizes: the longest answers still fit on every screen, and anything longer is only refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.content.check import CALLBACK
from bot.content.library import Library
from bot.conversation.meeting.timetable import agenda_of, screens
from bot.conversation.screen import Screen
from bot.core.dialog import Question, Type
from bot.core.digest import Item
from bot.service import Service
from tests.committees import five
from tests.going_on import Talker
from tests.playing import Act, normal, play
from tests.round_table import Table, finished
from tests.standin import StandIn


class Wordy(Talker):
    """Fills every text field to its last character, with what HTML must escape."""

    def words(self, question: Question) -> str:
        if question.type is not Type.TEXT:
            return super().words(question)
        return ("é<&z" * 100)[: question.max_len]


def test_no_text_field_is_endless(library: Library) -> None:
    questions = [q for dialog in library.dialogs.values() for q in dialog.questions]
    assert [q.id for q in questions if q.type is Type.TEXT and not 0 < q.max_len <= 280] == []


async def test_the_longest_answers_fit_on_every_screen(
    library: Library, standin: StandIn, service: Service
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    talker = Wordy(lucie, library)
    await lucie.say("/start")
    await lucie.settle()
    await talker.until("g:options")
    await talker.press("g:options")
    await talker.press("o:permanent_cdo")
    await talker.press("g:reason")
    await talker.say("reason", ("é<&z" * 70)[:280])
    await talker.press("x:detail")
    await talker.until("x:preview")
    assert talker.typed["committees"] in lucie.last.words.replace("\u202f", "")
    await play(lucie, Act("/relire"))
    await talker.press("g:section:document")
    assert lucie.last.words.count("é<&z") > 50


@pytest.mark.parametrize(
    "text",
    [
        "/" + "a" * 4000,
        "/sources " + "x" * 4000,
        "/start " + "x" * 4000,
        "/a@" + "b" * 4000,
        "x" * 4096,
        "? " + "é" * 4000,
    ],
)
async def test_long_words_change_nothing(standin: StandIn, service: Service, text: str) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    for line in ("/start", "[J'ai compris, je commence]", "[Direction marketing]", text):
        await play(lucie, Act(line))
    assert lucie.chat[-1].from_bot, "there is an answer"
    copy = json.loads((await service.export(f"telegram:{lucie.user.id}")).content)
    assert list(copy["interview"]["answers"]) == ["role"]


@pytest.mark.parametrize("data", ["{0}:p:role:", "{0}:w:", "{0}:g:section:", "{0}:x:", "{0}:", ""])
async def test_an_endless_button_changes_nothing(
    standin: StandIn, service: Service, data: str
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    for line in ("/start", "[J'ai compris, je commence]"):
        await play(lucie, Act(line))
    interview = lucie.last.buttons[0][0]["callback_data"].partition(":")[0]
    await lucie.tap_ghost(data.format(interview) + "é" * 4000)
    await lucie.settle()
    await play(lucie, Act("/statut"))
    assert "question 1 sur 27" in " ".join(normal(lucie.last.words))


@pytest.mark.parametrize("debates", [1, 2])
def test_every_button_that_changes_the_agenda_fits(library: Library, debates: int) -> None:
    """Telegram refuses a screen with a button of more than 64 bytes."""
    table = finished(Table(library, five(library)))
    asked = library.expertise.divergences
    longest = sorted((*asked.scales, *asked.ordinals), key=len)[-3:]
    apart = {name: Item("opposes", 5, (2, 0, 0, 0, 3), agreement=-0.9) for name in longest}
    assert table.session.final is not None
    final = replace(table.session.final, items=apart, turns={}, endings={}, facts={})
    for first in longest:
        session = replace(table.session, final=final, minutes=75, debates=(first,))
        turn = table.turn("DG").convened(session)
        plan = agenda_of(turn)
        assert plan.reserve
        turn = turn.then(turn.state.at("plan", f"swap.{plan.debates[debates - 1]}"))
        shown = [one for one in screens(turn, "") if isinstance(one, Screen)]
        actions = [button.action for one in shown for row in one.rows for button in row]
        assert max(len(action.encode()) for action in actions) <= CALLBACK
