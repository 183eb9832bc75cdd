"""What people do in a session: its buttons, its words, its commands, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.meeting import recording
from bot.conversation.reply import Reply
from bot.conversation.rounds import deeds as rounds
from bot.conversation.session import (
    bringing,
    convening,
    curiosity,
    following,
    forwarding,
    joining,
    later,
    leaving,
    reinviting,
    reminding,
    settling,
    steering,
)
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn

Result = tuple[Conversation, list[Reply]]
Deeds = Mapping[str, Callable[[Turn, str], Result]]

DEEDS: Deeds = {
    **convening.DEEDS,
    **joining.DEEDS,
    **reminding.DEEDS,
    **steering.DEEDS,
    **settling.DEEDS,
    **reinviting.DEEDS,
    **forwarding.DEEDS,
    **leaving.DEEDS,
    **rounds.DEEDS,
    **bringing.DEEDS,
    **recording.DEEDS,
    **later.DEEDS,
    **following.DEEDS,
}
"""What a button of a session does (`s:<deed>:<argument>`)."""
TYPED: Deeds = {
    **convening.TYPED,
    **steering.TYPED,
    **settling.TYPED,
    **rounds.TYPED,
    **recording.TYPED,
    **later.TYPED,
}
"""What typed words mean at a place of a session."""
COMMANDS: Deeds = {
    **convening.COMMANDS,
    **joining.COMMANDS,
    **leaving.COMMANDS,
    **curiosity.COMMANDS,
    **rounds.COMMANDS,
    **settling.COMMANDS,
}
"""What a command does for somebody who takes part in a session, with what follows it."""
BEFORE_CONSENT: frozenset[str] = joining.BEFORE_CONSENT | leaving.BEFORE_CONSENT
"""The deeds of somebody who has not agreed to anything yet."""


def concerned(turn: Turn, name: str, rest: str) -> bool:
    """Whether a command is the session's to answer: it opens one, or the person is in one."""
    return (
        name in ("seance", "resultats")
        or turn.seat is not None
        or (name == "start" and rest.startswith(("i_", "g_")))
    )
