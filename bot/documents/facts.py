"""One document's case: the order for it, what it draws on, and what follows from the answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from bot.core import checks
from bot.core.alignment import Alignment, align
from bot.core.condition import Values, number
from bot.core.costs import Params
from bot.core.decision import Recommendation, contradictions, recommend
from bot.core.dialog import Blank, Question
from bot.core.showing import advised, open_points, quotable, scored
from bot.core.signals import signals
from bot.core.typography import printable
from bot.documents.committee import Committee
from bot.documents.order import File, Order, Shelf

__all__ = ["DRAFT", "FINAL", "UNCLEAR", "Case", "File", "Order", "Shelf"]

DRAFT, FINAL = "BROUILLON", "VERSION À VALIDER"

_OPTION_OF = {
    "fiche_cdo": "permanent_cdo",
    "brief_stratege": "strategist_then_specialist",
    "fiche_specialiste": "strategist_then_specialist",
    "fiche_alternant": "apprentice",
    "brief_reorg": "reorganise",
    "brief_transition": "interim_cdo",
    "brief_facilitateur": "facilitator",
    "brief_suivi": "apprentice",
    "brief_clarification": "clarify_first",
}

UNCLEAR = 2  # at most, on the five-point scale


@dataclass(frozen=True)
class Case:
    """An order, and all that is worked out from its answers."""

    shelf: Shelf
    order: Order

    @cached_property
    def option(self) -> str:
        """The option chosen, or the one that the document is made for."""
        chosen = self.order.values.get("option")
        known = {option.id for option in self.shelf.model.options}
        return str(chosen) if chosen in known else _OPTION_OF.get(self.order.kind, self.advice.top)

    @cached_property
    def values(self) -> Values:
        """Every answer with the option and this one document; barred wordings are left out."""
        given = dict(self.order.values)
        if self.committee:
            given = self.committee.common(given)
        given |= {"option": self.option, "documents": (self.order.kind,), "depth": "detail"}
        barred = checks.barred(self.checked(given))
        return {id_: value for id_, value in given.items() if id_ not in barred}

    def checked(self, values: Values) -> checks.Case:
        """The answers as the named checks read them."""
        return checks.Case(values, self.shelf.costs, self.shelf.documents, self.shelf.forbidden)

    @property
    def params(self) -> Params:
        """The assumptions of the cost model, with the person's own values."""
        return {**self.shelf.costs.defaults, **self.order.params}

    @property
    def committee(self) -> Committee | None:
        """The committee whose answers these are, if one person did not answer alone."""
        return self.order.committee

    @cached_property
    def alignment(self) -> Alignment:
        if self.committee:
            return scored(self.shelf.scale, self.committee.digest)
        return align(self.shelf.scale, [self.order.values])

    @cached_property
    def signals(self) -> Values:
        if self.committee:
            return self.committee.digest.signals
        respondents = [self.order.values]
        return signals(self.shelf.diagnostic, self.shelf.kinds, respondents, self.alignment)

    @cached_property
    def advice(self) -> Recommendation:
        """The recommendation, with the rules and the gates that may be quoted."""
        if self.committee is None:
            return recommend(self.shelf.model, self.signals)
        model, digest = self.shelf.model, self.committee.digest
        found = advised(model, digest)
        parted = self.committee.divided
        told = {r.id for r in model.rules if quotable(digest, r.when) and not r.when.names & parted}
        told |= {gate.id for gate in model.gates if quotable(digest, gate.when)}
        return replace(
            found,
            fired=tuple(id_ for id_ in found.fired if id_ in told),
            gated={o: tuple(id_ for id_ in ids if id_ in told) for o, ids in found.gated.items()},
        )

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The contradictions that remain for this document."""
        shelf = self.shelf
        wanted = {"option": self.option, "documents": (self.order.kind,)}
        values = {**self.order.values, **wanted}
        if self.committee:
            digest = self.committee.digest
            return open_points(
                shelf.model,
                shelf.costs,
                shelf.documents,
                digest,
                self.option,
                values,
                shelf.forbidden,
            )
        return checks.standing(
            shelf.model, shelf.costs, shelf.documents, self.signals, values, shelf.forbidden
        )

    @cached_property
    def lifted(self) -> tuple[str, ...]:
        """The contradictions of the first preference that the option chosen has settled.

        None is told of a committee's: it would tell what somebody leant towards.
        """
        if self.committee:
            return ()
        found = contradictions(self.shelf.model, self.signals)
        return tuple(id_ for id_ in found if id_ not in self.open)

    @cached_property
    def blocking(self) -> tuple[str, ...]:
        severity = {one.id: one.severity for one in self.shelf.model.contradictions}
        return tuple(id_ for id_ in self.open if severity[id_] == "bloquant")

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The required questions without an answer, in the order they are asked."""
        required = (q for q in self.shelf.documents.questions if self.order.kind in q.required_for)
        return tuple(q.id for q in required if q.when(self.values) and self.value(q.id) is None)

    @property
    def status(self) -> str:
        agreed = self.committee is None or self.committee.agreed
        return FINAL if agreed and not self.missing and not self.blocking else DRAFT

    @property
    def fitting(self) -> bool:
        """Whether the document belongs to the option chosen."""
        return self.order.kind in self.shelf.model.option(self.option).docs

    @property
    def funding(self) -> bool:
        """Whether a contradiction on the sponsor or the budget remains."""
        return not checks.FUNDING.isdisjoint(self.open)

    @property
    def publishable(self) -> bool:
        """Whether the post is confirmed and nothing about its sponsor or budget is in doubt."""
        confirmed = self.value("post_funded") == "oui"
        return self.status == FINAL and confirmed and not self.funding

    @property
    def unclear(self) -> bool:
        """Whether the « pourquoi » is said to be unclear to the committee."""
        clarity = self.value("clarity_of_why")
        return isinstance(clarity, int) and clarity <= UNCLEAR

    def question(self, id_: str) -> Question:
        """A question in the words that fit this company."""
        dialog = self.shelf.documents if id_ in self.shelf.documents else self.shelf.diagnostic
        return dialog[id_].worded(self.values)

    def value(self, id_: str) -> Any:
        """An answer, or None when it is missing, unknown or without object."""
        found = self.values.get(id_)
        return None if found is None or isinstance(found, Blank) or found in ("", ()) else found

    def unknown(self, id_: str) -> bool:
        """Whether the person answered « Je ne sais pas »."""
        return self.values.get(id_) == Blank.NSP

    def choices(self, id_: str) -> tuple[str, ...]:
        """The ticked choices, in the person's order."""
        found = self.value(id_)
        return found if isinstance(found, tuple) else ()

    def number(self, id_: str) -> Decimal | None:
        """A number or an amount, or None."""
        return number(self.value(id_))

    def text(self, id_: str) -> str:
        """A free text on one line, or an empty one."""
        found = self.value(id_)
        return " ".join(printable(found).split()) if isinstance(found, str) else ""

    def day(self, id_: str) -> date | None:
        """A date, or None."""
        found = self.value(id_)
        return found if isinstance(found, date) else None
