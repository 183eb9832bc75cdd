"""The time that the stand-in goes by: the real one, or further on."""

import time


class Clock:
    """Runs with the computer's clock; a test may move it forward."""

    def __init__(self) -> None:
        self.shift = 0.0

    def now(self) -> float:
        return time.time() + self.shift

    def advance(self, seconds: float) -> None:
        self.shift += seconds
