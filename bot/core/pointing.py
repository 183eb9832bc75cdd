"""Words that point at a person or at a function, which an anonymous argument must not hold."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.core.reading import fold

_TITLE = re.compile(
    r"\b(?:mme|mlle|m\.|mr|mrs|ms|miss|monsieur|madame|dr)\s+[A-ZÀ-Ý]\w*", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


def pointed(text: str, phrases: Collection[str], domains: Collection[str]) -> str:
    """The words that designate somebody, as they were typed; empty when there are none.

    A phrase may end with « … », which stands for one of the domains (« directeur … »: a title
    and what it directs). The longest designation found is told.
    """
    if titled := _TITLE.search(text):
        return titled[0]
    words = list(_WORD.finditer(text))
    said = [fold(word[0]) for word in words]
    found = [_at(said, start, phrases, domains) for start in range(len(words))]
    start, length = max(enumerate(found), key=lambda pair: pair[1], default=(0, 0))
    return text[words[start].start() : words[start + length - 1].end()] if length else ""


def _at(said: list[str], start: int, phrases: Collection[str], domains: Collection[str]) -> int:
    """How many words from here on designate somebody."""
    return max((_length(said, start, phrase, domains) for phrase in phrases), default=0)


def _length(said: list[str], start: int, phrase: str, domains: Collection[str]) -> int:
    open_ended = phrase.endswith("…")
    wanted = fold(phrase).split()
    if said[start : start + len(wanted)] != wanted:
        return 0
    if not open_ended:
        return len(wanted)
    follows = _domain(said, start + len(wanted), domains)
    return len(wanted) + follows if follows else 0


def _domain(said: list[str], start: int, domains: Collection[str]) -> int:
    """How many words name a domain here: « marketing », « des ressources humaines »."""
    found = (fold(domain).split() for domain in domains)
    return max((len(d) for d in found if said[start : start + len(d)] == d), default=0)
