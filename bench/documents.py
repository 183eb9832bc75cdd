"""How long documents take, and against docxtpl + LibreOffice: `python -m bench.documents`.

Everything is measured in one run, on one core, through the same path as in production. See
bench/README.md for what the tables mean.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import rival
from bench.lags import lags, rest
from bench.orders import FICHE, kinds, order, other
from bench.table import machine, median, row, verdict
from bot.documents import press

WANTED_MS, WANTED_RATIO = 100, 8
WARMING = 5  # turns that do not count
_ROOT = Path(__file__).parents[1]
Times = dict[str, list[float]]


def main() -> None:
    options = _options()
    cores = _cores()
    _pin({min(cores)} if cores else set())
    if options.once:
        print(json.dumps(_once(options.once)))
        return
    print(machine(len(cores), "one core used. Milliseconds, median (slowest in twenty)"))
    warm = {kind: _warm(kind, options.times) for kind in kinds()}
    _table_of_documents(warm)
    _table_of_charts(options.times)
    _table_of_rivals(warm[FICHE], options.times)
    _table_of_lags(cores)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.documents", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="how often each thing is done warm")
    parser.add_argument("--once", help=argparse.SUPPRESS)
    return parser.parse_args()


def _cores() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()


def _pin(cores: set[int]) -> None:
    if cores:
        os.sched_setaffinity(0, cores)


# One document after another


@contextmanager
def _split(writer: press.Press) -> Iterator[Times]:
    """Of what the press does, how long it spends on each step, edition by edition."""
    spent: Times = defaultdict(list)
    writers = {"docx": press.write_docx, "pdf": press.write_pdf}
    press.write_docx = _timed(spent["docx"], writers["docx"])
    press.write_pdf = _timed(spent["pdf"], writers["pdf"])
    compose = _timed(spent["compose"], writer._compose)
    vars(writer)["_compose"] = compose
    try:
        yield spent
    finally:
        del vars(writer)["_compose"]
        press.write_docx, press.write_pdf = writers["docx"], writers["pdf"]


def _timed(spent: list[float], work: Callable[..., Any]) -> Callable[..., Any]:
    def done(*args: Any, **more: Any) -> Any:
        began = time.perf_counter()
        made = work(*args, **more)
        spent.append((time.perf_counter() - began) * 1000)
        return made

    return done


def _write(kind: str, turn: int) -> dict[str, float]:
    """The times of one order: its first edition composed and in each format, and all its files."""
    from tests.documents.cases import PRESS

    wanted = order(kind, turn)
    with _split(PRESS) as spent:
        _timed(spent["all"], PRESS.write)(wanted)
    one = spent["compose"][0] + spent["docx"][0] + spent["pdf"][0]
    return {
        "compose": spent["compose"][0],
        "docx": spent["docx"][0],
        "pdf": spent["pdf"][0],
        "one": one,
        "order": spent["all"][0],
        "files": len(spent["docx"]) + len(spent["pdf"]),
    }


def _warm(kind: str, times: int) -> Times:
    found: Times = defaultdict(list)
    for turn in range(times + WARMING):
        made = _write(kind, turn)
        for name, spent in made.items() if turn >= WARMING else ():
            found[name].append(spent)
    return found


def _amid(others: Iterable[str]) -> Times:
    """The job description again, every other kind being written between one and the next."""
    found: Times = defaultdict(list)
    for turn in range(4):
        for kind in list(others):
            made = _write(kind, 100 + turn)
            for name, spent in made.items() if kind == FICHE else ():
                found[name].append(spent)
    return found


def _once(kind: str) -> dict[str, float]:
    """In a new process: the first document, with what has to be loaded before."""
    began = time.perf_counter()
    kinds()
    loaded = (time.perf_counter() - began) * 1000
    return {"load": loaded, **_write(kind, 0)}


def _cold(kind: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.documents", "--once", kind]
    made = subprocess.run(command, cwd=_ROOT, capture_output=True, check=True, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(made.stdout)
    return found


def _table_of_documents(warm: dict[str, Times]) -> None:
    print("\nDocuments: the first edition of each; « order » is every edition in both formats")
    row("", "compose", "DOCX", "PDF", "DOCX + PDF", "order", "files", "first DOCX + PDF")
    warm |= {f"{FICHE}, amid the others": _amid(warm)}
    for kind, times in warm.items():
        first = f"{_cold(kind)['one']:.0f}" if kind in kinds() else "–"
        shown = (median(times[name]) for name in ("compose", "docx", "pdf", "one", "order"))
        row(kind, *shown, f"{times['files'][0]:.0f}", first)


# Charts


CHARTS = ("options", "alignment", "costs")
"""Those of somebody alone."""


def _table_of_charts(times: int) -> None:
    from tests.documents.cases import PRESS

    print("\nCharts: a PNG for the chat")
    row("", "PNG", "first")
    for name in CHARTS:
        spent: list[float] = []
        draw = _timed(spent, PRESS.picture)
        for turn in range(times + 1):
            draw(replace(order("note", turn), values=other(turn)), name)
        row(name, median(spent[1:]), f"{spent[0]:.0f}")


# Against docxtpl and LibreOffice


def _table_of_rivals(ours: Times, times: int) -> None:
    print(f"\n{FICHE}, against docxtpl + LibreOffice on the same content")
    missing = rival.missing()
    if missing:
        print(f"  not compared: {' and '.join(missing)} not found (see bench/README.md)")
        _verdict(ours, None)
        return
    from bot.documents.docx import write_docx
    from tests.documents.cases import PRESS

    theirs = rival.Rival(lambda turn: write_docx(PRESS.compose(order(FICHE, turn))[0]))
    first = theirs.write(0, fresh=True)
    found: Times = defaultdict(list)
    for turn in range(1, max(times // 2, 3) + 1):
        for name, spent in theirs.write(turn).items():
            found[name].append(spent)
    cold = _cold(FICHE)
    row("", "ours", "docxtpl + LO", "ratio", "ours, first", "theirs, first", "ratio")
    for name, label in (("docx", "DOCX, composed"), ("pdf", "PDF"), ("one", "DOCX + PDF")):
        mine = [sum(x) for x in zip(ours["compose"], ours["docx"], strict=True)]
        mine = mine if name == "docx" else ours[name]
        slow = cold["compose"] + cold["docx"] if name == "docx" else cold[name]
        warm_ratio = statistics.median(found[name]) / statistics.median(mine)
        ratios = f"× {warm_ratio:.1f}", f"× {first[name] / slow:.1f}"
        theirs_warm, theirs_cold = median(found[name]), f"{first[name]:.0f}"
        row(label, median(mine), theirs_warm, ratios[0], f"{slow:.0f}", theirs_cold, ratios[1])
    kept = statistics.median(found["docx"]) + theirs.running()
    ratio = kept / statistics.median(ours["one"])
    row("the same, LO kept running", median(ours["one"]), f"{kept:.0f}", f"× {ratio:.1f}")
    _verdict(ours, statistics.median(found["one"]))


def _verdict(ours: Times, theirs: float | None) -> None:
    mine = statistics.median(ours["one"])
    verdict(f"under {WANTED_MS} ms warm", mine < WANTED_MS, f"{mine:.0f} ms")
    if theirs is not None:
        ratio = theirs / mine
        verdict(f"{WANTED_RATIO} times faster", ratio >= WANTED_RATIO, f"{ratio:.1f} times")


# The event loop


def _table_of_lags(cores: set[int]) -> None:
    print("\nEvent loop: how late a reply may be, from a ticker of 1 ms")
    row("", "median", "99 %", "at most")
    for name, where in (("one core", {min(cores)} if cores else set()), ("all cores", cores)):
        _pin(where)
        for doing, work in (("idle", rest), ("writing documents", _work)):
            late = sorted(asyncio.run(lags(work)))
            shown = (late[len(late) // 2], late[len(late) * 99 // 100], late[-1])
            row(f"{doing}, {name}", *(f"{ms:.1f}" for ms in shown))


def _work() -> None:
    for turn in range(10):
        _write(FICHE, 1000 + turn)


if __name__ == "__main__":
    main()
