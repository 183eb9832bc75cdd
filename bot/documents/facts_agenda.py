"""The agenda of the meeting: timings that add up, each point with its question, then the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from bot.core.agenda import Agenda, Point, agenda
from bot.core.rounds import weights
from bot.documents import facts_agenda_choice as choosing
from bot.documents import facts_agenda_points as points
from bot.documents.committee import Committee
from bot.documents.document import Document
from bot.documents.facts import Case
from bot.documents.facts_agenda_record import blank_rows
from bot.documents.facts_committee import digest_of, lone, name, received, unsettled_facts
from bot.documents.facts_common import Citations, common
from bot.documents.facts_words import NOTHING, Words, inside, upper_first
from bot.documents.pdf import count_pages

CUTS = ("page", "keep")
"""What gives way when three pages overflow: the record's own page first."""
MOST_PAGES = 3
_WITH_SUBJECT = ("pivot", "debate", "apart", "look")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the timetable, and what is prepared under it."""

    minutes: Markup
    point: Markup
    result: Markup
    head: Markup
    parts: tuple[points.Part, ...]


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the agenda."""
    context = common(case, words)
    cite = context["cite"]
    assert isinstance(cite, Citations)
    planned = timetable(case)
    rows = [_row(case, words, cite, planned, n) for n in range(len(planned.points))]
    return context | {
        "head": _head(case, words),
        "before": _before(case, words, planned),
        "rows": rows,
        "reserve": _reserve(words, planned),
        "disputed": _disputed(case, words),
        "arguments": [words("committee.argument", said=one) for one in digest_of(case).arguments],
        "facts_intro": _facts_intro(case, words),
        "record": blank_rows(case, words, planned),
        "sources": lambda: words("agenda.sources", what=words.sentences(*cite.works())),
    }


def fits(document: Document, drawn: Mapping[str, bytes]) -> bool:
    """Whether the agenda holds in three pages, the record included."""
    return count_pages(document, drawn) <= MOST_PAGES


def timetable(case: Case) -> Agenda:
    """The points and their minutes, as the owner chose the length."""
    assert case.committee is not None
    assert case.shelf.expertise is not None
    held, known = case.committee, weights(case.shelf.expertise)
    return agenda(held.digest, known, held.minutes, held.chosen)


def _owner(case: Case, words: Words) -> Markup:
    assert case.committee is not None
    return upper_first(words(f"committee.the.{case.committee.owner}"))


def _head(case: Case, words: Words) -> Markup:
    """« CODIR du 9 décembre 2026, 9 h à 10 h 15 · 75 minutes · [à compléter : lieu] »."""
    assert case.committee is not None
    held, when = case.committee, case.day("decision_date")
    day: str = words.plain("agenda.undated")
    if when:
        day = words("agenda.meeting", date=words.day(when))
    if held.starts:
        day += ", " + points.hours(words, held.starts, held.minutes)
    parts = [day, words("agenda.minutes", n=held.minutes), *_where(held, words)]
    if case.order.version > 1:
        parts.append(words("version", n=case.order.version))
    return Markup(" · ").join(parts)


def _where(held: Committee, words: Words) -> list[str]:
    """The place, and what is still to be settled of the hour and the place."""
    if held.place:
        blank = [] if held.starts else [words.plain("agenda.only_hour_blank")]
        return [held.place, *blank]
    return [words.plain("agenda.place_blank" if held.starts else "agenda.hour_blank")]


def _before(case: Case, words: Words, planned: Agenda) -> Markup:
    """What to read, and the points to which each brings what others do not have."""
    numbers = [
        str(n)
        for n, point in enumerate(planned.points, 1)
        if points.kind_of(case, point) in _WITH_SUBJECT and not lone(case, point.subject)
    ]
    if not numbers:
        return words("agenda.before")
    bring = words.plural("agenda.bring", len(numbers), which=words.listed(numbers))
    opening = [words("agenda.openers")] if case.committee and case.committee.openers else []
    return words.sentences(words("agenda.before"), bring, *opening)


def _row(case: Case, words: Words, cite: Citations, planned: Agenda, n: int) -> Row:
    point = planned.points[n]
    kind = points.kind_of(case, point)
    titled = f"{kind}_tied" if kind == "choice" and case.advice.tied else kind
    given: dict[str, object] = {"i": n + 1, "n": point.minutes}
    given["title"] = _item(words, point, "title")
    given["names"] = words.series([inside(name(words, id_)) for id_ in planned.moving])
    head = f"agenda.heads.{titled}"
    return Row(
        words("agenda.min", n=point.minutes),
        words(f"agenda.rows.{titled}", **given),
        _result(case, words, kind, point),
        words(head, **given) if words.has(head) else NOTHING,
        _parts(case, words, cite, planned, n),
    )


def _item(words: Words, point: Point, part: str) -> str:
    path = f"committee.items.{point.subject}.{part}"
    return words.plain(path) if point.subject and words.has(path) else ""


def _result(case: Case, words: Words, kind: str, point: Point) -> Markup:
    if kind == "frame":
        return words("agenda.results.frame", rule=_rule(case, words))
    if out := _item(words, point, "out") or (
        words.plain("committee.items.clarity_of_why.out") if kind == "why" else ""
    ):
        return words.shown(out)
    return words(f"agenda.results.{kind}")


def _rule(case: Case, words: Words) -> Markup:
    assert case.committee is not None
    rule = case.committee.rule
    return words(f"agenda.rules.{rule}") if rule else words("agenda.results.rule_blank")


def _parts(
    case: Case, words: Words, cite: Citations, planned: Agenda, n: int
) -> tuple[points.Part, ...]:
    """What is prepared under a point; nothing under the frame and the silent reading."""
    point = planned.points[n]
    kind = points.kind_of(case, point)
    if kind in _WITH_SUBJECT:
        return points.item(case, words, cite, point.subject)
    prepare: Mapping[str, Callable[[], tuple[points.Part, ...]]] = {
        "why": lambda: points.why(case, words),
        "moving": lambda: points.moving(case, words, planned.moving),
        "facts": lambda: (points.Part(text=words("agenda.facts_text")),),
        "open": lambda: (points.Part(text=words("agenda.open_text")),),
        "choice": lambda: choosing.parts(case, words),
        "document": lambda: choosing.documents(case, words, n),
        "ritual": lambda: points.ritual(case, words, planned.debates),
    }
    return prepare[kind]() if kind in prepare else ()


def _reserve(words: Words, planned: Agenda) -> Markup:
    """What found no time."""
    left: list[str | Markup] = [inside(name(words, id_)) for id_ in planned.reserve]
    if planned.facts and not any(point.kind == "facts" for point in planned.points):
        left.append(words.plural("agenda.reserve_facts", len(planned.facts)))
    return words("agenda.reserve", what=words.listed(left)) if left else NOTHING


def _disputed(case: Case, words: Words) -> list[tuple[str, Markup]]:
    """The facts told differently with their values, where those may be listed."""
    found = [(name(words, id_), received(case, words, id_)) for id_ in unsettled_facts(case)]
    return [(named, values) for named, values in found if values]


def _facts_intro(case: Case, words: Words) -> Markup:
    """What the owner does with them; their names alone where the values may not be listed."""
    names = [inside(name(words, id_)) for id_ in unsettled_facts(case)]
    if names and not _disputed(case, words):
        return words("agenda.facts_named", what=words.listed(names), who=_owner(case, words))
    return words("agenda.facts_intro", who=_owner(case, words)) if names else NOTHING
