"""« Faites le bon calcul » : the costs compared, and the assumptions that anyone may change."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from bot.conversation.screen import Screen, grouped
from bot.conversation.session import welcome
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import costs, speech
from bot.core.costs import Param, Params
from bot.core.dialog import Blank

DEFAULT_DAYS = Decimal(8)
"""Days of steering a month, when the person does not know: the middle band."""
PAGE = 8
SHARES = (Decimal("0.10"), Decimal("0.15"), Decimal("0.20"))
"""The shares of a CDO's year that strategy takes, by the estimate of S002-F01 and between."""


def params(turn: Turn) -> Params:
    """Every assumption, with the person's own values."""
    return {**turn.library.costs.defaults, **turn.state.params}


def days_month(turn: Turn) -> Decimal:
    """The days of steering a month behind the person's answer."""
    band = str(turn.interview.values.get("steering_days"))
    return turn.library.costs.load_days.get(band, DEFAULT_DAYS)


def costs_screen(turn: Turn, note: str = "") -> Screen:
    """All seven options over one and three years, and the threshold between rent and buy."""
    first = [_option(turn, id_, full=full) for id_, full in _order(turn)]
    head = turn.say("costs.head")
    parts = [note, head, *first, _threshold(turn), _strategy(turn), turn.say("costs.note")]
    ways = [
        turn.button("btn.chart", "x", "chart", "costs"),
        turn.button("btn.assumptions", "g", "params"),
        turn.button("btn.back_reco", "g", "advice"),
    ]
    if welcome.withheld(turn):
        ways = [ways[1], turn.button("btn.resume", "g", "resume")]
    rows = grouped(ways)
    return Screen("\n\n".join(part for part in parts if part), rows, strong=head)


def _order(turn: Turn) -> list[tuple[str, bool]]:
    """The best rated first, the two first with what they bring; as written while advice waits."""
    if welcome.withheld(turn):
        return [(option.id, False) for option in turn.library.model.options]
    advice = turn.advice
    order = [*advice.ranking, *sorted(advice.gated, key=lambda id_: -advice.points[id_])]
    return [(id_, n < 2) for n, id_ in enumerate(order)]


def _option(turn: Turn, id_: str, *, full: bool) -> str:
    p = params(turn)
    years = costs.years(p, id_, days_month(turn))
    one, three = round(years[0]), round(sum(years, Decimal(0)))
    name = turn.text(turn.library.model.option(id_).name)
    line = turn.say("costs.once", one=speech.euros(one, turn.lang))
    if one != three:
        over = speech.euros(three, turn.lang)
        line = turn.say("costs.years", one=speech.euros(one, turn.lang), three=over)
    lines = [name, line]
    if full:
        lines.append(turn.say("costs.gets", gets=gets(turn, id_)))
    return "\n".join(lines)


def gets(turn: Turn, id_: str) -> str:
    """What an option brings, its parameters filled."""
    text = turn.text(turn.library.model.option(id_).gets)
    p = params(turn)

    def filled(found: re.Match[str]) -> str:
        return speech.figure(p[found[1]], turn.lang)

    return re.sub(r"{{ (\w+) }}", filled, text)


def _threshold(turn: Turn) -> str:
    """From how many days a month buying costs less than renting, and which it is here."""
    p = params(turn)
    days = costs.break_even_days(p, p["timeshare_day_rate"])
    held = turn.interview.answers.get("steering_days")
    verdict = ""
    if held is not None and not isinstance(held, Blank):
        verdict = turn.say(
            "costs.buy" if days_month(turn) > days else "costs.rent",
            planned=turn.answer("steering_days", held),
        )
    said = turn.say(
        "costs.threshold",
        rate=speech.euros(p["timeshare_day_rate"], turn.lang),
        days=speech.figure(round(days), turn.lang),
    )
    months = costs.break_even_months(p, days_month(turn), p["interim_day_rate"])
    after = "costs.never" if months is None else "costs.months"
    more = turn.say(
        after,
        rate=speech.euros(p["interim_day_rate"], turn.lang),
        n=int(days_month(turn)),
        months=0 if months is None else round(months),
    )
    return " ".join(part for part in (said, verdict, more) if part)


