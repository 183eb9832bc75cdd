"""The public edition: what a candidate reads, without scores, difficulties or authors."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents import facts_job
from bot.documents.facts import Case
from bot.documents.facts_terms import FIXED_TERM, hours, renewal, steps
from bot.documents.facts_words import NOTHING, Words, inside, lower_first, upper_first


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the offer."""
    projects = words.phrases("priority_projects", "public")
    first = words.plural("offer.projects", len(projects), what=Markup(", ").join(projects))
    return facts_job.facts(case, words) | {
        "publishable": case.publishable,
        "status": words.plain("final" if case.publishable else "draft"),
        "contract_short": words.answer("contract_type", "short"),
        "grade_offer": words.answer("employment_status", "offer") or words.blank(),
        "offer_pay": offer_pay(case, words, "pay"),
        "offer_salary": offer_pay(case, words, "salary") + ".",
        "hours_offer": hours(case, words, "offer"),
        "trial_offer": trial(case, words),
        "steps_offer": steps(case, words, "offer"),
        "apply_line": apply_line(case, words),
        "intro": intro(case, words),
        "first_projects": upper_first(first) if projects else NOTHING,
        "signs": words.phrases("success_signs", "public"),
    }


def intro(case: Case, words: Words) -> Markup:
    """The company, its roadmap, and the means that come with the role."""
    industry = case.text("industry")
    company = words.shown(words.company)
    if industry:
        company = Markup("{} ({})").format(company, words.shown(inside(industry)))
    public = words.answer("clientele", "public")
    given = {"company": company, "public": public} if public else {"company": company}
    start = words(f"offer.intro{'' if public else '_bare'}", **given)
    roadmap = words.answer("roadmap", "public")
    alone = case.number("team_size") == 0
    return words.sentences(
        start,
        roadmap,
        _means(case, words),
        words.answer("decision_power", "public"),
        words("offer.no_team") if alone else NOTHING,
    )


def apply_line(case: Case, words: Words) -> Markup:
    """« jusqu'au 15 janvier 2027 inclus », or the date to complete."""
    last = words.day(case.day("application_deadline"))
    return words("offer.apply_until", date=last) if last else words("offer.apply_before")


def _means(case: Case, words: Words) -> Markup:
    """« Vous conduisez …, sous l'autorité de …, avec … » : what is known of it."""
    projects = words.answer("projects", "public")
    under = words.answer("reports_to", "under")
    held = [team(case, words)]
    if case.value("decision_power") == "decide":
        held += [words("offer.own_budget"), words("offer.decides")]
    held = [part for part in held if part]
    has = words("offer.with", what=words.listed(held)) if held else NOTHING
    if projects:
        parts = [words("offer.leads", what=projects), under, has]
        return Markup(", ").join(part for part in parts if part) + "."
    if not under and not has:
        return NOTHING
    rest = Markup(", ").join(part for part in (under, has) if part)
    return words("offer.works") + " " + rest + "."


def team(case: Case, words: Words) -> Markup:
    """« une équipe de six personnes »; nothing when there is none."""
    size = case.number("team_size")
    return words.count("team", int(size)) if size else NOTHING


def offer_pay(case: Case, words: Words, form: str) -> Markup:
    """The range and the variable share, as a label or as a sentence."""
    low, high = case.number("pay_min"), case.number("pay_max")
    if low is None or high is None or high < low:
        said = words(f"offer.{form}_missing")
    elif low == high:
        said = words(f"offer.{form}_one", low=words.figure(low))
    else:
        said = words(f"offer.{form}", low=words.figure(low), high=words.figure(high))
    share = case.number("variable_pay")
    return said + words(f"offer.{form}_variable", n=int(share)) if share else said


def trial(case: Case, words: Words) -> Markup:
    """The trial period, its renewal to be confirmed."""
    months = case.number("trial_months")
    if months is None:
        return words.blank("trial_months")
    if months == 0:
        return lower_first(words("job.trial_none"))
    length = words.count("month", int(months))
    if case.value("contract_type") in FIXED_TERM:
        return words("job.trial_fixed_term", months=length)
    return renewal(case, words, "offer", length)
