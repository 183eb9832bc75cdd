"""The documents under way: which, in which language, what they lack, whether they are drafts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.turn import Turn
from bot.core.condition import Values
from bot.core.dialog import Blank
from bot.core.showing import open_points


def wanted(turn: Turn) -> tuple[str, ...]:
    """The documents under way."""
    documents = turn.interview.given.get("documents")
    return documents if isinstance(documents, tuple) else ()


def language(turn: Turn) -> str:
    """The language of the documents: the one chosen, French for a French conversation.

    Empty for an English conversation that has not chosen: the company is French, so ask.
    """
    chosen = str(turn.interview.given.get("papers_lang", ""))
    return chosen or ("fr" if turn.lang == "fr" else "")


def missing(turn: Turn) -> list[str]:
    """The document questions without an answer, the indispensable ones first."""
    dialog, documents = turn.library.dialogs["documents"], frozenset(wanted(turn))
    path = called_for(turn, "detail")
    blank = (None, Blank.NSP, Blank.SKIPPED)
    empty = [id_ for id_ in path if turn.interview.answers.get(id_) in blank]
    return sorted(empty, key=lambda id_: not dialog[id_].required_for & documents)


def called_for(turn: Turn, depth: str) -> tuple[str, ...]:
    """The document questions that one depth calls for."""
    values: Values = {**turn.interview.given, "depth": depth, **turn.interview.answers}
    return turn.library.flows["documents"].path(values)


def required_missing(turn: Turn) -> list[str]:
    """The missing answers without which a document stays a draft."""
    dialog, documents = turn.library.dialogs["documents"], frozenset(wanted(turn))
    return [id_ for id_ in missing(turn) if dialog[id_].required_for & documents]


def blocking(turn: Turn) -> list[str]:
    """The open contradictions that keep a document a draft, for the option chosen."""
    by_id = {one.id: one for one in turn.library.model.contradictions}
    found = _standing(turn)
    return [id_ for id_ in found if by_id[id_].severity == "bloquant"]


def _standing(turn: Turn) -> Sequence[str]:
    """The contradictions that remain: a committee's as far as its answers may be told."""
    if turn.shared is None:
        return turn.house.contradictions(turn.interview.values)
    held, documents = turn.library, turn.library.dialogs["documents"]
    values = {id_: said for id_, said in turn.interview.values.items() if id_ in documents}
    option = str(turn.interview.values.get("option", ""))
    forbidden = held.forbidden[turn.lang]
    shared = turn.shared
    return open_points(held.model, held.costs, documents, shared, option, values, forbidden)


def status(turn: Turn) -> str:
    """BROUILLON, or VERSION À VALIDER once nothing required is missing or contradictory."""
    draft = bool(required_missing(turn) or blocking(turn))
    return turn.say("doc.draft" if draft else "doc.final")


def changed(turn: Turn) -> bool:
    """Whether an answer changed since the last documents were written."""
    return bool(turn.state.version) and dict(turn.interview.answers) != dict(turn.state.issued)
