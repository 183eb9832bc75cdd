"""Faults on command or by share: errors, floods, resets, lost replies, slowness, odd updates."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["error", "page", "garbage", "flood", "reset", "hang", "slow"]
Mishap = Literal["duplicate", "delay", "swap"]
DESCRIPTIONS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
PAGE = "<html><head><title>{code} {words}</title></head><body><h1>{words}</h1></body></html>"
GARBAGE = b'{"ok":true,"result":{"message_id":10'
ALWAYS = 1 << 60


@dataclass
class Fault:
    """What happens to the next calls, to how many, of which method.

    error: an answer of the server; page: the HTML of a proxy; garbage: half a reply; flood: 429;
    reset: a connection cut; hang: silence, then a cut; slow: a reply that comes late.
    `after` tells that the call is applied all the same.
    """

    kind: Kind
    count: int = 1
    method: str | None = None
    code: int = 500
    seconds: float = 1.0
    after: bool = False
    ratio: float = 1.0

    def concerns(self, method: str) -> bool:
        if self.count <= 0:
            return False
        if self.method is None:
            return method != "getUpdates"
        return self.method.lower() == method.lower()


class Faults:
    """A list of faults to come; getUpdates is spared unless it is named.

    Whether a share of the calls is struck depends on the seed, the method and how many of its
    calls there were, so that a run can be repeated.
    """

    def __init__(self) -> None:
        self.latency = 0.0
        self.coming: list[Fault] = []
        self.duplicates = 0
        self.mishap_shares: Mapping[Mishap, float] = {}
        self.delay = 0.1
        self.seed = 7
        self.rolls: Counter[str] = Counter()

    def add(self, *faults: Fault) -> None:
        """Faults as data: each strikes its count of the calls that it concerns."""
        self.coming.extend(faults)

    def fail(self, count: int = 1, code: int = 500, method: str | None = None) -> None:
        """The next calls are answered with a 5xx and not applied."""
        self.add(Fault("error", count, method, code=code))

    def flood(self, count: int = 1, retry_after: int = 1, method: str | None = None) -> None:
        """The next calls are answered with a 429 and not applied."""
        self.add(Fault("flood", count, method, seconds=retry_after))

    def reset(self, count: int = 1, method: str | None = None) -> None:
        """The next calls are cut off before they are applied."""
        self.add(Fault("reset", count, method))

    def hang(self, count: int = 1, seconds: float = 30.0, method: str | None = None) -> None:
        """The next calls are not applied, and cut off after a long silence."""
        self.add(Fault("hang", count, method, seconds=seconds))

    def drop_reply(self, count: int = 1, method: str | None = None) -> None:
        """The next calls are applied, but the bot sees a connection reset."""
        self.add(Fault("reset", count, method, after=True))

    def share(self, ratio: float, kind: Kind = "error", code: int = 500, seed: int = 7) -> None:
        """A share of all calls fails, until clear()."""
        self.weather([Fault(kind, ALWAYS, code=code, ratio=ratio)], seed)

    def weather(self, faults: list[Fault], seed: int = 7) -> None:
        """Shares of all calls fail, each in its way, until clear()."""
        self.seed = seed
        self.rolls.clear()
        for fault in faults:
            fault.count = ALWAYS
        self.add(*faults)

    def duplicate_updates(self, count: int = 1) -> None:
        """The next updates are delivered twice."""
        self.duplicates += count

    def mishaps(self, shares: Mapping[Mishap, float], delay: float = 0.1, seed: int = 7) -> None:
        """Shares of the updates come twice, late, or before the one that they followed."""
        self.mishap_shares, self.delay, self.seed = shares, delay, seed
        self.rolls.clear()

    def clear(self) -> None:
        self.coming.clear()
        self.latency = 0.0
        self.duplicates = 0
        self.mishap_shares = {}

    def next(self, method: str) -> Fault | None:
        """What strikes this call: at most one fault."""
        roll = self.roll(method)
        for fault in self.coming:
            if not fault.concerns(method):
                continue
            if roll < fault.ratio:
                fault.count -= 1
                return fault
            roll -= fault.ratio
        return None

    def mishap(self) -> Mishap | None:
        """What befalls the next update."""
        roll = self.roll("update")
        for kind, share in self.mishap_shares.items():
            if roll < share:
                return kind
            roll -= share
        return None

    def roll(self, what: str) -> float:
        self.rolls[what] += 1
        return random.Random(f"{self.seed} {what} {self.rolls[what]}").random()
