"""The public edition of a specialist's job description, once its terms are settled."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents import facts_specialist, facts_terms
from bot.documents.facts import FINAL, Case
from bot.documents.facts_duties import VALIDATED
from bot.documents.facts_offer import apply_line, offer_pay, team, trial
from bot.documents.facts_specialist_terms import start
from bot.documents.facts_words import NOTHING, Words, inside, upper_first

TERMS = ("contract_type", "employment_status", "pay_min", "pay_max", "workplace",
         "application_contact")  # fmt: skip
"""What an offer must not be silent about, or misleading on (L. 5331-3)."""


def ready(case: Case) -> bool:
    """Whether the hire was chosen, its terms are settled and nothing stands against an offer."""
    settled = all(case.value(id_) is not None for id_ in TERMS)
    barred = case.funding or case.value("post_funded") == "non"
    return case.fitting and settled and case.status == FINAL and not barred


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the offer. It stays a draft until the roadmap and the post are confirmed."""
    confirmed = case.publishable and case.value("roadmap") in VALIDATED
    projects = words.phrases("priority_projects", "public")
    first = words.plural("offer.projects", len(projects), what=Markup(", ").join(projects))
    qualities = [id_ for id_ in case.choices("qualities") if words.has(f"qualities.{id_}")]
    found = facts_specialist.facts(case, words) | facts_terms.terms(case, words)
    return found | {
        "publishable": confirmed,
        "status": words.plain("final" if confirmed else "draft"),
        "steps_offer": words.choice(
            "recruitment_steps", case.value("recruitment_steps") or "trois", "offer"
        ),
        "apply_line": apply_line(case, words),
        "contract_short": words.answer("contract_type", "short"),
        "grade_offer": words.answer("employment_status", "offer"),
        "offer_pay": offer_pay(case, words, "pay"),
        "offer_salary": offer_pay(case, words, "salary") + ".",
        "hours_offer": facts_terms.hours(case, words, "offer"),
        "trial_offer": trial(case, words),
        "start": words.day(start(case)),
        "intro": intro(case, words),
        "first_projects": upper_first(first) if projects else NOTHING,
        "signs": words.phrases("success_signs", "public"),
        "qualities": [words(f"qualities.{id_}.you") for id_ in qualities],
    }


def intro(case: Case, words: Words) -> Markup:
    """The company, the roadmap to carry out, and the means that come with the role."""
    company, industry = words.shown(words.company), case.text("industry")
    if industry:
        company = Markup("{} ({})").format(company, words.shown(inside(industry)))
    public = words.answer("clientele", "public")
    who = words("offer.intro", company=company, public=public)
    return words.sentences(
        who if public else words("offer.intro_bare", company=company),
        _runs(words),
        _manages(case, words),
        words.answer("decision_power", "public"),
        words("specialist.offer.decides") if case.value("decision_power") == "decide" else NOTHING,
    )


def _runs(words: Words) -> Markup:
    under = words.answer("reports_to", "under")
    runs = words("specialist.offer.runs")
    return Markup(", ").join([runs, under] if under else [runs]) + "."


def _manages(case: Case, words: Words) -> Markup:
    size = case.number("team_size")
    if size is None:
        return NOTHING
    if size == 0:
        return words("specialist.offer.alone")
    return words("specialist.offer.manages", team=team(case, words))
