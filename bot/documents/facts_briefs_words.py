"""Whom a brief speaks to, and ways of picking its texts: by answer, in a list, in a table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bot.documents.facts_words import NOTHING, Words

Row = tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of these briefs: its name in the texts, and whom it speaks to.

    `asks` says whether the mission's criteria are asked; `third` whether the provider is
    « le prestataire » rather than « vous »; `tests` whether a test step always opens it.
    """

    name: str
    asks: bool = True
    third: bool = False
    tests: bool = False


def said(words: Words, question: str, path: str, /, **given: object) -> Markup:
    """What an answer makes a brief write there; nothing if nothing is planned."""
    value = words.case.value(question)
    full = f"{path}.{'unknown' if value is None else value}"
    return words(full, **given) if words.has(full) else NOTHING


def texts(words: Words, path: str, /, **given: object) -> list[Markup]:
    """An authored list of sentences."""
    return [words.fill(words.ours(text), **given) for text in words.tree(path)]


def records(words: Words, path: str, /, **given: object) -> list[dict[str, Markup]]:
    """An authored list of rows, each with its named parts."""
    return [
        {name: words.fill(words.ours(text), **given) for name, text in row.items()}
        for row in words.tree(path)
    ]


def table(words: Words, path: str, ids: tuple[str, ...], *parts: str) -> list[Row]:
    """The rows with these ids that an author has written, each with the parts asked for."""
    known = [id_ for id_ in ids if words.has(f"{path}.{id_}")]
    return [tuple(words(f"{path}.{id_}.{part}") for part in parts) for id_ in known]


_CLAUSES = {"data": "clauses.donnees", "exit": "clauses.reversibilite"}


def clause(words: Words, kind: Kind, name: str, /, **given: object) -> Markup:
    """A sentence to the provider, or about it."""
    if kind.third:
        return words(f"briefs.third.{name}", **given)
    return words(_CLAUSES.get(name, f"briefs.{name}"), **given)
