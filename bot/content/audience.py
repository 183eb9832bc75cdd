"""Whom a question is asked, and when: everything that decides it, as one condition."""

from __future__ import annotations

from bot.content.authored import AuthoredQuestion
from bot.core.condition import ALWAYS, AnyOf, Condition, Holds, both, is_one
from bot.core.dialog import offer_of


def audience(q: AuthoredQuestion) -> Condition:
    """Who gets the question: everybody, the owner, or some roles."""
    if q.ask == "owner":
        return is_one("owner", "oui")
    if not q.roles:
        return ALWAYS
    by_role = is_one("role", *q.roles)
    return AnyOf((by_role, is_one("owner", "oui"))) if q.owner_also else by_role


def for_documents(q: AuthoredQuestion, when: Condition) -> Condition:
    """The documents under way ask for it. A lone respondent is asked everything: no roles."""
    wanted = AnyOf(tuple(Holds("documents", frozenset({doc})) for doc in q.docs))
    return both(wanted, _depth(q), when)


def asked(q: AuthoredQuestion, when: Condition, trigger: Condition | None) -> Condition:
    """When the diagnostic asks it: a core question always, another as its module was accepted."""
    if q.core:
        return both(audience(q), when)
    offered = offer_of(q.module)
    asked_for: Condition = is_one(offered, "tout")
    if trigger is not None:
        asked_for = AnyOf((asked_for, both(is_one(offered, "oui"), trigger)))
    return both(audience(q), when, asked_for)


def _depth(q: AuthoredQuestion) -> Condition:
    """The indispensable questions come first; the others on demand, the details last."""
    everything = is_one("depth", "detail") if q.detail else is_one("depth", "tout", "detail")
    if not q.required_for:
        return everything
    needed = tuple(Holds("documents", frozenset({doc})) for doc in q.required_for)
    return AnyOf((everything, AnyOf(needed)))
