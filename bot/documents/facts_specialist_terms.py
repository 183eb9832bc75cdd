"""The specialist's terms, cost and open points, as far as the company has settled them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from bot.core import checks, costs
from bot.documents import facts_terms
from bot.documents.facts import Case
from bot.documents.facts_cautions import Caution, contradictions
from bot.documents.facts_variant import ceiling
from bot.documents.facts_words import Words, upper_first

OF_BUDGET = ("K28", "K29")


def start(case: Case) -> date | None:
    """The day the person starts; with a mission under way, the date given is the mission's."""
    return None if case.number("mission_months") else case.day("start_date")


def conditions(case: Case, words: Words) -> tuple[list[tuple[Markup, Markup]], Markup]:
    """The terms already settled, and one line that names the others."""
    known = dict(_settled(case, words))
    order = ("contract", "grade", "trial", "remote", "pay", "start", "hours")
    names = {id_: words(f"specialist.terms.{id_}") for id_ in order}
    rows = [(upper_first(names[id_]), known[id_]) for id_ in order if id_ in known]
    open_ = [names[id_] for id_ in order[:-1] if id_ not in known]
    left = words("specialist.terms.left", what=upper_first(Markup(", ").join(open_)))
    return rows, left if open_ else Markup("")


def _settled(case: Case, words: Words) -> Iterator[tuple[str, Markup]]:
    terms = facts_terms.terms(case, words)
    contract = case.value("contract_type")
    if contract == "apprentissage":
        yield "contract", words("specialist.terms.wrong_contract")
    elif contract is not None:
        yield "contract", words.answer("contract_type", "row")
    asked = {"grade": "employment_status", "trial": "trial_months", "remote": "remote_days"}
    for id_, question in asked.items():
        if case.value(question) is not None:
            yield id_, words.shown(terms[id_])
    if case.value("pay_min") is not None or case.value("pay_max") is not None:
        yield "pay", words.shown(terms["pay"])
    if start(case):
        yield "start", words.shown(words.day(start(case)))
    status = case.value("employment_status")
    agreed = status == "cadre" and case.value("day_count_agreement") is not None
    if contract == "cdi_tp" or agreed or status == "dirigeant":
        yield "hours", words.shown(terms["hours"])


def points(case: Case, words: Words) -> list[Caution]:
    """The contradictions still open, but those on the budget that the box has said."""
    said = OF_BUDGET if over(case) else ()
    found = contradictions(case, words, tuple(k for k in case.open if k not in said), "open")
    contract = case.value("contract_type")
    if contract == "cdi_tp":
        found.append(_caution(words, "part_time", []))
    if contract == "cdd_objet" and "K24" not in case.open:
        found.append(_caution(words, "purpose", ["X27-L1242-2"]))
    return found


def _caution(words: Words, name: str, sources: list[str]) -> Caution:
    return words(f"cautions.{name}.head"), words(f"cautions.{name}.text"), sources


def _pay(case: Case) -> tuple[Decimal, Decimal]:
    """Gross pay and its variable share: those given, or the cost model's specialist."""
    checked = case.checked(case.values)
    middle = checks.pay_middle(checked)
    if middle is not None:
        return middle, checks.variable_share(checked)
    return case.params["specialist_gross"], (case.number("variable_pay") or Decimal(0)) / 100


def over(case: Case) -> bool:
    """Whether the post costs more than the yearly budget."""
    top = ceiling(case)
    return top is not None and costs.employer_year(case.params, *_pay(case)) > top


def budget(case: Case, words: Words, kind: str) -> tuple[str, Markup]:
    """Either the choice to make about the budget (box) or what the post costs (line)."""
    gross, variable = _pay(case)
    year = costs.employer_year(case.params, gross, variable)
    amounts = {"gross": words.euros(gross), "year": words.euros(year)}
    guessed = case.number("variable_pay") is None and variable
    more = [
        words("cautions.variable_assumed", n=int(variable * 100)) if guessed else "",
        words("specialist.budget.part_time") if case.value("contract_type") == "cdi_tp" else "",
    ]
    band = case.value("annual_budget")
    if ceiling(case) is None and band in (None, "indecis"):
        first = words(f"specialist.budget.{'unknown' if band is None else 'undecided'}")
        cost = words("specialist.budget.cost", **amounts)
        return "box", words.sentences(first, cost, *more, words("specialist.budget.stop"))
    if over(case):
        cost = words("specialist.budget.cost", **amounts)
        return "box", words.sentences(
            _band(case, words), cost, *more, *_ways_out(case, words, kind)
        )
    fits = words("specialist.budget.fits", **amounts)
    return "line", words.sentences(fits, *more, _covered(case, words, year))


def _band(case: Case, words: Words) -> Markup:
    if case.value("annual_budget") in checks.NO_CEILING:
        return words("specialist.budget.ceiling", amount=words.euros(ceiling(case) or 0))
    return words("specialist.budget.band", band=words.answer("annual_budget", "band"))


def _ways_out(case: Case, words: Words, kind: str) -> Iterator[Markup]:
    top, variable = ceiling(case) or Decimal(0), _pay(case)[1]
    most = costs.gross_within(case.params, top)
    far = most < case.params["smic_month"] * 12
    shown = words.euros(top)
    if far:
        yield words("specialist.budget.far", top=shown)
    else:
        yield words(
            "specialist.budget.most", top=shown, most=words.euros(int(most / (1 + variable)))
        )
    yield words(f"specialist.budget.issues.{'far' if far else kind}")
    yield words("specialist.budget.stop")


def _covered(case: Case, words: Words, year: Decimal) -> Markup:
    band, top = words.answer("annual_budget", "band"), ceiling(case)
    if top is None:
        return words("cautions.budget.no_ceiling", band=band)
    if case.value("annual_budget") in checks.NO_CEILING:
        named = words("cautions.budget.ceiling", amount=words.euros(top))
        return words("cautions.budget.covers", band=named)
    lower = max((m for m in case.shelf.costs.budget_max.values() if m < top), default=costs.ZERO)
    return words(f"cautions.budget.{'covers' if year <= lower else 'partly'}", band=band)