def _strategy(turn: Turn) -> str:
    """What a day of strategy costs when a full-time CDO gives it only a share of the year."""
    p = params(turn)
    days = [costs.strategic_day(p, share) for share in SHARES]
    low, middle, high = (speech.euros(round(day), turn.lang) for day in days)
    return turn.say("costs.strategy", low=low, middle=middle, high=high)


def params_screen(turn: Turn, page: int = 0, note: str = "") -> Screen:
    """The assumptions, a page at a time."""
    every = turn.library.costs.params
    pages = (len(every) + PAGE - 1) // PAGE
    page = min(max(page, 0), pages - 1)
    shown = every[page * PAGE : (page + 1) * PAGE]
    numbered = list(enumerate(shown, start=page * PAGE + 1))
    lines = [
        turn.say("params.line", n=n, name=turn.text(one.name), value=value(turn, one))
        for n, one in numbered
    ]
    buttons = [turn.labelled(str(n), "g", "param", one.id) for n, one in numbered]
    ways = [turn.button("btn.next_page", "g", "params", str((page + 1) % pages))]
    ways.append(turn.button("btn.back_costs", "g", "costs"))
    head = turn.say("params.head", page=page + 1, pages=pages)
    parts = [note, head, "\n".join(lines), turn.say("review.pick")]
    return Screen("\n\n".join(part for part in parts if part), (*grouped(buttons), *grouped(ways)))


def find(turn: Turn, id_: str) -> Param | None:
    """The assumption with this id."""
    return next((one for one in turn.library.costs.params if one.id == id_), None)


def param_screen(turn: Turn, param: Param, note: str = "") -> Screen:
    """One assumption: what it is worth, how sure it is, where it comes from; then type yours."""
    status = turn.say(f"params.{param.status}")
    lines = [
        turn.say("review.line", name=turn.text(param.name), answer=value(turn, param)),
        turn.say("params.source", status=status, source=param.source)
        if param.source
        else turn.say("params.status", status=status),
    ]
    if param.low is not None and param.high is not None:
        lines.append(
            turn.say(
                "params.range",
                low=_shown(turn, param, param.low),
                high=_shown(turn, param, param.high),
            )
        )
    buttons = []
    if param.id in turn.state.params:
        default = _shown(turn, param, param.value)
        buttons.append(turn.button("btn.default", "x", "default", param.id, value=default))
    buttons.append(turn.button("btn.back_params", "g", "params"))
    text = "\n".join(lines) + "\n\n" + turn.say("params.type")
    return Screen("\n\n".join(part for part in (note, text) if part), grouped(buttons, single=True))


def value(turn: Turn, param: Param) -> str:
    """An assumption's value as read, marked when it is the person's own."""
    shown = _shown(turn, param, params(turn)[param.id])
    own = param.id in turn.state.params
    return turn.say("params.own", value=shown) if own else shown


def _shown(turn: Turn, param: Param, amount: Decimal) -> str:
    if param.unit == "ratio":
        share = speech.figure(amount * 100, turn.lang)
        return f"{share}%" if turn.lang == "en" else f"{share} %"
    if param.unit.startswith("EUR"):
        return speech.euros(amount, turn.lang)
    figure = speech.figure(amount, turn.lang)
    return turn.say(f"params.unit.{param.unit}", n=int(amount), figure=figure)


def read_value(param: Param, text: str) -> Decimal | None:
    """What was typed for an assumption: « 45 % », « 85 k€ », « 12 »; None when unclear."""
    found = re.fullmatch(
        r"\s*(\d+(?:[ \u00a0\u202f.,]\d{3})*(?:[.,]\d{1,2})?)\s*(k?)\s*(€|%|euros?)?.*",
        text.lower(),
    )
    if found is None:
        return None
    digits = re.sub(r"[ \u00a0\u202f](?=\d{3})", "", found[1])
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    try:
        amount = Decimal(digits) * (1000 if found[2] else 1)
    except InvalidOperation:
        return None
    if param.unit == "ratio":
        amount = amount / 100 if found[3] == "%" or amount > 1 else amount
        return amount if amount <= 1 else None
    return amount if amount <= 10**7 else None


def changed(turn: Turn, param: Param, amount: Decimal | None) -> Conversation:
    """The state with this assumption changed, or back at its default."""
    held = {id_: one for id_, one in turn.state.params.items() if id_ != param.id}
    if amount is not None and amount != param.value:
        held[param.id] = amount
    return replace(turn.state, params=held)
