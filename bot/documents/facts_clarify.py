"""A clarification: three days to write the vision, list the tools, and decide."""

from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from bot.documents import facts_briefs as briefs
from bot.documents.facts import Case
from bot.documents.facts_brief import UNWRITTEN
from bot.documents.facts_briefs_words import Kind, Row, records, said, texts
from bot.documents.facts_calendar import working
from bot.documents.facts_words import NOTHING, Words, upper_first

KIND = Kind("clarification", asks=False)
DUE = {"vision": 0, "audit": 1, "roles": 1, "record": 2}  # the working day after which each is due


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the brief that goes out."""
    path = "briefs.clarification"
    days = words.count("day", length(case))
    return briefs.outgoing(case, words, KIND) | {
        "title": str(words(f"{path}.title", days=days)),
        "essential": essential(case, words),
        "why": said(words, "clarity_of_why", f"{path}.why"),
        "days": schedule(case, words),
        "vision_field": words(f"{path}.vision_field"),
        "tools_note": tools_note(words),
        "tool_rows": texts(words, f"{path}.tool_rows"),
        "stages": [words(f"briefs.reorg.stages.{id_}") for id_ in words.tree("stages")],
        "sponsor": said(words, "sponsor", f"{path}.sponsor"),
        "outcomes": texts(words, f"{path}.outcomes"),
        "deliverables": deliverables(case, words),
        "price": price(case, words),
        "model_question": case.value("roadmap") in UNWRITTEN,
    }


def length(case: Case) -> int:
    """The facilitated days."""
    return int(case.params["clarify_days"])


def essential(case: Case, words: Words) -> Markup:
    """« En bref » : who is sought, for what, and that nothing is bought before."""
    what = words("briefs.clarification.seeks", days=words.count("day", length(case)))
    seeks = briefs.opening(words, what)
    budget = briefs.ceiling(case, words)
    if budget:
        seeks += Markup(" ({})").format(budget)
    return words.sentences(seeks + ".", words("briefs.clarification.essential"))


def _day(case: Case, words: Words, n: int) -> Markup:
    """The n-th working session: two weeks apart, counted from the start."""
    after = int(case.shelf.texts["common"]["briefs"]["clarify_after"][n])
    start = case.day("start_date")
    if start is not None:
        return words.shown(words.day(working(start + timedelta(days=after))))
    if n == 0:
        return words.blank()
    return upper_first(words("briefs.clarification.day_after", n=after))


def schedule(case: Case, words: Words) -> list[dict[str, Markup]]:
    """The three sessions: the work, who takes part, what comes out, when."""
    rows = records(words, "briefs.clarification.days", question=words("test_of_use"))
    return [{**row, "when": _day(case, words, n)} for n, row in enumerate(rows)]


def tools_note(words: Words) -> Markup:
    """How the tools are used today, and what holds them back."""
    used = words("briefs.clarification.tools_note", usage=words.answer("tool_usage", "brief"))
    named = words.phrases("adoption_brakes", "name")
    brakes = words("briefs.clarification.brakes", what=Markup(", ").join(named))
    return words.sentences(used, brakes if named else NOTHING)


def deliverables(case: Case, words: Words) -> list[Row]:
    """What is handed over, in what form, after which session."""
    path = "briefs.clarification.deliverables"
    return [
        (words(f"{path}.{id_}.name"), words(f"{path}.{id_}.form"), _day(case, words, n))
        for id_, n in DUE.items()
    ]


def price(case: Case, words: Words) -> Markup:
    """The ceiling and the days; the pricing method is left to the reply."""
    days = words("briefs.price_days", days=words.count("day", length(case)))
    parts = [upper_first(days), briefs.priced(words, case.number("mission_budget"))]
    return Markup(", ").join(parts) + "."
