"""A field of a company's own template: « {{ nom_du_champ }} »."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.reading import fold

LONGEST = 40  # characters of a name as it is told to the person


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it is written, and where it stands first.

    `place` is text, header, footer, box or table; of a table, `n` is its number in the text.
    """

    name: str
    place: str
    n: int = 0

    @property
    def key(self) -> str:
        return key(self.name)

    @property
    def shown(self) -> str:
        """The name, cut when it is too long to be told."""
        return self.name if len(self.name) <= LONGEST else f"{self.name[: LONGEST - 1].rstrip()}…"


def key(name: str) -> str:
    """What a name is known by: « Intitulé du poste » is intitule_du_poste."""
    return fold(name).replace(" ", "_")
