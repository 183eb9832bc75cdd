"""What is read between two sessions of a committee: the wish, the wait, the second beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bot.conversation.meeting import board
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.session import seats
from bot.conversation.turn import Turn
from bot.core import speech

PLACE = "waiting"
"""Where somebody is whose answers are gone and who will be asked again."""


def on(turn: Turn, key: str, when: datetime) -> str:
    """A sentence with its day."""
    return turn.say(key, date=speech.day(when, turn.lang))


def offer_screen(turn: Turn, when: datetime) -> Screen:
    """To the owner: what it would mean."""
    rows = grouped(
        [turn.button("btn.later.yes", "s", "l_yes"), turn.button("btn.later.no", "s", "l_no")]
    )
    return Screen(on(turn, "later.offer", when), rows)


def ask_screen(turn: Turn, when: datetime) -> Screen:
    """To each who answered."""
    text = turn.say("later.ask", chair=board.chair(turn), date=speech.day(when, turn.lang))
    rows = grouped(
        [
            turn.button("btn.later.yes", "s", "l_agree"),
            turn.button("btn.later.no", "s", "l_refuse"),
        ]
    )
    return Screen(text, rows, fresh=True)


def agreed(turn: Turn, when: datetime, end: datetime) -> str:
    """What was agreed, and when the answers go."""
    days = {"date": speech.day(when, turn.lang), "end": speech.day(end, turn.lang)}
    return turn.say("later.agreed", **days)


def waiting_screen(turn: Turn, note: str = "") -> Screen:
    """Until when there is nothing to do, and the way out."""
    if turn.session is None or turn.session.comes is None:
        return Screen(note or turn.say("later.off"))
    text = board.under(note, on(turn, "later.waiting", turn.session.comes))
    return Screen(text, ((turn.button("btn.later.quit", "s", "l_stop"),),))


def time_screen(turn: Turn, until: date) -> Screen:
    """To the owner, once the day has come."""
    day = speech.day(until, turn.lang, weekday=True).removesuffix(f" {until.year}")
    rows = grouped(
        [
            turn.button("btn.later.start", "s", "l_start", until.isoformat(), date=day),
            turn.button("btn.later.stop", "s", "l_stop"),
        ],
        single=True,
    )
    text = turn.say("later.time", n=len(board.session(turn).returning))
    return Screen(text, rows, fresh=True)


def started(turn: Turn) -> str:
    """It has begun."""
    end = board.session(turn).deadline.astimezone(turn.instant.tzinfo)
    day = speech.day(end, turn.lang, weekday=True).removesuffix(f" {end.year}")
    return turn.say("later.started", date=day)


def begin_screen(turn: Turn) -> Screen:
    """To each who agreed: what is asked, under the same rules, and that it stays free."""
    seat = turn.seat
    assert seat is not None
    total, minutes = seats.burden(turn, seat.function)
    end = board.session(turn).deadline.astimezone(turn.instant.tzinfo)
    day = speech.day(end, turn.lang, weekday=True).removesuffix(f" {end.year}")
    text = turn.say("later.begin", total=total, minutes=minutes, date=day)
    buttons = [
        turn.button("btn.later.begin", "s", "agree"),
        turn.button("btn.notice", "g", "notice"),
        turn.button("btn.later.not_now", "s", "decline"),
    ]
    return Screen(text, grouped(buttons, single=True), fresh=True)


PLACES: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    PLACE: lambda turn, note: [waiting_screen(turn, note)],
}
