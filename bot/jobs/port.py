"""What any engine of background work must do: a few verbs on jobs that are never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

Within = TypeVar("Within", contravariant=True)
Did = TypeVar("Did", covariant=True)

RETRY_SECONDS = 2.0
LONGEST_RETRY = 600.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do for a person from a second (Unix time) on.

    The payload holds ids only: whoever does the job reads again what it is about. Once it is
    handed over, `attempt` counts from 1 and `run_at` says nothing any more.
    """

    id: str
    kind: str
    person: str
    payload: Mapping[str, str] = field(default_factory=dict)
    run_at: float = 0.0
    attempt: int = 0


Work = Callable[[Job], Awaitable[float | None]]
"""Does a job: None once it is done, or the second at which to do it again.

Whatever it raises makes the job wait a little longer each time; it alone decides to give up.
A job may be handed over again after a death, so that it looks at what was done before.
"""


class Jobs(Protocol[Within, Did]):
    """Durable jobs in the database of the conversations.

    `put`, `cancel` and `forget` are part of the transaction that the repository has open, and
    take what that transaction runs on: a job exists exactly if what made it due was saved.
    """

    async def start(self, channel: str, work: Work) -> None:
        """Hand the due jobs of a channel's people (`channel:…`) to `work`, until `stop`."""
        ...

    def put(self, within: Within, job: Job) -> Did:
        """Add a job; one that is there already under this id stays as it is."""
        ...

    def cancel(self, within: Within, id_: str) -> Did:
        """Remove a job, even one that is being done."""
        ...

    def forget(self, within: Within, person: str) -> Did:
        """Remove every job of a person."""
        ...

    async def due(self) -> int:
        """How many jobs' time has come and are not done, whoever's they are."""
        ...

    async def stop(self) -> None:
        """Let what is being done finish for a moment, and leave the rest to the next start."""
        ...


def pause(attempt: int) -> float:
    """The seconds to wait after an attempt that failed."""
    return min(RETRY_SECONDS * 2.0 ** min(attempt - 1, 20), LONGEST_RETRY)


async def ended(tasks: Iterable[asyncio.Task[None]], patience: float) -> None:
    """Cancel tasks and wait for their end, again after `patience` seconds.

    Before Python 3.12, `wait_for` loses a cancellation that comes together with what it waits for
    (python/cpython#86296), and a library under us may use it.
    """
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=patience)
