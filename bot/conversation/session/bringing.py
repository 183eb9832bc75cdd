"""The files of a session on their way: who may have which, and what is said once they are there."""

from __future__ import annotations

from bot.conversation.hearing import Brought
from bot.conversation.reply import Bring
from bot.conversation.screen import Screen
from bot.conversation.session import notices
from bot.conversation.session.notices import Result
from bot.conversation.show import show
from bot.conversation.turn import Turn

EVERYBODYS = frozenset(("note", "agenda", "minutes", "dots", "invitation"))
"""What each respondent may have once the session is closed."""
OWNERS = frozenset(("links",))
"""What its owner may have at any time."""


def brought(turn: Turn, heard: Brought) -> Result:
    """What follows the files, or that they could not be written, with a way to try again."""
    if turn.session is None or turn.session.id != heard.session or turn.seat is None:
        return turn.state, []
    if heard.ok:
        follow = notices.BROUGHT.get(heard.kinds[0])
        return follow(turn) if follow else (turn.state, [])
    retry = turn.button("btn.retry", "s", "bring", "+".join(heard.kinds))
    return turn.state, [Screen(turn.say("bring.failed"), ((retry,),), fresh=True)]


def bring(turn: Turn, asked: str) -> Result:
    """Bring these kinds of files, joined by « + », if the person may have them."""
    kinds = tuple(asked.split("+"))
    session = turn.session
    if session is None or not _may(turn, kinds):
        return show(turn)
    return turn.state, [Screen(turn.say("bring.writing")), Bring(session.id, kinds)]


def _may(turn: Turn, kinds: tuple[str, ...]) -> bool:
    """Nobody has a file before the others may: what is still settled would show by difference."""
    links = OWNERS if turn.owner else frozenset()
    shared = EVERYBODYS if turn.shared is not None else frozenset()
    return (links | shared).issuperset(kinds)


DEEDS = {"bring": bring}
