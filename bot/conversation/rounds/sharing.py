"""Two people alone: whether their views are close is told only if both accept it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.reply import Convene, Gather, Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.session.sitting import Result, given, here, news, others, seated
from bot.conversation.turn import Turn
from bot.core.digest import FEW
from bot.core.digesting import digest
from bot.core.session import Seat, Session


def alone(session: Session) -> bool:
    """Whether two people only have answered."""
    return session.digest is not None and session.digest.answered < FEW


def asked(turn: Turn) -> list[Reply]:
    """The question, for whoever of the two has not answered it."""
    if not alone(here(turn)) or turn.seat is None or turn.seat.shares is not None:
        return []
    return [_ask_screen(turn)]


def _ask_screen(turn: Turn) -> Screen:
    buttons = [turn.button("btn.round_accept", "s", "share", "yes")]
    buttons.append(turn.button("btn.round_refuse", "s", "share", "no"))
    rows = (*grouped(buttons), (turn.button("btn.round_results", "s", "results"),))
    return Screen(turn.say("share.ask"), rows, fresh=True)


def line(turn: Turn) -> str:
    """What is said of views in the results while two people have not both accepted."""
    session = here(turn)
    if not alone(session) or both(session) or _made_before(session):
        return ""
    return turn.say("share.hidden")


def _made_before(session: Session) -> bool:
    """Whether views are told already, even if one of the two has gone since."""
    return session.digest is not None and any(one.status for one in session.digest.items.values())


def _answered(session: Session) -> list[Seat]:
    return [seat for seat in session.present if seat.person]


def both(session: Session) -> bool:
    """Whether the two have accepted."""
    answered = _answered(session)
    return len(answered) == 2 and all(seat.shares for seat in answered)


def answer(turn: Turn, arg: str) -> Result:
    """Accept, or rather not; once both have accepted, it is made and told."""
    session = here(turn)
    gone = len(_answered(session)) < 2
    if not alone(session) or turn.seat is None or session.digest is None or gone:
        return turn.state, [Screen(turn.say("share.none"))]
    if both(session):
        return turn.state, [_shown_screen(turn)]
    changed = session.change(turn.seat.id, shares=arg == "yes")
    if both(changed) and not changed.erased:
        return _made(turn, changed)
    saved: list[Reply] = [Convene(changed)] if changed != session else []
    key = "share.yes" if arg == "yes" else "share.no"
    again = turn.button("btn.round_accept", "s", "share", "yes")
    back = turn.button("btn.round_undo", "s", "share", "no")
    results = turn.button("btn.round_results", "s", "results")
    rows = ((back if arg == "yes" else again,), (results,))
    return turn.state, [*saved, Screen(turn.say(key), rows)]


def _made(turn: Turn, session: Session) -> Result:
    """The same results, with the statuses."""
    if turn.members is None:
        return turn.state, [Gather()]
    before, answers = session.digest, given(turn)
    assert before is not None
    if len(answers) < before.answered:
        return turn.state, [Screen(turn.say("share.none"))]
    found = digest(
        turn.library.expertise,
        answers,
        invited=before.invited,
        named=session.named,
        both=True,
        picks=session.picks,
    )
    session = replace(session, digest=found)
    turn = turn.convened(session)
    told = news(turn, others(turn), "share")
    return turn.state, [Convene(session), *told, _shown_screen(turn)]


def _shown_screen(turn: Turn, *, fresh: bool = False) -> Screen:
    rows = ((turn.button("btn.round_results", "s", "results"),),)
    return Screen(turn.say("share.done"), rows, fresh=fresh)


def shown(turn: Turn) -> Result:
    """To the other of the two: both have accepted."""
    return turn.state, [_shown_screen(turn, fresh=True)] if both(here(turn)) else []


DEEDS = {"share": seated(answer)}
TOPICS = {"share": shown}
