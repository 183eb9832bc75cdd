"""What HR would regret not having read before the offer goes out."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_calendar import months_from
from bot.documents.facts_costs import budget_is, full_cost, post_cost, rent_or_buy
from bot.documents.facts_words import Words, upper_first

Caution = tuple[Markup, Markup, list[str]]
"""What catches the eye, the sentence, and its sources."""

ALIGNED = 50
SMALL = ("lt20", "e20_49", "e50_249", "e250_999")
WITH_CSE = ("e50_249", "e250_999", "e1000_4999", "gte5000")


def cautions(case: Case, words: Words) -> list[Caution]:
    """Open contradictions first, then the general cautions, the legal ones last."""
    return [
        *contradictions(case, words, _printed(case.open), "open"),
        *_people(case, words),
        *_money(case, words),
        *_role(case, words),
        *_law(case, words),
    ]


def _printed(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The budget is said to fall short once."""
    said_already = not {"K02", "K14"}.isdisjoint(ids)
    return tuple(id_ for id_ in ids if not (id_ == "K28" and said_already))


def contradictions(case: Case, words: Words, ids: tuple[str, ...], part: str) -> list[Caution]:
    """Contradictions in the words that fit the option, with their amounts."""
    return [_contradiction(case, words, id_, part) for id_ in ids]


def _contradiction(case: Case, words: Words, id_: str, part: str) -> Caution:
    found = next(one for one in case.shelf.model.contradictions if one.id == id_)
    head = words(f"contradictions.head.{found.severity}")
    path = f"contradictions.{id_}.{part}"
    neutral = f"contradictions.{id_}.told"  # of a committee, nobody's preference shows
    path = neutral if case.committee and words.has(neutral) else path
    if not words.has(path):
        return head, words.shown(words.ours(found.text[words.lang])), list(found.sources)
    amounts = {
        "cost": words.euros(post_cost(case)),
        "budget": budget_is(case, words),
        "days": words.answer("steering_days", "days"),
    }
    return head, words(path, **amounts), list(found.sources)


def _caution(words: Words, path: str, sources: list[str], /, **given: object) -> Caution:
    return words(f"cautions.{path}.head"), words(f"cautions.{path}.text", **given), sources


def _people(case: Case, words: Words) -> Iterator[Caution]:
    overall = case.alignment.overall
    if overall is None:
        yield _caution(words, "alignment_nd", ["S001-C02"])
    elif overall < ALIGNED:
        yield _caution(words, "alignment", ["S001-C02", "S001-C04"])
    yield from _brakes(case, words)
    yield from _advice(case, words)
    asked = case.choices("essential_skills")
    if asked and not set(asked) & set(case.shelf.texts["common"]["transversal_skills"]):
        yield _caution(words, "transversal", ["S002-C11"])


def _brakes(case: Case, words: Words) -> Iterator[Caution]:
    brakes = [id_ for id_ in case.choices("adoption_brakes") if id_ != "aucun"]
    if not brakes:
        return
    lines = []
    for id_ in brakes:
        name = words.choice("adoption_brakes", id_, "name")
        note = words.choice("adoption_brakes", id_, "note")
        lines.append(Markup("{} ({})").format(name, note) if note else name)
    authored = case.shelf.texts["common"]["brake_sources"]
    sources = dict.fromkeys(src for id_ in brakes for src in authored.get(id_, []))
    head = upper_first(words.plural("cautions.brakes.head", len(brakes)))
    said = words("cautions.brakes.text", what=words.series(lines))
    yield head, said, list(sources)


def _advice(case: Case, words: Words) -> Iterator[Caution]:
    """For the lowest dimension, unless the line on shared targets has said it already."""
    scores, low = case.alignment.dimensions, case.alignment.overall is not None
    below = [d for d in case.alignment.lowest(len(scores)) if scores[d] < ALIGNED]
    said = low and (case.alignment.overall or 0) < ALIGNED
    id_ = next((d for d in below if not (said and d == "shared_objectives")), None)
    if id_ is None:
        return
    dimension = next(d for d in case.shelf.scale.dimensions if d.id == id_)
    yield _caution(words, f"advice.{id_}", list(dimension.advice_sources))


def _money(case: Case, words: Words) -> Iterator[Caution]:
    yield words("cautions.cost.head"), full_cost(case, words), []
    known = words.sentences(rent_or_buy(case, words) + ".", words("cautions.rent.rates"))
    yield words("cautions.rent.head"), known, ["COST-BE"]


def _role(case: Case, words: Words) -> Iterator[Caution]:
    if case.value("headcount") in SMALL:
        yield _caution(words, "size", ["S002-C01", "X22"])
    yield _caution(words, "length", ["S002-C04", "S000-C13"])
    horizon = case.shelf.texts["common"]["horizon_months"].get(case.value("results_horizon"))
    start = case.day("start_date")
    if horizon and start and start > months_from(case.order.today, int(horizon)):
        within = words.answer("results_horizon", "within")
        yield _caution(words, "horizon", [], within=within, date=words.day(start))


def _law(case: Case, words: Words) -> Iterator[Caution]:
    contract, power = case.value("contract_type"), case.value("decision_power")
    if case.value("employment_status") == "dirigeant":
        weak = power in ("propose", "coordonne")
        yield _caution(words, f"executive{'_weak' if weak else ''}", [])
    if contract == "cdi_tp":
        yield _caution(words, "part_time", [])
    if contract == "cdd_objet" and "K24" not in case.open:
        yield _caution(words, "purpose", ["X27-L1242-2"])
    if contract == "apprentissage":
        yield _caution(words, "wrong_contract", [])
    if case.value("headcount") in WITH_CSE:
        yield _caution(words, "cse", [])
    yield _caution(words, "pay", [])
    if case.option != "permanent_cdo":
        yield _caution(words, "no_offer", [])
        return
    if case.funding:
        yield _caution(words, "offer_draft", [])
    funded = {"oui": "real_confirmed", "non": "real_not"}.get(case.value("post_funded"), "real")
    yield _caution(words, funded, [])
