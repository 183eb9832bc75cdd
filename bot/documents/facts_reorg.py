"""A reorganisation by customer process: six steps, its roles, and the works council."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from markupsafe import Markup

from bot.documents import facts_briefs as briefs
from bot.documents.facts import Case
from bot.documents.facts_brief import UNWRITTEN, WITH_CSE
from bot.documents.facts_briefs_words import Kind, Row, records, said, texts
from bot.documents.facts_calendar import months_from, working
from bot.documents.facts_problem import dimension, journey
from bot.documents.facts_reorg_roles import matrix, over, shares, spare, stages, training
from bot.documents.facts_schedule import dated
from bot.documents.facts_words import NOTHING, Words, lower_first, rounded, upper_first

KIND = Kind("reorg", third=True)
UNDESCRIBED = 2  # at most, on the five-point scale of the customer journey


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the brief that goes out."""
    council = council_applies(case)
    opinion = words("briefs.reorg.opinion") if council else NOTHING
    owned = said(words, "stage_ownership", "briefs.reorg.ownership")
    horizon = said(words, "results_horizon", "briefs.reorg.horizon")
    return briefs.outgoing(case, words, KIND) | {
        "essential": essential(case, words),
        "situation": briefs.situation(case, words, owned, opinion, horizon=horizon),
        "reasons": texts(words, "briefs.reorg.why"),
        "findings": findings(case, words),
        "targets_head": target(case, words),
        "steps": steps(case, words),
        "council": council,
        "council_box": council_box(case, words),
        "stages": stages(case, words),
        "owners": [words(f"briefs.reorg.stages_in.{id_}") for id_ in words.tree("stages")],
        "experts": _expertise(case, words),
        "shares": shares(case, words),
        "functions": [words(f"briefs.reorg.functions.{id_}") for id_ in _functions(case)],
        "matrix": matrix(case, words),
        "matrix_note": words.sentences(
            words("briefs.reorg.matrix_note", over=over(case, words)), spare(case, words)
        ),
        "training": training(case, words),
        "deliverables": deliverables(case, words),
        "team": team(case, words),
        "ritual": ritual(case, words),
        "model_question": case.value("roadmap") in UNWRITTEN,
    }


def council_applies(case: Case) -> bool:
    """Whether a works council must be consulted."""
    return case.value("headcount") in WITH_CSE


def council_box(case: Case, words: Words) -> Markup:
    """What the law asks for; nothing under fifty employees."""
    if council_applies(case):
        return words("briefs.reorg.council.box")
    known = case.value("headcount") is not None
    return NOTHING if known else words("briefs.reorg.council.unknown")


def essential(case: Case, words: Words) -> Markup:
    """« En bref » : what is planned, who is sought, what comes first."""
    plan = briefs.opening(words, said(words, "stage_ownership", "briefs.reorg.plans"))
    seeks = words("briefs.reorg.seeks") + briefs.length(case, words) + words("briefs.reorg.stays")
    first = said(words, "customer_journey", "briefs.reorg.first")
    return words.sentences(plan + ".", seeks, first)


# -- Why, and for what organisation ----------------------------------------------------------


def findings(case: Case, words: Words) -> list[Row]:
    """The two lowest dimensions, the journey, the obstacles: today, and the first step."""
    rows: list[Row] = []
    for id_ in case.alignment.lowest(2):
        name, today, _ = dimension(case, words, id_)
        score = rounded(case.alignment.dimensions[id_])
        scored = words("briefs.reorg.scored", name=name, score=score)
        rows.append((scored, upper_first(today), words(f"briefs.reorg.step.{id_}")))
    name, known, _ = journey(words)
    rows.append((name, known, words("briefs.reorg.step.journey")))
    return [*rows, _brakes(words)]


def _brakes(words: Words) -> Row:
    named = words.phrases("adoption_brakes", "name")
    notes = words.phrases("adoption_brakes", "note")
    missing = words("briefs.reorg.brakes_missing")
    actions = words.series(notes) if notes else words("briefs.reorg.brakes_none")
    head = words("briefs.reorg.brakes_row")
    return head, upper_first(words.series(named)) if named else missing, upper_first(actions)


def target(case: Case, words: Words) -> list[Markup]:
    """The departments chosen, and the acquisition plan that goes with the priorities."""
    chosen = case.choices("process_departments")
    planned = "acquisition" in case.choices("priority_projects")
    known = [id_ for id_ in chosen if words.has(f"briefs.reorg.target.{id_}")] or ["unknown"]
    lines = []
    for id_ in known:
        line = words(f"briefs.reorg.target.{id_}")
        if id_ == "acquisition" and planned:
            line = words.sentences(line, words("briefs.reorg.target.acquisition_plan"))
        lines.append(line)
    if planned and "acquisition" not in known:
        lines.append(words("briefs.reorg.target.plan_alone"))
    return lines


