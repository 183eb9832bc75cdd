"""What any store must do for the service: load, save once per update, erase."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.jobs.port import Job, Jobs


class Conflict(Exception):
    """Somebody else saved this conversation in between; load again and decide anew."""


class Busy(Exception):
    """The store cannot write now (full disk, locked file). Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation at rest. `live` is the message that carries its buttons, 0 for none.

    `until` is the second (Unix time) until which it is kept.
    """

    data: bytes
    revision: int
    live: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """What a channel noted when a job's files had been sent; `told` once that was saved too."""

    data: bytes
    told: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Something to save under a key, over a revision (0 for a new one).

    `silent`: nobody has to be shown anything because of it.
    """

    key: str
    data: bytes
    revision: int
    until: int
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Along:
    """What changes with a conversation, in one transaction.

    Of the person's files only those named in `keeping` stay, if it is given. The jobs that
    became `due` are put; the one that is `done` is cancelled, and what it sent marked as told.
    The rows of `also` are saved after the conversation, in order; those that were `read`, by
    key and revision (0 for none), must still be as they were; everything under the keys in
    `gone` is removed.
    """

    keeping: Collection[str] | None = None
    due: Sequence[Job] = ()
    done: str = ""
    also: Sequence[Row] = ()
    read: Mapping[str, int] = field(default_factory=dict)
    gone: Sequence[str] = ()
    silent: bool = False
    """A job shows what this save has to say, and does so again after a stop."""


NOTHING = Along()


class Repository(Protocol):
    """Conversations by person, each change in one transaction with the update that caused it."""

    async def load(self, person: str) -> Stored | None:
        """The last saved conversation of a person."""
        ...

    @property
    def jobs(self) -> Jobs[Any, Any]:
        """The engine of background work on the same database."""
        ...

    async def save(
        self,
        person: str,
        data: bytes,
        revision: int,
        update: int | None,
        until: int,
        along: Along = NOTHING,
    ) -> bool:
        """Save over `revision` (0 for a new one); False when the update was applied before.

        `until` is the second (Unix time) after which `purge` may remove the conversation.
        What goes `along` changes in the same transaction.

        Raises Conflict when a revision, of this or of what goes along, is another, and Busy when
        nothing can be written.
        """
        ...

    async def shown(self, person: str, revision: int, live: int) -> bool:
        """Remember that the replies up to a revision were seen, and where the buttons are.

        False when another process has shown something newer, above or below.
        """
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

    async def erase(self, person: str, update: int | None, along: Along = NOTHING) -> None:
        """Remove everything about a person. Raises Conflict as `save` does."""
        ...

    async def purge(self, person: str, now: int) -> bool:
        """Remove everything about a person whose time is over; False if it is not."""
        ...

    async def note(self, person: str, job: str, data: bytes) -> None:
        """Note what was sent for a job, unless nothing is kept of the person any more."""
        ...

    async def noted(self, person: str, job: str) -> Sent | None:
        """What was last noted for a job."""
        ...

    async def check(self) -> None:
        """Raises Busy when nothing can be written."""
        ...

    async def close(self) -> None:
        """Finish what is under way and let go."""
        ...
