"""What the command line says when something is missing or wrong: one sentence, in French."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and no setting of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith(("CODIR_", "TELEGRAM_", "DATABASE_", "WEBHOOK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line of a command that went wrong."""
    try:
        code = main(words)
    except SystemExit as stop:
        code = int(stop.code or 0)
    [line] = capsys.readouterr().err.splitlines()
    assert code == 2
    return line


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("CODIR_LANG", "de", "CODIR_LANG : attendu : fr ou en"),
        ("CODIR_LOG", "xml", "CODIR_LOG : attendu : text ou json"),
        ("CODIR_RATE_LIMIT", "abc", "CODIR_RATE_LIMIT : attendu : un nombre entier"),
        ("CODIR_RETENTION_DAYS", "0", "CODIR_RETENTION_DAYS : 1 au moins"),
        ("CODIR_RETENTION_DAYS", "1000", "CODIR_RETENTION_DAYS : 365 au plus"),
        ("CODIR_CONTROLLER", "a" * 201, "CODIR_CONTROLLER : 200 caractères au plus"),
        (
            "CODIR_TIMEZONE",
            "Paris",
            "CODIR_TIMEZONE : un fuseau se nomme comme Europe/Paris ou Indian/Reunion",
        ),
    ],
)
def test_a_wrong_setting(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(setting, value)
    assert said(capsys, "chat") == sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("key",), "codir key : il manque : geste"),
        (("foo",), "codir : commande : inconnu, 'foo' (au choix : 'chat'"),
        (("chat", "--lang", "es"), "--lang : inconnu, 'es' (au choix : 'fr', 'en')"),
        (("replay", "x.yaml", "--today", "3"), "--today : une date s'écrit 2026-11-30, non '3'"),
        (("check", "everything"), "codir : en trop : everything"),
    ],
)
def test_a_wrong_use(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in said(capsys, *words)


@pytest.mark.parametrize("command", [("chat",), ("key", "rotate")])
def test_a_damaged_database(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "data" / "codir.db"
    assert "premier lancement" in said(capsys, "key", "show")
    key = tmp_path / "home" / ".config" / "codir" / "key"
    key.parent.mkdir(parents=True)
    key.write_text("A" * 43 + "=\n")
    key.chmod(0o600)
    file.parent.mkdir()
    file.write_bytes(b"no database, " * 1000)
    line = said(capsys, *command)
    assert line.startswith("DATABASE_URL : data/codir.db n'est pas une base, ou elle est abîmée")
    assert line.endswith("remettez une sauvegarde en place")
    assert file.read_bytes() == b"no database, " * 1000


def test_a_data_folder_that_cannot_be_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    line = said(capsys, "chat")
    assert line.startswith("DATABASE_URL : data/codir.db ne peut pas être ouvert (")
    assert line.endswith("il faut un dossier où le bot peut écrire")


def test_documents_of_a_replay_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    personas = Path(__file__).parent / "personas.yaml"
    line = said(capsys, "replay", str(personas), "--out", "out")
    assert line.startswith("--out : out ne peut pas être écrit (")


@pytest.mark.parametrize(
    ("called", "found", "typed"),
    [
        (".venv/bin/codir", "", ".venv/bin/codir"),
        ("{here}/.venv/bin/codir", "", ".venv/bin/codir"),
        ("/usr/bin/codir", "/usr/bin/codir", "codir"),
        ("{here}/bot/__main__.py", "", "python -m bot"),
    ],
)
def test_what_to_type_is_what_works_from_here(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    called: str,
    found: str,
    typed: str,
) -> None:
    monkeypatch.setattr("sys.argv", [called.format(here=tmp_path)])
    monkeypatch.setattr("shutil.which", lambda _: found or None)
    assert main([]) == 0
    assert f"Pour commencer : {typed} chat" in capsys.readouterr().out
    assert main(["telegram"]) == 2
    assert f"Relancez : {typed} telegram" in capsys.readouterr().out
