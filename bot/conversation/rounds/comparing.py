"""Marketing and sales compared, dimension by dimension, once both have accepted it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.reply import Convene, Gather, Reply
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session.sitting import Result, given, here, news, seated
from bot.conversation.turn import Turn
from bot.core.alignment import align
from bot.core.comparing import WIDE, gaps
from bot.core.condition import Values
from bot.core.session import Phase, Seat, Session

PAIR = ("MKT", "COM")
THREE = 3
"""With three answers, whoever knows two of them could work out the third from what is shown."""


def pair(session: Session) -> tuple[Seat, Seat] | None:
    """The two who may be compared, if both take part and it would tell nothing of a third.

    None once somebody has erased their answers: whether it is still there would tell who.
    """
    if session.erased:
        return None
    if session.digest is not None and session.digest.answered == THREE:
        return None
    found = [seat for id_ in PAIR if (seat := session.seat(id_)) and seat.present and seat.person]
    return (found[0], found[1]) if len(found) == 2 else None


def colleague(turn: Turn) -> Seat | None:
    """The other of the two, for one of them."""
    both = pair(here(turn))
    if both is None or turn.seat is None or turn.seat.id not in PAIR:
        return None
    return both[1] if both[0].id == turn.seat.id else both[0]


def agreed(session: Session) -> bool:
    """Whether both have accepted."""
    both = pair(session)
    return both is not None and all(seat.gap for seat in both)


def asked(turn: Turn) -> list[Reply]:
    """The question, for whoever of the two has not answered it."""
    if colleague(turn) is None or turn.seat is None or turn.seat.gap is not None:
        return []
    return [_ask_screen(turn)]


def _ask_screen(turn: Turn) -> Screen:
    other = colleague(turn)
    assert other is not None
    buttons = [turn.button("btn.round_accept", "s", "gap", "yes")]
    buttons.append(turn.button("btn.round_refuse", "s", "gap", "no"))
    rows = (*grouped(buttons), (_onward(turn),))
    return Screen(turn.say(f"gap.ask.{other.id}"), rows, fresh=True)


def _onward(turn: Turn) -> Button:
    """Only the newest message keeps its buttons: what came just before is reached from here."""
    if here(turn).phase is Phase.CLOSED:
        return turn.button("btn.round_results", "s", "results")
    return turn.button("btn.round_see_divergences", "s", "divergences")


def ways(turn: Turn) -> list[Button]:
    """The gap, or the question that it waits for, for the two who may be compared."""
    return [turn.button("btn.round_gap", "s", "gap_look")] if colleague(turn) else []


def answer(turn: Turn, arg: str) -> Result:
    """Accept, or rather not; to be changed until both have accepted and the gap is shown."""
    session, other = here(turn), colleague(turn)
    if other is None or turn.seat is None:
        return turn.state, [Screen(turn.say("gap.none"))]
    if session.gap is not None:
        return turn.state, [gap_screen(turn)]
    before = session
    session = session.change(turn.seat.id, gap=arg == "yes")
    if agreed(session) and session.phase is not Phase.FIRST and turn.members is None:
        return turn.state, [Gather()]
    session = compared(turn.convened(session), session)
    turn = turn.convened(session)
    saved: list[Reply] = [Convene(session)] if session != before else []
    if session.gap is not None:
        told = news(turn, [other], "gap")
        return turn.state, [*saved, *told, gap_screen(turn)]
    return turn.state, [*saved, _noted_screen(turn, arg == "yes", other)]


def _noted_screen(turn: Turn, yes: bool, other: Seat) -> Screen:
    key = f"gap.yes.{other.id}" if yes else "gap.no"
    again = turn.button(
        "btn.round_undo" if yes else "btn.round_accept", "s", "gap", "no" if yes else "yes"
    )
    return Screen(turn.say(key), ((again,), (_onward(turn),)))


def compared(turn: Turn, session: Session) -> Session:
    """The session with the gap, once both agree and everybody's answers are at hand."""
    if session.gap is not None or turn.members is None or not agreed(session):
        return session
    answers = given(turn)
    if not set(PAIR) <= set(answers):
        return session
    return replace(session, gap=_sizes(turn, answers))


def _sizes(turn: Turn, answers: dict[str, Values]) -> dict[str, float]:
    """How far apart the two are in each dimension where it tells nothing of a third person."""
    scale = turn.library.expertise.scale
    each = [align(scale, [values]).dimensions for values in answers.values()]
    found = gaps(scale, answers["MKT"], answers["COM"])
    return {id_: gap.size for id_, gap in found.items() if sum(id_ in one for one in each) != THREE}


def gap_screen(turn: Turn, *, fresh: bool = False) -> Screen:
    """For the two: each dimension that can be compared, the wide gaps marked."""
    gap = here(turn).gap or {}
    names = {one.id: turn.text(one.name) for one in turn.library.expertise.scale.dimensions}
    lines = [
        turn.say("gap.wide" if gap[id_] >= WIDE else "gap.line", name=name, gap=round(gap[id_]))
        for id_, name in names.items()
        if id_ in gap
    ]
    missing = len(names) - len(lines)
    parts = [turn.say("gap.head"), "\n".join(lines)]
    parts += [turn.say("gap.missing", n=missing)] if missing else []
    parts.append(turn.say("gap.useful"))
    rows = ((_onward(turn),),)
    return Screen("\n\n".join(part for part in parts if part), rows, fresh=fresh)


def wide(turn: Turn) -> list[str]:
    """The dimensions that separate the two, for the committee: names only."""
    gap = (here(turn).gap if pair(here(turn)) else None) or {}
    scale = turn.library.expertise.scale
    return [turn.text(one.name) for one in scale.dimensions if gap.get(one.id, 0) >= WIDE]


def shown(turn: Turn) -> Result:
    """To the other of the two: both have accepted, here is the gap."""
    if here(turn).gap is None or colleague(turn) is None:
        return turn.state, []
    return turn.state, [gap_screen(turn, fresh=True)]


def look(turn: Turn, _: str) -> Result:
    """The gap again, or the question that it waits for."""
    if here(turn).gap is not None and colleague(turn) is not None:
        return turn.state, [gap_screen(turn)]
    if turn.seat is not None and turn.seat.gap is not None and (other := colleague(turn)):
        return turn.state, [_noted_screen(turn, turn.seat.gap, other)]
    return turn.state, asked(turn) or [Screen(turn.say("gap.none"))]


DEEDS = {"gap": seated(answer), "gap_look": seated(look)}
TOPICS = {"gap": shown}
