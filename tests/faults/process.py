"""The real process: what it wrote to its log."""

from __future__ import annotations

import asyncio


async def said(process: asyncio.subprocess.Process) -> str:
    """Everything in its log, once it has ended."""
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    return errors.decode()


def calm(errors: str, *allowed: str) -> None:
    """No exception and no error in a log, but the sentences that say what was done to it."""
    wrong = [line for line in errors.splitlines() if "Traceback" in line or "ERROR" in line]
    assert [line for line in wrong if not any(words in line for words in allowed)] == []
