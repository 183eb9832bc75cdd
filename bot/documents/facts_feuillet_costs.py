"""What the mission costs, and what the announced budget makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from bot.core import costs
from bot.documents.facts import Case
from bot.documents.facts_brief import days
from bot.documents.facts_words import NOTHING, Line, Words

RATES = {
    "reorg": "strategist_day_rate",
    "transition": "timeshare_day_rate",
    "facilitateur": "facilitator_day_rate",
    "suivi": "follow_day_rate",
    "clarification": "strategist_day_rate",
}

Row = tuple[Markup, str, str, str, str]


def breakdown(case: Case, words: Words) -> list[Row]:
    """A reorganisation line by line, over three years."""
    p = case.params
    inside, outside = _inside(case), p["reorg_facil_days"] * p["strategist_day_rate"]
    upkeep = p["reorg_run_year"]
    first, second, third = costs.reorganisation(p)
    items = "briefs.sheet.items"
    given = {
        "people": words.plural("briefs.people", int(p["reorg_team"])),
        "days": words.count("day", int(p["reorg_days_each"])),
        "rate": words.euros(p["internal_day_cost"]),
    }
    rate = words.euros(p["strategist_day_rate"])
    shown = words.count("day", int(p["reorg_facil_days"]))
    return [
        _row(words, words(f"{items}.inside", **given), inside),
        _row(words, words(f"{items}.outside", days=shown, rate=rate), outside),
        _row(words, words(f"{items}.training"), p["reorg_training"]),
        _row(words, words(f"{items}.upkeep"), None, upkeep, upkeep),
        _row(words, words(f"{items}.total"), first, second, third, first + second + third),
    ]


def _row(words: Words, name: Markup, *amounts: Decimal | None) -> Row:
    shown = [words.euros(amount) if amount is not None else "–" for amount in amounts]
    one, two, three, every = [*shown, *["–"] * (4 - len(shown))]
    return name, one, two, three, every


def _inside(case: Case) -> Decimal:
    p = case.params
    return p["reorg_team"] * p["reorg_days_each"] * p["internal_day_cost"]


def volume(case: Case, name: str) -> int | None:
    """The days of the mission, as answered or as assumed."""
    return int(case.params["clarify_days"]) if name == "clarification" else days(case)


def _amounts(case: Case, words: Words, name: str, n: int) -> dict[str, object]:
    rate = case.params[RATES[name]]
    given = {"rate": words.euros(rate), "cost": words.euros(n * rate)}
    return {"days": words.count("day", n), **given}


def mission(case: Case, words: Words, name: str) -> Markup:
    """This mission at the assumed day rate; nothing when the table says it already."""
    n = volume(case, name)
    if n is None or (name == "reorg" and n == case.params["reorg_facil_days"]):
        return NOTHING
    return words("briefs.sheet.mission", **_amounts(case, words, name, n))


def mission_over(case: Case, words: Words, name: str) -> Iterator[Line]:
    """A mission that costs more than its own ceiling."""
    n, ceiling = volume(case, name), case.number("mission_budget")
    if n is None or ceiling is None or n * case.params[RATES[name]] <= ceiling:
        return
    given = _amounts(case, words, name, n)
    yield words("briefs.sheet.mission_over", budget=words.euros(ceiling), **given), []


def budget(case: Case, words: Words) -> Markup:
    """Whether the yearly budget covers what the first year takes from it."""
    load = case.shelf.costs.load_days.get(str(case.value("steering_days")))
    if case.option == "interim_cdo" and load is None:
        return words("briefs.sheet.no_cost")
    spend = costs.spend(case.params, case.option, load or costs.ZERO)
    band = case.value("annual_budget")
    top = case.shelf.costs.budget_max.get(str(band))
    if band is None or band == "indecis":
        state = "unknown" if band is None else "undecided"
    else:
        state = "open" if top is None else "covers" if spend <= top else "short"
    given = {
        "what": words(f"briefs.sheet.spends.{case.option}"),
        "spend": words.euros(spend),
        "band": words.answer("annual_budget", "band"),
    }
    return words(f"briefs.sheet.budget.{state}", **given)


def internal_time(case: Case, words: Words, *, alone: bool) -> Markup:
    """The days of a reorganisation that no budget shows."""
    n = int(case.params["reorg_team"] * case.params["reorg_days_each"])
    return words(f"briefs.sheet.inside{'_alone' if alone else ''}", n=n)
