"""The recommendation as read on a phone: the option, why, what separates it, and the choice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.alignment import score_line
from bot.conversation.arguments import (
    Argument,
    against,
    because,
    bullets,
    in_favour,
    line,
    separating,
)
from bot.conversation.citing import source_buttons
from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.turn import Turn
from bot.core import costs, speech
from bot.core.decision import Recommendation


def advice_screen(turn: Turn, note: str = "") -> Screen:
    """The recommendation in one message."""
    top, level = turn.advice.top, turn.say(f"level.{turn.advice.confidence}")
    name = turn.say("reco.points", option=_name(turn, top), n=turn.advice.points[top])
    pros, cons = in_favour(turn), against(turn)
    parts = [
        note,
        turn.say("reco.head", level=level, because=because(turn)),
        "\n".join(part for part in (name, tie(turn, turn.advice)) if part),
        _listed(turn, "reco.why", pros),
        _listed(turn, "reco.reserves", cons),
        over_budget(turn, top),
        _beside(turn),
        turn.say("reco.yours"),
    ]
    text = "\n\n".join(part for part in parts if part)
    apart = separating(turn)
    cited = [id_ for one in (*pros, *cons, *([apart] if apart else ())) for id_ in one.sources]
    return Screen(text, (*_ways(turn), *source_buttons(turn, cited)), strong=name)


def _ways(turn: Turn) -> Rows:
    """What to look at, then what to decide."""
    why = turn.button("btn.see_why", "g", "why")
    charts = turn.button("btn.charts", "x", "chart", "options")
    return (
        *grouped([why, *_trying(turn)]),
        *grouped([turn.button("btn.costs", "g", "costs"), charts]),
        (turn.button("btn.choose", "o", turn.advice.top),),
        (turn.button("btn.choose_other", "g", "options"),),
    )


def _trying(turn: Turn) -> list[Button]:
    """« Et si… », for one person's own answers only."""
    return [turn.button("btn.what_if", "g", "whatif")] if turn.shared is None else []


def _name(turn: Turn, option: str) -> str:
    return turn.text(turn.library.model.option(option).name)


def short(turn: Turn, option: str) -> str:
    """An option inside a sentence: « facilitateur marketing indépendant »."""
    return turn.text(turn.library.model.option(option).short)


def tie(turn: Turn, found: Recommendation) -> str:
    """The options that are level, which need not be in the order of their points."""
    tied = found.tied
    if len(tied) < 2:
        return ""
    names = [short(turn, option) for option in tied]
    said = turn.say("reco.ties", names=speech.listed(names, turn.lang))
    if len(names) == 2:
        said = turn.say("reco.tie", a=names[0], b=names[1])
    return f"{said} {turn.say('reco.tie_order')}"


def _listed(turn: Turn, head: str, arguments: Sequence[Argument]) -> str:
    return f"{turn.say(head)}\n{bullets(turn, arguments)}" if arguments else ""


def over_budget(turn: Turn, option: str) -> str:
    """The warning that the first year costs more than the budget can carry, if it does."""
    values = turn.interview.values if turn.shared is None else turn.shared.shared
    model = turn.library.costs
    band = str(values.get("annual_budget"))
    days = model.load_days.get(str(values.get("steering_days")))
    if band not in model.budget_max or (option == "interim_cdo" and days is None):
        return ""
    cost = costs.spend(model.defaults, option, days or costs.ZERO)
    if cost <= model.budget_max[band]:
        return ""
    return turn.say(
        "reco.over_budget",
        cost=speech.euros(round(cost), turn.lang),
        budget=turn.say(f"budget.{band}"),
    )


def _beside(turn: Turn) -> str:
    """The runner-up, the options set aside, and the alignment score."""
    lines = []
    if len(turn.advice.ranking) > 1:
        second = turn.advice.ranking[1]
        points = turn.advice.points[second]
        lines.append(turn.say("reco.next", option=short(turn, second), n=points))
        if apart := separating(turn):
            lines.append(line(turn, apart))
    if turn.advice.gated:
        names = ", ".join(short(turn, option) for option in turn.advice.gated)
        lines.append(turn.say("reco.gated", names=names, n=len(turn.advice.gated)))
    lines.append(score_line(turn))
    return "\n".join(lines)


def options_screen(turn: Turn) -> Screen:
    """All seven ways, best first; those set aside come last and stay open."""
    advice = turn.advice
    gated = sorted(advice.gated, key=lambda id_: -advice.points[id_])
    points = [str(advice.points[id_]).replace("-", "–") for id_ in (*advice.ranking, *gated)]
    note = turn.say("options.points", points=speech.listed(points, turn.lang))
    if gated:
        note += " " + turn.say("options.gated", n=len(gated))
    rows = grouped(
        [turn.labelled(_name(turn, id_), "o", id_) for id_ in (*advice.ranking, *gated)],
        single=True,
    )
    back = (turn.button("btn.back_reco", "g", "advice"),)
    return Screen(f"{turn.say('options.head')}\n{note}", (*rows, back))


def chosen_screen(turn: Turn) -> Screen:
    """The person's own choice, when it is not the best rated one: their reason is welcome."""
    option, top = str(turn.interview.answers["option"]), turn.advice.top
    text = turn.say("reco.chosen", option=short(turn, option))
    differs = turn.say(
        "reco.differs",
        top=short(turn, top),
        a=turn.advice.points[top],
        b=turn.advice.points[option],
    )
    rows = grouped(
        [
            turn.button("btn.add_reason", "g", "reason"),
            turn.button("btn.no_reason", "g", "intro"),
            turn.button("btn.back_options", "g", "options"),
        ]
    )
    return Screen(f"{text}\n\n{differs}\n\n{turn.say('reco.your_reason')}", rows)


def reason_screen(turn: Turn) -> Screen:
    """The one sentence that says why, typed."""
    return Screen(turn.say("reco.reason_ask"), ((turn.button("btn.no_reason", "g", "intro"),),))
