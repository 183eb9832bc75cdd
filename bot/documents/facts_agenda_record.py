"""The record of decisions: blank at the foot of the agenda, filled after the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.core.agenda import Agenda
from bot.core.meeting import Decision
from bot.documents import facts_committee as told
from bot.documents.facts import Case
from bot.documents.facts_common import common, named
from bot.documents.facts_words import NOTHING, Words, upper_first


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the record; what is empty is written by hand."""

    decision: Markup
    lead: str | Markup = ""
    due: str | Markup = ""
    measure: str | Markup = ""
    tells: str | Markup = ""


_SUBJECT = {"why": "clarity_of_why"}
NONE = "–"
"""What is not missing where nothing is told: only an option has to be explained."""
_DIVIDED = ("opposes", "divergent", "partages")  # a lone voice is left in peace


def _item(words: Words, subject: str, part: str) -> str:
    path = f"committee.items.{_SUBJECT.get(subject, subject)}.{part}"
    return words.plain(path) if words.has(path) else ""


def _name(words: Words, subject: str) -> str:
    known = f"minutes.{subject}"
    return _item(words, subject, "record") or words.plain(
        known if words.has(known) else "minutes.decision"
    )


def _measure(words: Words, subject: str) -> str:
    usual = {
        "why": "why_measure",
        "clarity_of_why": "why_measure",
        "meeting": "meeting_measure",
        "tool_usage": "usage_measure",
    }
    return words.plain(f"minutes.{usual[subject]}") if subject in usual else ""


def blank_rows(case: Case, words: Words, planned: Agenda) -> list[Line]:
    """A row for each point that decides something, with what goes without saying."""
    subjects = ["why" if p.kind == "why" else p.subject or p.kind for p in planned.points]
    usual = {"ritual": "meeting", "choice": "option"}
    kept = [usual.get(s, s) for s in subjects]
    found = [s for s in kept if _item(words, s, "record") or words.has(f"minutes.{s}")]
    if told.lone(case, "tool_usage") and "tool_usage" not in found:
        found.append("tool_usage")
    return [_blank(words, subject) for subject in dict.fromkeys(found)]


def _blank(words: Words, subject: str) -> Line:
    head = words("minutes.line_blank", name=_name(words, subject))
    return Line(head, _item(words, subject, "lead"), "", _measure(words, subject))


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the record of decisions."""
    assert case.committee is not None
    held = case.committee
    return common(case, words) | {
        "head": _head(case, words),
        "essential": _essential(case, words, held.decisions),
        "record": [_line(case, words, decision) for decision in held.decisions],
        "votes": _votes(case, words),
        "tied": _tied(held.tally),
        "maintained": _maintained(case, words),
    }


def _head(case: Case, words: Words) -> Markup:
    when = case.day("decision_date")
    day = words("agenda.meeting", date=words.day(when)) if when else NOTHING
    version = words("version", n=case.order.version) if case.order.version > 1 else NOTHING
    return Markup(" · ").join(part for part in (day, version) if part)


def _essential(case: Case, words: Words, decisions: tuple[Decision, ...]) -> Markup:
    """« Trois décisions ont été prises. Option retenue : … Une reste à compléter. »."""
    if not decisions:
        return words("minutes.essential_none")
    said = upper_first(words.plural("minutes.essential", len(decisions)))
    kept = next((one.option for one in decisions if one.option), "")
    chosen = words("minutes.kept", option=named(case, words, kept)) if kept else NOTHING
    open_ = sum(not _complete(one) for one in decisions)
    rest = upper_first(words.plural("minutes.incomplete", open_)) if open_ else NOTHING
    return words.sentences(said, chosen, rest)


def _complete(decision: Decision) -> bool:
    """Whether nothing is left to write: an option is measured and explained too."""
    told = (decision.measure and decision.tells) or not decision.option
    return bool(decision.lead and decision.due and told)


def _line(case: Case, words: Words, decision: Decision) -> Line:
    said = decision.said or (named(case, words, decision.option) if decision.option else "")
    name = words.plain("minutes.option_done") if decision.subject == "option" else ""
    name = name or _name(words, decision.subject)
    return Line(
        words("minutes.line", name=name, said=said),
        _lead(words, decision.lead) or words.blank(),
        words.day(decision.due) or words.blank(),
        decision.measure or _measure(words, decision.subject) or words.blank(),
        decision.tells or (words.blank() if decision.option else NONE),
    )


def _lead(words: Words, lead: str) -> str:
    path = f"committee.functions.{lead}"
    return words.plain(path) if words.has(path) else lead


def _votes(case: Case, words: Words) -> list[Markup]:
    """The totals of the vote, option by option; nobody's vote is known."""
    assert case.committee is not None
    held = case.committee
    if not held.ballot or len(held.tally) < len(held.ballot):
        return []
    none = words.plain("minutes.none")
    known = {option.id for option in case.shelf.model.options}
    names = [named(case, words, id_) if id_ in known else none for id_ in held.ballot]
    if len(held.tally) > len(names):
        names.append(none)
    return [_vote(words, n, name) for n, name in zip(held.tally, names, strict=False)]


def _vote(words: Words, n: int, name: str) -> Markup:
    name = name[:1].upper() + name[1:]
    if not n:
        return words("minutes.vote_none", name=name)
    return words.plural("minutes.vote", n, name=name)


def _tied(tally: tuple[int, ...]) -> bool:
    """Whether several options share the most votes."""
    most = max(tally, default=0)
    return most > 0 and tally.count(most) > 1


def _maintained(case: Case, words: Words) -> list[Markup]:
    """The stable disagreements that the meeting did not decide on are recorded as they are."""
    assert case.committee is not None
    decided = {_SUBJECT.get(one.subject, one.subject) for one in case.committee.decisions}
    digest = told.digest_of(case)
    found: Mapping[str, object] = {
        id_: end
        for id_, end in digest.endings.items()
        if end.stable and end.status in _DIVIDED and id_ not in decided
    }
    return [escape(told.name(words, id_)) for id_ in found]
