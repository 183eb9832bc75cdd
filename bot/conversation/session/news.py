"""Who joins and who leaves, told to those who are concerned, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bot.conversation import personal
from bot.conversation.reply import Erase, Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.session import seats
from bot.conversation.session.joining import out
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.session import LEAST, SEATS, Phase, Seat, Status

Result = tuple[Conversation, list[Reply]]


def _seat(turn: Turn, id_: str) -> Seat | None:
    return turn.session.seat(id_) if turn.session and turn.owner else None


def _left(id_: str, key: str, turn: Turn) -> Result:
    """To the owner: a function less, and what this changes in what may be shown."""
    seat, session = _seat(turn, id_), turn.session
    if seat is None or session is None or seat.status is not Status.LEFT:
        return turn.state, []
    if session.phase is not Phase.FIRST:
        return turn.state, []
    n = len(session.present)
    text = turn.say(key, function=seats.the(turn, id_, capital=True), n=n)
    if n < 4:
        text += " " + turn.say(f"session.at_{max(n, LEAST - 1)}")
    rows = ((turn.button("btn.see_session", "g", "status"),),)
    return turn.state, [Screen(text, rows, fresh=True)]


def _joined(id_: str, turn: Turn) -> Result:
    """To the owner: who came through the group's link, while it can still be refused."""
    seat = _seat(turn, id_)
    if seat is None or not seat.person:
        return turn.state, []
    text = turn.say("session.joined", function=seats.the(turn, id_, capital=True))
    buttons = [turn.button("btn.fine", "s", "fine")]
    if not seat.agrees:
        buttons.append(turn.button("btn.refuse_joined", "s", "refused", id_))
    return turn.state, [Screen(text, grouped(buttons, single=True), fresh=True)]


def _erased(turn: Turn) -> Result:
    """To everybody, once a round is closed: somebody has erased their answers."""
    session = turn.session
    assert session is not None
    if not session.erased:
        return turn.state, []
    key = "session.erased_after" if session.phase is Phase.CLOSED else "session.erased"
    rows = ((turn.button("btn.results", "s", "results"),),)
    return turn.state, [Screen(turn.say(key), rows, fresh=True)]


def _dissolved(turn: Turn) -> Result:
    """To a member: the session has ended; what they answered stays their own."""
    state = out(turn.state)
    if not state.begun:
        return state, [Screen(turn.say("session.dissolved_new"), fresh=True), Erase()]
    after = turn.then(state)
    buttons = [personal.resume_button(after), turn.button("btn.my_erasure", "g", "erasure")]
    return state, [Screen(turn.say("session.dissolved"), grouped(buttons, single=True), fresh=True)]


def _put_out(turn: Turn) -> Result:
    """To somebody whose seat was taken back before they had agreed."""
    state = out(turn.state)
    told = Screen(turn.say("session.put_out"), fresh=True)
    return (state, [told]) if state.begun else (state, [told, Erase()])


def _too_late(turn: Turn) -> Result:
    """To somebody who had said who they are and not agreed: the round is closed without them."""
    state = out(turn.state)
    if state.begun:
        return state, [Screen(turn.say("session.too_late"), fresh=True)]
    return state, [Screen(turn.say("session.too_late_new"), fresh=True), Erase()]


TOPICS: Mapping[str, Callable[[Turn], Result]] = {
    **{f"left.{seat}": partial(_left, seat, "session.withdrawn") for seat in SEATS},
    **{f"declined.{seat}": partial(_left, seat, "session.declined") for seat in SEATS},
    **{f"joined.{seat}": partial(_joined, seat) for seat in SEATS},
    "erased": _erased,
}
OUTSIDE: Mapping[str, Callable[[Turn], Result]] = {
    "dissolved": _dissolved,
    "put_out": _put_out,
    "too_late": _too_late,
}
"""What is said to somebody who sits in the session no more."""
