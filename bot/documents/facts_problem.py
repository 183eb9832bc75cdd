"""The problem to solve: what is known of it, what is not, and the constraint around it."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_words import NOTHING, Words, rounded

Row = tuple[Markup, Markup, Markup]

FEW = 2  # dimensions measured by several questions that a sentence can still name


def problem(case: Case, words: Words) -> list[Row]:
    """The two lowest dimensions, the journey, the tools."""
    rows = [dimension(case, words, id_) for id_ in case.alignment.lowest(2)]
    return [*rows, journey(words), _tools(words)]


def dimension(case: Case, words: Words, id_: str) -> Row:
    """The dimension through its lowest answer: a fact as answered, never how people get on."""
    authored = next(d for d in case.shelf.scale.dimensions if d.id == id_)
    answered = [item for item in authored.items if isinstance(case.value(item), int)]
    item = min(answered, key=lambda name: int(case.value(name)))
    if item == "shared_dashboard":
        known = _measure(case, words)
    else:
        known = words(f"items.{item}", label=words.label(item))
    hidden = words(f"dimensions.{id_}.hidden")
    return words(f"dimensions.{id_}.row"), known, hidden


def _measure(case: Case, words: Words) -> Markup:
    label = words.answer("shared_dashboard")
    tracked = words.phrases("marketing_indicators")
    if tracked:
        tracks = words("brief.tracks", what=words.listed(tracked))
    elif "aucun" in case.choices("marketing_indicators"):
        tracks = words("brief.tracks_none")
    else:
        return label
    return words("brief.separate", label=label, tracks=tracks)


def journey(words: Words) -> Row:
    """How far the journey is described, and where customers are lost."""
    known = words.answer("customer_journey") or words("brief.journey_missing")
    hidden = words("brief.journey_where")
    stages = words.phrases("leaking_stages")
    if stages:
        known += words("brief.journey_leaks", what=_commas(stages))
        hidden = words.plural("brief.journey_why", len(stages))
    return words("brief.journey_row"), known, hidden


def _tools(words: Words) -> Row:
    known = [words.answer("tool_usage", "brief")]
    brakes = words.phrases("adoption_brakes", "name")
    if brakes:
        known.append(_commas(brakes))
    return words("brief.tools_row"), words.series(known), words("brief.tools_which")


def _commas(parts: list[Markup]) -> Markup:
    return Markup(", ").join(parts)


def constraint(words: Words) -> Markup:
    """What the committee is ready for, on owners of the steps of the journey."""
    return words.answer("stage_ownership")


def measured(case: Case, words: Words) -> Markup:
    """The alignment score, its level, and how much it rests on."""
    found = case.alignment
    if found.overall is None or found.level is None:
        return words("brief.alignment_nd")
    path = f"levels.{found.level.id}"
    level = {"name": words(f"{path}.name"), "print": words(f"{path}.print")}
    said = words("brief.alignment", score=rounded(found.overall), **level)
    return words.sentences(said, _reliability(case, words))


def _reliability(case: Case, words: Words) -> Markup:
    items = case.alignment.items
    single = [id_ for id_ in items if items[id_] == 1]
    several = [id_ for id_ in items if items[id_] > 1]
    if not several:
        return words("brief.one_question")
    if len(several) <= FEW:
        return words("brief.one_question_but", what=_named(words, several))
    return words("brief.some_questions", what=_named(words, single)) if single else NOTHING


def _named(words: Words, dimensions: list[str]) -> Markup:
    return words.listed([words(f"dimensions.{id_}.but") for id_ in dimensions])
