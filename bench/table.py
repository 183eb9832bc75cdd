"""Rows of figures."""

from __future__ import annotations

import os
import platform
import statistics


def machine(cores: int) -> str:
    """Where it was measured, and how busy the place was."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    told = f"Python {platform.python_version()}, {platform.machine()}, {cores or '?'} cores{load}"
    return f"{told}; one core used. Milliseconds, median (slowest in twenty)."


def median(times: list[float]) -> str:
    """The median, and the slowest in twenty."""
    slow = sorted(times)[min(len(times) - 1, round(len(times) * 0.95))]
    return f"{statistics.median(times):.0f} ({slow:.0f})"


def row(first: str, *cells: str) -> None:
    """One line of a table."""
    print(f"  {first:<32}" + "".join(f"{cell:>17}" for cell in cells))
