"""The roles of a reorganisation: stages, make or buy, who could hold which, and training."""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_briefs import indicator
from bot.documents.facts_briefs_words import Row
from bot.documents.facts_words import NOTHING, Words, upper_first

MOST_ROLES = 3  # beyond, one function holds too many


def _authored(case: Case) -> Any:
    return case.shelf.texts["common"]["briefs"]


def stages(case: Case, words: Words) -> list[Row]:
    """Each stage of the journey with its indicator; those that lose customers are marked."""
    common = case.shelf.texts["common"]
    tracked = case.choices("marketing_indicators")
    followed = {"flux"} & set(tracked)
    followed |= {kpi for name in tracked for kpi in common["kpi_followed"].get(name, ())}
    rows: list[Row] = []
    for stage, kpi in common["kpi_of_stage"].items():
        name = words(f"briefs.reorg.stages.{stage}")
        if stage in case.choices("leaking_stages"):
            name = words("briefs.reorg.fragile", stage=name)
        measure = indicator(words, kpi)
        if kpi in followed:
            measure = Markup("{} ({})").format(measure, words("briefs.followed"))
        rows.append((name, words("briefs.reorg.workshop"), measure))
    return rows


def shares(case: Case, words: Words) -> list[Row]:
    """In-house, external or mixed: both ticked is mixed, neither is left to decide."""
    inside, outside = case.choices("keep_inhouse"), case.choices("outsource")
    rows: list[Row] = []
    for id_ in _authored(case)["activities"]:
        key = {(True, True): "mixed", (True, False): "in", (False, True): "out"}.get(
            (id_ in inside, id_ in outside), "open"
        )
        rows.append((words(f"briefs.reorg.activities.{id_}"), words(f"briefs.reorg.share.{key}")))
    return rows


def roles(case: Case) -> list[tuple[str, str, list[str]]]:
    """Owners of steps, then experts, each with the functions that could hold the role."""
    authored = _authored(case)
    wanted = case.choices("owner_functions")
    owners = [
        ("owner", id_, [function for function in held if not wanted or function in wanted])
        for id_, held in authored["owners"].items()
    ]
    return owners + [("expert", id_, list(held)) for id_, held in authored["experts"].items()]


def matrix(case: Case, words: Words) -> dict[str, list[tuple[Markup, list[Markup]]]]:
    """A mark where a function could hold a role, family by family."""
    functions = _authored(case)["functions"]
    rows: dict[str, list[tuple[Markup, list[Markup]]]] = {"owner": [], "expert": []}
    for family, id_, held in roles(case):
        if family == "owner":
            stage = words(f"briefs.reorg.stages_in.{id_}")
            name = words("briefs.reorg.owner_row", stage=stage)
        else:
            name = words(f"briefs.reorg.activities.{id_}")
        marks = [Markup("○") if function in held else NOTHING for function in functions]
        if not held:
            marks[0] = words("briefs.reorg.nobody")
        rows[family].append((name, marks))
    return rows


def crowded(case: Case) -> dict[str, int]:
    """The functions that would hold more than three roles."""
    counted = Counter(function for _, _, held in roles(case) for function in held)
    return {function: n for function, n in counted.items() if n > MOST_ROLES}


def spare(case: Case, words: Words) -> Markup:
    """The functions named as possible owners that no step points to yet."""
    used = {function for family, _, held in roles(case) if family == "owner" for function in held}
    left = [id_ for id_ in case.choices("owner_functions") if id_ not in used]
    named = [words(f"briefs.reorg.functions_in.{id_}") for id_ in left]
    return words("briefs.reorg.matrix_also", what=words.listed(named)) if named else NOTHING


def over(case: Case, words: Words) -> Markup:
    """« (ici, le marketing en cumule cinq) »."""
    said = NOTHING
    for function, n in crowded(case).items():
        name = words(f"briefs.reorg.functions_in.{function}")
        said += words("briefs.reorg.matrix_over", function=name, n=words.number(n))
    return said


def training(case: Case, words: Words) -> list[Row]:
    """A row per role, and one for those whom the obstacles concern."""
    rows: list[Row] = [
        tuple(words(f"briefs.reorg.train.{id_}.{part}") for part in ("name", "content"))
        for id_ in ("owners", "experts")
    ]
    for who in ("manager", "user"):
        concerned = _authored(case)[f"{who}_brakes"]
        brakes = [id_ for id_ in case.choices("adoption_brakes") if id_ in concerned]
        if brakes:
            what = words.series([words(f"briefs.reorg.train.{id_}") for id_ in brakes])
            rows.append((words(f"briefs.reorg.train.{who}s"), upper_first(what)))
    return rows
