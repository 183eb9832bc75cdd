"""What the long runs did, in figures, below their outcome."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each run that noted what it did."""
    for report in terminalreporter.getreports("passed"):
        for _, words in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {words}")
