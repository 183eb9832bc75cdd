"""YAML as authors mean it: every scalar is text, no key twice, every fault has its line.

Plain PyYAML turns the ids `yes` and `no` into booleans and 12:30 into 750, and lets a
duplicate key win in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class ContentError(Exception):
    """A fault in a file that an author wrote: where, what, and how to mend it."""

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        self.path, self.line, self.message = str(path), line, message
        here = _near(Path(path))
        place = f"{here}, ligne {line}" if line else f"{here}"
        super().__init__(f"{place} : {message}")


def _near(path: Path) -> Path:
    """The path as whoever works in this folder writes it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


_PROBLEMS = {
    "mapping values are not allowed": (
        "un deux-points de trop, ou un retrait décalé ; un texte avec « : » va entre guillemets"
    ),
    "tab character": "une tabulation ; le retrait se fait avec des espaces",
    "cannot start any token": "un texte qui commence par ce caractère va entre guillemets",
    "did not find expected key": "un retrait décalé, ou un guillemet de trop",
    "did not find expected '-' indicator": "un retrait décalé dans une liste",
    "did not find expected ',' or": "une virgule, une accolade ou un crochet manque",
    "could not find expected ':'": "le deux-points manque après une clé",
    "unexpected end of stream": "un guillemet n'est pas fermé",
}
"""What an author did, for what the reader of YAML says of it."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A SafeLoader that guesses no type; the fast one where PyYAML was built with it."""


_Loader.yaml_implicit_resolvers = {}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's content and the line of each of its nodes, by path of keys and indexes."""

    path: Path
    data: Any
    lines: dict[tuple[str | int, ...], int]

    def line(self, place: tuple[str | int, ...]) -> int:
        """The line of a node, or of the nearest node around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: tuple[str | int, ...], message: str) -> ContentError:
        """The error to raise for a node."""
        return ContentError(self.path, self.line(place), message)


def load(path: Path) -> Loaded:
    """Read one YAML file. Raises ContentError with the line for anything unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, 0, "fichier introuvable") from None
    except UnicodeDecodeError as error:
        raise ContentError(path, 0, "le fichier n'est pas en UTF-8") from error
    except OSError as error:
        raise ContentError(path, 0, f"lecture impossible ({error.strerror})") from error
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[tuple[str | int, ...], int] = {}
        data = _build(path, node, (), lines) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError(path, mark.line + 1 if mark else 0, _problem(error)) from error
    except yaml.YAMLError as error:
        raise ContentError(path, 0, f"YAML illisible : {error}") from error
    finally:
        loader.dispose()
    return Loaded(path, data, lines)


def _problem(error: yaml.MarkedYAMLError) -> str:
    said = str(error.problem)
    known = next((words for problem, words in _PROBLEMS.items() if problem in said), said)
    return f"YAML illisible : {known}"


def _build(
    path: Path,
    node: yaml.Node,
    place: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(path, item, (*place, i), lines) for i, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise ContentError(path, line, "une clé est un mot simple")
        if key.value in result:
            message = f"la clé « {key.value} » figure deux fois ; gardez-en une"
            raise ContentError(path, line, message)
        result[key.value] = _build(path, value, (*place, key.value), lines)
        lines[(*place, key.value)] = line
    return result
