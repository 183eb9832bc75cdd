"""The second round from the owner's side: opening it, waiting, closing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.reply import Convene, Gather, Reply
from bot.conversation.rounds import again, diverging, results, second, seconding
from bot.conversation.screen import Screen, grouped
from bot.conversation.session.sessions import hour, moment
from bot.conversation.session.sitting import (
    Result,
    here,
    news,
    now_and_then,
    others,
    owned,
    tell,
    to_owner,
)
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.digest import FEW, Digest
from bot.core.rounds import concluded
from bot.core.session import Phase, Session, Status

DAYS, EVENING, MORNING, NOON = 2, time(18), time(9), time(12)
"""A second round lasts two working days, until 18 h; people are reminded once, at 9 h."""
GRACE = 24


def _at(session: Session, when: datetime, days: int, hour_: time) -> datetime:
    """An hour, so many working days later, in the session's time zone."""
    zone = ZoneInfo(session.zone)
    day = hours.following(when.astimezone(zone).date(), days)
    return datetime.combine(day, hour_, zone)


def open_up(turn: Turn, _: str) -> Result:
    """Ask again, in private, on the few points where views differ."""
    session = here(turn)
    digest = session.results
    if session.phase is Phase.SECOND or digest is None:
        return seconding.begin(turn, "")
    items = points(turn, digest)
    if not items:
        return diverging.again(turn, "")
    deadline = _at(session, turn.instant, DAYS, EVENING)
    seats = tuple(
        replace(seat, status=Status.ANSWERING) if seat.agrees else seat for seat in session.seats
    )
    session = replace(
        session,
        phase=Phase.SECOND,
        items=items,
        rounds=session.rounds + 1,
        deadline=deadline,
        seats=seats,
        asked=False,
    )
    turn = turn.convened(session)
    text = turn.say(
        "second.opened",
        n=len(items),
        length=again.length(turn, len(items)),
        deadline=moment(turn, deadline),
    )
    state = turn.state.at("second", "intro")
    told = [*news(turn, others(turn), "second"), *due(turn)]
    screens: list[Reply] = [Screen(text), second.intro_screen(turn.then(state), until=False)]
    return state, [Convene(session), *told, *screens]


def points(turn: Turn, digest: Digest) -> tuple[str, ...]:
    """What may be asked again now: the widest divergences, then once more what still moves."""
    session = here(turn)
    if digest.answered < FEW:
        return ()
    if session.phase is Phase.BETWEEN and session.rounds == 0:
        return diverging.to_ask_again(turn, digest)
    return results.moving_again(turn)


def due(turn: Turn) -> list[Reply]:
    """What a deadline brings: a reminder that morning, and the owner asked."""
    session = here(turn)
    deadline = session.deadline
    morning = deadline.replace(hour=MORNING.hour, minute=0)
    seats = [seat for seat in session.present if seat.person]
    reminders = tell(session, seats, "second_remind", morning.timestamp())
    return [
        *(reminders if session.reminding and morning > turn.instant else []),
        *to_owner(session, "second_over", deadline.timestamp()),
    ]


def finished(turn: Turn) -> str:
    """« Quatre personnes sur cinq ont terminé. »"""
    session = here(turn)
    n, total = len(session.done), len(session.present)
    if not n:
        return turn.say("close.none")
    said, every = speech.spelled(n, turn.lang), speech.spelled(total, turn.lang, capital=False)
    return turn.say("close.all" if n == total else "close.some", n=n, said=said, total=every)


def status(turn: Turn, _: str) -> Result:
    """Who has finished the second round, for the owner."""
    if here(turn).phase is not Phase.SECOND:
        return results.open_up(turn)
    until = turn.say("second.open_until", deadline=moment(turn, here(turn).deadline))
    buttons = [turn.button("btn.round_close_second", "s", "close")]
    mine = turn.seat is not None and turn.seat.status is not Status.DONE
    buttons += [turn.button("btn.round_mine", "s", "second")] if mine else []
    text = f"{until}\n{finished(turn)}"
    return turn.state, [Screen(text, grouped(buttons, single=True))]


