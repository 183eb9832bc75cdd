"""The job descriptions, briefs and sheets of the reference cases."""

from __future__ import annotations

from decimal import Decimal

from bot.documents import document as doc
from bot.documents.facts import Order
from tests.documents import cases
from tests.documents.cases import PRESS, changed

KINDS = {
    "fiche_specialiste": "strategist_then_specialist",
    "fiche_alternant": "apprentice",
    "brief_facilitateur": "facilitator",
}
GOLD = {
    "fiche_specialiste": "gold_p02_specialiste",
    "fiche_alternant": "gold_p03",
    "brief_facilitateur": "gold_p02",
}
ROLE_EN = "Assignment role sheet"
SIGNED = {
    "contract_type": "cdi",
    "employment_status": "cadre",
    "pay_min": Decimal(40000),
    "pay_max": Decimal(46000),
    "variable_pay": 0,
    "trial_months": 4,
    "remote_days": 2,
    "application_contact": "emploi@lisiere.example",
    "annual_budget": "b50_90",
    "headcount": "e250_999",
    "team_size": 0,
}
"""The terms of a specialist whom the budget covers."""


def sheets(order: Order) -> list[doc.Document]:
    """The editions of an order; of a facilitator, the role sheet alone, not the brief."""
    documents = PRESS.compose(order)
    if order.kind == "brief_facilitateur":
        return [one for one in documents if one.kicker in ("Fiche de rôle de mission", ROLE_EN)]
    return documents


def gold(kind: str, lang: str = "fr", **more: object) -> list[doc.Document]:
    return sheets(changed(cases.gold(GOLD[kind], kind, lang), **more))
