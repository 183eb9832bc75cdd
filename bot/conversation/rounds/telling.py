"""The committee's answers in words, as far as they may be told."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Question
from bot.core.digest import FEW, Digest, Item, Signal

VOTE, NO_VOTE = "●", "·"


def subject(turn: Turn, name: str) -> str:
    """What an item is called: « Les objectifs marketing et commerce »."""
    if f"item.{name}" in turn.library.messages:
        return turn.say(f"item.{name}")
    question = turn.question(name)
    return turn.text(question.topic or question.short) or turn.text(question.text)


def inside(turn: Turn, names: Iterable[str]) -> str:
    """Several items inside a sentence."""
    return ", ".join(speech.lower_first(subject(turn, name)) for name in names)


def function(turn: Turn, seat: str) -> str:
    """« direction commerciale », inside a sentence."""
    return turn.say(f"fn.name.{seat}")


def status(turn: Turn, id_: str) -> str:
    """« Avis opposés »."""
    return turn.text(turn.library.expertise.divergences.names[id_])


def told(turn: Turn, digest: Digest, name: str, *, feeding: bool = False) -> str:
    """What was answered, as far as it may be told; empty when nothing may.

    `feeding`: to people about to answer again, to whom no middle is shown.
    """
    item = digest.items.get(name)
    if item is None:
        return values_told(turn, digest, name)
    if item.counts:
        return _bars(turn, turn.question(name), item)
    if item.median is not None and not feeding:
        return turn.say("told.median", answer=_middle(turn, turn.question(name), item.median))
    return turn.say("told.status", status=status(turn, item.status)) if item.status else ""


def _bars(turn: Turn, question: Question, item: Item) -> str:
    lines = []
    for choice, count in zip(question.choices, item.counts, strict=True):
        roles = [function(turn, role) for role in item.roles.get(choice.id, ())]
        votes = VOTE * count or NO_VOTE
        lines.append(" ".join([turn.text(choice.text), votes, ", ".join(roles)]).rstrip())
    return "\n".join(lines)


def _middle(turn: Turn, question: Question, median: float) -> str:
    """The middle of three answers is one of the choices."""
    if question.ordinal:
        return turn.answer(question.id, question.ordinal[int(median) - 1])
    return turn.answer(question.id, int(median))


def values_told(turn: Turn, digest: Digest, name: str) -> str:
    """The different values of a fact, without their authors; none when two people answered."""
    fact = digest.facts.get(name)
    if fact is None or digest.answered < FEW:
        return ""
    return "\n".join(f"• {value_told(turn, name, value)}" for value in fact.values)


def value_told(turn: Turn, name: str, value: Signal) -> str:
    """One value of a fact as a person reads it."""
    known = value if isinstance(value, tuple | int) else str(value)
    return turn.answer(name, known)


def turning(turn: Turn, digest: Digest, name: str) -> str:
    """Which option comes first with each answer to a pivot."""
    lines = []
    for option in dict.fromkeys(digest.turns[name].values()):
        values = [value for value, first in digest.turns[name].items() if first == option]
        said = [speech.lower_first(_label(turn, name, value)) for value in values]
        short = turn.text(turn.library.model.option(option).short)
        either = turn.say("meeting.or").join(filter(None, (", ".join(said[:-1]), said[-1])))
        lines.append(turn.say("told.turn", values=either, option=short))
    return "\n".join(lines)


def _label(turn: Turn, name: str, value: str) -> str:
    found = turn.question(name).choice(value)
    return turn.text(found.text) if found else value
