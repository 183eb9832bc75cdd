"""What each point of the meeting says to the group: grouped answers, no function, no pay."""

from __future__ import annotations

from bot.conversation.meeting import board
from bot.conversation.rounds import telling
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.agenda import Agenda, Point
from bot.core.digest import FEW, Item, Signal
from bot.core.record import OPTION, held

AGREED = ("", "accord", "nuance", "proches", "identiques")
"""The statuses that leave nothing to clear up; none while it may not be shown."""
_VOTE, _NOBODY = "●", "·"


def said(turn: Turn, plan: Agenda, point: Point) -> str:
    """A point in words."""
    match point.kind:
        case "why":
            return _debated(turn, turn.say("meeting.why"), "clarity_of_why")
        case "pivot" | "debate":
            head = turn.say(f"meeting.{point.kind}", name=telling.subject(turn, point.subject))
            return _debated(turn, head, point.subject)
        case "moving":
            return turn.say("meeting.moving", names=telling.inside(turn, plan.moving))
        case "facts":
            return turn.say("meeting.facts_point", names=telling.inside(turn, plan.facts))
        case "document":
            return _document(turn)
        case "choice":
            return _choice(turn)
        case _:
            return turn.say(f"meeting.{point.kind}")


def _debated(turn: Turn, head: str, item: str) -> str:
    """One item: what was answered as far as it may be shown, why, and the question that helps."""
    parts = [f"{head} {_answers(turn, item)}".rstrip(), _turns(turn, item), _reasons(turn, item)]
    if _alone(turn, item):
        parts.append(turn.say("told.isole"))
    if _disputed(turn, item):
        parts.append(turn.say("meeting.open" if board.session(turn).openers else "meeting.lift"))
    elif item == "clarity_of_why":
        parts.append(turn.say("meeting.why_how"))
    return "\n\n".join(part for part in parts if part)


def _alone(turn: Turn, item: str) -> bool:
    """Whether one voice differs: nobody is to look for it."""
    found = board.digest(turn).items.get(item)
    return found is not None and found.status == "isole"


def _disputed(turn: Turn, item: str) -> bool:
    """Whether people do not see it the same way."""
    found, fact = board.digest(turn).items.get(item), board.digest(turn).facts.get(item)
    opposed = found is not None and found.status not in AGREED
    return opposed or (fact is not None and fact.disputed)


def _answers(turn: Turn, item: str) -> str:
    """The spread of an item, its median, its status alone; or the different values of a fact."""
    fact, found = board.digest(turn).facts.get(item), board.digest(turn).items.get(item)
    if fact is not None and fact.differ and not fact.values:
        return turn.say("meeting.differ")
    if fact is not None and fact.disputed:
        values = [_label(turn, item, value) for value in fact.values]
        return turn.say("meeting.given", values=turn.say("meeting.then").join(values))
    return _spread(turn, item, found) if found and found.status else ""


def _spread(turn: Turn, item: str, found: Item) -> str:
    status = turn.text(turn.library.expertise.divergences.names[found.status])
    if found.counts:
        labels = [turn.text(choice.text) for choice in turn.question(item).choices]
        pairs = zip(labels, found.counts, strict=True)
        lines = [f"{label} {_VOTE * n or _NOBODY}" for label, n in pairs]
        head = turn.say("meeting.counts", status=status, n=found.answers)
        return "\n\n".join([head, "\n".join(lines)])
    if found.median is not None:
        median = _label(turn, item, round(found.median))
        return turn.say("meeting.median", status=status, n=found.answers, median=median)
    return turn.say("meeting.status", status=status)


def _label(turn: Turn, item: str, value: Signal) -> str:
    found = turn.question(item).choice(str(value))
    return speech.lower_first(turn.text(found.text)) if found else str(value)


def _reasons(turn: Turn, item: str) -> str:
    ending = board.digest(turn).endings.get(item)
    asked = turn.library.dialogs["second_round"]["second_reason"]
    found = [asked.choice(code) for code in (ending.reasons if ending else ())]
    words = [speech.lower_first(turn.text(choice.text)) for choice in found if choice]
    return (
        turn.say("meeting.reasons", reasons=turn.say("meeting.then").join(words)) if words else ""
    )


def _turns(turn: Turn, item: str, key: str = "meeting.turns") -> str:
    """Which option each answer to a pivot would put first, one line an option."""
    found = board.digest(turn)
    if item not in found.turns:
        return ""
    head = turn.say(key, name=telling.inside(turn, [item]))
    return "\n".join([head, telling.turning(turn, found, item)])


def _choice(turn: Turn) -> str:
    """The options to choose from, the rule, and the point that tips it."""
    rule = board.session(turn).rule
    parts = [_between(turn), turn.say(f"meeting.rule.{rule}") if rule else ""]
    if held(board.meeting(turn), OPTION) is None:
        pivots = board.digest(turn).pivots[:1]
        parts += [_turns(turn, item, "meeting.tipping") for item in pivots]
    return "\n\n".join(part for part in parts if part)


def _between(turn: Turn) -> str:
    scored = [_scored(turn, option) for option in board.candidates(turn)]
    if len(board.advice(turn).tied) > 1:
        return turn.say("meeting.tie", names=board.either(turn, scored))
    if len(scored) == 1:
        return turn.say("meeting.choose_one", top=scored[0])
    return turn.say("meeting.choose", top=scored[0], next=scored[1])


def _scored(turn: Turn, option: str) -> str:
    """An option with its points, but for two people: each could work out the other's answers."""
    if board.digest(turn).answered < FEW:
        return _short(turn, option)
    points = board.advice(turn).points[option]
    return turn.say("meeting.scored", option=_short(turn, option), n=points)


def _short(turn: Turn, option: str) -> str:
    return turn.text(turn.library.model.option(option).short)


def _document(turn: Turn) -> str:
    chosen = held(board.meeting(turn), OPTION)
    if chosen is None or not chosen.option:
        return turn.say("meeting.document_any")
    kinds = [id_ for id_ in turn.library.model.option(chosen.option).docs if id_ != "note"]
    names = speech.listed([turn.say(f"record.doc.{kind}") for kind in kinds], turn.lang)
    return turn.say("meeting.document", names=names)
