"""The end of what is kept: the person is warned, can stay, and is told once it is over."""

from __future__ import annotations

from datetime import date

from bot.conversation import drafting, personal, retention
from bot.conversation.screen import Screen, grouped
from bot.conversation.turn import Turn
from bot.core import speech


def warning_screen(turn: Turn, until: date) -> Screen:
    """On which day the answers go, and how to keep them; nothing when there are none."""
    n = (until - turn.now.date()).days
    text = turn.say("expiry.warning", n=n, date=speech.day(until, turn.lang))
    if turn.state.version:
        text += " " + turn.say("expiry.files")
    days = retention.kept_days(turn.house, turn.state, turn.session)
    buttons = [
        turn.button("btn.my_data", "g", "mydata"),
        turn.button("btn.stay", "x", "stay", n=days),
        turn.button("btn.receive", "x", "generate")
        if drafting.wanted(turn)
        else personal.resume_button(turn),
    ]
    return Screen(text, grouped(buttons, single=True), fresh=True)


def stays_screen(turn: Turn) -> Screen:
    """The day is put off: this message has done it."""
    until = speech.day(retention.kept_until(turn), turn.lang)
    return Screen(turn.say("expiry.stays", date=until), ((personal.resume_button(turn),),))


def gone_screen(turn: Turn) -> Screen:
    """The answers went on the day that was announced."""
    return Screen(turn.say("expiry.gone"), fresh=True)
