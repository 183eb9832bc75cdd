"""What an apprentice costs over two years, the grant counted and then left out."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.core import costs
from bot.documents.facts import Case
from bot.documents.facts_words import Words

Row = tuple[Markup, str, str]


def cost(case: Case, words: Words) -> dict[str, object]:
    """The two years row by row, for an apprentice aged 21 to 25."""
    p, aid, share = case.params, aid_of(case), share_of(case)
    pay = [p["smic_month"] * 12 * p[f"app_rate_y{y}"] * (1 + p["app_charges_rate"]) for y in (1, 2)]
    tutor = p["tutor_hours_week"] * costs.WEEKS_WITH_TUTOR * p["tutor_hour_cost"]
    follow = [p[f"follow_days_y{year}"] for year in (1, 2)]
    hours = words.number(int(p["tutor_hours_week"]))
    days = {"first": words.figure(follow[0]), "second": words.figure(follow[1])}
    rows = [
        (words("apprentice.cost.pay"), pay[0], pay[1]),
        (words("apprentice.cost.aid"), -aid, costs.ZERO),
        (words("apprentice.cost.share"), share, costs.ZERO),
        (words("apprentice.cost.tutor", hours=hours), tutor, tutor),
        (
            words("apprentice.cost.follow", **days),
            follow[0] * p["follow_day_rate"],
            follow[1] * p["follow_day_rate"],
        ),
    ]
    years = totals(case)
    known = case.value("apprentice_level")
    name = words(f"apprentice.level.{known}") if known else words("apprentice.cost.level_open")
    return {
        "caption": words("apprentice.cost.caption", age=words("apprentice.ages.a21"), level=name),
        "rows": [(label, _amount(words, a), _amount(words, b)) for label, a, b in rows if a or b],
        "total": (words.euros(years[0]), words.euros(years[1])),
    }


def _amount(words: Words, amount: Decimal) -> str:
    if not amount:
        return "–"
    return f"– {words.euros(-amount)}" if amount < 0 else words.euros(amount)


def totals(case: Case, *, aided: bool = True) -> tuple[Decimal, Decimal]:
    """The two years, as the cost model counts them for this qualification and company."""
    aid = aid_of(case) if aided else costs.ZERO
    own = {"app_aid_y1": aid, "app_employer_share": share_of(case)}
    first, second, _ = costs.apprentice({**case.params, **own})
    return first, second


def aid_of(case: Case) -> Decimal:
    """The exceptional grant for this qualification and company; 0 where none is known."""
    authored = case.shelf.texts["common"]["apprentice"]
    level = case.value("apprentice_level")
    large = case.value("headcount") in authored["large"]
    if not large and level in (None, "n6", "n7"):
        return case.params["app_aid_y1"]  # an assumption that the person may have changed
    known = authored["aids"]["large" if large else "small"][level or "n6"]
    return Decimal(known or 0)


def share_of(case: Case) -> Decimal:
    """The employer's flat contribution, due from three years after the baccalauréat."""
    level = case.value("apprentice_level")
    due = level is None or level in case.shelf.texts["common"]["apprentice"]["share_levels"]
    return case.params["app_employer_share"] if due else costs.ZERO


def two_years(case: Case, words: Words) -> tuple[Markup, Markup]:
    """The sum against the budget, then without the grant."""
    first, second = totals(case)
    place = words(f"apprentice.cost.place.{_place(case)}", band=_band(words))
    said = words("apprentice.cost.two", two=words.euros(first + second), place=place)
    if not aid_of(case):
        return said, words("apprentice.cost.no_aid")
    bare = totals(case, aided=False)
    given = {"first": words.euros(bare[0]), "two": words.euros(sum(bare))}
    return said, words("apprentice.cost.aid_limit", **given)


def _band(words: Words) -> Markup:
    return words.answer("annual_budget", "band")


def _place(case: Case) -> str:
    """Where the dearest year stands; supervision is not paid out of the budget."""
    band = case.value("annual_budget")
    if band in (None, "indecis"):
        return "unknown" if band is None else "undecided"
    top = case.shelf.costs.budget_max.get(str(band))
    if top is None:
        return "no_ceiling"
    p = case.params
    inside = p["tutor_hours_week"] * costs.WEEKS_WITH_TUTOR * p["tutor_hour_cost"]
    dearest = max(totals(case))
    if dearest <= top:
        return "within"
    return "apart" if dearest - inside <= top else "over"


def aids(case: Case, words: Words) -> list[tuple[Markup, Markup, Markup, bool]]:
    """The grant by qualification and size of company, and whether the row is this case's."""
    authored = case.shelf.texts["common"]["apprentice"]
    mine = case.value("apprentice_level")
    rows = []
    for id_ in authored["aid_rows"]:
        cells = [_aid(words, authored["aids"][size][id_]) for size in ("small", "large")]
        own = mine == id_ or (mine == "n7" and id_ == "n6")
        rows.append((words(f"apprentice.aids.{id_}"), cells[0], cells[1], own))
    return rows


def _aid(words: Words, amount: str) -> Markup:
    return words.shown(words.euros(int(amount))) if amount else words("apprentice.aids.unknown")
