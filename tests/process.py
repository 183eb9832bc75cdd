"""The real program in its own process: its settings, its start, what it wrote to its log."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.standin import StandIn

ROOT = Path(__file__).resolve().parent.parent


def environment(standin: StandIn, folder: Path) -> dict[str, str]:
    """The settings of a bot on the stand-in, with all that it keeps in `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "TELEGRAM_TOKEN": standin.token,
        "TELEGRAM_API_URL": standin.url,
        "TELEGRAM_MESSAGES_PER_SECOND": "0",
        "DATABASE_URL": f"sqlite:///{folder}/data/codir.db",
        "CODIR_KEY_FILE": str(folder / "keys" / "key"),
        "CODIR_CONTROLLER": "Maison Lucie",
    }


async def start(
    env: Mapping[str, str], folder: Path, *words: str, within: Sequence[str] = ()
) -> asyncio.subprocess.Process:
    """The program with these words, as another command runs it if there is one."""
    return await asyncio.create_subprocess_exec(
        *within,
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=dict(env),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def listening(
    env: Mapping[str, str], folder: Path, within: Sequence[str] = ()
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process, once it says that it listens."""
    process = await start(env, folder, "telegram", within=within)
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 20)
    assert "est à l'écoute" in line.decode(), (line, await process.communicate())
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def said(process: asyncio.subprocess.Process) -> str:
    """Everything in its log, once it has ended."""
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    return errors.decode()


def calm(errors: str, *allowed: str) -> None:
    """No exception and no error in a log, but the sentences that say what was done to it."""
    wrong = [line for line in errors.splitlines() if "Traceback" in line or "ERROR" in line]
    assert [line for line in wrong if not any(words in line for words in allowed)] == []
