"""What speaks for an option and against it, each line with the source it ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.decision import Confidence, Rule, apart, reasons, reserves
from bot.core.sources import work_of

FOR, AGAINST, APART = 3, 2, 2


@dataclass(frozen=True, slots=True)
class Argument:
    """A line, and the sources cited at its end."""

    text: str
    sources: tuple[str, ...]


def in_favour(turn: Turn) -> list[Argument]:
    """The three strongest rules for the recommended option."""
    found = reasons(turn.library.model, turn.advice, turn.advice.top)
    return [_argument(turn, rule) for rule, _ in found[:FOR]]


def against(turn: Turn) -> list[Argument]:
    """Two reserves: rules against it, then the runner-up's best, then the authors' interest."""
    return list(islice(_reserves(turn), AGAINST))


def _argument(turn: Turn, rule: Rule) -> Argument:
    return Argument(turn.text(rule.text), rule.sources[:1])


def _reserves(turn: Turn) -> Iterator[Argument]:
    model, advice = turn.library.model, turn.advice
    for rule, _ in reserves(model, advice, advice.top):
        yield _argument(turn, rule)
    for second in advice.ranking[1:2]:
        speaking = reasons(model, advice, second)
        better = (rule for rule, weight in speaking if weight > rule.add.get(advice.top, 0))
        for rule in islice(better, 1):
            text = turn.text(rule.text).rstrip(".")
            yield Argument(turn.say("reco.for_next", rule=text), rule.sources[:1])
    yield from _interest(turn)


def _interest(turn: Turn) -> Iterator[Argument]:
    """The author cited most, when there is something to sell."""
    works = Counter(work_of(id_) for one in in_favour(turn) for id_ in one.sources)
    for id_, _ in works.most_common(1):
        source = turn.library.sources[id_]
        if source.stake:
            bias = speech.lower_first(turn.text(source.bias))
            yield Argument(turn.say("reco.stake", bias=bias), (id_,))


def separating(turn: Turn) -> Argument | None:
    """What puts the recommended option ahead of the next one."""
    advice = turn.advice
    if len(advice.ranking) < 2:
        return None
    found = apart(turn.library.model, advice, *advice.ranking[:2])[:APART]
    if not found:
        return None
    rules = [turn.text(rule.short) for rule, _ in found]
    sources = tuple(dict.fromkeys(rule.sources[0] for rule, _ in found if rule.sources))
    text = turn.say("reco.apart", rules=" ; ".join(rules))
    return Argument(text, sources)


def line(turn: Turn, argument: Argument) -> str:
    """The line as read, its citation last."""
    return f"{argument.text} {turn.cite(argument.sources, APART)}".rstrip()


def bullets(turn: Turn, arguments: Sequence[Argument]) -> str:
    """One line each."""
    return "\n".join(f"• {line(turn, one)}" for one in arguments)


def because(turn: Turn) -> str:
    """Why the advice is as sure as it is: the criteria that fail, or that all hold."""
    advice = turn.advice
    failing = []
    if advice.coverage < (0.65 if advice.confidence is Confidence.LOW else 0.85):
        failing.append(turn.say("conf.coverage", n=len(advice.unknown)))
    if advice.margin < 4:
        failing.append(turn.say("conf.margin", n=advice.margin))
    if advice.decisive:
        rules = [turn.text(turn.library.model.rule(id_).short) for id_ in advice.decisive[:2]]
        failing.append(turn.say("conf.unstable", rules=" ; ".join(rules)))
    if advice.pivots and not failing:
        failing.append(turn.say("conf.pivots", n=len(advice.pivots)))
    return speech.listed(failing, turn.lang) or turn.say("conf.high", n=advice.margin)
