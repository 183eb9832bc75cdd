"""Rows of figures."""

from __future__ import annotations

import os
import platform
import statistics


def machine(cores: int, how: str) -> str:
    """Where it was measured, how busy the place was, and how."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    told = f"Python {platform.python_version()}, {platform.machine()}, {cores or '?'} cores{load}"
    return f"{told}; {how}."


def median(times: list[float]) -> str:
    """The median, and the slowest in twenty."""
    slow = sorted(times)[min(len(times) - 1, round(len(times) * 0.95))]
    return f"{statistics.median(times):.0f} ({slow:.0f})"


def row(first: str, *cells: str, first_width: int = 32, width: int = 17) -> None:
    """One line of a table."""
    print(f"  {first:<{first_width}}" + "".join(f"{cell:>{width}}" for cell in cells))


def verdict(wanted: str, met: bool, found: str) -> None:
    """One figure of the issue, and what it came to."""
    print(f"  wanted: {wanted}: {'met' if met else 'MISSED'} ({found})", flush=True)
