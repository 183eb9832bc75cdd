"""The specialist's job description, provisional until the strategist has finished."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_calendar import milestone, share_of
from bot.documents.facts_common import common, named
from bot.documents.facts_duties import chosen_kpis
from bot.documents.facts_specialist_terms import budget, conditions, points, start
from bot.documents.facts_terms import project_budget
from bot.documents.facts_variant import MARKETING, OFFICER, PROJECT, sided, variant
from bot.documents.facts_words import Line, Words, inside

Duty = tuple[Markup, Markup, list[str]]
"""What the person does, the same for a candidate, and its sources."""

LOW = 50  # an alignment score below it calls for a first joint task
LIGHT = ("j0_2", "j3_5", "j6_10")


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of both editions, internal and public."""
    kind = variant(case)
    found = common(case, words)
    if not case.fitting:
        chosen = named(case, words, case.option)
        other = words("specialist.other", chosen=chosen)
        found["decision"] = {**_mapping(found["decision"]), "other": other}
    return found | {
        "title": words.plain(f"titles.{kind}.h"),
        "french_title": case.shelf.texts["fr"]["titles"][kind]["h"],
        "essential": words("specialist.essential", date=words.day(_handover(case))),
        "industry": inside(case.text("industry")),
        "reference": words(f"specialist.reference.{kind}"),
        "esco": (
            case.shelf.texts["common"]["titles"][kind]["esco"],
            words(f"titles.{kind}.esco"),
        ),
        "grading": grading(case, words),
        "purpose": words(f"specialist.purpose.{kind}"),
        "aims": aims(case, words),
        "duties": duties(case, words),
        "path": words(f"specialist.path.{kind}"),
        "power": power(case, words),
        "relations": relations(case, words),
        "indicators": indicators(case, words),
        "milestones": milestones(case, words),
        "skills": skills(case, words),
        "acts": acts(case, words),
        "managed": managed(case, words),
        "terms": conditions(case, words),
        "workplace": case.text("workplace"),
        "contact": case.text("application_contact"),
        "budget": budget(case, words, kind),
        "points": points(case, words),
        "hear": "project" if kind == PROJECT or not _small(case) else "marketing",
    }


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _small(case: Case) -> bool:
    known = case.value("headcount")
    return known is None or known in _authored(case)["small"]


def _authored(case: Case) -> dict[str, list[str]]:
    found: dict[str, list[str]] = case.shelf.texts["common"]["specialist"]
    return found


def _handover(case: Case) -> date | None:
    """The day on which the strategist hands over the final job description.

    With a mission under way, the start date is the mission's.
    """
    start, months = case.day("start_date"), case.number("mission_months")
    if start is None or months is None:
        return None
    share = Decimal(case.shelf.texts["common"]["deliverable_share"]["fiche"])
    return share_of(start, int(months), share)


def grading(case: Case, words: Words) -> Markup:
    """The collective agreement and the job grade."""
    agreement = words.written("collective_agreement")
    if case.value("collective_agreement") is None and case.value("classification") is None:
        return agreement
    return words("specialist.grading", agreement=agreement, grade=words.written("classification"))


def aims(case: Case, words: Words) -> tuple[Markup | str, Markup]:
    """The priorities, those of the profile kept first, and what would change the profile."""
    mine, others, kind = sided(case)
    side = "marketing" if kind == MARKETING else "project"
    form = f"n{len(mine)}_{len(others)}" if mine else "none"
    given = {
        "profile": words(f"specialist.aims.profile.{side}"),
        "instead": words(f"specialist.aims.instead.{side}"),
    }
    said = words(f"specialist.aims.{form}", **given)
    if variant(case) == OFFICER:
        said = words.sentences(said, words("specialist.aims.charge"))
    names = [words.choice("priority_projects", id_, "brief") for id_ in (*mine, *others)]
    return words.series(names) if names else "", said


def duties(case: Case, words: Words) -> dict[str, list[Duty]]:
    """Four to seven lines by group; the first obstacle to adoption sets the one on training."""
    kind = variant(case)
    groups: dict[str, list[str]] = case.shelf.texts["common"]["specialist"]["duties"][kind]
    found: dict[str, list[Duty]] = {}
    for group, ids in groups.items():
        kept = [id_ for id_ in ids if id_ != "data" or _on_customers(case)]
        found[group] = [_duty(case, words, kind, id_) for id_ in kept]
    return found


def _on_customers(case: Case) -> bool:
    return not set(case.choices("priority_projects")).isdisjoint(_authored(case)["data_projects"])


