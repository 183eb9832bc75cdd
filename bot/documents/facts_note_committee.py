"""What the note says of a committee: who prepared it, where its views part, who answered."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.documents import facts_committee as told
from bot.documents.chart_dots import APART, dot_rows, dots_chart
from bot.documents.charts import Chart
from bot.documents.facts import Case
from bot.documents.facts_words import Words, lower_first, upper_first

MOST_APART = 3
"""The disagreements that the note names after the pivots."""
MOST_DOTS, FEWER_DOTS = 3, 2
"""The rows of the dot plot, and those left when the page is full."""


def prepared(case: Case, words: Words) -> Markup:
    """« Proposition préparée par la direction générale et la direction marketing »."""
    assert case.committee is not None
    roles = [role for role in (case.committee.owner, case.committee.partner) if role]
    names = words.listed([words.plain(f"committee.the.{role}") for role in roles])
    return words("note.prepared_by", names=names)


def apart(case: Case, words: Words) -> list[Markup]:
    """The pivots, then at most three disagreements, each with its status in words."""
    main = told.main_pivots(case)
    pivots = [_pivot(case, words, id_) for id_ in main]
    if left := len(told.digest_of(case).pivots) - len(main):
        pivots.append(upper_first(words.plural("note.more_pivots", left)))
    return pivots + [_item(case, words, id_) for id_ in told.apart(case)[:MOST_APART]]


def _pivot(case: Case, words: Words, id_: str) -> Markup:
    """« Jours de pilotage par mois : de 0 à 2 ; de 3 à 5. Point pivot. »."""
    said = told.received(case, words, id_) or _status_of(case, words, id_)
    head = words("note.apart_fact", name=told.name(words, id_), values=said)
    return head + Markup(" <i>{}.</i>").format(words.plain("committee.pivot"))


def _status_of(case: Case, words: Words, id_: str) -> Markup:
    """« avis opposés »."""
    return lower_first(told.standing(case, words, id_))


def _item(case: Case, words: Words, id_: str) -> Markup:
    """« Clarté du « pourquoi » : avis opposés, désaccord stable. »."""
    status, comma, rest = str(_status_of(case, words, id_)).partition(", ")
    head = words("note.apart_item", name=told.name(words, id_))
    said = Markup("<i>{}</i>").format(Markup(status)) + Markup(comma + rest)  # noqa: S704
    return head + said + "."


def nothing_apart(case: Case, words: Words) -> Markup:
    """What stands in place of the list when nothing may be or has to be said."""
    assert case.committee is not None
    statuses = any(item.status for item in told.digest_of(case).items.values())
    few = case.committee.few and not statuses
    return words("note.apart_few" if few else "note.apart_none")


def dots(case: Case, words: Words, most: int = MOST_DOTS, *, agreed: bool = True) -> Chart | None:
    """The dot plot, with or without what is agreed; none when there is nothing to draw."""
    assert case.committee is not None
    assert case.shelf.expertise is not None
    digest, items = told.digest_of(case), case.shelf.expertise.divergences
    named = case.committee.functions
    names = {id_: told.name(words, id_) for id_ in digest.items}
    rows = dot_rows(digest, items, case.question, names, words.lang, named=named, most=most)
    rows = [row for row in rows if agreed or row.status in APART]
    return dots_chart(rows, digest, words.lang, case.shelf.texts) if rows else None


def figures(case: Case, words: Words) -> Mapping[str, Chart]:
    """The dot plot, whole and shorter, by the keys that the template gives them."""
    if not case.committee:
        return {}
    if not any(i.counts or i.median for i in told.digest_of(case).items.values()):
        return {}  # statuses alone are listed in words
    most = {"dots": MOST_DOTS, "fewer_dots": FEWER_DOTS}
    drawn = {key: dots(case, words, n, agreed=False) for key, n in most.items()}
    return {key: chart for key, chart in drawn.items() if chart}


def limits(case: Case, words: Words) -> Markup:
    """« Cinq réponses sur cinq ; quatre « je ne sais pas ». »."""
    digest = told.digest_of(case)
    n = upper_first(words.plural("committee.answers", digest.answered))
    said = words("note.answers", n=n, total=words.number(digest.invited))
    if digest.unknown:
        said += words.plural("note.unknown", digest.unknown, figure=words.number(digest.unknown))
    return said


def divided(case: Case) -> bool:
    """Whether views part on the « pourquoi »."""
    item = told.digest_of(case).items.get("clarity_of_why") if case.committee else None
    return item is not None and item.status in ("opposes", "divergent")
