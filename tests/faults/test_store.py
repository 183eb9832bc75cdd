"""The store refuses to write for a while: each person is told once, and then everything goes on."""

from __future__ import annotations

import asyncio
import resource
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.content.library import Library
from tests.faults.crowd import Crowd
from tests.faults.director import Director
from tests.process import calm, environment, listening, said
from tests.standin import StandIn

pytestmark = pytest.mark.fault

PLACES = 3
TOLD = "Je ne peux rien enregistrer"
STORE = ("the store cannot write", "jobs cannot be read", "a job cannot be settled")
"""What the log may say meanwhile."""
SMALL_DISK = ("unshare", "-Urm", "sh", "-c", 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"')
"""What runs a command with a small file system of its own in a folder."""
LOCK = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
db.execute("begin immediate")
print("locked", flush=True)
sys.stdin.read()
"""

Process = asyncio.subprocess.Process


async def allowed(*command: str) -> bool:
    """Whether this machine runs such a command."""
    if shutil.which(command[0]) is None:
        return False
    return await (await asyncio.create_subprocess_exec(*command)).wait() == 0


@asynccontextmanager
async def no_room_in_files(process: Process, _: Path) -> AsyncIterator[None]:
    """No file of the process may grow, nor be written to at all."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)


@asynccontextmanager
async def full_disk(process: Process, folder: Path) -> AsyncIterator[None]:
    """Another file takes all the room that is left on the small disk, as it is seen in there."""
    filler = Path(f"/proc/{process.pid}/root{folder}/filler")
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    yield
    filler.unlink()


@asynccontextmanager
async def locked(_: Process, folder: Path) -> AsyncIterator[None]:
    """Another process keeps the database to itself."""
    path = str(folder / "codir.db")
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOCK, path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"locked\n"
    yield
    await other.communicate(b"")


TROUBLES = {"no room in files": no_room_in_files, "a full disk": full_disk, "a lock": locked}
SECONDS = 6.0


def told(director: Director) -> int:
    """How often somebody has read that nothing can be saved."""
    return sum(TOLD in message.words for message in director.person.chat)


@pytest.mark.parametrize("name", TROUBLES)
async def test_everything_goes_on_when_the_store_can_write_again(
    tmp_path: Path, library: Library, name: str, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    within = (*SMALL_DISK, str(folder)) if name == "a full disk" else ()
    if within and not await allowed(*within, "true"):
        pytest.skip("this machine gives no file system of its own: the refused writes stand for it")
    async with StandIn() as standin:
        crowd = Crowd(standin, library, seed=5)
        async with listening(environment(standin, tmp_path), tmp_path, within) as process:
            crowd.start(PLACES)
            await asyncio.sleep(2)
            async with TROUBLES[name](process, folder):
                for director in list(crowd.played):
                    await director.person.wait_for(lambda _, d=director: told(d) == 1, timeout=20)
                await asyncio.sleep(SECONDS)
                answered = sum(len(director.given) for director in crowd.played)
            assert [told(director) for director in crowd.played] == [1] * PLACES
            await crowd.stop(200)
            assert sum(len(director.given) for director in crowd.played) > answered
            await crowd.check()
            process.terminate()
            calm(await said(process), *STORE)
            assert process.returncode == 0
        assert [told(director) for director in crowd.played] == [1] * PLACES
        assert standin.violations == []
    record_property("done", str(crowd))
