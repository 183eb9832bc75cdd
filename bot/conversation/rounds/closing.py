"""Closing the first round: who has answered, then what each may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.reply import Convene, Gather
from bot.conversation.rounds import comparing, diverging, facts, results, second_closing
from bot.conversation.screen import Screen, grouped
from bot.conversation.session.sessions import moment
from bot.conversation.session.sitting import (
    Result,
    given,
    here,
    news,
    others,
    owned,
    put_down,
    to_owner,
)
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.digest import FEW
from bot.core.digesting import digest
from bot.core.session import LEAST, Phase, Session, Status

GRACE = 24
"""The hours after a deadline that the owner left unanswered, when the round closes by itself."""


def ask(turn: Turn, _: str) -> Result:
    """Whether to close the round under way: what it ends, and who has finished."""
    session = here(turn)
    if session.phase is Phase.SECOND:
        return second_closing.ask(turn, "")
    if session.phase is not Phase.FIRST:
        return results.open_up(turn)
    text = f"{finished(turn)} {turn.say('session.close')}"
    buttons = [turn.button("btn.round_close_first", "s", "close_yes")]
    buttons.append(turn.button("btn.round_wait_more", "s", "close_not"))
    return turn.state, [Screen(text, grouped(buttons, single=True))]


def finished(turn: Turn) -> str:
    """« Quatre personnes sur cinq ont terminé. »"""
    session = here(turn)
    n, total = len(session.done), len(session.present)
    if not n:
        return turn.say("close.none")
    key = "close.all" if n == total else "close.some"
    spelled = speech.spelled(n, turn.lang)
    return turn.say(key, n=n, said=spelled, total=speech.spelled(total, turn.lang, capital=False))


def wait(turn: Turn, _: str) -> Result:
    """Nothing is closed."""
    text = turn.say("close.waits", deadline=moment(turn, here(turn).deadline))
    rows = ((turn.button("btn.see_session", "g", "status"),),)
    return turn.state, [Screen(text, rows)]


def confirm(turn: Turn, _: str) -> Result:
    """Close the round under way; a second tap shows what came of the first."""
    if here(turn).phase is Phase.FIRST:
        return close(turn)
    return second_closing.confirm(turn, "")


def close(turn: Turn, *, fresh: bool = False) -> Result:
    """The end of the first round: its results are made once, and each person is told."""
    if turn.members is None:
        return turn.state, [Gather()]
    answers = given(turn)
    if len(answers) < LEAST:
        return turn.state, [_too_few(turn, len(answers), fresh=fresh)]
    session = _closed(turn)
    found = digest(
        turn.library.expertise, answers, invited=len(here(turn).present), named=session.named
    )
    few = found.answered < FEW
    phase = Phase.CLOSED if few else Phase.BETWEEN
    session = replace(session, digest=found, phase=phase, closed=turn.instant)
    session = comparing.compared(turn.convened(session), session)
    topic = "results" if few else "closed"
    waiting = [seat for seat in here(turn).present if not seat.agrees]
    told = [*news(turn, others(turn.convened(session)), topic), *news(turn, waiting, "too_late")]
    turn = turn.convened(session)
    state, shown = _after(turn, fresh=fresh)
    nudge = [] if few else to_owner(session, "between", hours.morning(_later(turn)).timestamp())
    return state, [Convene(session), *told, *nudge, *shown]


def _later(turn: Turn) -> datetime:
    return hours.morning(turn.instant)


def _closed(turn: Turn) -> Session:
    """The session without those who never came in; the links no longer open.

    Whoever had opened one and agreed to nothing is not known any more.
    """
    session = here(turn)
    seats = tuple(
        replace(seat, status=Status.REVOKED, person="")
        if seat.present and not seat.agrees
        else seat
        for seat in session.seats
    )
    return replace(session, seats=seats, asked=False)


def _too_few(turn: Turn, n: int, *, fresh: bool) -> Screen:
    buttons = [turn.button("btn.round_wait_more", "s", "close_not")]
    return Screen(turn.say("close.too_few", n=n), grouped(buttons), fresh=fresh)


def _after(turn: Turn, *, fresh: bool) -> Result:
    """What the owner sees once the round is closed: facts to confirm, then the divergences."""
    session = here(turn)
    assert session.digest is not None
    n = session.digest.answered
    done = turn.say("close.done", n=n, total=session.digest.invited)
    if session.phase is Phase.CLOSED:
        state, shown = results.told(turn)
        return state, [Screen(done, fresh=fresh), *shown]
    disputed = facts.left(turn)
    if not disputed:
        state, shown = diverging.open_up(turn)
        return state, [Screen(done, fresh=fresh), *shown]
    m = len(disputed)
    said = speech.spelled(m, turn.lang)
    text = f"{done} {turn.say('facts.many', n=m, said=said)}"
    state = put_down(turn.state, "facts")
    screen = replace(facts.fact_screen(turn.then(state)), fresh=True)
    return state, [Screen(text, fresh=fresh), screen]


def overdue(turn: Turn) -> Result:
    """A day after a deadline that the owner left unanswered, the round closes by itself."""
    session = here(turn)
    if not turn.owner or turn.instant < hours.later(session.deadline, GRACE):
        return turn.state, []
    if session.phase is Phase.FIRST:
        return close(turn, fresh=True)
    return (
        second_closing.close(turn, fresh=True)
        if session.phase is Phase.SECOND
        else (turn.state, [])
    )


def told(turn: Turn) -> Result:
    """To each person: the first round is closed."""
    session = here(turn)
    if session.digest is None or session.phase is not Phase.BETWEEN:
        return turn.state, []
    n, total = session.digest.answered, session.digest.invited
    text = f"{turn.say('close.done', n=n, total=total)} {turn.say('close.next')}"
    button = turn.button("btn.round_see_divergences", "s", "divergences")
    state = put_down(turn.state, "divergences")
    return state, [Screen(text, ((button,),), fresh=True), *comparing.asked(turn)]


def waiting(turn: Turn) -> Result:
    """To the owner, two mornings after the close: the others wait for what comes next."""
    if here(turn).phase is not Phase.BETWEEN:
        return turn.state, []
    rows = ((turn.button("btn.round_go_on", "s", "facts_next"),),)
    return turn.state, [Screen(turn.say("close.waiting"), rows, fresh=True)]


DEEDS = {
    "close": owned(ask),
    "close_yes": owned(confirm),
    "close_not": owned(wait),
}
TOPICS = {"closing": overdue, "closed": told, "between": waiting}
