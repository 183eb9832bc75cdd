"""Somebody's part in a session, kept true: begun, finished, out of reach, no longer there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.hearing import Brought, Command, Delivered, Due, Examined, Hearing
from bot.conversation.reply import Convene, Dissolve, Erase, Reply
from bot.conversation.session import reminding, sessions
from bot.conversation.session.joining import out
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.flow import END
from bot.core.session import Phase, Session, Status

UNREACHED = "unreached"
"""The topic of a word that somebody's chat has refused."""


def freed(turn: Turn, heard: Hearing) -> Turn:
    """Whoever sits in the session no more has an interview of their own again."""
    state = turn.state
    if state.member is None or turn.seat is not None or isinstance(heard, Due):
        return turn
    match heard:
        case Command("start", payload) if sessions.named(payload):
            return turn
    if turn.session is not None and state.place == "invited":
        return turn
    return replace(turn.then(out(state)), session=None)


def kept_up(turn: Turn, state: Conversation, replies: list[Reply]) -> list[Reply]:
    """The replies, with the session brought up to date when the person has come further in it."""
    convened = _after(turn, replies)
    if convened is None:
        return replies
    seat = convened.seat_of(turn.person)
    if seat is None or not seat.agrees or convened.phase is not Phase.FIRST:
        return replies
    flow = turn.library.flows["diagnostic"]
    done = flow.position(state.interview.values) == END
    status = Status.DONE if done else Status.ANSWERING
    if status is seat.status or state.member is None:
        return replies
    after = convened.change(seat.id, status=status)
    return [*_with(after, replies), *reminding.told(turn, after)]


def heard_from(turn: Turn, heard: Hearing, replies: list[Reply]) -> list[Reply]:
    """The replies, with whoever has written or tapped known to be within reach again."""
    convened = _after(turn, replies)
    if convened is None or isinstance(heard, Due | Delivered | Brought | Examined):
        return replies
    seat = convened.seat_of(turn.person)
    if seat is None or not seat.unreached:
        return replies
    return _with(convened.change(seat.id, unreached=False), replies)


def _after(turn: Turn, replies: list[Reply]) -> Session | None:
    """The session as these replies leave it; None when there is none for the person any more."""
    if any(isinstance(one, Erase | Dissolve) for one in replies):
        return None
    return next((one.session for one in replies if isinstance(one, Convene)), turn.session)


def _with(session: Session, replies: list[Reply]) -> list[Reply]:
    return [Convene(session), *(one for one in replies if not isinstance(one, Convene))]


def _unreached(turn: Turn) -> tuple[Conversation, list[Reply]]:
    """A word that was refused: noted once, and said to nobody but the owner who asks."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None or seat.unreached:
        return turn.state, []
    return turn.state, [Convene(session.change(seat.id, unreached=True))]


TOPICS: Mapping[str, Callable[[Turn], tuple[Conversation, list[Reply]]]] = {UNREACHED: _unreached}
