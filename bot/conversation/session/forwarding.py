"""Once a session is open: its invitations one by one, the page of codes, one's own turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.reply import Bring, Reply
from bot.conversation.screen import Toast
from bot.conversation.session import inviting
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn

Result = tuple[Conversation, list[Reply]]


def _link(turn: Turn, seat: str) -> Result:
    found = next((one for one in inviting.waiting(turn) if one.id == seat), None)
    if found is None or not turn.owner:
        return show(turn)
    return turn.state, [inviting.link_screen(turn, found)]


def _sent(turn: Turn, _: str) -> Result:
    if not turn.owner:
        return show(turn)
    below = replace(
        inviting.sent_screen(turn), fresh=True
    )  # the last message may still be to forward
    return turn.state, [below]


def _codes(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    return turn.state, [Bring(turn.session.id, ("links",)), Toast(turn.say("session.codes"))]


def _answer(turn: Turn, _: str) -> Result:
    """On with one's own questions."""
    if turn.seat is None:
        return show(turn)
    note = turn.say("session.mine") if len(turn.interview.answers) == 1 else ""
    state = replace(turn.state.at("asking"), home="", origin="")
    return show(turn.then(state), note, again=not note)


DEEDS: Mapping[str, Callable[[Turn, str], Result]] = {
    "link": _link,
    "sent": _sent,
    "codes": _codes,
    "answer": _answer,
}
