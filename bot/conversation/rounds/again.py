"""How far a person has come in the second round: their points, their answers, what is next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.session.sitting import here, keeping, mine
from bot.conversation.state import Second
from bot.conversation.turn import Turn
from bot.core.dialog import Blank
from bot.core.reading import Answer
from bot.core.session import Status

STEPS = ("answer", "change", "reason", "discuss", "argument")
SECONDS_A_POINT = 36


def items(turn: Turn) -> list[str]:
    """The points that are this person's to answer: those that their function is asked."""
    steps, held = turn.steps("diagnostic"), turn.interview.answers
    return [name for name in here(turn).items if name in steps or name in held]


def votes(turn: Turn) -> Mapping[str, Second]:
    """What the person has answered in the round under way."""
    member = mine(turn)
    return member.again if member.round == here(turn).rounds else {}


def entered(turn: Turn) -> Turn:
    """The person in the round under way, what they said in the one before set aside."""
    member, n = mine(turn), here(turn).rounds
    if member.round == n:
        return turn
    said = {name: one.value for name, one in member.again.items()}
    earlier = {**member.earlier, **said}
    return turn.then(keeping(turn, round=n, earlier=earlier, again={}))


def left(turn: Turn) -> list[str]:
    """The points that still want an answer."""
    given = votes(turn)
    return [name for name in items(turn) if name not in given or not complete(given[name])]


def complete(one: Second) -> bool:
    """Whether a point is answered: its value, its reason, and whether to discuss it."""
    return bool(one.discuss) and (bool(one.reason) or isinstance(one.value, Blank))


def own(turn: Turn, name: str) -> Answer | None:
    """What the person had answered before this round, if it says something."""
    member = mine(turn)
    held = member.earlier.get(name, turn.interview.answers.get(name))
    if member.round < here(turn).rounds and name in member.again:
        held = member.again[name].value
    return None if held is None or isinstance(held, Blank) else held


def minutes(n: int) -> int:
    """The minutes that so many points take."""
    return max(1, round(n * SECONDS_A_POINT / 60))


def length(turn: Turn, n: int) -> str:
    """About how long so many points take: « 3 minutes »."""
    return turn.say("second.length", n=minutes(n))


def cursor(turn: Turn) -> tuple[str, str]:
    """The point and the step under the person's eyes; no point once all are answered."""
    name, _, step = turn.state.arg.partition(".")
    if step in STEPS and (name in items(turn) or step == "argument"):
        return name, step
    if mine(turn).draft:
        return "", "argument"
    for name in left(turn):
        one = votes(turn).get(name)
        if one is None:
            return name, "answer"
        return name, "discuss" if one.reason or isinstance(one.value, Blank) else "reason"
    return "", "done" if finished(turn) else "argument"


def finished(turn: Turn) -> bool:
    """Whether the person has been through the whole round."""
    return turn.seat is not None and turn.seat.status is Status.DONE
