"""An independent facilitator: translate, see the projects through, get the tools used."""

from __future__ import annotations

from markupsafe import Markup

from bot.documents import facts_briefs as briefs
from bot.documents.facts import Case
from bot.documents.facts_brief import UNWRITTEN
from bot.documents.facts_briefs_words import Kind
from bot.documents.facts_schedule import deliverables
from bot.documents.facts_transition import k26
from bot.documents.facts_words import NOTHING, Words, lower_first, upper_first

KIND = Kind("facilitateur", tests=True)
ROLE = ("need", "together", "roadmap", "explain")


def facts(case: Case, words: Words) -> dict[str, object]:
    """The context of the brief that goes out."""
    default = case.shelf.texts["common"]["briefs"]["default_deliverables"]["facilitateur"]
    return briefs.outgoing(case, words, KIND) | {
        "essential": essential(case, words),
        "role": [words(f"missions.facilitateur.{id_}.t") for id_ in ROLE],
        "skills": skills(case, words),
        "deliverables": deliverables(case, words, default),
        "proposed": not case.choices("deliverables"),
        "plan": plan(case, words),
        "ritual_rhythm": words.answer("joint_decisions", "rhythm"),
        "ritual_new": ritual_new(words),
        "k26": k26(case, words),
        "model_question": case.value("roadmap") in UNWRITTEN,
    }


def essential(case: Case, words: Words) -> Markup:
    """« En bref » : who is sought, for what role, and what comes first."""
    seeks = briefs.opening(words, words("briefs.facilitateur.seeks"))
    return words.sentences(
        seeks + briefs.length(case, words) + ".",
        words("briefs.facilitateur.role"),
        words("briefs.facilitateur.first_step"),
    )


def skills(case: Case, words: Words) -> Markup:
    """The skills expected from day one."""
    known = [id_ for id_ in case.choices("essential_skills") if words.has(f"skills.{id_}")]
    if not known:
        return NOTHING
    named = [lower_first(words(f"skills.{id_}.t")) for id_ in known]
    return words("briefs.facilitateur.skills", what=words.series(named))


def plan(case: Case, words: Words) -> list[tuple[Markup, list[Markup], Markup]]:
    """Purpose, test of use, an action for each obstacle, follow-up: in that order."""
    path = "briefs.facilitateur"
    used = case.value("social_network") == "utilise"
    channel = words(f"{path}.channel") if used else NOTHING
    why = words.fill(words.plain(f"{path}.why_field").replace("{channel}", str(channel)))
    content = {
        "why": [why],
        "check": [words(f"{path}.check", question=words("test_of_use"))],
        "act": actions(case, words),
        "follow": [words(f"{path}.follow")],
    }
    return [
        (words(f"{path}.plan.{id_}"), lines, words(f"{path}.when.{id_}"))
        for id_, lines in content.items()
    ]


def actions(case: Case, words: Words) -> list[Markup]:
    """What each obstacle calls for."""
    brakes = case.choices("adoption_brakes")
    if "aucun" in brakes or not brakes:
        return [words(f"briefs.facilitateur.act.{'none' if brakes else 'missing'}")]
    return [_action(words, id_) for id_ in brakes]


def _action(words: Words, id_: str) -> Markup:
    known = words.has(f"brake_actions.{id_}")
    action = words(f"brake_actions.{id_}") if known else words("briefs.facilitateur.other_brake")
    brake = upper_first(words.choice("adoption_brakes", id_, "name"))
    return words("briefs.facilitateur.act_line", brake=brake, action=lower_first(action))


def ritual_new(words: Words) -> Markup:
    """That the monthly meeting is to be set up; how the departments get on stays inside."""
    gaps = words.answer("it_marketing_cooperation"), words.answer("joint_decisions", "gap")
    return words("briefs.facilitateur.ritual_new") if any(gaps) else NOTHING
