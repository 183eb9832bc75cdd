"""The press: from an order to finished documents, in Word and in PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from bot.core import checks
from bot.core.condition import Values
from bot.core.fields import Field, key
from bot.documents import fields
from bot.documents.document import Document
from bot.documents.docx import write_docx
from bot.documents.editions import EDITIONS, FOR_COMMITTEES, Charts, Edition
from bot.documents.facts import Case, File, Order, Shelf
from bot.documents.facts_words import Words, lower_first, upper_first
from bot.documents.field_values import by_name
from bot.documents.gallery import draw
from bot.documents.letterhead import Letterhead
from bot.documents.links import Card, write_links
from bot.documents.pdf import Brand, snug, write_pdf, write_png
from bot.documents.template import compose, environment

__all__ = ["File", "Order", "Press", "Shelf"]

_NO_DAY = date.min  # contradictions do not depend on the day
LONGEST_NAME = 40  # characters of a company's name in a file name


class Press:
    """Writes the documents that have a template, from one shelf of knowledge."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._environment = environment(shelf.templates)
        self._environment.filters.update(first_up=upper_first, first_down=lower_first)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of document that somebody alone can have."""
        return frozenset(EDITIONS) - FOR_COMMITTEES

    def status(self, order: Order) -> str:
        """« BROUILLON », or « VERSION À VALIDER » when nothing stands in the way."""
        return Case(self._shelf, order).status

    def missing(self, order: Order) -> list[str]:
        """The required questions without an answer."""
        return list(Case(self._shelf, order).missing)

    def contradictions(self, values: Values) -> tuple[str, ...]:
        """The contradictions open for these answers, whatever the document."""
        kind = next(iter(EDITIONS))
        case = Case(self._shelf, Order(kind, "fr", _NO_DAY, values))
        shelf = self._shelf
        return checks.standing(
            shelf.model, shelf.costs, shelf.documents, case.signals, values, shelf.forbidden
        )

    def picture(self, order: Order, name: str) -> tuple[bytes, str]:
        """A chart of the case as a PNG, and the same in words."""
        chart = draw(Case(self._shelf, order), name)
        return chart.png, chart.brief or chart.alt

    def stem(self, order: Order, name: str) -> str:
        """The name of another file that goes with an order: « CODIR_Valmont_2026-12-15 »."""
        words = Words(Case(self._shelf, order))
        return _stem_of(words, (words.plain(name),), order)

    def codes(self, cards: Sequence[Card], title: str, until: str, order: Order) -> bytes:
        """The links of a session as codes on one page, as a PDF."""
        return write_links(cards, title, until, order.lang, order.today, self._shelf.texts)

    def preview(self, order: Order, letterhead: Letterhead | None = None) -> bytes:
        """The first page of the first edition, as a PNG."""
        _, document, charts = self._composed(order)[0]
        drawn = {key: chart.svg for key, chart in charts.items()}
        return write_png(snug(document, drawn), figures=drawn, brand=_brand(letterhead))

    def compose(self, order: Order) -> list[Document]:
        """The editions of a document. An offer exists only when the hire was chosen."""
        return [document for _, document, _ in self._composed(order)]

    def write(
        self, order: Order, phone: bool = False, letterhead: Letterhead | None = None
    ) -> list[File]:
        """Each edition in Word, then in PDF; with `phone`, only PDFs as wide as a hand."""
        files = []
        paper, brand = self._paper(order, letterhead), _brand(letterhead)
        for stem, document, charts in self._composed(order):
            if phone:
                small = {key: chart.hand for key, chart in charts.items()}
                files.append(File(f"{stem}_mobile.pdf", write_pdf(document, small, True, brand)))
                continue
            drawn = {key: chart.svg for key, chart in charts.items()}
            files.append(File(f"{stem}.docx", write_docx(document, drawn, paper)))
            files.append(File(f"{stem}.pdf", write_pdf(snug(document, drawn), drawn, brand=brand)))
        return files

    def answers(self, orders: Sequence[Order], wanted: Sequence[Field]) -> dict[str, str]:
        """What fills a template's fields, by name: nothing for what nobody answered."""
        return self._best(orders, wanted)[1]

    def form(self, orders: Sequence[Order], letterhead: Letterhead) -> File | None:
        """The company's own template filled from these orders; None when it has no field."""
        if letterhead.form is None:
            return None
        order, said = self._best(orders, letterhead.fields)
        name = self.stem(order, "fields.file")
        return File(f"{name}.docx", self._filled(letterhead.form, order, said))

    def _best(
        self, orders: Sequence[Order], wanted: Sequence[Field]
    ) -> tuple[Order, dict[str, str]]:
        """The order that leaves fewest fields without words, the first of several."""
        found = [(order, by_name(Case(self._shelf, order))) for order in orders]
        return max(found, key=lambda one: sum(bool(one[1].get(field.key)) for field in wanted))

    def _filled(self, word: bytes, order: Order, said: Mapping[str, str]) -> bytes:
        blank = f"[{self._shelf.texts[order.lang]['blank']}]"
        return fields.fill(word, lambda name: said.get(key(name)) or blank)

    def _paper(self, order: Order, letterhead: Letterhead | None) -> bytes | None:
        """What the document is written on, the fields of its edges filled."""
        if letterhead is None or not letterhead.fields:
            return letterhead.docx if letterhead else None
        return self._filled(letterhead.docx, order, by_name(Case(self._shelf, order)))

    def _composed(self, order: Order) -> list[tuple[str, Document, Charts]]:
        case = Case(self._shelf, order)
        open_to = [e for e in EDITIONS[order.kind] if e.only_for in ("", case.option)]
        wanted = [edition for edition in open_to if edition.ready(case)]
        return [(_stem(case, edition), *self._compose(case, edition)) for edition in wanted]

    def _compose(self, case: Case, edition: Edition) -> tuple[Document, Charts]:
        """Whole when it fits; else without what matters least."""
        words = Words(case)
        context, charts = edition.facts(case, words), edition.figures(case, words)
        name = f"{case.order.lang}/{edition.template}.html"
        drawn = {key: chart.svg for key, chart in charts.items()} if edition.cuts else {}
        for made in range(len(edition.cuts) + 1):
            document = compose(self._environment, name, context | {"cut": edition.cuts[:made]})
            if edition.fits(document, drawn):
                break
        return document, charts


def _brand(letterhead: Letterhead | None) -> Brand:
    return letterhead.brand if letterhead else Brand()


def _stem(case: Case, edition: Edition) -> str:
    """« Fiche-de-poste_CDO_Valmont_2026-11-23_v2 »."""
    words = Words(case)
    named = (part if "." in part else f"files.{part}" for part in edition.name if part)
    return _stem_of(words, tuple(map(words.plain, named)), case.order)


def _stem_of(words: Words, names: tuple[str, ...], order: Order) -> str:
    company = _ascii(words.case.text("company_name")) or words.plain("files.company")
    parts = [*names, company, order.today.isoformat()]
    if order.version > 1:
        parts.append(f"v{order.version}")
    return "_".join(parts)


def _ascii(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    kept = re.sub(r"[^A-Za-z0-9]+", "-", bare.encode("ascii", "ignore").decode())
    return kept.strip("-")[:LONGEST_NAME].rstrip("-")
