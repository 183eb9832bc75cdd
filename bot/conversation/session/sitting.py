"""Who may do what in a session, and the news that the others are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.conversation.hearing import decode
from bot.conversation.reply import Notify, Reply
from bot.conversation.screen import Screen, Toast
from bot.conversation.state import Conversation, Member, Second
from bot.conversation.turn import Turn
from bot.core.condition import Values
from bot.core.dialog import Blank, Type
from bot.core.hours import decent
from bot.core.reading import fold
from bot.core.session import Seat, Session

Result = tuple[Conversation, list[Reply]]
Deed = Callable[[Turn, str], Result]


def seated(deed: Deed) -> Deed:
    """A deed of those who take part; anybody else learns that the button is old."""

    def done(turn: Turn, arg: str) -> Result:
        if turn.session is None or turn.seat is None or turn.state.member is None:
            return turn.state, [Toast(turn.say("toast.old"))]
        return deed(turn, arg)

    return done


def owned(deed: Deed) -> Deed:
    """A deed of the person who opened the session."""

    def done(turn: Turn, arg: str) -> Result:
        if not turn.owner:
            return turn.state, [Toast(turn.say("toast.owner_only"))]
        return deed(turn, arg)

    return seated(done)


def here(turn: Turn) -> Session:
    """The session of a turn that is known to have one."""
    assert turn.session is not None
    return turn.session


def mine(turn: Turn) -> Member:
    """What the person keeps of the session."""
    assert turn.state.member is not None
    return turn.state.member


def keeping(turn: Turn, **changes: object) -> Conversation:
    """The conversation with the person's part in the session changed."""
    return replace(turn.state, member=replace(mine(turn), **changes))  # type: ignore[arg-type]


def put_down(state: Conversation, place: str, arg: str = "") -> Conversation:
    """Somewhere else, whatever was being answered or corrected put down."""
    interview = replace(state.interview, looking="", ticks=(), doubt=None)
    state = replace(state.at(place, arg), interview=interview, proposal=None)
    return replace(state, home="", origin="")


def others(turn: Turn) -> list[Seat]:
    """Those who take part, but for the person of the turn."""
    return [seat for seat in here(turn).present if seat.person and seat.person != turn.person]


def tell(session: Session, seats: Iterable[Seat], topic: str, at: float = 0.0) -> list[Reply]:
    """A word to each of these people, at its time."""
    return [Notify(session.id, seat.id, seat.person, topic, at) for seat in seats if seat.person]


def news(turn: Turn, seats: Iterable[Seat], topic: str) -> list[Reply]:
    """A word to each of these people now, or in the morning if it is night."""
    return tell(here(turn), seats, topic, decent(turn.instant).timestamp())


def to_owner(session: Session, topic: str, at: float = 0.0) -> list[Reply]:
    """A word to the person who opened the session."""
    return tell(
        session, [seat for seat in session.seats if seat.person == session.owner], topic, at
    )


def tapped(
    turn: Turn, text: str, shown: Iterable[Reply], deeds: Mapping[str, Deed]
) -> Result | None:
    """What typing a button's label does: the same as tapping it; None for other words."""
    for button in (b for one in shown if isinstance(one, Screen) for row in one.rows for b in row):
        tap = decode(button.action)
        if tap and tap.verb == "s" and tap.args[0] in deeds and fold(button.label) == fold(text):
            state, replies = deeds[tap.args[0]](turn, tap.args[1] if len(tap.args) > 1 else "")
            return state, below(replies)
    return None


def below(replies: Iterable[Reply]) -> list[Reply]:
    """The same, each screen a message of its own: what was typed stands above it."""
    return [replace(one, fresh=True) if isinstance(one, Screen) else one for one in replies]


def given(turn: Turn) -> dict[str, Values]:
    """What each person who has agreed and answered said in the first round, by seat."""
    found: dict[str, Values] = {}
    for seat in here(turn).present:
        member = (turn.members or {}).get(seat.id)
        if member is not None and seat.agrees:
            answers = _diagnostic(turn, member)
            if any(not isinstance(value, Blank) for value in answers.values()):
                found[seat.id] = {**answers, "role": seat.function}
    return found


def _diagnostic(turn: Turn, member: Conversation) -> dict[str, object]:
    """The answers to what was asked for the diagnosis, without the function and the offers."""
    dialog = turn.library.dialogs["diagnostic"]
    return {
        id_: answer
        for id_, answer in member.interview.answers.items()
        if id_ in dialog and id_ != "role" and dialog[id_].type is not Type.OFFER
    }


def now_and_then(turn: Turn) -> tuple[dict[str, Values], dict[str, Mapping[str, Second]]]:
    """By seat: the answers that the round under way started from, and those given in it."""
    start, votes = given(turn), {}
    for seat, values in start.items():
        member = (turn.members or {})[seat].member
        if member is None:
            continue
        entered = member.round == here(turn).rounds
        said = {name: one.value for name, one in member.again.items()}
        start[seat] = {**values, **member.earlier, **({} if entered else said)}
        votes[seat] = member.again if entered else {}
    return start, votes