def _duty(case: Case, words: Words, kind: str, id_: str) -> Duty:
    path = f"specialist.duties.{kind}.{id_}"
    text = words(f"{path}.t")
    public = words(f"{path}.public") if words.has(f"{path}.public") else text
    known = case.shelf.texts["common"]["mission_sources"][kind]
    sources = list(known.get(id_, _authored(case)["data_sources"]))
    brake = next(iter(case.choices("adoption_brakes")), "")
    if id_ == "train" and words.has(f"specialist.brake_duty.{brake}"):
        return words(f"specialist.brake_duty.{brake}"), public, _of_brake(case, brake)
    return text, public, sources


def _of_brake(case: Case, brake: str) -> list[str]:
    by_default = _authored(case)["default_brake_sources"]
    return list(case.shelf.texts["common"]["brake_sources"].get(brake, by_default))


def power(case: Case, words: Words) -> Markup:
    """What the person decides and, when known, how many people they manage."""
    decides = words(f"specialist.power.{case.value('decision_power') or 'unknown'}")
    size = case.number("team_size")
    if size is None:
        return decides
    if size == 0:
        return words.sentences(decides, words("specialist.manages_none"))
    team = words.count("person", int(size))
    return words.sentences(decides, words("specialist.manages", team=team))


def managed(case: Case, words: Words) -> Markup:
    """The budget of actions; 0 means that the departments keep it."""
    none = case.number("managed_budget") == 0
    return words("specialist.managed_none") if none else project_budget(case, words)


def relations(case: Case, words: Words) -> list[tuple[Markup, Markup, Markup]]:
    """The first task shared with others, where alignment is lowest; the sponsor; the strategist."""
    scores = case.alignment.dimensions
    low = next((d for d in case.alignment.lowest(1) if scores[d] < LOW), "default")
    path = f"specialist.relations.{low}"
    load = words.answer("steering_days", "load") if case.value("steering_days") in LIGHT else ""
    follow = words(f"specialist.relations.follow{'' if load else '_open'}", load=load)
    return [
        (words(f"{path}.who"), words(f"{path}.what"), words(f"{path}.when")),
        (words.answer("sponsor", "role"), words("specialist.relations.results"), words.blank()),
        (
            words("specialist.relations.strategist"),
            follow,
            words("specialist.relations.confirm"),
        ),
    ]


def indicators(case: Case, words: Words) -> list[tuple[Markup, Markup, Markup]]:
    """Each indicator, its frequency and its owner among the positions that exist."""
    frequency = case.shelf.texts["common"]["kpi_frequency"]
    return [
        (
            words(f"kpis.{id_}.t"),
            words(f"frequency.{frequency[id_]}"),
            _owner(case, words, id_),
        )
        for id_ in chosen_kpis(case)
    ]


def _owner(case: Case, words: Words, id_: str) -> Markup:
    if id_ in ("feuille", "tableau"):
        return words(f"specialist.owner.{variant(case)}")
    known = {"formation": "with_hr", "usage": "with_it"}.get(id_)
    if known and case.value("headcount") not in _authored(case)[known]:
        return words(f"specialist.owners_small.{id_}")
    return words(f"kpis.{id_}.owner")


def milestones(case: Case, words: Words) -> list[tuple[Markup, Markup, Markup, list[str]]]:
    """What somebody can see after 30, 90, 180 and 365 days."""
    arrival = start(case)
    one = case.value("projects") is None or case.value("projects") in _authored(case)["one_project"]
    parts = {30: "30", 90: f"90.{variant(case)}", 180: f"180.{'one' if one else 'several'}"}
    parts[365] = "365"
    rows = []
    for days, part in parts.items():
        path = f"specialist.milestones.{part}"
        when = words("specialist.milestones.plain", n=days)
        if arrival:
            when = words("milestones.dated", n=days, date=words.day(milestone(arrival, days)))
        sources = ["S000-C12"] if days == 365 else []
        rows.append((when, words(f"{path}.t"), words(f"{path}.public"), sources))
    return rows


def skills(case: Case, words: Words) -> list[tuple[Markup, Markup]]:
    """The skills with their proofs, in the words that fit someone who carries out."""
    rows = []
    for id_ in case.choices("essential_skills"):
        own = f"specialist.skills.{id_}"
        path = own if words.has(own) else f"skills.{id_}"
        rows.append((words(f"{path}.t"), words(f"{path}.proof")))
    return rows


def acts(case: Case, words: Words) -> list[Line]:
    """The qualities, as behaviours."""
    sources = case.shelf.texts["common"]["quality_sources"]
    known = [id_ for id_ in case.choices("qualities") if words.has(f"specialist.acts.{id_}")]
    return [(words(f"specialist.acts.{id_}"), sources.get(id_, [])) for id_ in known]
