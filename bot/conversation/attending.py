"""Somebody's part in a session, kept true after each turn: begun, finished, no longer there."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import reminding, sessions
from bot.conversation.hearing import Command, Due, Hearing
from bot.conversation.joining import out
from bot.conversation.reply import Convene, Erase, Reply
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.flow import END
from bot.core.session import Phase, Status


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
    convened = next((one.session for one in replies if isinstance(one, Convene)), turn.session)
    if convened is None or any(isinstance(one, Erase) for one in replies):
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
    others = [one for one in replies if not isinstance(one, Convene)]
    return [Convene(after), *others, *reminding.told(turn, after)]
