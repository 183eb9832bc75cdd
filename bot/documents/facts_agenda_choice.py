"""The choice of the option in the meeting: what each one gives, asks, costs and obliges to do."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.core.decision import reasons
from bot.documents import facts_note_costs as priced
from bot.documents.facts import Case
from bot.documents.facts_agenda_points import Part
from bot.documents.facts_cautions import WITH_CSE, contradictions
from bot.documents.facts_common import REASONS
from bot.documents.facts_costs import post_cost
from bot.documents.facts_note_advice import short_reason
from bot.documents.facts_words import Words, lower_first, upper_first

NONE = Markup("–")
MOST = 3
"""The options compared side by side."""


def compared(case: Case) -> tuple[str, ...]:
    """The options to settle between: those that are level, else the first two."""
    return (case.advice.tied or case.advice.ranking[:2])[:MOST]


def parts(case: Case, words: Words) -> tuple[Part, ...]:
    """The table, what has to be settled first, and what is not done."""
    options = compared(case)
    header = ("", *(case.shelf.model.option(id_).name[words.lang] for id_ in options))
    bare = case.committee is not None and case.committee.few  # points would tell of the other
    lines = ("for", "asks", "costs", "law") if bare else ("points", "for", "asks", "costs", "law")
    cells = {line: [_cell(case, words, line, id_) for id_ in options] for line in lines}
    said = {line: row for line, row in cells.items() if any(cell != NONE for cell in row)}
    rows = tuple((words(f"agenda.choice_{line}"), *row) for line, row in said.items())
    alone = [Part(text=words("agenda.choice_alone"))] if len(options) < 2 else []
    after = words.sentences(_open(case, words), words("agenda.not_done"))
    return (*alone, Part(header=header, rows=rows), Part(text=after))


def _cell(case: Case, words: Words, line: str, option: str) -> Markup:
    match line:
        case "points":
            return escape(words.signed(case.advice.points[option]))
        case "for":
            found = reasons(case.shelf.model, case.advice, option)[:REASONS]
            said = words.series([short_reason(case, words, rule) for rule, _ in found])
            return upper_first(said) or NONE
        case "costs":
            first, three = priced.amounts(case, words, option)
            return Markup(" / ").join(map(words.shown, (first, three)))
        case "asks":
            days = case.params["reorg_team"] * case.params["reorg_days_each"]
            given = {"days": words.figure(days)}
            given["clarify"] = words.figure(case.params["clarify_internal_days"])
            return words(f"agenda.options.{option}.asks", **given)
    small = case.value("headcount") not in (*WITH_CSE, None)
    return words(f"agenda.options.{option}.{'law_small' if small else 'law'}")


def _open(case: Case, words: Words) -> Markup:
    """« Deux préalables, aucun bloquant : nommer un porteur ; … »."""
    if not case.open:
        return words("agenda.open_none")
    what = words.series([_point(case, words, id_) for id_ in case.open])
    blocking = len(case.blocking)
    if len(case.open) == 1:
        how = words.plural("agenda.how_blocking", 1) if blocking else words("agenda.how_free_one")
        return words("agenda.open_one", how=how, what=what)
    how = words.plural("agenda.how_blocking", blocking) if blocking else words("agenda.how_free")
    n = upper_first(escape(words.number(len(case.open))))
    return words("agenda.open_many", n=n, how=how, what=what)


def _point(case: Case, words: Words, id_: str) -> Markup:
    if words.has(f"agenda.open_points.{id_}"):
        band = words.answer("annual_budget", "band")
        budget = words("agenda.budget", band=band) if case.value("annual_budget") else ""
        amounts = filter(None, (words("agenda.a_year", cost=words.euros(post_cost(case))), budget))
        return words(f"agenda.open_points.{id_}", amounts=Markup(", ").join(amounts))
    ((_, text, _),) = contradictions(case, words, (id_,), "open")
    return lower_first(Markup(text.removesuffix(".")))  # noqa: S704 (already escaped)


def documents(case: Case, words: Words, choice: int) -> tuple[Part, ...]:
    """The document that goes with each option, to be approved, amended or postponed."""
    found = [
        id_
        for option in compared(case)[:2]
        for id_ in case.shelf.model.option(option).docs
        if words.has(f"agenda.documents.{id_}")
    ]
    kinds = list(dict.fromkeys(found))
    first = upper_first(words(f"agenda.documents.{kinds[0]}"))
    if len(kinds) < 2:
        return (Part(text=words("agenda.document_one", first=first)),)
    second = words(f"agenda.documents.{kinds[-1]}")
    return (Part(text=words("agenda.document_two", first=first, second=second, i=choice)),)
