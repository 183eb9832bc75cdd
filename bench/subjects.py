"""What is measured: each a process on a core of its own, told where the stand-in is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "bench" / ".peers"
"""The environment of the peers, beside and apart from the project's own."""
OURS, WEBHOOK, FLOOR = "ours", "ours, webhook", "floor"
PICKLE, DIALOG = "CH + pickle", "aiogram-dialog"


@dataclass(frozen=True, slots=True)
class Subject:
    """A name in the tables, and the program behind it."""

    name: str
    program: tuple[str, ...]
    python: str = sys.executable
    env: dict[str, str] = field(default_factory=dict)

    def start(self, api: str, folder: Path, cores: set[int]) -> subprocess.Popen[bytes]:
        """The process, told to use these cores, with what it keeps in `folder`."""
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        env |= {"BENCH_API": api, "BENCH_SCREENS": str(folder / "screens.json")}
        where = {"api": api, "folder": folder, "port": _free_port()}
        env |= {name: value.format(**where) for name, value in self.env.items()}
        log = (folder / f"{self.name}.log").open("wb")
        return subprocess.Popen(  # noqa: S603
            (self.python, *self.program),
            cwd=folder,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )


def ours() -> Subject:
    """The real program as an operator runs it."""
    env = {
        "TELEGRAM_TOKEN": "1:bench",
        "TELEGRAM_API_URL": "{api}",
        "DATABASE_URL": "sqlite:///{folder}/data/codir.db",
        "CODIR_KEY_FILE": "{folder}/keys/key",
        "CODIR_CONTROLLER": "Bench",
        # People here tap as fast as they can: nobody is asked to slow down, no reply is paced.
        "CODIR_RATE_LIMIT": "0",
        "TELEGRAM_MESSAGES_PER_SECOND": "0",
    }
    return Subject(OURS, ("-m", "bot", "telegram"), env=env)


def webhook() -> Subject:
    """The same, to which updates are posted; a tap is answered in the response."""
    env = {
        "WEBHOOK_URL": "http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": "bench",
        "CODIR_LISTEN": "127.0.0.1:{port}",
    }
    polling = ours()
    return Subject(WEBHOOK, polling.program, env={**polling.env, **env})


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def empty() -> Subject:
    """The client that finds how fast the stand-in is."""
    return Subject("empty client", ("-m", "bench.empty"))


def floor() -> Subject:
    """Our transport without our bot."""
    return Subject(FLOOR, ("-m", "bench.floor"))


def peers() -> list[Subject]:
    """The other frameworks. Raises NotInstalled."""
    python = _environment()
    written = ROOT / "bench" / "peers"
    handler, fsm, dialogs = (
        (str(written / f"{name}.py"),)
        for name in ("conversation_handler", "aiogram_fsm", "aiogram_dialogs")
    )
    return [
        Subject("CH", handler, python),
        Subject(PICKLE, handler, python, {"BENCH_PICKLE": "{folder}/kept.pickle"}),
        Subject("aiogram FSM", fsm, python),
        Subject(DIALOG, dialogs, python),
    ]


class NotInstalled(Exception):
    """The peers could not be installed; the text is what pip said last."""


def _environment() -> str:
    """The Python of the peers, installed on first use."""
    python, wanted = PEERS / "bin" / "python", ROOT / "bench" / "peers.txt"
    stamp = PEERS / "installed.txt"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return str(python)
    venv.create(PEERS, with_pip=True, clear=True)
    command = (str(python), "-m", "pip", "install", "--quiet", "-r", str(wanted))
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NotInstalled((done.stderr.strip().splitlines() or ["pip failed"])[-1])
    stamp.write_text(wanted.read_text())
    return str(python)
