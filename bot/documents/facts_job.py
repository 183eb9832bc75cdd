"""A CDO's job description: why, with what power, to do what, on what terms."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_cautions import cautions
from bot.documents.facts_common import common
from bot.documents.facts_duties import (
    duties,
    indicators,
    indicators_note,
    inhouse,
    keeps,
    meeting,
    milestones,
    picked,
)
from bot.documents.facts_terms import terms
from bot.documents.facts_words import NOTHING, Line, Words, inside, rounded

LARGE = ("e1000_4999", "gte5000")
MANY = ("p6_10", "p11")
MOST_LOW = 3  # more dimensions level with one another single out none
LOADS = {"j16": "full", "j11_15": "high"}
OPEN = ("steering_days", "need_duration", "decision_power", "reports_to", "role_orientation",
        "annual_budget")  # fmt: skip


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of both editions, internal and public."""
    projects = case.choices("priority_projects")
    return common(case, words) | {
        "essential": essential(case, words),
        "industry": inside(case.text("industry")),
        "triggers": words.series(words.phrases("triggers")) if case.value("triggers") else "",
        "context": context(case, words),
        "alignment": alignment(case, words),
        "duties": duties(case, words),
        "duties_missing": case.value("role_orientation") is None,
        "projects": words.phrases("priority_projects", "brief"),
        "voice": not {"experience", "crm"}.isdisjoint(projects),
        "stages": words.phrases("leaking_stages"),
        "governance": case.value("headcount") in LARGE or case.value("projects") in MANY,
        "keeps": keeps(case, words),
        "meeting": meeting(words),
        "indicators": indicators(case, words),
        "indicators_note": indicators_note(case, words),
        "milestones": milestones(case, words),
        "skills": picked(case, words, "essential_skills", "skills", "skill_sources"),
        "qualities": picked(case, words, "qualities", "qualities", "quality_sources"),
        "inhouse": inhouse(case, words),
        "why_sources": ["S004-C11"] if case.unclear else [],
        "channel": channel(case, words),
        "committees": words.written("committees"),
        "reserved": reserved(case, words),
        "rhythms": {id_: words.written(f"rhythm_{id_}") for id_ in ("hr", "finance", "providers")},
        "channel_sources": ["S000-M04"] if case.value("social_network") == "utilise" else [],
        "cautions": cautions(case, words),
        **terms(case, words),
    }


def channel(case: Case, words: Words) -> Markup:
    """Where the post is explained: the internal network in use, else the channel chosen."""
    if case.value("social_network") != "utilise" and case.value("communication_channel"):
        return words.written("communication_channel")
    return words.answer("social_network", "channel")


def reserved(case: Case, words: Words) -> Markup:
    """What stays with the committee, or what to say of it."""
    known = case.text("codir_reserved")
    return words.written("codir_reserved") if known else words("job.reserved_open")


def essential(case: Case, words: Words) -> Markup:
    """The first box: why, how big, what power, what is still open."""
    post = words.answer("contract_type", "post")
    roadmap = words.answer("roadmap", "essential")
    first = words("job.essential", company=words.company, post=post, roadmap=roadmap)
    projects = words.answer("projects", "essential")
    colon = " : " if words.lang == "fr" else ": "
    first = Markup("{}{}{}.").format(first, colon if projects else "", projects)
    expectation = words.answer("role_orientation", "essential")
    judged = words.answer("clarity_of_why", "essential")
    return words.sentences(
        first,
        _load(words),
        _power(case, words),
        words("job.expectation", what=expectation) if expectation else NOTHING,
        words.fill(words.plain("job.why_left").replace("{judged}", str(judged))),
        _still_open(case, words),
    )


def _still_open(case: Case, words: Words) -> Markup:
    names = [words(f"job.open.{id_}") for id_ in OPEN if case.value(id_) is None]
    said = words.plural("job.open_head", len(names), what=words.listed(names))
    return said if names else NOTHING


