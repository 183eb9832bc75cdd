"""The press: from an order to finished documents, in Word and in PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core import checks
from bot.core.condition import Values
from bot.documents import facts_brief, facts_job, facts_offer, facts_sheet
from bot.documents.document import Document
from bot.documents.docx import write_docx
from bot.documents.facts import Case, File, Order, Shelf
from bot.documents.facts_words import Words, lower_first, upper_first
from bot.documents.pdf import write_pdf
from bot.documents.template import compose, environment

__all__ = ["File", "Order", "Press", "Shelf"]

_NO_DAY = date.min  # contradictions do not depend on the day
LONGEST_NAME = 40  # characters of a company's name in a file name

Facts = Callable[[Case, Words], dict[str, object]]


@dataclass(frozen=True, slots=True)
class _Edition:
    """One form of a document; `name` gives the type and subject of its file."""

    template: str
    name: tuple[str, str]
    facts: Facts
    only_for: str = ""


_EDITIONS: Mapping[str, tuple[_Edition, ...]] = {
    "fiche_cdo": (
        _Edition("fiche_cdo", ("job", "cdo"), facts_job.facts),
        _Edition("annonce_cdo", ("offer", "cdo"), facts_offer.facts, only_for="permanent_cdo"),
    ),
    "brief_stratege": (
        _Edition("brief_stratege", ("brief", "strategist"), facts_brief.facts),
        _Edition("feuillet_stratege", ("brief", "sheet"), facts_sheet.facts),
    ),
}


class Press:
    """Writes the documents that have a template, from one shelf of knowledge."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._environment = environment(shelf.templates)
        self._environment.filters.update(first_up=upper_first, first_down=lower_first)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of document that can be written."""
        return frozenset(_EDITIONS)

    def status(self, order: Order) -> str:
        """« BROUILLON », or « VERSION À VALIDER » when nothing stands in the way."""
        return Case(self._shelf, order).status

    def missing(self, order: Order) -> list[str]:
        """The required questions without an answer."""
        return list(Case(self._shelf, order).missing)

    def contradictions(self, values: Values) -> tuple[str, ...]:
        """The contradictions open for these answers, whatever the document."""
        kind = next(iter(_EDITIONS))
        case = Case(self._shelf, Order(kind, "fr", _NO_DAY, values))
        shelf = self._shelf
        return checks.standing(
            shelf.model, shelf.costs, shelf.documents, case.signals, values, shelf.forbidden
        )

    def compose(self, order: Order) -> list[Document]:
        """The editions of a document. An offer exists only when the hire was chosen."""
        return [document for _, document in self._composed(order)]

    def write(self, order: Order) -> list[File]:
        """Each edition in Word, then in PDF."""
        files = []
        for stem, document in self._composed(order):
            files.append(File(f"{stem}.docx", write_docx(document)))
            files.append(File(f"{stem}.pdf", write_pdf(document)))
        return files

    def _composed(self, order: Order) -> list[tuple[str, Document]]:
        case = Case(self._shelf, order)
        wanted = [e for e in _EDITIONS[order.kind] if e.only_for in ("", case.option)]
        return [(_stem(case, edition), self._compose(case, edition)) for edition in wanted]

    def _compose(self, case: Case, edition: _Edition) -> Document:
        context = edition.facts(case, Words(case))
        return compose(self._environment, f"{case.order.lang}/{edition.template}.html", context)


def _stem(case: Case, edition: _Edition) -> str:
    """« Fiche-de-poste_CDO_Valmont_2026-11-23_v2 »."""
    words = Words(case)
    type_, subject = (words.plain(f"files.{part}") for part in edition.name)
    company = _ascii(case.text("company_name")) or words.plain("files.company")
    parts = [type_, subject, company, case.order.today.isoformat()]
    if case.order.version > 1:
        parts.append(f"v{case.order.version}")
    return "_".join(parts)


def _ascii(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    kept = re.sub(r"[^A-Za-z0-9]+", "-", bare.encode("ascii", "ignore").decode())
    return kept.strip("-")[:LONGEST_NAME].rstrip("-")
