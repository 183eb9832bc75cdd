"""The line of a file at which an author finds what a fault speaks of."""

from __future__ import annotations

import re
from pathlib import Path

from bot.content.paths import content_folder


def place(file: str, id_: str = "") -> str:
    """« dialogs/diagnostic.yaml, ligne 41 »: where the id is written, or the file alone."""
    line = _line(_path(file), id_) if id_ else 0
    return f"{file}, ligne {line}" if line else file


def _path(file: str) -> Path:
    folder, _, name = file.partition("/")
    return content_folder(folder) / name


def _line(path: Path, id_: str) -> int:
    written = re.compile(rf"(- \{{?id: |){re.escape(id_)}(?=[:,\s]|$)")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found = (n for n, line in enumerate(lines, start=1) if written.match(line))
    return next(found, 0)
