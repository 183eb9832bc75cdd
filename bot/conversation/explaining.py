"""« Voir pourquoi » : the rules for and against, what is set aside, and how sure it all is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.advice import short
from bot.conversation.arguments import AGAINST, FOR, because
from bot.conversation.citing import source_buttons
from bot.conversation.screen import Screen, grouped
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.decision import Rule, reasons, reserves
from bot.core.sources import work_of

Weighed = tuple[Rule, int]


def why_screen(turn: Turn, turning: str = "") -> Screen:
    """The rules for and against, the runner-up, the options set aside, and the confidence."""
    advice = turn.advice
    parts = [turn.say("why.head", option=short(turn, advice.top)), _rules(turn, advice.top)]
    if len(advice.ranking) > 1:
        second = advice.ranking[1]
        head = turn.say("reco.next", option=short(turn, second), n=advice.points[second])
        parts.append(f"{head}\n{_rules(turn, second)}")
    parts += [_gates(turn), _confidence(turn), turning, _interests(turn)]
    ways = [turn.button("btn.sources", "g", "sources"), turn.button("btn.back_reco", "g", "advice")]
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, (*source_buttons(turn, _cited(turn)), *grouped(ways)), strong=parts[0])


def _cited(turn: Turn) -> list[str]:
    """The sources that the rules of the screen end with."""
    model, advice = turn.library.model, turn.advice
    return [
        source
        for option in advice.ranking[:2]
        for rule, _ in (
            *reasons(model, advice, option)[:FOR],
            *reserves(model, advice, option)[:AGAINST],
        )
        for source in rule.sources[:1]
    ]


def _rules(turn: Turn, option: str) -> str:
    model, advice = turn.library.model, turn.advice
    pros = _weighed(turn, reasons(model, advice, option)[:FOR])
    cons = _weighed(turn, reserves(model, advice, option)[:AGAINST])
    return "\n".join(
        [
            turn.say("why.for", rules=pros) if pros else turn.say("why.for_none"),
            turn.say("why.against", rules=cons) if cons else turn.say("why.against_none"),
        ]
    )


def _weighed(turn: Turn, rules: Sequence[Weighed]) -> str:
    return " ; ".join(
        f"{_signed(weight)} {turn.text(rule.short)} {turn.cite(rule.sources)}"
        for rule, weight in rules
    )


def _signed(weight: int) -> str:
    return f"{weight:+d}".replace("-", "–")


def _gates(turn: Turn) -> str:
    gates = {gate.id: gate for gate in turn.library.model.gates}
    lines = [
        turn.say(
            "why.gated",
            option=short(turn, option),
            reason=speech.lower_first(" ".join(turn.text(gates[id_].text) for id_ in ids)),
        )
        for option, ids in turn.advice.gated.items()
        if ids
    ]
    return "\n".join([turn.say("why.gated_head"), *lines]) if lines else ""


def _confidence(turn: Turn) -> str:
    """How sure, and the criterion that decides it."""
    level = turn.say(f"level.{turn.advice.confidence}")
    return turn.say("conf.line", level=level, because=because(turn))


def _interests(turn: Turn) -> str:
    works = {work_of(id_) for id_ in _cited(turn)}
    interested = sorted(id_ for id_ in works if turn.library.sources[id_].stake)
    if not interested:
        return ""
    return turn.say("why.interests", n=len(interested), ids=speech.listed(interested, turn.lang))
