"""What only the owner may do, and the side screens they do it from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.reply import Convene, Reply
from bot.conversation.session import settings
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.session import Phase, Session

Result = tuple[Conversation, list[Reply]]
Deed = Callable[[Turn, str], Result]


def chairs(deed: Callable[[Turn, Session, str], Result]) -> Deed:
    """A deed of the owner alone, while the first round is open."""

    def guarded(turn: Turn, arg: str) -> Result:
        session = turn.session
        if session is None or not turn.owner or session.phase is not Phase.FIRST:
            return show(turn)
        return deed(turn, session, arg)

    return guarded


def saved(turn: Turn, session: Session, *replies: Reply) -> Result:
    """The session as it is now, and what is said."""
    return turn.state, [Convene(session), *replies]


def aside(state: Conversation, place: str, arg: str = "") -> Conversation:
    """Something to be typed, beside where the person was."""
    home = state.home if state.place in settings.PLACES else state.place
    return replace(state.at(place, arg), home=home)


def returned(state: Conversation) -> Conversation:
    """Back from there."""
    if state.place not in settings.PLACES:
        return state
    return replace(state.at(state.home or "asking"), home="")
