"""Who may come in, and how fast: known before anything is read or kept."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from math import inf

BURST_MINUTES = 2
"""How many minutes' worth of messages may come at once, as after an outage."""
QUIET_SECONDS = 60.0
"""How long somebody must be quiet until they are told again."""


class Entry(Enum):
    """What becomes of an update; the value names the sentence that the person reads.

    UNKNOWN: not on the list, and welcome only if a committee expects them.
    """

    WELCOME = ""
    UNKNOWN = "unknown"
    STRANGER = "door.stranger"
    HASTE = "door.haste"
    SILENCE = "silence"


@dataclass(slots=True)
class _Bucket:
    """What a person may still send at a moment, and whether they were told to wait."""

    left: float
    at: float
    told: bool = False


class Door:
    """Those who may come in alone (none for everyone); a token bucket per person (0 for no limit).

    Whoever is turned away reads one sentence, then silence until they have been quiet.
    """

    def __init__(
        self,
        allowed: Collection[int],
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = allowed
        self._burst = per_minute * BURST_MINUTES or inf
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def knock(self, person: int) -> Entry:
        """What becomes of one more update of a person."""
        bucket = self._bucket(person)
        in_time = bucket.left >= 1
        bucket.left -= in_time
        if in_time:
            listed = not self._allowed or person in self._allowed
            return Entry.WELCOME if listed else Entry.UNKNOWN
        return self._tell(bucket, Entry.HASTE)

    def stranger(self, person: int) -> Entry:
        """What becomes of an update of somebody unknown whom no committee expects."""
        return self._tell(self._bucket(person), Entry.STRANGER)

    @staticmethod
    def _tell(bucket: _Bucket, entry: Entry) -> Entry:
        told, bucket.told = bucket.told, True
        return Entry.SILENCE if told else entry

    def _bucket(self, person: int) -> _Bucket:
        """The person's bucket, filled by the time gone by."""
        now = self._clock()
        while self._buckets and self._quiet(next(iter(self._buckets.values())), now):
            self._buckets.popitem(last=False)
        bucket = self._buckets.setdefault(person, _Bucket(self._burst, now))
        self._buckets.move_to_end(person)
        if self._quiet(bucket, now):
            bucket.told = False
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._per_second)
        bucket.at = now
        return bucket

    def _quiet(self, bucket: _Bucket, now: float) -> bool:
        """Whether nothing about a person needs to be remembered."""
        gone = now - bucket.at
        full = bucket.left + gone * self._per_second >= self._burst
        return full and (not bucket.told or gone >= QUIET_SECONDS)
