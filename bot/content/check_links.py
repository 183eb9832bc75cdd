"""What one authored file says of another: questions, choices, dimensions, costs, sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.content.library import Library
from bot.content.places import place
from bot.core import costs as reckoning
from bot.core.condition import Condition
from bot.core.dialog import Blank, Question

COSTS = "knowledge/costs.yaml"
ANY_DAYS = reckoning.ZERO + 5


def unknown(library: Library, when: Condition, besides: Collection[str]) -> list[str]:
    """The names and the choices that a condition reads and that nothing gives."""
    questions: dict[str, Question] = {}
    for dialog in library.dialogs.values():
        questions |= dialog.by_id
    said = []
    for name, choices in sorted(when.reads, key=lambda one: one[0]):
        question = questions.get(name)
        if question is None and name not in besides:
            said.append(f"dépend de « {name} », qui n'existe pas")
        said += [
            f"attend de « {name} » une réponse qui n'existe pas, « {choice} »"
            for choice in sorted(choices - _answers(question) if question else ())
        ]
    return said


def _answers(question: Question) -> frozenset[str]:
    return frozenset((*(choice.id for choice in question.choices), *Blank))


def dimensions(library: Library) -> Iterator[str]:
    """Each question of the score names a dimension, and each dimension questions that exist."""
    dialog, scale = library.expertise.dialog, library.expertise.scale
    known = {one.id for one in scale.dimensions}
    for question in dialog.questions:
        if question.dim and question.dim not in known:
            where = place(f"dialogs/{dialog.id}.yaml", question.id)
            yield f"{where} : « {question.id} » nourrit une dimension inconnue, {question.dim}"
    for one in scale.dimensions:
        for item in one.items:
            if item not in dialog.by_id:
                where = place("knowledge/alignment.yaml", one.id)
                yield f"{where} : « {one.id} » compte une question qui n'existe pas, {item}"


def costs(library: Library) -> Iterator[str]:
    """Each assumption lies in its range and cites a known source, and none is missing."""
    model = library.costs
    for param in model.params:
        for fault in _param(library, param):
            yield f"{place(COSTS, param.id)} : « {param.id} » {fault}"
    try:
        _reckon(library)
    except KeyError as missing:
        yield f"{COSTS} : le calcul attend « {missing.args[0]} », qui n'y est pas"


def _param(library: Library, param: reckoning.Param) -> Iterator[str]:
    if param.source and param.source not in library.sources:
        yield f"cite une source inconnue, {param.source}"
    low = param.value if param.low is None else param.low
    high = param.value if param.high is None else param.high
    if not low <= param.value <= high:
        yield f"vaut {param.value}, hors de sa plage de {low} à {high}"


def _reckon(library: Library) -> None:
    """Every cost that the bot works out. Raises KeyError for what the content does not give."""
    p = library.costs.defaults
    for option in library.model.options:
        reckoning.spend(p, option.id, ANY_DAYS)
    for rate in ("timeshare_day_rate", "interim_day_rate"):
        reckoning.break_even_days(p, p[rate])
        reckoning.break_even_months(p, ANY_DAYS * 10, p[rate])
    reckoning.strategic_day(p, reckoning.ZERO + 1)
