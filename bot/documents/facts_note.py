"""The committee note: what to decide, what the tool advises, what it costs, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from markupsafe import Markup

from bot.core.dialog import Blank
from bot.documents import document as doc
from bot.documents import facts_note_advice as advised
from bot.documents import facts_note_committee as together
from bot.documents import facts_note_costs as priced
from bot.documents.charts import Chart, alignment_chart, dimension_bars
from bot.documents.facts import Case
from bot.documents.facts_cautions import WITH_CSE, contradictions
from bot.documents.facts_common import common
from bot.documents.facts_words import NOTHING, Line, Words, lower_first, rounded, upper_first
from bot.documents.pdf import count_pages
from bot.documents.template import cite

MOST_WORDS = 420
CUTS = (
    "third_dots",
    "dots",
    "third_row",
    "sixty_days",
    "third_apart",
    "own_pros",
    "gates",
    "infos",
    "advice",
    "second_switch",
    "attentions",
    "need",
    "second_source",
    "criteria",
    "every_attention",
    "names",
    "half_reason",
)
"""What goes, in this order, when the page overflows: never the recommendation, a blocking
point or the limits."""

_SEVERITIES = ("bloquant", "attention", "info")
_SHOWN_FIXES = 3


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the note."""
    return (
        common(case, words)
        | {
            "head": _head(case, words),
            "decide": advised.decide(case, words),
            "decide_short": advised.decide(case, words, named=False),
            "chosen": advised.chosen(case, words),
            "advice": advised.advice(case, words),
            "alignment": _alignment(case, words),
            "chart": _chart(case, words),
            "rows": priced.rows(case, words),
            "gets": case.committee is None,  # where views part takes the room
            "rent": priced.rent(case, words),
            "rent_alone": priced.rent(case, words, need=False),
            "points": _points(case, words),
            "steps": steps(case, words),
            "limits": _limits(case, words),
        }
        | (_apart(case, words) if case.committee else {"apart": None})
    )


def _apart(case: Case, words: Words) -> dict[str, object]:
    """The block of a committee, which a lone respondent's note does not have."""
    listed = together.apart(case, words)
    return {
        "drawn": together.figures(case, words),
        "apart": listed,
        "short_apart": listed[:-1] if len(listed) > together.MOST_APART else listed,
        "nothing_apart": together.nothing_apart(case, words),
    }


def figures(case: Case, words: Words) -> Mapping[str, Chart]:
    """The pictures of the note, by the key that its template gives them."""
    drawn = {"alignment": _chart(case, words)} if case.alignment.dimensions else {}
    return {**drawn, **together.figures(case, words)}


def fits(document: doc.Document, drawn: Mapping[str, bytes]) -> bool:
    """Whether the note holds in one page and its number of words."""
    return count_words(document) <= MOST_WORDS and count_pages(document, drawn) == 1


def count_words(document: doc.Document) -> int:
    """The words to read under the heading, sources included, the picture left out."""
    return sum(map(_words_in, document.blocks))


def _words_in(value: object) -> int:
    match value:
        case doc.Run():
            return sum(any(map(str.isalnum, word)) for word in value.text.split())
        case tuple():
            return sum(map(_words_in, value))
        case _ if is_dataclass(value) and not isinstance(value, doc.Figure):
            return sum(_words_in(getattr(value, part.name)) for part in fields(value))
    return 0


def _head(case: Case, words: Words) -> Markup:
    """« CODIR du 9 décembre 2026 · Proposition préparée par la direction générale · … »."""
    when, today = case.day("decision_date"), words.shown(words.day(case.order.today))
    parts = [words("note.meeting", date=words.day(when)) if when else today]
    parts.append(together.prepared(case, words) if case.committee else _prepared(case, words))
    if case.order.version > 1:
        parts.append(words("version", n=case.order.version))
    return Markup(" · ").join(parts)


def _prepared(case: Case, words: Words) -> Markup:
    role = str(case.value("role") or "unknown")
    by = words.plain(f"roles_by.{role if words.has(f'roles_by.{role}') else 'unknown'}")
    return words("note.prepared", by=by)


def _chart(case: Case, words: Words) -> Chart:
    scale, found = case.shelf.scale, case.alignment
    bars = dimension_bars(scale, found, words.lang, case.shelf.texts)
    return alignment_chart(bars, found.overall, words.lang, case.shelf.texts, scale.levels)


def _alignment(case: Case, words: Words) -> dict[str, object]:
    found = case.alignment
    if found.overall is None or found.level is None:
        head, few = words("note.alignment_none"), len(found.dimensions)
        said = words.plural("note.too_few", few) if few else words("note.too_few_none")
        said = words("note.alignment_few") if case.committee else said
        return {"head": head, "first": (said, [])}
    level = found.level.name[words.lang]
    head = words("note.alignment", score=rounded(found.overall), level=level)
    return {"head": head, "first": _first(case, words)}