def _load(words: Words) -> Markup:
    load = words.answer("steering_days", "load")
    length = words.answer("need_duration", "length")
    if load and length:
        return words("job.load_both", load=load, length=length)
    if load:
        return words("job.load_only", load=load)
    return words("job.length_only", length=length) if length else NOTHING


def _power(case: Case, words: Words) -> Markup:
    power = words.answer("decision_power", "essential")
    under = words.answer("reports_to", "under")
    if not under:
        return Markup("{}.").format(power) if power else NOTHING
    if not power:
        return words("job.under_only", under=under)
    if case.value("decision_power") == "propose":  # its subject is the committee
        return words.sentences(power + ".", words("job.under_only", under=under))
    return Markup("{}, {}.").format(power, under)


_ROADMAP_SOURCES = {
    "avec_budget": ["S002-C08", "S003-C09"],
    "sans_budget": ["S003-C09"],
    "redaction": ["S002-C07"],
    "intentions": ["S002-C07"],
    "aucune": ["S002-C07"],
}
_PROJECT_SOURCES = {
    "p0": ["S002-C05"],
    "p1_2": ["S002-C08"],
    "p3_5": ["S003-M02"],
    "p6_10": ["S000-M01"],
    "p11": ["S000-M01"],
}
_LENGTH_SOURCES = {
    ("full", "lasting"): ["S002-C04", "S000-C13"],
    ("high", "lasting"): ["S002-C04", "S000-C13"],
    ("partial", "lasting"): ["S002-C05", "S000-C13"],
    ("partial", "limited"): ["S002-C05", "S000-C12"],
}


def context(case: Case, words: Words) -> list[Line]:
    """The roadmap, the load and the portfolio, each with its consequence."""
    return [
        (words.answer("roadmap", "context"), _ROADMAP_SOURCES.get(_id(case, "roadmap"), [])),
        _charge(case, words),
        (words.answer("projects", "context"), _PROJECT_SOURCES.get(_id(case, "projects"), [])),
    ]


def _id(case: Case, question: str) -> str:
    return str(case.value(question) or "")


def _charge(case: Case, words: Words) -> Line:
    days, duration = case.value("steering_days"), case.value("need_duration")
    load = "unknown" if days is None else LOADS.get(days, "partial")
    length = "unknown" if duration is None else "lasting" if duration == "m36" else "limited"
    said = words(
        f"job.charge.{load}.{length}",
        load=words.answer("steering_days", "context"),
        length=words.answer("need_duration", "length"),
    )
    by_default = ["S000-C12"] if length == "limited" else []
    return said, _LENGTH_SOURCES.get((load, length), by_default)


def alignment(case: Case, words: Words) -> Markup:
    """The score, its level and its lowest points."""
    found = case.alignment
    if found.overall is None or found.level is None:
        return words("job.alignment_nd")
    path = f"levels.{found.level.id}"
    level = {"name": words(f"{path}.name"), "print": words(f"{path}.print")}
    said = words("job.alignment", score=rounded(found.overall), **level)
    names, tied = lowest(case)
    if len(names) > MOST_LOW:
        return words.sentences(said, words("job.lowest_none"))
    lines = [_low(case, words, id_) for id_ in names]
    return said + " " + words(f"job.lowest{'_tied' if tied else ''}", what=words.listed(lines))


def lowest(case: Case) -> tuple[list[str], bool]:
    """The two lowest dimensions, or all those level with the second; and whether they are."""
    scores = case.alignment.dimensions
    two = case.alignment.lowest(2)
    if not two:
        return [], False
    bound = scores[two[-1]]
    below = sorted((d for d in scores if scores[d] <= bound), key=lambda d: scores[d])
    level = len(below) > 2 and len({scores[d] for d in below}) == 1
    return (below, True) if level else (list(two), False)


def _low(case: Case, words: Words, id_: str) -> Markup:
    one = case.alignment.items[id_] == 1
    score = rounded(case.alignment.dimensions[id_])
    name = words(f"dimensions.{id_}.name")
    return words(f"job.score{'_one' if one else ''}", name=name, score=score)
