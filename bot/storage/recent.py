"""The conversations last saved: whoever goes on need not be read, opened and unpacked again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

from bot.storage.repository import Stored

MOST = 1_000
"""People; each takes a few kilobytes."""


class Recent:
    """What was saved of some people, and in which sealed bytes.

    Sealed bytes are never the same twice: whoever saves over exactly these saves over exactly
    what was read here, even if another program has written, or erased and begun anew, meanwhile.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Stored, bytes]] = OrderedDict()

    def get(self, person: str) -> Stored | None:
        """What was saved last; none when it has to be read."""
        held = self._held.get(person)
        return held[0] if held else None

    def put(self, person: str, stored: Stored, sealed: bytes) -> None:
        """What has just been saved."""
        self._held[person] = stored, sealed
        if len(self._held) > MOST:
            self._held.popitem(last=False)

    def shown(self, person: str, live: int) -> None:
        """Where a person's buttons are now."""
        if held := self._held.get(person):
            self._held[person] = replace(held[0], live=live), held[1]

    def sealed(self, person: str) -> bytes | None:
        """The bytes that were saved last."""
        held = self._held.get(person)
        return held[1] if held else None

    def drop(self, people: Iterable[str]) -> None:
        """Forget these: they have to be read again."""
        for person in people:
            self._held.pop(person, None)

    def take(self, person: str) -> bytes | None:
        """Forget a person; the bytes that were saved last."""
        held = self._held.pop(person, None)
        return held[1] if held else None
