"""Hours of interviews in minutes, on the real program: `python -m bench.soak`.

People act at a steady rate; the memory is sampled at the end of each window. What is wanted:
flat memory, an empty log, no reply lost and none doubled. Linux only.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.subjects import ours
from bench.table import machine, row, verdict
from bench.trial import Setting, Trial, Window, tried

WINDOW_SECONDS = 15
GROWTH = 0.02
"""Flat: over the second half the line through the samples rises by less than this part.

In the first half the bot remembers its first thousand people (`storage/recent.py`).
"""
SAID = ("est à l'écoute", "Arrêt demandé")
"""What the program prints in a good life."""


def main() -> None:
    options = _options()
    windows = max(2, round(options.minutes * 60 / WINDOW_SECONDS))
    setting = Setting(options.people, 50, WINDOW_SECONDS, 30, options.rate, windows)
    print(machine(2, f"{options.rate:g} updates/s, {options.people} people, 50 ms to the API"))
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        _report(tried(ours(), setting, Path(folder)), options.rate)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--rate", type=float, default=50, help="updates per second")
    parser.add_argument("--people", type=int, default=200, help="interviews open at a time")
    return parser.parse_args()


def _report(trial: Trial, rate: float) -> None:
    windows = trial.windows
    row("minute", "updates/s", "p50 ms", "p99 ms", "RSS MB")
    for number in range(0, len(windows), max(1, len(windows) // 10)):
        one = windows[number]
        minute = f"{(number + 1) * WINDOW_SECONDS / 60:.1f}"
        row(minute, f"{one.per_second:.1f}", f"{one.p50:.0f}", f"{one.p99:.0f}", f"{one.rss:.1f}")
    _verdicts(windows, rate, _odd(trial.log))


def _verdicts(windows: Sequence[Window], rate: float, odd: Sequence[str]) -> None:
    updates = sum(one.updates for one in windows)
    reached = updates / len(windows) / WINDOW_SECONDS
    verdict(
        f"{rate:g} updates/s carried", reached > rate * 0.98, f"{reached:.1f}, {updates:,} in all"
    )
    first, samples = windows[0].rss, [one.rss for one in windows[len(windows) // 2 :]]
    slope = statistics.linear_regression(range(len(samples)), samples).slope
    hourly, rise = slope * 3600 / WINDOW_SECONDS, slope * len(samples) / samples[0]
    told = f"{first:.0f}, {samples[0]:.0f}, {samples[-1]:.0f} MB at the start, half-way, the end"
    told += f"; {hourly:+.1f} MB an hour in the second half"
    verdict("memory flat", rise < GROWTH, told)
    lost, doubled = windows[-1].lost, sum(one.doubled for one in windows)
    verdict("no reply lost, none doubled", not lost and not doubled, f"{lost} and {doubled}")
    verdict("no error in the log", not odd, f"{len(odd)} lines")
    for line in odd[:5]:
        print(f"    {line}")


def _odd(log: str) -> list[str]:
    """The lines of a log that tell of something else than a start and a stop."""
    return [line for line in log.splitlines() if line and not any(word in line for word in SAID)]


if __name__ == "__main__":
    main()
