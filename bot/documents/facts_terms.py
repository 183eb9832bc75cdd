"""The terms of the post: contract, working time, trial, pay, and where to apply."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_words import NOTHING, Words, upper_first

FIXED_TERM = ("cdd", "cdd_objet")


def terms(case: Case, words: Words) -> dict[str, object]:
    """The conditions, as the internal edition and the offer print them."""
    start = words.day(case.day("start_date"))
    return {
        "contract": words.answer("contract_type", "row") + words("job.starting", date=start),
        "start": start,
        "grade": words.answer("employment_status", "row"),
        "trial": trial(case, words),
        "hours": hours(case, words, "job"),
        "remote": remote(case, words),
        "pay": pay(case, words) + _variable(case, words) + _basis(case, words),
        "budget": project_budget(case, words),
        "team": team(case, words),
        "contact": case.text("application_contact"),
        "agreement": case.text("collective_agreement") or words.blank("collective_agreement"),
        "workplace": case.text("workplace"),
        "grading": words.written("classification"),
        "benefits": words.written("benefits"),
        "apply_by": words.day(case.day("application_deadline")),
        "steps": steps(case, words, "job"),
    }


def steps(case: Case, words: Words, edition: str) -> Markup:
    """The recruitment steps chosen; the usual three when nobody chose."""
    return words.choice("recruitment_steps", case.value("recruitment_steps") or "trois", edition)


def trial(case: Case, words: Words) -> Markup:
    """The trial period, with the legal total for this category of employee."""
    months = case.number("trial_months")
    if months is None:
        return words.blank("trial_months")
    if months == 0:
        return words("job.trial_none")
    length = upper_first(words.count("month", int(months)))
    if case.value("contract_type") in FIXED_TERM:
        return words("job.trial_fixed_term", months=length)
    return renewal(case, words, "job", length)


def renewal(case: Case, words: Words, edition: str, months: Markup) -> Markup:
    """The trial period and its renewal, as far as the branch agreement is known to allow it."""
    in_all, allowed = words.answer("employment_status", "in_all"), case.value("trial_renewal")
    if allowed == "non":
        return words("job.trial_no_renewal", months=months)
    if not in_all:
        return words(f"{edition}.trial_plain", months=months)
    form = "trial_renewed" if allowed == "oui" else "trial_renewal"
    return words(f"{edition}.{form}", months=months, in_all=in_all)


def hours(case: Case, words: Words, edition: str) -> Markup:
    """Working time; a working-days contract only for a cadre whom an agreement covers."""
    if case.value("contract_type") == "cdi_tp":
        return words("job.part_time")
    if case.value("employment_status") == "dirigeant":
        return words(f"{edition}.executive")
    cadre = case.value("employment_status") == "cadre"
    if cadre and case.value("day_count_agreement") is None and edition == "job":
        return words("job.day_count_missing")
    if not cadre:
        return words.choice("day_count_agreement", "unknown", edition)
    days = int(case.number("day_count_days") or case.params["working_days_year"])
    source = case.text("day_count_source").rstrip(".")
    part = f"{edition}_known" if source and case.value("day_count_agreement") == "oui" else edition
    return words.answer("day_count_agreement", part, days=days, agreement=source)


def remote(case: Case, words: Words) -> Markup:
    """Remote work, in days a week."""
    days = case.number("remote_days")
    if days is None:
        return words.blank("remote_days")
    if days == 0:
        return words("job.remote_none")
    return words("job.remote", days=words.count("day", int(days)))


def pay(case: Case, words: Words) -> Markup:
    """The range of fixed pay, or what is missing of it."""
    low, high = case.number("pay_min"), case.number("pay_max")
    if low is None and high is None:
        return words("job.pay_missing")
    if low is None or high is None:
        if low is not None:
            return words("job.pay_floor", low=words.euros(low))
        return words("job.pay_ceiling", high=words.euros(high or 0))
    if high < low:
        return words("job.pay_reversed")
    if high == low:
        return words("job.pay_one", low=words.euros(low))
    return words("job.pay_range", low=words.figure(low), high=words.figure(high))


def _variable(case: Case, words: Words) -> Markup:
    share = case.number("variable_pay")
    if share is None:
        return words("job.pay_variable_missing")
    return words("job.pay_variable", n=int(share)) if share else words("job.pay_no_variable")


def _basis(case: Case, words: Words) -> Markup:
    part_time = case.value("contract_type") == "cdi_tp"
    return words("job.pay_part_time") if part_time else NOTHING


def project_budget(case: Case, words: Words) -> Markup:
    """The yearly project budget; 0 means that the departments keep it."""
    amount = case.number("managed_budget")
    if amount is None:
        return words.blank("managed_budget")
    if amount == 0:
        return words("job.no_budget")
    return words("job.budget", amount=words.euros(amount))


def team(case: Case, words: Words) -> Markup:
    """How many people the post manages."""
    size = case.number("team_size")
    if size is None:
        return words.blank("team_size")
    return words("job.no_team") if size == 0 else words.count("person", int(size))
