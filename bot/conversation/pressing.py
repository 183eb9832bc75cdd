"""A tap on a button: what each verb does, before the agreement, while waiting, afterwards."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.acting import act
from bot.conversation.answering import answer
from bot.conversation.choosing import choose
from bot.conversation.going import go, open_up, try_one
from bot.conversation.hearing import Tap
from bot.conversation.reply import Reply
from bot.conversation.rereading import edit
from bot.conversation.screen import Screen, Toast
from bot.conversation.session import deeds
from bot.conversation.session.welcome import withheld
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.exchange import Back, Confirm, Done, Keep, Pick

Result = tuple[Conversation, list[Reply]]


def press(turn: Turn, tap: Tap) -> Result:
    """A tap on a button of this interview, as far as it may be done now."""
    if tap.interview != turn.interview.id:
        return _old_button(turn)
    if not turn.state.begun and (tap.verb, *tap.args[:1]) not in _BEFORE_CONSENT:
        return open_up(turn)
    if turn.waiting and (tap.verb, *tap.args[:1]) not in _WHILE_WAITING:
        return show(turn)
    turn = turn.then(replace(turn.state, paused=False))
    match tap.verb, tap.args:
        case "p", (question, choice):
            return answer(turn, Pick(question, choice))
        case "d", (question,):
            return answer(turn, Done(question))
        case "b", ():
            return answer(turn, Back())
        case "k", ():
            return answer(turn, Keep())
        case (("y" | "n"), ()):
            return answer(turn, Confirm(tap.verb == "y"))
        case "e", (question,):
            return edit(turn, question)
        case "w", (question,):
            return show(turn, why=question)
        case "t", (question, choice):
            return try_one(turn, question, choice)
        case "o", (option,):
            return go(turn, "options", "") if withheld(turn) else choose(turn, option)
        case "g", (place, *rest):
            return go(turn, place, rest[0] if rest else "")
        case "s", (deed, *rest) if deed in deeds.DEEDS:
            return deeds.DEEDS[deed](turn, rest[0] if rest else "")
        case "x", (deed, *rest):
            return act(turn, deed, rest[0] if rest else "")
    return _old_button(turn)


_BEFORE_CONSENT = {
    *(("s", deed) for deed in deeds.BEFORE_CONSENT),
    *(("x", deed) for deed in ("consent", "lang", "export", "erase", "kept")),
    *(("g", place) for place in ("notice", "privacy", "resume", "mydata", "erasure")),
}

_WHILE_WAITING = {
    *(("s", deed) for deed in ("l_start", "l_stop")),
    *(("x", deed) for deed in ("lang", "export")),
    *(("g", place) for place in ("notice", "privacy", "mydata", "language")),
}
"""What somebody may do whose committee is asked again later."""


def _old_button(turn: Turn) -> Result:
    if not turn.state.begun:
        rows = ((turn.button("btn.begin", "g", "resume"),),)
    else:
        rows = ((turn.button("btn.where", "g", "status"),),)
    text = turn.say("repair.old_button")
    return turn.state, [Toast(turn.say("toast.old")), Screen(text, rows, fresh=True)]
