"""One subject against the stand-in: speed, processor time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.subjects import ROOT, Subject

_TICKS = os.sysconf("SC_CLK_TCK")
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """How many people, how far the API (ms there and back), and how long."""

    people: int
    latency: float = 0
    seconds: float = 8
    warm: float = 2
    rate: float = 0
    windows: int = 1

    @property
    def options(self) -> list[str]:
        names = ("people", "latency", "seconds", "warm", "rate", "windows")
        return [word for name in names for word in (f"--{name}", str(getattr(self, name)))]


@dataclass(frozen=True, slots=True)
class Window:
    """What one measure found; `cpu` is seconds of processor per 1,000 updates, `api` what the
    stand-in used for them, `busy` the part of the time that the process had its core for, `rss`
    in MB.
    """

    per_second: float
    p50: float
    p99: float
    cpu: float
    api: float
    busy: float
    rss: float
    updates: int
    doubled: int
    lost: int
    begun: int


@dataclass(frozen=True, slots=True)
class Trial:
    """The windows of one process, its start in seconds, and how many lines it logged."""

    start: float
    windows: list[Window]
    log: str


def cores() -> tuple[set[int], set[int]]:
    """The core of the subject, and that of the stand-in (the same when there is only one)."""
    free = sorted(os.sched_getaffinity(0))
    return {free[0]}, {free[-1]}


def tried(subject: Subject, setting: Setting, folder: Path, *more: str) -> Trial:
    """Start both, let them play, stop both."""
    own, other = cores()
    with _process(_standin(setting, other, more)) as standin:
        api = f"http://127.0.0.1:{_next(standin, 'port')['port']}"
        began = time.monotonic()
        with _process(subject.start(api, folder, own)) as bot:
            start = _next(standin, "polled")["polled"] - began
            windows = [_window(standin, bot.pid) for _ in range(setting.windows)]
            _next(standin, "done")
    log = (folder / f"{subject.name}.log").read_text(errors="replace")
    return Trial(start, windows, log)


def _standin(setting: Setting, cores: set[int], more: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        (sys.executable, "-m", "bench.standin", *setting.options, *more),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )


@contextmanager
def _process(started: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _next(standin: subprocess.Popen[bytes], name: str) -> Told:
    assert standin.stdout is not None
    for line in standin.stdout:
        told: Told = json.loads(line)
        if name in told:
            return told
    raise SystemExit("the stand-in has stopped")


def _window(standin: subprocess.Popen[bytes], pid: int) -> Window:
    began = _next(standin, "begin")["begin"]
    before = _processor(pid), _processor(standin.pid)
    told = _next(standin, "end")
    spent, carried = _processor(pid) - before[0], _processor(standin.pid) - before[1]
    return Window(
        per_second=told["per_second"],
        p50=told["p50"],
        p99=told["p99"],
        cpu=spent / max(told["updates"], 1) * 1000,
        api=carried / max(told["updates"], 1) * 1000,
        busy=spent / (told["end"] - began),
        rss=memory(pid),
        updates=told["updates"],
        doubled=told["doubled"],
        lost=told["lost"],
        begun=told["begun"],
    )


def _processor(pid: int) -> float:
    """The seconds of processor that a process has used."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICKS


def memory(pid: int) -> float:
    """The megabytes that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
