"""What each field of a company's own template is filled with, from what the documents say.

The names are authored, in `knowledge/texts_fields.yaml`; here is where each finds its words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import escape

from bot.core.fields import key
from bot.core.typography import typeset
from bot.documents import facts_note, facts_terms
from bot.documents.editions import EDITIONS
from bot.documents.facts import FINAL, Case
from bot.documents.facts_briefs import ceiling
from bot.documents.facts_common import pros, role
from bot.documents.facts_specialist_terms import start
from bot.documents.facts_words import Words, upper_first

_SHEETS = {"fiche_cdo": "cdo", "fiche_alternant": "alternant"}
_NOT_A_POST = ("note", "agenda", "minutes")
_TAG = re.compile(r"<cite>.*?</cite>|<[^>]+>")
_BLANK = re.compile(r"\s*<mark>[^<]*</mark>[\s.;]*")
Facts = Mapping[str, object]


def names(texts: Mapping[str, Any]) -> dict[str, str]:
    """What every accepted name stands for, in either language."""
    found = [
        (id_, name) for id_, more in texts["common"]["fields"]["also"].items() for name in more
    ]
    for lang in ("fr", "en"):
        found += [(id_, one["name"]) for id_, one in texts[lang]["fields"]["names"].items()]
    return {key(name): id_ for id_, name in found}


def by_name(case: Case) -> dict[str, str]:
    """The words of each field by every name it may go by."""
    found = values(case)
    return {name: found[id_] for name, id_ in names(case.shelf.texts).items()}


def values(case: Case) -> dict[str, str]:
    """The words of each field by its id; empty when nobody gave them."""
    post = _post(case)
    words = Words(post)
    facts = EDITIONS[post.order.kind][0].facts(post, words)
    said = {
        **_company(post, words),
        **_work(post, words, facts),
        **_terms(post, words, facts),
        **_decision(post, words),
        "document_status": words.plain("final" if case.status == FINAL else "draft"),
    }
    return {id_: _plain(value, words.lang) for id_, value in said.items()}


def _post(case: Case) -> Case:
    """The same for the document that describes the post or the mission, if this one does not."""
    if case.order.kind not in _NOT_A_POST:
        return case
    docs = case.shelf.model.option(case.option).docs
    kind = next(doc for doc in docs if doc not in _NOT_A_POST)
    return Case(case.shelf, replace(case.order, kind=kind))


def _plain(value: object, lang: str) -> str:
    """As text, one line for each item; what is only to be completed is nothing."""
    if isinstance(value, str):
        marked = str(escape(value))
        if _BLANK.fullmatch(marked):
            return ""
        return typeset(html.unescape(_TAG.sub("", marked)), lang).strip()
    lines = (_plain(item, lang) for item in _items(value))
    return "\n".join(line[0].upper() + line[1:] for line in lines if line)


def _items(value: object) -> Iterable[object]:
    """What each line of a list says first: its name, its duty, its indicator."""
    match value:
        case dict() if "t" in value:
            yield value["t"]
        case dict():
            for group in value.values():
                yield from _items(group)
        case tuple():
            yield value[0]
        case list():
            for item in value:
                yield from [item] if isinstance(item, str) else _items(item)


# Where each field finds its words


def _company(case: Case, words: Words) -> Facts:
    return {
        "company": case.text("company_name"),
        "industry": case.text("industry"),
        "headcount": words.answer("headcount", "row"),
        "workplace": case.text("workplace"),
        "author": upper_first(words(f"roles.{role(case)}")),
        "date": words.day(case.order.today),
        "version": str(case.order.version),
    }


def _work(case: Case, words: Words, facts: Facts) -> Facts:
    """The post or the mission, as its own document describes it in `facts`."""
    sheet = _SHEETS.get(case.order.kind)
    wanted = words.answer("role_orientation", "essential")
    expected = words("job.expectation", what=wanted) if wanted else ""
    return {
        "title": words.plain(f"titles.{sheet}.h") if sheet else facts.get("title"),
        "mission": _first(facts, "purpose", "object", "role_text") or expected,
        "duties": facts.get("duties"),
        "projects": words.phrases("priority_projects", "brief"),
        "deliverables": facts.get("deliverables"),
        "indicators": facts.get("indicators") or _measures(facts) or facts.get("success"),
        "milestones": _milestones(words, facts),
        "skills": _first(facts, "skills", "learning"),
        "qualities": _first(facts, "qualities", "acts"),
        "reports_to": words.answer("reports_to", "row"),
        "sponsor": words.answer("sponsor", "row"),
        "power": words.answer("decision_power", "row"),
        "team": facts_terms.team(case, words),
    }


def _first(facts: Facts, *names: str) -> object:
    return next((facts[name] for name in names if facts.get(name)), "")


def _measures(facts: Facts) -> object:
    """How each objective of a mission is measured."""
    goals = facts.get("goals")
    return [goal[1] for goal in goals] if isinstance(goals, list) else []


def _milestones(words: Words, facts: Facts) -> object:
    """« 30 jours : équipes rencontrées »."""
    rows, colon = facts.get("milestones"), " : " if words.lang == "fr" else ": "
    return [row[0] + colon + row[1] for row in rows] if isinstance(rows, list) else []


def _terms(case: Case, words: Words, facts: Facts) -> Facts:
    return {
        "employment_status": words.answer("employment_status", "row"),
        "trial": facts_terms.trial(case, words),
        "pay": facts_terms.pay(case, words),
        "remote": facts_terms.remote(case, words),
        "agreement": case.text("collective_agreement"),
        "classification": words.written("classification"),
        **_duration(case, words, facts),
    }


def _duration(case: Case, words: Words, facts: Facts) -> Facts:
    """From when and for how long; a mission under way is not the specialist's who follows it."""
    kind, months = case.order.kind, case.number("mission_months")
    if kind == "fiche_alternant":  # the law's words, since nobody chooses an apprentice's contract
        contract = words("apprentice.terms.contract", months=facts["months"])
    else:
        contract = words.answer("contract_type", "row")
    first_day = start(case) if kind == "fiche_specialiste" else case.day("start_date")
    mission = kind.startswith("brief")
    length = words.count("month", int(months)) if mission and months is not None else ""
    return {
        "contract": contract,
        "start": words.day(first_day),
        "length": facts["months"] if kind == "fiche_alternant" else length,
        "budget": (ceiling if mission else facts_terms.project_budget)(case, words),
    }


def _decision(case: Case, words: Words) -> Facts:
    """What the note says of the choice."""
    option, lang = case.shelf.model.option, words.lang
    return {
        "option": option(case.option).name[lang] if case.order.values.get("option") else "",
        "recommended": option(case.advice.top).name[lang],
        "reasons": [words.ours(rule.text[lang]) for rule in pros(case, case.advice.top)],
        "next_steps": [said for _, said in facts_note.steps(case, words)],
        "decision_date": words.day(case.day("decision_date")),
    }
