"""Access, personal data and confidentiality: in short, or at length when rules are unsettled."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.documents.facts import Case
from bot.documents.facts_brief import WITH_CSE
from bot.documents.facts_brief import security as approval
from bot.documents.facts_briefs_words import Kind, clause, said, texts
from bot.documents.facts_words import Words, upper_first


def validation(case: Case, words: Words) -> Markup:
    """Who approves access and data: the function named, else the IT director, else a blank."""
    named = case.text("security_approver")
    if not named and case.value("headcount") in WITH_CSE:
        return words("brief.security_dsi")
    return approval(case, words)


def _who(case: Case, words: Words) -> Markup:
    named = case.text("security_approver").rstrip(".")
    if named:
        return upper_first(escape(named))
    known = case.value("headcount") in WITH_CSE
    return words(f"briefs.security_who.{'dsi' if known else 'open'}")


def security_open(words: Words, kind: Kind) -> Markup:
    """The short form: limited access, personal data, and the rule on sharing."""
    rule = said(words, "sharing_vs_confidentiality", "briefs.sharing")
    return words.sentences(words("briefs.access"), clause(words, kind, "data"), rule)


def security(case: Case, words: Words) -> list[Markup]:
    """The long form, when security rules are an obstacle."""
    if "securite" not in case.choices("adoption_brakes"):
        return []
    rule = said(words, "sharing_vs_confidentiality", "briefs.sharing")
    rule = rule or words("briefs.sharing_open")
    return texts(words, "briefs.security_long", who=_who(case, words), sharing=rule)
