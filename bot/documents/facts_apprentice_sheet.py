"""The sheet about an apprentice that stays in the company: reasons, checks, cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from bot.core.decision import reserves
from bot.documents.facts import Case
from bot.documents.facts_apprentice import AGES, cents, shares_of
from bot.documents.facts_apprentice_cost import aids, cost, two_years
from bot.documents.facts_calendar import months_from
from bot.documents.facts_cautions import WITH_CSE, Caution, contradictions
from bot.documents.facts_common import common, named, pros, ranked
from bot.documents.facts_words import Words, lower_first, rounded, upper_first

MOST_AGAINST = 2


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the internal sheet."""
    found = common(case, words)
    decided = found["decision"]
    if not case.fitting and isinstance(decided, dict):
        chosen = named(case, words, case.option)
        decided["other"] = words("apprentice.other", chosen=chosen)
    for_it = pros(case, case.option)
    against = [rule for rule, _ in reserves(case.shelf.model, case.advice, case.option)]
    against = against[:MOST_AGAINST]
    return found | {
        "ranked": ranked(case, words, "best_sheet"),
        "reasons_head": _head(words, "reasons", len(for_it)),
        "reasons": [(words.ours(rule.text[words.lang]), rule.sources) for rule in for_it],
        "reserves_head": _head(words, "reserves", len(against)),
        "reserves": [(words.ours(rule.text[words.lang]), rule.sources) for rule in against],
        "open_head": _head(words, "open", len(case.open)),
        "open": contradictions(case, words, case.open, "open"),
        "checks": list(_checks(case, words)),
        "cost": cost(case, words),
        "two_years": two_years(case, words),
        "aids": aids(case, words),
    }


def _head(words: Words, name: str, n: int) -> Markup:
    return upper_first(words.plural(f"sheet.{name}", n))


def _check(words: Words, head: str, text: Markup, ids: tuple[str, ...] = ()) -> Caution:
    return words(f"apprentice.check.{head}"), text, list(ids)


def _checks(case: Case, words: Words) -> Iterator[Caution]:
    """What must be settled before signing, in the order in which it can fail."""
    yield from _roadmap(case, words)
    yield _check(words, "calendar", _calendar(case, words))
    yield _check(words, "actions", _actions(case, words))
    yield _tutor(case, words)
    if case.value("roadmap") not in ("aucune", "intentions", "redaction"):
        text = words("apprentice.check.strategy_text")
        yield _check(words, "strategy", text, ("S002-C08",))
    yield _check(words, "leaving", words("apprentice.check.leaving_text"))
    yield _check(words, "pay", _pay(case, words))
    yield _check(words, "after", words("apprentice.check.after_text"))
    if case.value("headcount") in WITH_CSE:
        yield _check(words, "cse", words("apprentice.check.cse_text"))
    funded = {"oui": "real_confirmed", "non": "real_not"}.get(case.value("post_funded"), "real")
    yield words(f"cautions.{funded}.head"), words(f"cautions.{funded}.text"), []


def _roadmap(case: Case, words: Words) -> Iterator[Caution]:
    state = {"aucune": "text", "intentions": "text", "redaction": "draft"}
    if case.value("roadmap") in state:
        part = state[str(case.value("roadmap"))]
        yield _check(words, "roadmap", words(f"apprentice.check.roadmap_{part}"), ("S002-C08",))


def _calendar(case: Case, words: Words) -> Markup:
    """Whether the apprentice can give results as soon as they are expected."""
    common_texts = case.shelf.texts["common"]
    start, horizon = case.day("start_date"), case.value("results_horizon")
    within = words.answer("results_horizon", "within")
    if start is None:
        known = f"apprentice.check.no_date{'_horizon' if horizon else ''}"
        return words(known, within=within)
    effect = months_from(start, int(common_texts["apprentice"]["first_effect"]))
    months = common_texts["horizon_months"].get(horizon)
    if months and effect > months_from(case.order.today, int(months)):
        given = {"start": _month(words, start), "effect": _month(words, effect)}
        return words("apprentice.check.late", within=within, **given)
    given = {"date": words.day(start), "effect": _month(words, effect)}
    return words("apprentice.check.in_time", **given)


def _month(words: Words, day: date) -> str:
    """« septembre 2027 »."""
    return words.day(day).partition(" ")[2]


def _actions(case: Case, words: Words) -> Markup:
    amount = case.number("action_budget")
    if amount is None:
        unfunded = case.value("roadmap") == "sans_budget"
        return words(f"apprentice.check.actions_{'unfunded' if unfunded else 'open'}")
    if amount == 0:
        return words("apprentice.check.actions_none")
    return words("apprentice.check.actions_set", amount=words.euros(amount))


def _tutor(case: Case, words: Words) -> Caution:
    """What the law asks of the supervisor, after whether there is one."""
    law = words("apprentice.check.tutor_law")
    state = {"oui": "", "non": "none"}.get(str(case.value("apprentice_tutor")), "unknown")
    said = words.sentences(law, words(f"apprentice.check.tutor_{state}") if state else "")
    return _check(words, "tutor", said)


def _pay(case: Case, words: Words) -> Markup:
    ages = []
    for age in AGES:
        first, second = (rounded(share * 100) for share in shares_of(case, age)[:2])
        name = lower_first(words(f"apprentice.ages.{age}"))
        form = "pay_flat" if first == second else "pay_age"
        ages.append(words(f"apprentice.check.{form}", age=name, first=first, second=second))
    smic = cents(words, case.params["smic_month"])
    return words("apprentice.check.pay_text", smic=smic, ages=words.series(ages))
