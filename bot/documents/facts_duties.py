"""What the person does, with whom, measured how, with which skills."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_calendar import milestone
from bot.documents.facts_words import NOTHING, Line, Words, upper_first

MOST_INDICATORS = 5
VALIDATED = ("sans_budget", "avec_budget")


def duties(case: Case, words: Words) -> dict[str, list[tuple[Markup, Markup, list[str]]]]:
    """The missions by group: two lines of the main expectation, five common ones."""
    authored = case.shelf.texts["common"]
    lines = authored["cdo_lines"].get(case.value("role_orientation"))
    validated = case.value("roadmap") in VALIDATED
    groups: dict[str, list[tuple[Markup, Markup, list[str]]]] = {
        "customers": [],
        "company": [],
        "partners": [],
    }
    for name in lines or authored["cdo_lines"]["unknown"]:
        id_ = f"roadmap_{'run' if validated else 'write'}" if name == "roadmap" else name
        path = f"missions.cdo.{id_}"
        text = words(f"{path}.t")
        public = words(f"{path}.public") if words.has(f"{path}.public") else text
        line = (text, public, authored["mission_sources"]["cdo"][id_])
        groups[authored["cdo_groups"][id_]].append(line)
    return groups


def keeps(case: Case, words: Words) -> list[Line]:
    """What the other departments keep."""
    sources = case.shelf.texts["common"]["does_not_replace"]
    return [(words(f"does_not_replace.{role}"), ids) for role, ids in sources.items()]


def meeting(words: Words) -> Line:
    """Why the monthly three-way meeting comes first, when the answers say so."""
    it = words.answer("it_marketing_cooperation")
    gap = words.answer("joint_decisions", "gap")
    parts = [part for part in (it, gap) if part]
    if not parts:
        return NOTHING, []
    sources = ["S004-M03", "S003-C09"] if it else ["S004-M03"]
    return words("job.meeting", what=words.series(parts)), sources


def chosen_kpis(case: Case) -> list[str]:
    """Those of the signs of success, then those already tracked, five in all."""
    authored = case.shelf.texts["common"]
    signs = [authored["kpi_of_sign"].get(sign) for sign in case.choices("success_signs")]
    tracked = case.choices("marketing_indicators")
    more = [authored["kpi_tracked"].get(name) for name in tracked]
    found = [id_ for id_ in dict.fromkeys([*signs, *more]) if id_]
    if "aucun" in tracked or not found:
        found = list(dict.fromkeys([*found, *authored["kpi_starters"]]))
    return found[:MOST_INDICATORS]


def indicators(case: Case, words: Words) -> list[dict[str, Markup]]:
    """Each indicator with today's value, its frequency and its owner."""
    authored = case.shelf.texts["common"]
    tracked = case.choices("marketing_indicators")
    followed = {id_ for name in tracked for id_ in authored["kpi_followed"].get(name, ())}
    rows = []
    for id_ in chosen_kpis(case):
        now = words("followed") if id_ in followed else NOTHING
        if id_ == "usage":
            now = words.answer("tool_usage", "now")
        row = {"t": words(f"kpis.{id_}.t"), "owner": words(f"kpis.{id_}.owner"), "now": now}
        row["freq"] = words(f"frequency.{authored['kpi_frequency'][id_]}")
        rows.append(row)
    return rows


def indicators_note(case: Case, words: Words) -> list[Line]:
    """How many, and what variable pay rests on."""
    n = len(chosen_kpis(case))
    count = upper_first(words("job.kpi_fewer", n=words.number(n)))
    said = {MOST_INDICATORS: words("job.kpi_five"), 1: words("job.kpi_one")}.get(n, count)
    lines: list[Line] = [(said, ["S000-C06"])] if n else []
    if not case.choices("success_signs"):
        lines.insert(0, (words("job.kpi_starters"), []))
    if (case.value("indicator_count") or 0) >= 4:
        lines.append((words("job.kpi_too_many"), ["S000-C06"]))
    if case.number("variable_pay"):
        lines.append((words("job.shared_variable"), ["S001-C04"]))
    return lines


def milestones(case: Case, words: Words) -> list[tuple[Markup, Markup, Markup, list[str]]]:
    """What somebody can see after 30, 90, 180 and 365 days."""
    start = case.day("start_date")
    said = {
        30: (words("milestones.30.t"), words("milestones.30.public")),
        90: (words.answer("roadmap", "milestone"), words.answer("roadmap", "milestone_public")),
        180: (words.answer("projects", "milestone"), words.answer("projects", "milestone_public")),
        365: (words("milestones.365.t"), words("milestones.365.public")),
    }
    rows = []
    for days, (text, public) in said.items():
        when = words("milestones.after", n=days)
        if start:
            when = words("milestones.dated", n=days, date=words.day(milestone(start, days)))
        rows.append((when, text, public, ["S000-C12"] if days == 365 else []))
    return rows


def picked(
    case: Case, words: Words, question: str, path: str, sources: str
) -> list[dict[str, object]]:
    """The skills or qualities chosen, each with all that is written of it."""
    authored = words.tree(path)
    found: list[dict[str, object]] = []
    for id_ in case.choices(question):
        if id_ in authored:
            parts: dict[str, object] = {key: words(f"{path}.{id_}.{key}") for key in authored[id_]}
            found.append(parts | {"src": case.shelf.texts["common"][sources].get(id_, [])})
    return found


def inhouse(case: Case, words: Words) -> Line:
    """The skills that the company already has and does not ask for."""
    held = case.choices("internal_skills")
    if "aucune" in held:
        return words("job.inhouse_none"), ["S002-C08", "S003-C08"]
    skill_of = case.shelf.texts["common"]["skill_of_inhouse"]
    asked = case.choices("essential_skills")
    spare = [id_ for id_ in held if skill_of.get(id_) not in asked]
    if not spare:
        return NOTHING, []
    form = "name" if len(spare) > 1 else "the"
    names = words.listed([words.choice("internal_skills", id_, form) for id_ in spare])
    said = words.plural("job.inhouse", len(spare), what=names)
    return upper_first(said), ["S000-C15", "S002-C12"]
