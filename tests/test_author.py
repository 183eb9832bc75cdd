"""What somebody who edits the content reads after a slip: the file, the line, what to mend."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.content import paths

ROOT = Path(__file__).resolve().parent.parent
DIAGNOSTIC, DECISION = "dialogs/diagnostic.yaml", "knowledge/decision.yaml"
COSTS, SOURCES = "knowledge/costs.yaml", "knowledge/sources.yaml"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An author's own copy of the content, as the working folder."""
    for name in ("dialogs", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "bot")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "written", "instead", "said"),
    [
        (DIAGNOSTIC, "  fr: Contexte", "\tfr: Contexte", "YAML illisible : une tabulation"),
        (DIAGNOSTIC, "- id: context", "-id: context", "un deux-points de trop, ou un retrait"),
        (DIAGNOSTIC, "  en: Context\n", "", "« modules.en » : manque"),
        (DIAGNOSTIC, "short_fr: Contexte", "shrot_fr: Contexte", "« modules.shrot_fr » : inconnu"),
        (DIAGNOSTIC, "fr: Moins de 20,", "fr: Moins de vingt, à peu près,", "entre guillemets"),
        (DIAGNOSTIC, "ask: owner", "ask: ouner", "« questions.ask » : attendu : all ou owner"),
        (DIAGNOSTIC, "module: context", "module: contxt", "module inconnu « contxt »"),
        (DIAGNOSTIC, "fr: Moins de 20,", f"fr: {'x' * 43},", "a un bouton de 43 caractères"),
        (DIAGNOSTIC, "dim: tools", "dim: tolls", "une dimension inconnue, tolls"),
        (DIAGNOSTIC, "[DRH, DG, DAF]", "[RH, DG]", "autorité à une fonction inconnue, RH"),
        (DIAGNOSTIC, "{id: lt20,", "{id: few,", "une réponse qui n'existe pas, « lt20 »"),
        (DIAGNOSTIC, "- id: headcount", "- id: size", "dépend de « headcount », qui n'existe pas"),
        (DECISION, "when: {sponsor: dg}", "when: {sponsor: boss}", "n'existe pas, « boss »"),
        (DECISION, "S004-C11", "S004-C99", "R01 cite une source inconnue, S004-C99"),
        (COSTS, "value: 0.42", "value: 0,42", "un nombre, avec un point pour les décimales"),
        (COSTS, "value: 0.42", "value: 42", "vaut 42, hors de sa plage de 0.25 à 0.45"),
        (COSTS, "src: X36", "src: X999", "« charges_rate » cite une source inconnue, X999"),
        (COSTS, "- id: overhead_year", "- id: overheads", "le calcul attend « overhead_year »"),
        (SOURCES, "  src: S000\n", "  src: S009\n", "article inconnu « S009 »"),
        (SOURCES, "  kind: fact\n", "  kind: fait\n", "attendu : fact, claim, actor ou method"),
        ("knowledge/glossary.yaml", "  terms_en:", "  terms_uk:", "« entries.terms_en » : manque"),
        ("knowledge/alignment.yaml", "- id: handoff", "- id: hand", "n'a pas de conseil"),
        (
            "dialogs/messages.yaml",
            "btn.yes_value: {fr:",
            "btn.yes_value: {xx:",
            "« btn.yes_value » n'a pas de texte",
        ),
    ],
)
def test_a_slip_is_told_with_its_file_and_line(
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    written: str,
    instead: str,
    said: str,
) -> None:
    text = (desk / file).read_text(encoding="utf-8")
    assert written in text
    (desk / file).write_text(text.replace(written, instead, 1), encoding="utf-8")
    assert main(["check"]) == 2
    told = capsys.readouterr().err
    assert re.search(rf"^\S+\.yaml(, ligne \d+)? : .*{re.escape(said)}", told, re.MULTILINE), told


def test_the_line_is_that_of_the_question(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = desk / DIAGNOSTIC
    lines = file.read_text(encoding="utf-8").splitlines()
    line = lines.index("- id: headcount") + 1
    spoilt = [one.replace("fr: Moins de 20,", f"fr: {'x' * 43},") for one in lines]
    file.write_text("\n".join(spoilt), encoding="utf-8")
    main(["check"])
    assert f"{DIAGNOSTIC}, ligne {line} : « headcount » a un bouton" in capsys.readouterr().err
