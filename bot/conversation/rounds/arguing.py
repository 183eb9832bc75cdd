"""The one argument that a person may add to the second round, shown back before it is kept."""

from __future__ import annotations

from bot.conversation.reply import Convene, Reply
from bot.conversation.rounds import seconding
from bot.conversation.rounds.again import cursor, entered, left
from bot.conversation.rounds.second import screens
from bot.conversation.rounds.seconding import answering, show_step
from bot.conversation.screen import Screen
from bot.conversation.session.sitting import Result, below, here, keeping, mine, tapped, to_owner
from bot.conversation.turn import Turn
from bot.core.pointing import pointed
from bot.core.session import Phase, Status
from bot.core.typography import clean

LONGEST = 280


def typed(turn: Turn, text: str) -> Result:
    """An argument, where one is asked; elsewhere the buttons answer."""
    if (done := tapped(turn, text, screens(turn, ""), {**seconding.DEEDS, **DEEDS})) is not None:
        return done
    over = here(turn).phase is not Phase.SECOND
    turn = turn if over else entered(turn)
    if over or turn.state.arg == "intro" or cursor(turn)[1] != "argument":
        return _fresh(show_step(turn, turn.say("refuse.text"), turn.state.arg))
    said = " ".join(clean(text).split())  # on one line, it cannot pass for two arguments
    if len(said) > LONGEST:
        return _fresh(show_step(turn, turn.say("refuse.reason_long", max=LONGEST)))
    if not any(char.isalnum() for char in said):
        return _fresh(show_step(turn, turn.say("second.words")))
    chatter = turn.library.chatter
    if found := pointed(said, chatter["person"], chatter["domain"]):
        rows = ((turn.button("btn.round_add_nothing", "s", "silent"),),)
        return turn.state, [Screen(turn.say("second.points", words=found), rows, fresh=True)]
    return _fresh(show_step(turn.then(keeping(turn, draft=said))))


def _fresh(result: Result) -> Result:
    state, replies = result
    return state, below(replies)


def argue(turn: Turn, _: str) -> Result:
    """The argument as it was shown back is kept."""
    draft = mine(turn).draft
    if not draft:
        return show_step(turn)
    return _finish(turn.then(keeping(turn, argument=draft, draft="")))


def redo(turn: Turn, _: str) -> Result:
    """The argument is written anew."""
    return show_step(turn.then(keeping(turn, draft="")), arg=".argument")


def silent(turn: Turn, _: str) -> Result:
    """No argument; one given before goes."""
    if left(turn):
        return show_step(turn)
    return _finish(turn.then(keeping(turn, argument="", draft="")))


def _finish(turn: Turn) -> Result:
    assert turn.seat is not None
    before = here(turn)
    session = before.change(turn.seat.id, status=Status.DONE)
    told = to_owner(session, "second_all") if session.complete and not before.complete else []
    state, shown = show_step(turn.convened(session))
    changed: list[Reply] = [Convene(session)] if session != before else []
    return state, [*changed, *told, *shown]


TYPED = {"second": typed}
DEEDS = {"argue": answering(argue), "redo": answering(redo), "silent": answering(silent)}
