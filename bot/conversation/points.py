"""Answers that contradict each other: shown once, when their module ends, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.screen import Screen, grouped
from bot.conversation.session import welcome
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import costs, speech
from bot.core.decision import Contradiction, contradictions
from bot.core.dialog import Blank
from bot.core.exchange import Noted
from bot.core.flow import END

_ORDER = ("bloquant", "attention", "info")
_ABOUT_COST = ("K02", "K14")


def standing(turn: Turn) -> list[Contradiction]:
    """The contradictions among the answers as they stand, the blocking ones first."""
    ids = contradictions(turn.library.model, turn.signals)
    found = [one for one in turn.library.model.contradictions if one.id in ids]
    return sorted(found, key=lambda one: _ORDER.index(one.severity))


def due(turn: Turn, said: Noted | None) -> Conversation | None:
    """The state that shows new contradictions, if the answer just given ends a module."""
    diagnostic = turn.library.dialogs["diagnostic"]
    if said is None or turn.state.place != "asking" or welcome.withheld(turn):
        return None  # a committee's answers are looked at together, after the close
    if turn.dialog_of(said.question) is not diagnostic:
        return None
    here = turn.library.flows["diagnostic"].position(turn.interview.values)
    if here != END and diagnostic[here].module == diagnostic[said.question].module:
        return None
    new = [one.id for one in standing(turn) if one.id not in turn.state.raised]
    if not new:
        return None
    raised = (*turn.state.raised, *new)
    return replace(turn.state.at("points", f"1:{','.join(new)}"), raised=raised)


def intro(turn: Turn, said: Noted) -> str:
    """« Pilotage · terminé. Trois de vos réponses se contredisent… »."""
    dialog = turn.dialog_of(said.question)
    module = turn.text(dialog.module(dialog[said.question].module).name)
    _, ids = _place(turn.state)
    head = turn.say("deepen.head", module=module)
    return (
        f"{head}. {turn.say('contra.intro', n=len(ids), said=speech.spelled(len(ids), turn.lang))}"
    )


def _place(state: Conversation) -> tuple[int, list[str]]:
    n, _, ids = state.arg.partition(":")
    return int(n), ids.split(",")


def current(state: Conversation) -> str:
    """The id of the point on screen."""
    n, ids = _place(state)
    return ids[n - 1]


def advance(turn: Turn) -> Conversation:
    """On to the next point that still stands, or back to the interview."""
    n, ids = _place(turn.state)
    still = {one.id for one in standing(turn)}
    for later in range(n + 1, len(ids) + 1):
        if ids[later - 1] in still:
            return replace(turn.state.at("points", f"{later}:{','.join(ids)}"), origin="")
    return replace(turn.state.at("asking"), origin="")


def lifted(turn: Turn) -> str:
    """« Le point 3 est levé. », when the correction settled it."""
    n, ids = _place(turn.state)
    still = {one.id for one in standing(turn)}
    return "" if ids[n - 1] in still else turn.say("contra.lifted", n=n)


def point_screen(turn: Turn, note: str = "") -> Screen:
    """One contradiction, what it rests on, and the two ways out."""
    n, ids = _place(turn.state)
    point = next(one for one in turn.library.model.contradictions if one.id == ids[n - 1])
    severity = turn.say(f"contra.{point.severity}")
    text = turn.text(point.text)
    head = turn.say("contra.head", n=n, total=len(ids), severity=severity)
    parts = [
        note,
        f"{head}\n{text}",
        f"{_detail(turn, point)} {turn.cite(point.sources, most=2)}".strip(),
        turn.say("contra.draft") if point.severity == "bloquant" else "",
    ]
    rows = grouped(
        [
            turn.labelled(turn.text(point.fix), "g", "fix"),
            turn.button("btn.keep_answers", "g", "next_point"),
        ],
        single=True,
    )
    return Screen("\n\n".join(part for part in parts if part), rows, strong=text)


def _detail(turn: Turn, point: Contradiction) -> str:
    if point.id in _ABOUT_COST:
        p = turn.library.costs.defaults
        year = costs.employer_year(p, p["cdo_gross"], p["cdo_variable"])
        return turn.say("contra.cost", cost=speech.euros(round(year), turn.lang))
    held = turn.interview.answers.get(point.ask)
    if held is None or isinstance(held, Blank):
        return ""
    return turn.say("ack.yours", answer=turn.answer(point.ask, held))


def remaining(turn: Turn, ids: Sequence[str]) -> str:
    """What becomes of the points that stay open."""
    still = [one for one in standing(turn) if one.id in ids]
    return turn.say("contra.kept", n=len(still)) if still else ""