def ask(turn: Turn, _: str) -> Result:
    """Whether to close the second round: what it ends, and who has finished."""
    text = f"{finished(turn)} {turn.say('second.close')}"
    buttons = [turn.button("btn.round_close_second_yes", "s", "close_yes")]
    buttons.append(turn.button("btn.round_wait_more", "s", "close_not"))
    return turn.state, [Screen(text, grouped(buttons, single=True))]


def confirm(turn: Turn, _: str) -> Result:
    """Close; a second tap shows what came of the first."""
    return close(turn) if here(turn).phase is Phase.SECOND else results.open_up(turn)


def close(turn: Turn, *, fresh: bool = False) -> Result:
    """The end of the second round: what became of each point, told to everybody."""
    if turn.members is None:
        return turn.state, [Gather()]
    session, before = here(turn), here(turn).results
    assert before is not None
    answers, votes = now_and_then(turn)
    gone = session.erased > 0 or len(answers) < before.answered
    final = concluded(
        turn.library.expertise,
        before,
        answers,
        votes,
        session.items,
        named=session.named,
        picks=session.picks,
        arguments=_arguments(turn),
        hidden=gone,
    )
    final = replace(final, endings={**before.endings, **final.endings})
    session = replace(session, final=final, phase=Phase.CLOSED, closed=turn.instant, asked=False)
    turn = turn.convened(session)
    state, shown = results.open_up(turn, fresh=fresh)
    return state, [Convene(session), *news(turn, others(turn), "results"), *shown]


def _arguments(turn: Turn) -> list[str]:
    """What was confirmed, in an order that tells nothing.

    None once somebody has erased theirs after they were read: the missing one would be known.
    """
    if here(turn).erased and here(turn).final is not None:
        return []
    members = (turn.members or {}).values()
    found = {held.member.argument for held in members if held.member}
    return sorted(found - {""}, key=str.casefold)


def over(turn: Turn) -> Result:
    """The deadline has come: the owner closes, or waits until the next working day.

    Without an answer the round closes by itself a day after the question.
    """
    session = here(turn)
    early = turn.instant + timedelta(seconds=1) < session.deadline
    if session.phase is not Phase.SECOND or early:
        return turn.state, []
    end = hours.later(max(session.deadline, turn.instant), GRACE)
    state, asked = all_done(turn) if session.complete else (turn.state, [_over_screen(turn)])
    return state, [*to_owner(session, "closing", end.timestamp()), *asked]


def _over_screen(turn: Turn) -> Screen:
    session, until = here(turn), _extended(turn)
    n = len(session.done)
    head = turn.say("second.time", hour=hour(turn.instant, turn.lang))
    buttons = [
        turn.button("btn.round_wait_until", "s", "second_wait", deadline=moment(turn, until)),
        turn.button("btn.round_close_with", "s", "close_yes", n=n),
    ]
    text = f"{head} {finished(turn)} {turn.say('second.or_later')}"
    return Screen(text, grouped(buttons, single=True), fresh=True)


def _extended(turn: Turn) -> datetime:
    """Midday of the working day after the deadline, or of the next one if that is past."""
    session = here(turn)
    until = _at(session, session.deadline, 1, NOON)
    return until if until > turn.instant else _at(session, turn.instant, 1, NOON)


def wait(turn: Turn, _: str) -> Result:
    """One more working day, for those who have not finished."""
    session = here(turn)
    if session.phase is not Phase.SECOND or turn.instant < session.deadline:
        return status(turn, "")
    session = replace(session, deadline=_extended(turn))
    turn = turn.convened(session)
    late = [seat for seat in others(turn) if seat.status is not Status.DONE]
    text = turn.say("second.later", deadline=moment(turn, session.deadline))
    told = [*news(turn, late, "second_late"), *due(turn)]
    return turn.state, [Convene(session), *told, Screen(text)]


def all_done(turn: Turn) -> Result:
    """Everybody has finished: the owner may close at once."""
    session = here(turn)
    if session.phase is not Phase.SECOND or not session.complete:
        return turn.state, []
    state, shown = ask(turn, "")
    return state, [replace(one, fresh=True) for one in shown if isinstance(one, Screen)]


DEEDS = {
    "second_open": owned(open_up),
    "second_status": owned(status),
    "second_wait": owned(wait),
}
TOPICS = {"second_over": over, "second_all": all_done}
