"""Which specialist the priorities and the pay call for."""

from __future__ import annotations

from decimal import Decimal

from bot.core import checks, costs
from bot.documents.facts import Case

MARKETING, PROJECT, OFFICER = "resp_mkt_digital", "chef_projet_digital", "charge_mkt_digital"


def sided(case: Case) -> tuple[list[str], list[str], str]:
    """The priorities that call for the profile kept, those for the other one, and the profile.

    The profile with most priorities wins; on a tie, that of the first one ticked; a project
    manager when there is none, as in the cost model.
    """
    authored = case.shelf.texts["common"]["variant_by_priority"]
    chosen = case.choices("priority_projects")
    sides = {kind: [p for p in chosen if p in authored[kind]] for kind in (MARKETING, PROJECT)}
    first = MARKETING if chosen and chosen[0] in authored[MARKETING] else PROJECT
    other = PROJECT if first == MARKETING else MARKETING
    kind = other if len(sides[other]) > len(sides[first]) else first
    return sides[kind], sides[PROJECT if kind == MARKETING else MARKETING], kind


def variant(case: Case) -> str:
    """Which specialist: a project manager, a marketing manager or a marketing officer.

    A budget too small for a marketing manager does not change the title by itself: the
    committee may prefer part time or a higher budget, and the box on the budget says so. The
    title becomes that of an officer once the committee has settled it, with a maximum pay
    below what such a manager earns at least.
    """
    kind = sided(case)[2]
    high, top = case.number("pay_max"), ceiling(case)
    if kind != MARKETING or high is None or top is None:
        return kind
    gross = next(p for p in case.shelf.costs.params if p.id == "specialist_gross")
    beyond = costs.employer_year(case.params, case.params["specialist_gross"]) > top
    return OFFICER if beyond and high < (gross.low or gross.value) else kind


def ceiling(case: Case) -> Decimal | None:
    """The upper bound of the yearly budget, or the ceiling given for want of one."""
    return checks.budget_top(case.checked(case.values))
