"""The same document by docxtpl and LibreOffice, both installed for the measure only."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml.ns import qn


def missing() -> list[str]:
    """What has to be installed before the two can be compared."""
    found = {"docxtpl": importlib.util.find_spec("docxtpl"), "soffice": shutil.which("soffice")}
    return [name for name, where in found.items() if not where]


class Rival:
    """Fills a Word template made of a document of ours, then has LibreOffice print it."""

    def __init__(self, document: Callable[[int], bytes]) -> None:
        """`document` gives one of our Word files, each time about another company."""
        self._document = document
        self._kept = tempfile.TemporaryDirectory(prefix="bench-")
        self._folder = Path(self._kept.name)
        self._template = self._folder / "template.docx"
        self._template.write_bytes(_as_template(document(0)))
        importlib.import_module("docxtpl")  # loading it is no part of the first document

    def write(self, turn: int, fresh: bool = False) -> dict[str, float]:
        """How long the template takes, then LibreOffice; `fresh` is without its profile."""
        words = {f"t{i}": text for i, text in enumerate(_texts(self._document(turn)))}
        if fresh:
            shutil.rmtree(self._folder / "profile", ignore_errors=True)
        began = time.perf_counter()
        self._fill(words)
        filled = time.perf_counter()
        self._print()
        done = time.perf_counter()
        found = {"docx": filled - began, "pdf": done - filled, "one": done - began}
        return {name: spent * 1000 for name, spent in found.items()}

    def _fill(self, words: dict[str, str]) -> None:
        from docxtpl import DocxTemplate

        template = DocxTemplate(self._template)
        template.render(words, autoescape=True)
        template.save(self._folder / "filled.docx")

    def running(self, copies: int = 6) -> float:
        """What LibreOffice takes for one more PDF once it runs, in milliseconds."""
        names = [f"copy{number}.docx" for number in range(copies)]
        for name in names:
            shutil.copy(self._folder / "filled.docx", self._folder / name)
        spent = []
        for some in (names[:1], names):
            began = time.perf_counter()
            self._print(*some)
            spent.append(time.perf_counter() - began)
        return (spent[1] - spent[0]) / (copies - 1) * 1000

    def _print(self, *names: str) -> None:
        names = names or ("filled.docx",)
        profile = f"-env:UserInstallation=file://{self._folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", *names]
        subprocess.run(command, cwd=self._folder, capture_output=True, check=True)  # noqa: S603
        for name in names:
            made = self._folder / Path(name).with_suffix(".pdf")
            if not made.exists():
                raise SystemExit("LibreOffice printed nothing")
            made.unlink()


def _texts(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    return [text.text or "" for text in body.iter(qn("w:t"))]


def _as_template(data: bytes) -> bytes:
    """The same file with a field in the place of each of its words."""
    file = docx.Document(io.BytesIO(data))
    for number, text in enumerate(file.element.body.iter(qn("w:t"))):
        text.text = f"{{{{ t{number} }}}}"
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()
