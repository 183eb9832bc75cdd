"""The editions of each document: its template, its file's name, and what gives way to fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.documents import (
    facts_agenda,
    facts_agenda_record,
    facts_apprentice,
    facts_apprentice_sheet,
    facts_brief,
    facts_clarify,
    facts_facilitator,
    facts_feuillet,
    facts_followup,
    facts_job,
    facts_note,
    facts_offer,
    facts_reorg,
    facts_role,
    facts_sheet,
    facts_specialist,
    facts_specialist_offer,
    facts_transition,
)
from bot.documents.charts import Chart
from bot.documents.document import Document
from bot.documents.facts import Case
from bot.documents.facts_words import Words

Facts = Callable[[Case, Words], dict[str, object]]
Charts = Mapping[str, Chart]


@dataclass(frozen=True, slots=True)
class Edition:
    """One form of a document; `name` gives the type and subject of its file.

    What `cuts` name is left out, one after the other, until the document `fits`.
    """

    template: str
    name: tuple[str, str]
    facts: Facts
    only_for: str = ""
    ready: Callable[[Case], bool] = lambda case: True  # noqa: ARG005
    figures: Callable[[Case, Words], Charts] = lambda case, words: {}  # noqa: ARG005
    cuts: tuple[str, ...] = ()
    fits: Callable[[Document, Mapping[str, bytes]], bool] = lambda document, drawn: True  # noqa: ARG005


EDITIONS: Mapping[str, tuple[Edition, ...]] = {
    "fiche_cdo": (
        Edition("fiche_cdo", ("job", "cdo"), facts_job.facts),
        Edition("annonce_cdo", ("offer", "cdo"), facts_offer.facts, only_for="permanent_cdo"),
    ),
    "brief_stratege": (
        Edition("brief_stratege", ("brief", "strategist"), facts_brief.facts),
        Edition("feuillet_stratege", ("brief", "sheet"), facts_sheet.facts),
    ),
    "fiche_specialiste": (
        Edition("fiche_specialiste", ("job", "specialist.file"), facts_specialist.facts),
        Edition(
            "annonce_specialiste",
            ("offer", "specialist.file"),
            facts_specialist_offer.facts,
            ready=facts_specialist_offer.ready,
        ),
    ),
    "fiche_alternant": (
        Edition("fiche_alternant", ("offer", "apprentice.file"), facts_apprentice.facts),
        Edition("feuillet_alternant", ("job", "sheet"), facts_apprentice_sheet.facts),
    ),
    "brief_reorg": (
        Edition("brief_reorg", ("brief", "briefs.files.reorg"), facts_reorg.facts),
        Edition("feuillet", ("brief", "sheet"), facts_feuillet.of("reorg")),
    ),
    "brief_transition": (
        Edition("brief_transition", ("brief", "briefs.files.transition"), facts_transition.facts),
        Edition("feuillet", ("brief", "sheet"), facts_feuillet.of("transition")),
    ),
    "brief_facilitateur": (
        Edition(
            "brief_facilitateur", ("brief", "briefs.files.facilitateur"), facts_facilitator.facts
        ),
        Edition("feuillet", ("brief", "sheet"), facts_feuillet.of("facilitateur")),
        Edition("role_facilitateur", ("brief", "role.file"), facts_role.facts),
    ),
    "brief_suivi": (
        Edition("brief_suivi", ("brief", "briefs.files.suivi"), facts_followup.facts),
        Edition("feuillet", ("brief", "sheet"), facts_feuillet.of("suivi")),
    ),
    "brief_clarification": (
        Edition(
            "brief_clarification", ("brief", "briefs.files.clarification"), facts_clarify.facts
        ),
        Edition("feuillet", ("brief", "sheet"), facts_feuillet.of("clarification")),
    ),
    "note": (
        Edition(
            "note",
            ("note.file", ""),
            facts_note.facts,
            figures=facts_note.figures,
            cuts=facts_note.CUTS,
            fits=facts_note.fits,
        ),
    ),
    "agenda": (
        Edition(
            "agenda",
            ("agenda.file", ""),
            facts_agenda.facts,
            cuts=facts_agenda.CUTS,
            fits=facts_agenda.fits,
        ),
    ),
    "minutes": (Edition("minutes", ("minutes.file", ""), facts_agenda_record.facts),),
}
FOR_COMMITTEES = frozenset({"agenda", "minutes"})
"""What only the results of a committee's session can write."""
