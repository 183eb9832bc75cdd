"""What does not hold together once an option is chosen: the contradictions still open.

The named checks (K20 to K29) compare answers by calculation. The contradictions that read
the first preference read the chosen option instead, as soon as there is one: whoever
follows the advice has lifted them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.core.condition import Values, number
from bot.core.costs import CostModel, employer_year, spend
from bot.core.decision import Model, contradictions
from bot.core.dialog import Dialog, Type
from bot.core.reading import Forbidden

WIDEST_RANGE = Decimal("0.30")
TRIAL_LIMITS = {"cadre": 4, "dirigeant": 4, "am": 3, "employe": 2}
NO_CEILING = ("b180", "indecis")
NEARLY_FULL_TIME, LONG = 15, 12  # days a month, months

_AS_PREFERENCE = {
    "permanent_cdo": "cdo",
    "interim_cdo": "partage",
    "strategist_then_specialist": "presta",
    "facilitator": "presta",
    "apprentice": "profil",
    "reorganise": "reorg",
    "clarify_first": "attendre",
}
FUNDING = frozenset({"K01", "K02", "K10", "K13", "K14", "K28"})
"""Contradictions on the sponsor or the budget: no offer goes out while one is open."""


@dataclass(frozen=True, slots=True)
class Case:
    """The answers under check, with what the checks compare them to."""

    values: Values
    costs: CostModel
    questions: Dialog
    forbidden: Sequence[Forbidden] = ()

    def amount(self, name: str) -> Decimal | None:
        """A numeric answer, or None."""
        return number(self.values.get(name))


def standing(
    model: Model,
    costs: CostModel,
    questions: Dialog,
    signals: Values,
    values: Values,
    forbidden: Sequence[Forbidden] = (),
) -> tuple[str, ...]:
    """The contradictions still open for the option chosen and its documents, in file order.

    `signals` are the diagnostic's, `values` every answer with `option` and `documents`.
    """
    found = set(contradictions(model, {**signals, **_preference(values)}))
    case = Case(_concerned(questions, values), costs, questions, forbidden)
    found |= {id_ for id_, fails in _CHECKS.items() if fails(case)}
    return tuple(known.id for known in model.contradictions if known.id in found)


def _concerned(questions: Dialog, values: Values) -> Values:
    """Without the answers kept from documents that are no longer wanted."""
    documents = values.get("documents")
    wanted = frozenset(documents) if isinstance(documents, tuple) else frozenset()
    return {
        id_: value
        for id_, value in values.items()
        if not wanted or id_ not in questions or questions[id_].docs & wanted
    }


def _preference(values: Values) -> dict[str, object]:
    """A CDO's job description is about a CDO, whatever the option chosen before."""
    documents = values.get("documents")
    if isinstance(documents, tuple) and "fiche_cdo" in documents:
        return {"initial_preference": "cdo"}
    option = values.get("option")
    return {"initial_preference": _AS_PREFERENCE[str(option)]} if option in _AS_PREFERENCE else {}


def pay_middle(case: Case) -> Decimal | None:
    """The middle of the pay range, the pay from which a post's cost is worked out."""
    low, high = case.amount("pay_min"), case.amount("pay_max")
    known = [pay for pay in (low, high) if pay is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def variable_share(case: Case) -> Decimal:
    """The variable pay as a share of fixed pay; the model's own when it was not given."""
    given = case.amount("variable_pay")
    return case.costs.defaults["cdo_variable"] if given is None else given / 100


def _reversed_range(case: Case) -> bool:
    low, high = case.amount("pay_min"), case.amount("pay_max")
    return low is not None and high is not None and high < low


def _wide_range(case: Case) -> bool:
    low, high = case.amount("pay_min"), case.amount("pay_max")
    if not low or high is None:
        return False
    return (high - low) / low > WIDEST_RANGE


def _below_minimum(case: Case) -> bool:
    """Part time is left to a caution: the working time is not asked."""
    low = case.amount("pay_min")
    if low is None or case.values.get("contract_type") in ("cdi_tp", "apprentissage"):
        return False
    return low < case.costs.defaults["smic_month"] * 12


def _long_trial(case: Case) -> bool:
    limit = TRIAL_LIMITS.get(str(case.values.get("employment_status")))
    months = case.amount("trial_months")
    return limit is not None and months is not None and months > limit


def _purpose_contract(case: Case) -> bool:
    """The agreement that this contract also needs is not asked: a caution says so."""
    status = case.values.get("employment_status")
    return case.values.get("contract_type") == "cdd_objet" and status in ("am", "employe")


def _narrow_reporting(case: Case) -> bool:
    below = case.values.get("reports_to") in ("MKT", "COM", "DSI")
    return below and case.values.get("decision_power") == "decide"


def _disguised_job(case: Case) -> bool:
    if case.values.get("option") not in ("interim_cdo", "facilitator"):
        return False
    days, months = case.amount("days_per_month"), case.amount("mission_months")
    if days is None or months is None:
        return False
    return days >= NEARLY_FULL_TIME and months >= LONG


def barred(case: Case) -> tuple[str, ...]:
    """The free texts that break a firm rule on wording: they are not printed."""
    firm = [rule.pattern for rule in case.forbidden if rule.firm]
    return tuple(
        question.id
        for question in case.questions.questions
        if question.type is Type.TEXT
        and "wording" in question.checks
        and isinstance(text := case.values.get(question.id), str)
        and any(pattern.search(text) for pattern in firm)
    )


def budget_top(case: Case) -> Decimal | None:
    """The most that a year of the post may cost: the band's upper bound, or the ceiling given."""
    band = case.values.get("annual_budget")
    if band in NO_CEILING:
        return case.amount("budget_ceiling")
    return case.costs.budget_max.get(str(band))


def _over_budget(case: Case) -> bool:
    pay, top = pay_middle(case), budget_top(case)
    if pay is None or top is None:
        return False
    return employer_year(case.costs.defaults, pay, variable_share(case)) > top


def _option_over_budget(case: Case) -> bool:
    """For a permanent CDO, K02 and K28 say it already, on the real pay."""
    option, days = case.values.get("option"), case.values.get("steering_days")
    top = case.costs.budget_max.get(str(case.values.get("annual_budget")))
    load = case.costs.load_days.get(str(days))
    if top is None or option not in _AS_PREFERENCE or option == "permanent_cdo":
        return False
    if option == "interim_cdo" and load is None:
        return False
    return spend(case.costs.defaults, str(option), load or Decimal(0)) > top


_CHECKS: Mapping[str, Callable[[Case], bool]] = {
    "K20": _reversed_range,
    "K21": _wide_range,
    "K22": _below_minimum,
    "K23": _long_trial,
    "K24": _purpose_contract,
    "K25": _narrow_reporting,
    "K26": _disguised_job,
    "K27": lambda case: bool(barred(case)),
    "K28": _over_budget,
    "K29": _option_over_budget,
}
