"""The committee's board: the session that meets, its buttons, the names of its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.hearing import encode
from bot.conversation.reply import Convene, Reply
from bot.conversation.rounds import telling
from bot.conversation.screen import Button, Rows, grouped
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.agenda import Agenda, Point
from bot.core.decision import Recommendation
from bot.core.digest import Digest
from bot.core.meeting import Meeting
from bot.core.record import DOCUMENT, RITUAL, WHY
from bot.core.session import Session
from bot.core.showing import advised

VERB = "m"
"""The verb of the meeting's buttons, which carry the session's id."""
DEBATED = ("why", "pivot", "debate")
"""The kinds of points on which people do not see it the same way."""


TOGETHER = ("open", "facts")
"""The kinds of points that are about several questions at once."""


def session(turn: Turn) -> Session:
    """The committee's session."""
    assert turn.session is not None
    return turn.session


def meeting(turn: Turn) -> Meeting:
    """How far the meeting has come."""
    return session(turn).meeting or Meeting()


def digest(turn: Turn) -> Digest:
    """The results that the meeting reads."""
    found = session(turn).results
    assert found is not None
    return found


def moved(turn: Turn, **changes: object) -> Turn:
    """The turn with the meeting changed."""
    changed = replace(meeting(turn), **changes)  # type: ignore[arg-type]
    return turn.convened(replace(session(turn), meeting=changed))


def shown(turn: Turn, *screens: Reply) -> list[Reply]:
    """The session saved as the turn holds it, and what is read of it."""
    return [Convene(session(turn)), *screens]


def press(turn: Turn, key: str, deed: str, arg: str = "", **words: object) -> Button:
    """A button of the meeting."""
    return labelled(turn, turn.say(key, **words), deed, arg)


def labelled(turn: Turn, label: str, deed: str, arg: str = "") -> Button:
    """A button of the meeting with a given label."""
    args = (deed, arg) if arg else (deed,)
    return Button(label, encode(session(turn).id, VERB, *args))


def ways(turn: Turn, plan: Agenda) -> Rows:
    """The way back, and on."""
    i = meeting(turn).point
    back = [press(turn, "btn.meeting.back", "go", str(i - 1))] if i else []
    on = press(turn, "btn.meeting.next", "go", str(i + 1))
    if i + 1 == len(plan.points):
        on = press(turn, "btn.meeting.end", "end")
    return grouped([*back, on])


def chair(turn: Turn) -> str:
    """« La direction générale », who runs the meeting."""
    function = session(turn).seats[0].function
    if function == "AUT":
        return turn.say("chair.other")
    return turn.say("chair.the", name=function_name(turn, function))


def function_name(turn: Turn, function: str) -> str:
    """« direction générale »; words typed for a function are said as they are."""
    role = turn.library.dialogs["diagnostic"]["role"].choice(function)
    return speech.lower_first(turn.text(role.text)) if role else function


def short(turn: Turn, point: Point) -> str:
    """A point in a few words, inside a sentence."""
    if point.kind in ("pivot", "debate"):
        return telling.inside(turn, [point.subject])
    return turn.say(f"meeting.short.{point.kind}")


def subject(point: Point) -> str:
    """What a sentence noted on this point is about; empty where nothing is noted."""
    match point.kind:
        case "why":
            return WHY
        case "pivot" | "debate":
            return point.subject
        case "document":
            return DOCUMENT
        case "ritual":
            return RITUAL
        case kind if kind in TOGETHER:
            return kind
        case _:
            return ""


def option_name(turn: Turn, option: str) -> str:
    """« CDO de transition ou à temps partagé »."""
    return turn.text(turn.library.model.option(option).name)


def candidates(turn: Turn) -> tuple[str, ...]:
    """The options put to the committee: those that are level, or the first two."""
    found = advice(turn)
    return found.tied if len(found.tied) > 1 else found.ranking[:2]


def advice(turn: Turn) -> Recommendation:
    """What the rules give for the committee."""
    return advised(turn.library.model, digest(turn))


def either(turn: Turn, names: Sequence[str]) -> str:
    """« a, b ou c »."""
    return turn.say("meeting.or").join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def under(note: str, text: str) -> str:
    """What is said under what must be said first."""
    return f"{note}\n\n{text}" if note else text
