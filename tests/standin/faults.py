"""Faults on command: errors, floods, resets, lost replies, slowness."""

import random
from dataclasses import dataclass
from typing import Literal

Kind = Literal["error", "flood", "reset", "hang", "drop_reply"]
DESCRIPTIONS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """What happens to the next calls, to how many, of which method."""

    kind: Kind
    count: int
    method: str | None = None
    code: int = 500
    seconds: float = 0.0
    ratio: float = 1.0

    def concerns(self, method: str) -> bool:
        if self.count <= 0:
            return False
        if self.method is None:
            return method != "getUpdates"
        return self.method.lower() == method.lower()


class Faults:
    """A list of faults to come; getUpdates is spared unless it is named."""

    def __init__(self) -> None:
        self.latency = 0.0
        self.coming: list[Fault] = []
        self.duplicates = 0
        self.random = random.Random(7)

    def fail(self, count: int = 1, code: int = 500, method: str | None = None) -> None:
        """The next calls are answered with a 5xx and not applied."""
        self.coming.append(Fault("error", count, method, code=code))

    def flood(self, count: int = 1, retry_after: int = 1, method: str | None = None) -> None:
        """The next calls are answered with a 429 and not applied."""
        self.coming.append(Fault("flood", count, method, seconds=retry_after))

    def reset(self, count: int = 1, method: str | None = None) -> None:
        """The next calls are cut off before they are applied."""
        self.coming.append(Fault("reset", count, method))

    def hang(self, count: int = 1, seconds: float = 30.0, method: str | None = None) -> None:
        """The next calls are not applied, and cut off after a long silence."""
        self.coming.append(Fault("hang", count, method, seconds=seconds))

    def drop_reply(self, count: int = 1, method: str | None = None) -> None:
        """The next calls are applied, but the bot sees a connection reset."""
        self.coming.append(Fault("drop_reply", count, method))

    def share(self, ratio: float, kind: Kind = "error", code: int = 500, seed: int = 7) -> None:
        """A share of all calls fails, until clear()."""
        self.random = random.Random(seed)
        self.coming.append(Fault(kind, 1 << 60, code=code, ratio=ratio, seconds=1.0))

    def duplicate_updates(self, count: int = 1) -> None:
        """The next updates are delivered twice."""
        self.duplicates += count

    def clear(self) -> None:
        self.coming.clear()
        self.latency = 0.0
        self.duplicates = 0

    def next(self, method: str) -> Fault | None:
        for fault in self.coming:
            if fault.concerns(method) and self.random.random() < fault.ratio:
                fault.count -= 1
                return fault
        return None
