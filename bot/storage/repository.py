"""What any store must do for the service: load, save once per update, erase."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


class Conflict(Exception):
    """Somebody else saved this conversation in between; load again and decide anew."""


class Busy(Exception):
    """The store cannot write now (full disk, locked file). Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation at rest. `live` is the message that carries its buttons, 0 for none."""

    data: bytes
    revision: int
    live: int = 0


class Repository(Protocol):
    """Conversations by person, each change in one transaction with the update that caused it."""

    async def load(self, person: str) -> Stored | None:
        """The last saved conversation of a person."""
        ...

    async def save(
        self,
        person: str,
        data: bytes,
        revision: int,
        update: int | None,
        until: int,
        keeping: Collection[str] | None = None,
    ) -> bool:
        """Save over `revision` (0 for a new one); False when the update was applied before.

        `until` is the second (Unix time) after which `purge` may remove the conversation.
        Of the person's files only those named in `keeping` stay, if it is given.

        Raises Conflict when the stored revision is another, Busy when nothing can be written.
        """
        ...

    async def shown(self, person: str, revision: int, live: int) -> None:
        """Remember that the replies up to a revision were seen, and where the buttons are."""
        ...

    async def unshown(self) -> list[str]:
        """The people whose last replies may not have reached them."""
        ...

    async def keep(self, person: str, name: str, data: bytes) -> None:
        """Keep a file of a person beside the conversation, which goes with it."""
        ...

    async def kept(self, person: str, name: str) -> bytes | None:
        """A file kept under this name."""
        ...

    async def erase(self, person: str, update: int | None) -> None:
        """Remove everything about a person."""
        ...

    async def purge(self, now: int) -> int:
        """Remove the conversations whose time is over; how many there were."""
        ...

    async def close(self) -> None:
        """Finish what is under way and let go."""
        ...
