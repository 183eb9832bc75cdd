"""The sheet that stays in the company: why this option, its reserves, its cost, its sources."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.core import costs
from bot.core.decision import reserves
from bot.documents import facts_brief as brief
from bot.documents.facts import Case
from bot.documents.facts_calendar import months_from
from bot.documents.facts_cautions import contradictions
from bot.documents.facts_common import pros, ranked
from bot.documents.facts_costs import compared, renting
from bot.documents.facts_words import Line, Words, upper_first

MOST_AGAINST = 2


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the internal sheet."""
    against = list(_reserves(case, words))
    reasons = pros(case, case.option)
    left = tuple(id_ for id_ in case.open if id_ != "K29")  # the reserves already say it
    return brief.facts(case, words) | {
        "ranked": ranked(case, words, "best_sheet"),
        "reasons_head": head(words, "reasons", len(reasons)),
        "reasons": [(words.ours(rule.text[words.lang]), rule.sources) for rule in reasons],
        "reserves_head": head(words, "reserves", len(against)),
        "reserves": against,
        "open_head": head(words, "open", len(left)),
        "open": contradictions(case, words, left, "open"),
        "lifted_head": head(words, "lifted", len(case.lifted)),
        "lifted": contradictions(case, words, case.lifted, "lifted"),
        "compared": compared(case, words),
        "mission": _mission(case, words),
        "renting": renting(case, words),
        "provenance": _provenance(case, words),
    }


def head(words: Words, name: str, n: int) -> Markup:
    return upper_first(words.plural(f"sheet.{name}", n))


def _reserves(case: Case, words: Words) -> Iterator[Line]:
    """Rules against, who sells what, and what does not fit the budget or the calendar."""
    against = reserves(case.shelf.model, case.advice, case.option)
    for rule, _ in against[:MOST_AGAINST]:
        yield words.shown(words.ours(rule.text[words.lang])), list(rule.sources)
    ranking = [id_ for id_ in case.advice.ranking if id_ != case.option]
    rival = words("sheet.stake_next") if ranking[:1] == ["facilitator"] else ""
    yield words.sentences(words("sheet.stake_own"), rival), ["S002-C01", "S003"][: 1 + bool(rival)]
    yield from _specialist(case, words)
    yield from _mission_over(case, words)
    yield from late(case, words)


def _specialist(case: Case, words: Words) -> Iterator[Line]:
    p = case.params
    top = case.shelf.costs.budget_max.get(str(case.value("annual_budget")))
    gross, year = p["specialist_gross"], costs.employer_year(p, p["specialist_gross"])
    if top is None or year <= top:
        return
    most = costs.gross_within(p, top)
    far = most < p["smic_month"] * 12
    amounts = {
        "gross": words.euros(gross),
        "year": words.euros(year),
        "top": words.euros(top),
        "most": words.euros(int(most)),
    }
    yield words(f"sheet.specialist{'_far' if far else ''}", **amounts), []


def _mission_over(case: Case, words: Words) -> Iterator[Line]:
    cost, budget = brief.mission_cost(case), case.number("mission_budget")
    if cost is None or budget is None or cost <= budget:
        return
    given = _amounts(case, words)
    yield words("sheet.mission_over", budget=words.euros(budget), **given), []


def late(case: Case, words: Words) -> Iterator[Line]:
    """A start after the first results were expected."""
    start = case.day("start_date")
    horizon = case.shelf.texts["common"]["horizon_months"].get(case.value("results_horizon"))
    if start is None or horizon is None or start <= months_from(case.order.today, int(horizon)):
        return
    within = words.answer("results_horizon", "within")
    yield words("sheet.start_late", within=within, date=words.day(start)), []


def _amounts(case: Case, words: Words) -> dict[str, object]:
    return {
        "days": brief.days(case) or 0,
        "rate": words.euros(case.params["strategist_day_rate"]),
        "cost": words.euros(brief.mission_cost(case) or 0),
    }


def _mission(case: Case, words: Words) -> Markup | str:
    known = brief.days(case) is not None
    return words("sheet.mission_cost", **_amounts(case, words)) if known else ""


def _provenance(case: Case, words: Words) -> list[Line]:
    """Where the demands of the brief come from."""
    sources = case.shelf.texts["common"]["provenance"]
    unprinted = set() if case.value("roadmap") in brief.UNWRITTEN else {"model"}
    return [
        (words(f"sheet.provenance.{name}"), ids)
        for name, ids in sources.items()
        if name not in unprinted
    ]