# -- The six steps ---------------------------------------------------------------------------


def _share(case: Case, step: int) -> Decimal:
    return Decimal(case.shelf.texts["common"]["six_steps_share"][step - 1])


def day_of(case: Case, share: Decimal) -> date | None:
    """A share of the mission, counted to its last day, moved back to a working day."""
    start, months = case.day("start_date"), case.number("mission_months")
    if start is None or months is None:
        return None
    last = months_from(start, int(months)) - timedelta(days=1)
    return working(start + timedelta(days=rounded(share * (last - start).days)))


def _when(case: Case, words: Words, share: Decimal, seen: set[int]) -> Markup:
    """The date, with its year the first time that the year is said."""
    day = day_of(case, share)
    new = day is not None and day.year not in seen
    if day is not None:
        seen.add(day.year)
    return dated(case, words, share, day, with_year=new)


def steps(case: Case, words: Words) -> list[dict[str, object]]:
    """Each step with its deliverable, its owners and its date; the council's opinion between."""
    seen: set[int] = set()
    rows: list[dict[str, object]] = []
    first = case.value("customer_journey")
    marked = "K09" in case.open or (isinstance(first, int) and first <= UNDESCRIBED)
    for n, step in enumerate(records(words, "briefs.reorg.steps"), 1):
        when = _when(case, words, _share(case, n), seen)
        rows.append({**step, "n": n, "first": marked and n == 1, "date": when})
    return rows


def deliverables(case: Case, words: Words) -> list[Row]:
    """What the provider delivers, on the date of the step that it belongs to."""
    common = case.shelf.texts["common"]
    authored = common["briefs"]
    wanted = case.choices("deliverables") or authored["default_deliverables"]["reorg"]
    known = [id_ for id_ in wanted if id_ in common["deliverable_share"]]
    due = {id_: _due(case, id_) for id_ in known}
    seen: set[int] = set()
    rows: list[Row] = []
    for id_ in sorted(known, key=lambda id_: due[id_][-1]):
        name = words.choice("deliverables", id_, "name")
        if id_ == "sla":
            name = words("briefs.reorg.sla")
        rows.append((name, _dates(case, words, due[id_], seen), _approver(case, words, id_)))
    return rows


def _due(case: Case, id_: str) -> list[Decimal]:
    """The shares of the mission at which a deliverable is due, in one step or in two."""
    common = case.shelf.texts["common"]
    belongs = common["briefs"]["step_of_deliverable"].get(id_)
    if belongs is None:
        return [Decimal(common["deliverable_share"][id_])]
    return [_share(case, int(step)) for step in belongs]


def _dates(case: Case, words: Words, due: list[Decimal], seen: set[int]) -> Markup:
    """« 18 mars, puis 3 mai 2027 » : the year once, at the end."""
    if len(due) == 1:
        return _when(case, words, due[0], seen)
    days = [day_of(case, share) for share in due]
    same = days[0] is None or days[1] is None or days[0].year == days[1].year
    first = _when(case, words, due[0], set(_years(days)) if same else seen)
    second = _when(case, words, due[1], seen)
    return words("briefs.twice", first=first, second=_inside(second))


def _years(days: list[date | None]) -> list[int]:
    return [day.year for day in days if day is not None]


def _inside(text: Markup) -> Markup:
    return text if text.startswith("<") else Markup(text[:1].lower()) + text[1:]  # noqa: S704


def _approver(case: Case, words: Words, id_: str) -> Markup:
    authored = case.shelf.texts["common"]["briefs"]["approver"]
    settled = case.value("deliverable_approvers")
    if settled == "codir":
        return words("briefs.approvers.committee")
    if settled != "pilote" and id_ in authored:
        return words(f"briefs.approvers.{authored[id_]}")
    return upper_first(words.shown(case.text("mission_lead")))


# -- How it is run ---------------------------------------------------------------------------


def _functions(case: Case) -> list[str]:
    return list(case.shelf.texts["common"]["briefs"]["functions"])


def _expertise(case: Case, words: Words) -> list[Markup]:
    names = case.shelf.texts["common"]["briefs"]["expertise"]
    return [lower_first(words(f"briefs.reorg.activities.{id_}")) for id_ in names]


def team(case: Case, words: Words) -> Markup:
    """« Groupe projet de six personnes, huit jours chacune (hypothèse) ; décide »."""
    people, each = int(case.params["reorg_team"]), int(case.params["reorg_days_each"])
    named = words.plural("briefs.people", people)
    return words("briefs.reorg.company", people=named, days=words.count("day", each))


def ritual(case: Case, words: Words) -> Markup:
    """The monthly meeting, with IT when IT and marketing find it hard to cooperate."""
    it = case.value("it_marketing_cooperation")
    hard = isinstance(it, int) and it <= UNDESCRIBED
    return words(f"briefs.reorg.ritual{'_it' if hard else ''}")
