"""The recommendation as read on a phone: the option, why, what separates it, and the choice."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.screen import Screen, grouped
from bot.conversation.turn import Turn
from bot.core import costs, speech
from bot.core.decision import Confidence, Rule, reasons, reserves

REASONS = 3


def advice_screen(turn: Turn, note: str = "") -> Screen:
    """The recommendation in one message."""
    top = turn.advice.top
    name = turn.say("reco.points", option=_name(turn, top), n=turn.advice.points[top])
    parts = [
        note,
        turn.say("reco.head", level=turn.say(f"level.{turn.advice.confidence}")),
        "\n".join(part for part in (name, _tie(turn)) if part),
        _why(turn, top),
        over_budget(turn, top),
        _beside(turn),
        turn.say("reco.yours"),
    ]
    text = "\n\n".join(part for part in parts if part)
    rows = (
        *grouped(
            [turn.button("btn.see_why", "g", "why"), turn.button("btn.what_if", "g", "whatif")]
        ),
        *grouped(
            [
                turn.button("btn.costs", "g", "costs"),
                turn.button("btn.charts", "x", "chart", "options"),
            ]
        ),
        *grouped(
            [turn.button("btn.choose", "o", top), turn.button("btn.choose_other", "g", "options")],
            single=True,
        ),
    )
    return Screen(text, rows, strong=name)


def _name(turn: Turn, option: str) -> str:
    return turn.text(turn.library.model.option(option).name)


def short(turn: Turn, option: str) -> str:
    """An option inside a sentence: « facilitateur marketing indépendant »."""
    return turn.text(turn.library.model.option(option).short)


def _tie(turn: Turn) -> str:
    tied = turn.advice.tied
    if len(tied) < 2:
        return ""
    names = [short(turn, option) for option in tied]
    if len(names) == 2:
        return turn.say("reco.tie", a=names[0], b=names[1])
    return turn.say("reco.ties", names=speech.listed(names, turn.lang))


def _why(turn: Turn, option: str) -> str:
    lines = [
        f"• {turn.text(rule.text)} {turn.cite(rule.sources)}"
        for rule, _ in reasons(turn.library.model, turn.advice, option)[:REASONS]
    ]
    return "\n".join([turn.say("reco.why"), *lines]) if lines else ""


def over_budget(turn: Turn, option: str) -> str:
    """The warning that the first year costs more than the budget can carry, if it does."""
    values, model = turn.interview.values, turn.library.costs
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
        lines.append(
            turn.say("reco.next", option=short(turn, second), n=turn.advice.points[second])
        )
    if turn.advice.gated:
        names = ", ".join(short(turn, option) for option in turn.advice.gated)
        lines.append(turn.say("reco.gated", names=names, n=len(turn.advice.gated)))
    lines.append(_alignment(turn))
    return "\n".join(lines)


def _alignment(turn: Turn) -> str:
    score, level = turn.alignment.overall, turn.alignment.level
    if score is None or level is None:
        return turn.say("reco.no_alignment")
    return turn.say("reco.alignment", score=round(score), level=turn.text(level.name))


def why_screen(turn: Turn, turning: str = "") -> Screen:
    """The rules for and against, the runner-up, the options set aside, and the confidence."""
    advice = turn.advice
    parts = [turn.say("why.head", option=short(turn, advice.top)), _rules(turn, advice.top)]
    if len(advice.ranking) > 1:
        second = advice.ranking[1]
        head = turn.say("reco.next", option=short(turn, second), n=advice.points[second])
        parts.append(f"{head}\n{_rules(turn, second)}")
    parts += [_gates(turn), confidence(turn), turning, _interests(turn)]
    rows = grouped(
        [turn.button("btn.sources", "g", "sources"), turn.button("btn.back_reco", "g", "advice")]
    )
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, rows, strong=parts[0])


def _rules(turn: Turn, option: str) -> str:
    model, advice = turn.library.model, turn.advice
    pros = _weighed(turn, reasons(model, advice, option)[:REASONS])
    cons = _weighed(turn, reserves(model, advice, option)[:2])
    return "\n".join(
        [
            turn.say("why.for", rules=pros) if pros else turn.say("why.for_none"),
            turn.say("why.against", rules=cons) if cons else turn.say("why.against_none"),
        ]
    )


def _weighed(turn: Turn, rules: Sequence[tuple[Rule, int]]) -> str:
    return " ; ".join(
        f"{weight:+d} {turn.text(rule.short)} {turn.cite(rule.sources)}".replace("-", "–", 1)
        if weight < 0
        else f"{weight:+d} {turn.text(rule.short)} {turn.cite(rule.sources)}"
        for rule, weight in rules
    )


def _gates(turn: Turn) -> str:
    gates = {gate.id: gate for gate in turn.library.model.gates}
    lines = [
        turn.say(
            "why.gated",
            option=short(turn, option),
            reason=speech.lower_first(" ".join(turn.text(gates[id_].text) for id_ in ids)),
        )
        for option, ids in turn.advice.gated.items()
    ]
    return "\n".join([turn.say("why.gated_head"), *lines]) if lines else ""


def confidence(turn: Turn) -> str:
    """How sure, and the criterion that decides it."""
    advice = turn.advice
    failing = []
    if advice.coverage < (0.65 if advice.confidence is Confidence.LOW else 0.85):
        failing.append(turn.say("conf.coverage", n=len(advice.unknown)))
    if advice.margin < 4:
        failing.append(turn.say("conf.margin", n=advice.margin))
    if advice.decisive:
        rules = [turn.text(turn.library.model.rule(id_).short) for id_ in advice.decisive[:2]]
        failing.append(turn.say("conf.unstable", rules=" ; ".join(rules)))
    because = speech.listed(failing, turn.lang) or turn.say("conf.high", n=advice.margin)
    return turn.say("conf.line", level=turn.say(f"level.{advice.confidence}"), because=because)


def _interests(turn: Turn) -> str:
    model, advice = turn.library.model, turn.advice
    cited = {
        source.split("-")[0]
        for option in advice.ranking[:2]
        for rule, _ in reasons(model, advice, option)[:REASONS]
        for source in rule.sources
    }
    interested = sorted(id_ for id_ in cited if _stake(turn, id_))
    if not interested:
        return ""
    return turn.say("why.interests", n=len(interested), ids=speech.listed(interested, turn.lang))


def _stake(turn: Turn, id_: str) -> bool:
    source = turn.library.sources.get(id_)
    return source is not None and bool(source.stake)


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
