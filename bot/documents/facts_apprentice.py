"""The apprentice's sheet: what a young person will do, learn and earn."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.documents.facts import Case
from bot.documents.facts_common import common
from bot.documents.facts_offer import apply_line
from bot.documents.facts_words import NOTHING, Words, inside, lower_first, rounded

AGES = ("a16", "a18", "a21", "a26")


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the sheet that goes out."""
    found = common(case, words)
    return found | {
        "publishable": publishable(case),
        "status": words.plain("final" if publishable(case) else "draft"),
        "french_title": case.shelf.texts["fr"]["titles"]["alternant"]["h"],
        "level": level(case, words),
        "months": months(case, words),
        "apply_line": apply_line(case, words),
        "workplace": case.text("workplace"),
        "start": words.day(case.day("start_date")),
        "under": words.answer("reports_to", "row"),
        "role_text": role(case, words),
        "duties": duties(case, words),
        "learning": learning(case, words),
        "acts": listed(case, words, "qualities", "acts"),
        "company_people": company_people(case, words),
        "milestones": [
            (words(f"apprentice.milestones.{days}.when"), words(f"apprentice.milestones.{days}.t"))
            for days in ("30", "90", "180", "365")
        ],
        "success": success(case, words),
        "terms": terms(case, words),
        "pay": pay(case, words),
        "smic": cents(words, case.params["smic_month"]),
        "contact": case.text("application_contact"),
    }


def publishable(case: Case) -> bool:
    """Whether the hire was chosen and nothing on the sponsor or the budget stands against it."""
    return case.fitting and case.publishable


def level(case: Case, words: Words) -> Markup:
    """The qualification prepared."""
    known = case.value("apprentice_level")
    return words(f"apprentice.level.{known}") if known else words.blank("apprentice_level")


def months(case: Case, words: Words) -> Markup:
    """The length of the contract; that of the option, to be confirmed, when nobody said."""
    known = case.number("apprentice_months")
    assumed = case.shelf.texts["common"]["apprentice"]["months"]
    if known is None:
        return words.fill(words.plain("apprentice.months_open").replace("{n}", str(assumed)))
    return words("apprentice.months", n=int(known))


def role(case: Case, words: Words) -> Markup:
    """The company, its roadmap, and what is left to the apprentice."""
    authored = case.shelf.texts["common"]["apprentice"]
    steady = case.value("workload_pattern") == "reguliere"
    pace = words(f"apprentice.pace.{'steady' if steady else 'other'}")
    ready = case.value("roadmap") in authored["validated"]
    return words.sentences(
        _company(case, words),
        words(f"apprentice.{'ready' if ready else 'not_ready'}", pace=pace),
        words("apprentice.role"),
    )


def _company(case: Case, words: Words) -> Markup:
    company, industry = words.shown(words.company), case.text("industry")
    if industry:
        company = Markup("{} ({})").format(company, words.shown(inside(industry)))
    size = case.value("headcount")
    parts = [
        words.answer("clientele", "public"),
        words(f"apprentice.size.{size}") if size else NOTHING,
    ]
    if not parts[0]:
        return words("apprentice.welcomes", company=company)
    what = words.series([part for part in parts if part])
    return words("apprentice.intro", company=company, what=what)


def duties(case: Case, words: Words) -> list[Markup]:
    """Carry out, publish, measure, write down."""
    most = int(case.shelf.texts["common"]["apprentice"]["most_named"])
    tracked = listed(case, words, "marketing_indicators", "indicators")[:most]
    measure = words("apprentice.duties.measure_plain")
    if tracked:
        measure = words("apprentice.duties.measure", names=Markup(", ").join(tracked))
    return [
        words("apprentice.duties.execute", plan=plan(case, words)),
        words("apprentice.duties.publish"),
        measure,
        words("apprentice.duties.learn"),
    ]


