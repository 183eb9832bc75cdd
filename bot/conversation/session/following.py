"""Another session once one is closed: what it means to leave this one, then leaving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.acting import begin
from bot.conversation.reply import Convene, Reply
from bot.conversation.rounds import results
from bot.conversation.screen import Button, Screen
from bot.conversation.session import convening, later, opening, sessions
from bot.conversation.session.sitting import Result, here, seated
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.session import Mode, Session, Status


def ask(turn: Turn, payload: str) -> Result:
    """What stays and what goes, before anything does; `payload` is a link's, or nothing."""
    if not sessions.over(here(turn)):
        return results.open_up(turn)
    return turn.state, [opening.another_screen(turn, payload)]


def leave(turn: Turn, payload: str) -> Result:
    """The seat of a closed session is free; what comes next begins without any answer."""
    session = here(turn)
    if not sessions.over(session):
        return results.open_up(turn)
    after, told = _without(turn, session)
    free = turn.then(_fresh(turn)).convened(None)
    if sessions.named(payload):
        way = Button(turn.say("btn.invitation"), url=sessions.address(turn, payload))
        return free.state, [Convene(after), *told, Screen(turn.say("another.left"), ((way,),))]
    state, shown = convening.begin(free)
    return state, [Convene(after), *told, *shown]


def _without(turn: Turn, session: Session) -> tuple[Session, list[Reply]]:
    """The session as it stays for the others, who lose nothing of its results.

    Nobody is asked again in six months without whoever opened it.
    """
    seat = turn.seat
    assert seat is not None
    told = later.called_off(turn) if turn.owner else []
    # Functions that stayed hidden do not show because somebody has gone.
    mode = Mode.NAMED if session.named else Mode.ANONYMOUS
    after = session.change(
        seat.id, status=Status.LEFT, person="", agreed=None, remind=None, later=False, gap=None
    )
    return replace(after, mode=mode, later=session.later and not turn.owner), told


def _fresh(turn: Turn) -> Conversation:
    """Nobody's answers under another id; the function, the agreement and the letterhead stay."""
    blank, known = begin(turn), turn.interview.answers
    answers = {"role": known["role"]} if "role" in known else {}
    interview = replace(blank.interview, answers=answers)
    state = replace(blank, interview=interview, consent=turn.state.consent)
    paper, forms = turn.state.letterhead, turn.state.forms
    return replace(state, letterhead=paper, forms=forms).at("asking")


def stay(turn: Turn, _: str) -> Result:
    """Nothing has changed."""
    return show(turn, turn.say("another.stays"), again=True)


DEEDS: Mapping[str, Callable[[Turn, str], Result]] = {
    "other": seated(ask),
    "other_yes": seated(leave),
    "other_no": seated(stay),
}
