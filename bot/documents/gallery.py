"""The pictures of a case: its charts for the chat, and the first page before the files."""

from __future__ import annotations

from bot.documents import charts
from bot.documents.chart_dots import MOST_ROWS
from bot.documents.charts import Chart
from bot.documents.facts import Case
from bot.documents.facts_note_committee import dots
from bot.documents.facts_words import Words


def draw(case: Case, name: str) -> Chart:
    """One chart of the answers as they stand.

    Raises KeyError for an unknown name, and for divergences of which nothing may be shown.
    """
    drawn = {"options": _options, "alignment": _alignment, "costs": _costs, "divergences": _apart}
    return drawn[name](case)


def _options(case: Case) -> Chart:
    lang, shelf = case.order.lang, case.shelf
    chosen = str(case.order.values.get("option", ""))
    bars = charts.option_bars(shelf.model, case.advice, lang, chosen)
    return charts.options_chart(bars, lang, shelf.texts)


def _alignment(case: Case) -> Chart:
    lang, shelf = case.order.lang, case.shelf
    bars = charts.dimension_bars(shelf.scale, case.alignment, lang, shelf.texts)
    overall = case.alignment.overall
    return charts.alignment_chart(bars, overall, lang, shelf.texts, shelf.scale.levels)


def _costs(case: Case) -> Chart:
    lang, shelf = case.order.lang, case.shelf
    load = str(case.order.values.get("steering_days"))
    bars = charts.cost_bars(shelf.model, shelf.costs, case.params, case.advice, load, lang)
    return charts.costs_chart(bars, lang, shelf.texts)


def _apart(case: Case) -> Chart:
    chart = dots(case, Words(case), MOST_ROWS) if case.committee else None
    if chart is None:
        raise KeyError("divergences")
    return chart