def plan(case: Case, words: Words) -> Markup:
    """The priorities, the first one first."""
    names = listed(case, words, "priority_projects", "projects")
    if not names:
        return words("apprentice.plan_none")
    forms = words.tree("apprentice.plan")
    given = dict(zip("abc", names, strict=False))
    return words.fill(words.ours(forms[min(len(names), len(forms)) - 1]), **given)


def listed(case: Case, words: Words, question: str, path: str) -> list[Markup]:
    """What the apprentice's sheet makes of each ticked choice."""
    ids = [id_ for id_ in case.choices(question) if words.has(f"apprentice.{path}.{id_}")]
    return [words(f"apprentice.{path}.{id_}") for id_ in ids]


def learning(case: Case, words: Words) -> list[tuple[Markup, Markup, Markup]]:
    """Each skill, what is expected at the start and what is learnt within a year."""
    known = [
        id_ for id_ in case.choices("essential_skills") if words.has(f"apprentice.learn.{id_}")
    ]
    paths = [f"apprentice.learn.{id_}" for id_ in known]
    return [(words(f"{p}.t"), words(f"{p}.start"), words(f"{p}.year")) for p in paths]


def company_people(case: Case, words: Words) -> list[Markup]:
    """Who follows the apprentice: the supervisor, a consultant, colleagues."""
    p = case.params
    known = case.text("tutor_role")
    tutor = inside_written(words, "tutor_role") if known else words("apprentice.tutor_open")
    first, second = (words.count("day", int(p[f"follow_days_y{year}"])) for year in (1, 2))
    return [
        words("apprentice.tutor", who=tutor),
        words("apprentice.follow", first=first, second=second),
        words("apprentice.usage"),
        words("apprentice.colleagues"),
    ]


def inside_written(words: Words, question: str) -> Markup:
    """A free text inside a sentence, or the field to complete."""
    return lower_first(words.written(question))


def success(case: Case, words: Words) -> Markup:
    """What will be seen after a year; targets are left to be set."""
    signs = listed(case, words, "success_signs", "signs")
    if not signs:
        return words("apprentice.success_none")
    return words("apprentice.success", what=words.series(signs))


def terms(case: Case, words: Words) -> list[Markup]:
    """The contract as the law frames it, and what is still to be settled."""
    agreement = case.text("collective_agreement") or words.blank("collective_agreement")
    return [
        words("apprentice.terms.contract", months=months(case, words)),
        words("apprentice.terms.rhythm", rhythm=inside_written(words, "school_rhythm")),
        words("apprentice.terms.pay"),
        _remote(case, words),
        words("apprentice.terms.agreement", agreement=agreement),
    ]


def _remote(case: Case, words: Words) -> Markup:
    days = case.number("remote_days")
    if days is None:
        return words("apprentice.terms.remote_open")
    if days == 0:
        return words("apprentice.terms.remote_none")
    return words("apprentice.terms.remote", days=words.count("day", int(days)))


def pay(case: Case, words: Words) -> list[tuple[Markup, list[Markup]]]:
    """The legal minimum by age and year, as a share of the minimum wage and in euros."""
    rows = []
    for age in AGES:
        shares = shares_of(case, age)
        cells = [
            words(
                "apprentice.part",
                share=rounded(share * 100),
                amount=words.euros(share * case.params["smic_month"]),
            )
            for share in shares
        ]
        rows.append((words(f"apprentice.ages.{age}"), cells))
    return rows


def shares_of(case: Case, age: str) -> list[Decimal]:
    """The legal shares of the minimum wage at an age, year after year."""
    authored = case.shelf.texts["common"]["apprentice"]["pay"][age]
    return [Decimal(share) for share in authored]


def cents(words: Words, amount: Decimal) -> str:
    """« 1 823,03 € »."""
    whole, part = divmod(amount.quantize(Decimal("0.01")), 1)
    said, end = words.figure(whole), f"{int(part * 100):02}"
    return f"€{said}.{end}" if words.lang == "en" else f"{said},{end} €"
