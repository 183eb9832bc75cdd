"""Where a committee stands on each question: one dot for each answer, only as many may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.dialog import Question
from bot.core.digest import ENOUGH, FEW, Digest, Item
from bot.core.divergence import Divergences
from bot.core.session import FUNCTIONS
from bot.documents.charts import Chart, Said, Texts
from bot.documents.facts_words import inside

MOST_ROWS = 8
LONGEST_ALT = 1000
"""The characters of a description that a picture carries in a chat."""
APART = ("opposes", "ecart_fort", "divergent", "isole")
_ORDER = (*APART, "ecart", "nuance", "proches", "accord")
_FLAT = 2.0  # above any agreement: fewer than four answers have none


@dataclass(frozen=True, slots=True)
class DotRow:
    """One question: the words of its steps, its status, and the answers as far as they show.

    `counts` is empty below four answers; `median` is there with three; `roles` are the
    functions at each step, where everybody accepted that.
    """

    name: str
    steps: tuple[str, ...]
    status: str
    word: str
    answers: int
    counts: tuple[int, ...] = ()
    median: float | None = None
    roles: tuple[tuple[str, ...], ...] = ()


def most_apart(digest: Digest, items: Divergences) -> list[str]:
    """The questions of opinion that have a status, those that divide most first."""
    authored = (*items.scales, *items.ordinals)
    known = [name for name in authored if name in digest.items and digest.items[name].status]
    return sorted(known, key=lambda name: _rank(digest.items[name]))


def _rank(item: Item) -> tuple[int, float]:
    agreement = _FLAT if item.agreement is None else item.agreement
    return _ORDER.index(item.status), agreement


def dot_rows(
    digest: Digest,
    items: Divergences,
    question: Callable[[str], Question],
    names: Mapping[str, str],
    lang: str,
    *,
    named: bool = False,
    most: int = MOST_ROWS,
) -> list[DotRow]:
    """The rows to draw; what may not be shown is left out here, not in the drawing."""
    return [
        _row(digest.items[id_], question(id_), names[id_], items.names, lang, named=named)
        for id_ in most_apart(digest, items)[:most]
    ]


def _row(
    item: Item, asked: Question, name: str, words: Mapping[str, Any], lang: str, *, named: bool
) -> DotRow:
    counts = item.counts if item.answers >= ENOUGH else ()
    roles = tuple(tuple(item.roles.get(choice.id, ())) for choice in asked.choices)
    return DotRow(
        name,
        tuple(choice.text[lang] for choice in asked.choices),
        item.status,
        words[item.status][lang],
        item.answers,
        counts,
        item.median if item.answers == FEW else None,
        roles if named and counts else (),
    )


def dots_chart(rows: Sequence[DotRow], digest: Digest, lang: str, texts: Texts) -> Chart:
    """The picture of the divergences; functions have a shape each where they may be named."""
    say = Said(texts, lang, "dots")
    present = {role for row in rows for step in row.roles for role in step}
    order = [role for role in (*FUNCTIONS, *sorted(present)) if role in present]
    shapes = {role: n for n, role in enumerate(dict.fromkeys(order))}
    count = {"n": digest.answered, "total": digest.invited}
    subtitle = say("subtitle_named" if shapes else "subtitle", **count)
    sheet = {
        "is": "dots",
        "lang": lang,
        "title": say("title"),
        "subtitle": subtitle,
        "rows": [_drawn(row, shapes, say) for row in rows],
        "legend": [{"shape": n, "name": _function(texts, lang, r)} for r, n in shapes.items()],
        "key": {
            "dot": say("dot") if any(row.counts and not row.roles for row in rows) else "",
            "bar": say("bar") if any(row.counts for row in rows) else "",
            "median": say("median") if any(row.median is not None for row in rows) else "",
        },
    }
    apart = [row for row in rows if row.status in APART] or rows
    whole, less, brief = (
        say("alt", subtitle=subtitle, rows=say.listed([_heard(row, texts, say, s) for row in some]))
        for some, s in ((rows, False), (rows, True), (apart, True))
    )
    return Chart(whole if len(whole) <= LONGEST_ALT else less, sheet, brief)


def _drawn(row: DotRow, shapes: Mapping[str, int], say: Said) -> dict[str, Any]:
    """Which mark stands at which step: -1 for a plain dot, else the shape of a function."""
    marks = [[-1] * count for count in row.counts]
    for step, roles in enumerate(row.roles):
        marks[step][: len(roles)] = sorted(shapes[role] for role in roles)
    return {
        "name": say.set(row.name),
        "ends": [say.set(row.steps[0]), say.set(row.steps[-1])],
        "steps": len(row.steps),
        "status": say.set(row.word),
        "apart": row.status in APART,
        "marks": marks,
        "median": None if row.median is None else row.median - 1,
    }


def _heard(row: DotRow, texts: Texts, say: Said, short: bool) -> str:
    """A row in words, which tell exactly what is drawn; `short` keeps to the status of the rest."""
    status = say.set(inside(row.word))
    head = say("row", name=row.name, status=status)
    if row.median is not None:
        return head + say("row_median", step=inside(row.steps[round(row.median) - 1]))
    if not row.counts or (short and row.status not in APART):
        return head
    said = [
        _step(inside(step), count, row.roles[n] if row.roles else (), texts, say)
        for n, (step, count) in enumerate(zip(row.steps, row.counts, strict=True))
        if count
    ]
    return f"{head} ({', '.join(said)})"


def _step(step: str, count: int, roles: Sequence[str], texts: Texts, say: Said) -> str:
    if not roles:
        return say("step", step=step, n=count)
    who = ", ".join(inside(_function(texts, say.lang, role)) for role in roles)
    return say("step_named", step=step, who=who)


def _function(texts: Texts, lang: str, role: str) -> str:
    return str(texts[lang]["committee"]["functions"][role])
