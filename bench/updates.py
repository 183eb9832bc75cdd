"""How fast an interview goes, ours and others': `python -m bench.updates`.

Everything is measured in one run, each subject on the same core and the stand-in of the Bot API
on another one. See bench/README.md for what the tables mean. Linux only (/proc, affinity).
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import inside
from bench.subjects import (
    DIALOG,
    FLOOR,
    OURS,
    PICKLE,
    WEBHOOK,
    NotInstalled,
    Subject,
    empty,
    floor,
    ours,
    webhook,
)
from bench.subjects import peers as other_frameworks
from bench.table import machine, verdict
from bench.table import row as wide_row
from bench.trial import Setting, Trial, Window, cores, tried

LATENCIES, SIZES = (0, 50), (100, 200)
HEAD = "updates/s,ours is,p50 ms,p99 ms,CPU ms each,ours is,core,RSS MB,start s".split(",")
WANTED = (
    (OURS, PICKLE, 3.0, 0, None),
    (OURS, DIALOG, 2.0, 0, None),
    (OURS, FLOOR, 0.6, 0, None),
    (OURS, DIALOG, 2.5, 50, max(SIZES)),
    (WEBHOOK, DIALOG, 4.0, 0, None),
)
"""Who is to reach which ratio over whom, at which latency, with how many people (None: any)."""
MANY = Setting(people=10_000, rate=200, seconds=5, warm=105)
"""Ten thousand people, each of whom says /start and agrees."""
WHOLE = 0.9
"""A subject that uses less of its core than this has waited: for the API, or for the core."""
Found = dict[str, Window]
row = partial(wide_row, first_width=16, width=12)


def main() -> None:
    options = _options()
    own, other = cores()
    beside = "another" if own != other else "THE SAME, so expect less"
    print(machine(2, f"the bot on one core, the stand-in on {beside}"))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        screens = Path(folder) / "screens.json"
        shape = _shape(screens)
        print(f"An interview: /start and {shape - 1} taps, recorded from our bot; a person's next")
        print("update comes once the reply to the former has arrived.")
        subjects = _subjects(options)
        starts = list(_tables(subjects, options, screens))
        _inside(starts, screens, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.updates", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="of each measure")
    parser.add_argument("--rounds", type=int, default=1, help="the subjects by turns; medians")
    parser.add_argument("--people", type=int, nargs="+", default=SIZES)
    parser.add_argument("--latency", type=int, nargs="+", default=LATENCIES, help="in ms")
    parser.add_argument("--no-peers", action="store_true", help="ours and our floor only")
    parser.add_argument("--stored", type=int, default=1_000_000, help="interviews in the store")
    return parser.parse_args()


def _shape(screens: Path) -> int:
    """Record the screens of one whole interview with ours; how many there were."""
    with tempfile.TemporaryDirectory() as folder:
        alone = Setting(people=1, seconds=6, warm=0)
        tried(ours(), alone, Path(folder), "--record", str(screens))
    return len(json.loads(screens.read_text()))


def _subjects(options: argparse.Namespace) -> list[Subject]:
    own = [ours(), webhook(), floor()]
    if options.no_peers:
        return own
    try:
        return [*own, *other_frameworks()]
    except NotInstalled as error:
        print(f"Peers skipped: they could not be installed ({error})")
        return own


def _tried(subject: Subject, setting: Setting, screens: Path) -> Trial:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        (Path(folder) / screens.name).write_text(screens.read_text())
        return tried(subject, setting, Path(folder))


def _tables(
    subjects: Sequence[Subject], options: argparse.Namespace, screens: Path
) -> Iterator[float]:
    """Print a table for each setting; gives how long each start of ours took."""
    for latency in options.latency:
        for size in options.people:
            setting = Setting(size, latency, options.seconds, warm=2 + latency / 50)
            print(f"\n{size} people, {latency} ms to the API and back", flush=True)
            row("", *HEAD)
            if not latency:
                ceiling = _tried(empty(), setting, screens)
                _line(empty().name, ceiling, None)
                most = 1000 / ceiling.windows[0].api
                print(f"    the stand-in on a whole core: {most:,.0f} updates/s")
            trials = [
                {subject.name: _tried(subject, setting, screens) for subject in subjects}
                for _ in range(options.rounds)
            ]
            yield from (turn[OURS].start for turn in trials)
            found = {name: _middle([turn[name] for turn in trials]) for name in trials[0]}
            for name, trial in found.items():
                _line(name, trial, found[OURS].windows[0])
            _verdicts({name: trial.windows[0] for name, trial in found.items()}, size, latency)


def _middle(trials: Sequence[Trial]) -> Trial:
    """The one whose processor time is the median."""
    return sorted(trials, key=lambda trial: trial.windows[0].cpu)[len(trials) // 2]


def _line(name: str, trial: Trial, mine: Window | None) -> None:
    one = trial.windows[0]
    faster = f"× {mine.per_second / one.per_second:.2f}" if mine and one.per_second else "–"
    lighter = f"× {one.cpu / mine.cpu:.2f}" if mine else "–"
    speed = (f"{one.per_second:,.0f}", faster, f"{one.p50:,.0f}", f"{one.p99:,.0f}")
    cost = (f"{one.cpu:.2f}", lighter, f"{one.busy:.0%}")
    row(name, *speed, *cost, f"{one.rss:.0f}", f"{trial.start:.2f}")
    if one.doubled or one.lost:
        print(f"    replies doubled: {one.doubled}, lost: {one.lost}")


def _verdicts(found: Found, size: int, latency: float) -> None:
    for mine, name, ratio, where, people in WANTED:
        wanted = where == latency and people in (None, size)
        if wanted and name in found and found[name].per_second:
            reached, how = _ratio(found[mine], found[name])
            verdict(f"{mine}: at least {ratio} × {name}", reached >= ratio, how)


def _ratio(mine: Window, other: Window) -> tuple[float, str]:
    """How many times more updates ours carries, and how that was found.

    When both would have used a whole core and had less of it, because the machine is shared,
    updates a second say who had more of the core; updates a second of processor do not.
    """
    speed, work = mine.per_second / other.per_second, other.cpu / mine.cpu
    told = f"× {speed:.2f} in time, × {work:.2f} in processor time"
    shared = max(mine.busy, other.busy) < WHOLE
    return (work, f"{told}, which counts: the core was shared") if shared else (speed, told)


def _inside(starts: Sequence[float], screens: Path, options: argparse.Namespace) -> None:
    """What needs no other subject: start, memory, engine, a full store."""
    print("\nAlone")
    start = statistics.median(starts)
    verdict("start to the first getUpdates under 1.5 s", start < 1.5, f"{start:.2f} s")
    many = _tried(ours(), MANY, screens).windows[0]
    told = f"{many.rss:.0f} MB"
    if many.lost:
        told += f", but {many.lost} still waited: this machine was too busy for so many"
    verdict("under 120 MB with 10,000 open interviews", many.rss < 120 and not many.lost, told)
    inside.report(options.stored)


if __name__ == "__main__":
    main()