def _first(case: Case, words: Words) -> Line:
    lowest = case.alignment.weak()
    if not lowest:
        return words("note.all_high"), []
    dimensions = [d for id_ in lowest for d in case.shelf.scale.dimensions if d.id == id_]
    lines = [words.ours(d.advice[words.lang]).rstrip(".") for d in dimensions]
    said = words("note.first", what=words.series([lower_first(words.shown(x)) for x in lines]))
    sources = dict.fromkeys(src for d in dimensions for src in d.advice_sources[:1])
    return upper_first(_level_low(case, words)) + said, list(sources)


def _level_low(case: Case, words: Words) -> Markup:
    """A tie wider than the two that are named is said."""
    scores = sorted(case.alignment.dimensions.values())
    level = sum(score == scores[1] for score in scores)
    if level == len(scores):
        return words("note.level_all")
    return words("note.level_low", n=words.number(level)) if scores[2] == scores[1] else NOTHING


def _points(case: Case, words: Words) -> dict[str, object]:
    """The contradictions open, worst first; how many go when the page overflows."""
    severity = {one.id: one.severity for one in case.shelf.model.contradictions}
    found: dict[str, list[tuple[Markup, Markup]]] = {name: [] for name in _SEVERITIES}
    for id_ in case.open:
        name = severity[id_]
        found[name].append((words(f"note.severity.{name}"), _said(case, words, id_)))
    if case.unclear and "mktdigital" in case.choices("internal_skills"):
        scattered = words("note.scattered", cited=cite(["S000-C04"]))
        found["attention"].append((words("note.severity.attention"), scattered))
    if case.option == "reorganise" and case.value("headcount") in WITH_CSE:
        found["info"].append((words("note.severity.info"), words("note.cse")))
    kept = int(case.shelf.texts["common"]["note"]["shown_points"])
    return {
        "found": found,
        "kept": kept,
        "more": lambda n: upper_first(words.plural("note.more_points", n)),
    }


def _said(case: Case, words: Words, id_: str) -> Markup:
    """A contradiction after its severity, with its amounts."""
    if id_ == "K29":
        cost = priced.first_year(case)
        budget = words.answer("annual_budget", "is")
        return words("note.over_budget", cost=words.euros(cost), budget=budget)
    ((_, text, _),) = contradictions(case, words, (id_,), "open")
    return lower_first(Markup(text.removesuffix(".")))  # noqa: S704 (already escaped)


def steps(case: Case, words: Words) -> list[tuple[int, Markup]]:
    """Thirty, sixty and ninety days, each with the function in charge."""
    lead = [words("note.who.lead")]
    low = case.alignment.weak()
    done = [words(f"note.done.{id_}") for id_ in low]
    who = list(dict.fromkeys(words(f"note.who.{id_}") for id_ in low))
    if case.alignment.overall is None:
        done, who = [words("note.measured")], [words("note.who.shared_objectives")]
    level = "level" if case.committee and case.advice.tied else case.option
    last = [words(f"note.engaged.{level}"), words("note.meeting_held")]
    planned = [
        (30, list(_settled(case, words))[:_SHOWN_FIXES], lead),
        (60, done or [words("note.nothing_low")], who or lead),
        (90, last, lead),
    ]
    return [
        (n, words("note.step", n=n, what=Markup(", ").join(what), who=Markup(", ").join(by)))
        for n, what, by in planned
    ]


def _settled(case: Case, words: Words) -> Iterator[Markup]:
    """What is to be lifted first: the « pourquoi », the sponsor, then each contradiction."""
    wanted = ["note.why_written"] if case.unclear or together.divided(case) else []
    wanted += ["note.sponsor_named"] if case.value("sponsor") == "aucun" else []
    severity = {one.id: one.severity for one in case.shelf.model.contradictions}
    beside = case.committee and case.option != "permanent_cdo"
    left = [id_ for id_ in case.open if not (beside and id_ == "K14")]  # nobody proposes that
    for id_ in sorted(left, key=lambda id_: _SEVERITIES.index(severity[id_])):
        known = words.has(f"note.fixed.{id_}")
        wanted.append(f"note.fixed.{id_}" if known else "note.settled")
    yield from dict.fromkeys(words(path) for path in wanted or ["note.announced"])


def _limits(case: Case, words: Words) -> Markup:
    said = together.limits(case, words) if case.committee else _alone(case, words)
    return words.sentences(said + ".", words("note.tool"))


def _alone(case: Case, words: Words) -> Markup:
    unknown, total = len(case.advice.unknown), len(case.shelf.model.key_inputs)
    asked = case.shelf.diagnostic.questions
    no_idea = sum(case.order.values.get(question.id) == Blank.NSP for question in asked)
    role = str(case.value("role") or "unknown")
    role = role if words.has(f"roles.{role}") else "unknown"
    said = words("note.one_answer", role=words(f"roles.{role}"))
    if unknown:
        said += words.plural("note.missing", unknown, figure=unknown, total=total)
    else:
        said += words("note.complete")
    if no_idea:
        said += words.plural("note.unknown", no_idea, figure=no_idea)
    return said
