"""Files brought to the person: into one folder, and never over somebody's work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bot.conversation.hearing import Sent
from bot.documents.facts import File


def put(folder: Path, files: Sequence[File]) -> list[Path]:
    """Where each file now is. Raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_put(folder, file) for file in files]


def _put(folder: Path, file: File) -> Path:
    for path in _names(folder / file.name):
        if not path.exists():
            _write(path, file.content)
            return path
        if _same(path.read_bytes(), file.content):
            return path
    raise AssertionError("names never run out")


def _same(held: bytes, content: bytes) -> bool:
    """Whether nothing would be lost: Word files say when they were zipped, which is no content."""
    return held == content or (_parts(held) == _parts(content) is not None)


def _parts(content: bytes) -> list[tuple[str, int]] | None:
    """The parts of a Word file with their checksums; None for anything else."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            return [(part.filename, part.CRC) for part in parts.infolist()]
    except BadZipFile:
        return None


def _names(path: Path) -> Iterator[Path]:
    """The name itself; « -2 », « -3 » when a file of that name holds something else."""
    yield path
    for n in count(2):
        yield path.with_stem(f"{path.stem}-{n}")


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: a full disk leaves no half of a document."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def named(path: str) -> Sent:
    """The file that a typed path names, size 0 when there is none."""
    file = Path(path.strip("\"'")).expanduser()
    try:
        return Sent(str(file), file.name, file.stat().st_size)
    except OSError:
        return Sent(str(file), file.name, 0)
