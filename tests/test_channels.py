"""The same conversation on Telegram and in the terminal comes to the same answers."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot import compose
from bot.channels.terminal import converse
from bot.content.library import Library
from bot.core.dialog import Question, Type
from bot.documents.press import Press
from bot.service import Service
from bot.settings import Settings
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite
from tests.playing import FOLDER, Act, acts, normal, play
from tests.standin import StandIn
from tests.telegram_bot import Clock, running

AUTHORED_ORDER = "abcdef000000cafe"


def until_delivery(text: str) -> list[Act]:
    """The transcript up to the files, so that both channels end there."""
    found: list[Act] = []
    for act in acts(text):
        found.append(act)
        if act.label.startswith(("Générer", "Generate")):
            break
    return found


def as_typed(library: Library, played: Sequence[Act], lang: str) -> Iterator[str]:
    """What the same person types: labels as words, ticks as numbers on one line."""
    lists = iter([q for d in library.dialogs.values() for q in d.questions if q.type is Type.MULTI])
    ticks: list[str] = []
    for n, act in enumerate(played):
        if act.line == "/start":
            continue
        if validates(act):
            yield numbers(lists, ticks, lang)
            ticks = []
        elif is_tick(library, played[n:], lang):
            ticks.append(plain(act.label))
        else:
            yield act.label or act.line


def numbers(lists: Iterator[Question], ticks: Sequence[str], lang: str) -> str:
    """The numbers of these labels in the next list that holds them all."""
    for question in lists:
        labels = [plain(choice.text[lang]) for choice in question.choices]
        if set(ticks) <= set(labels):
            kept = ticks[: question.most or len(ticks)]
            return " ".join(str(labels.index(label) + 1) for label in kept)
    raise AssertionError(f"no list holds {ticks}")


def validates(act: Act) -> bool:
    return act.label.startswith(("Valider", "Done"))


def is_tick(library: Library, following: Sequence[Act], lang: str) -> bool:
    """Whether nothing but taps of a list stands between this one and « Valider »."""
    labels = {
        plain(choice.text[lang])
        for dialog in library.dialogs.values()
        for question in dialog.questions
        if question.type is Type.MULTI
        for choice in question.choices
    }
    alone = {
        plain(choice.text[lang])
        for dialog in library.dialogs.values()
        for question in dialog.questions
        if question.type is Type.SINGLE
        for choice in question.choices
    }
    labels -= alone
    for act in following:
        if validates(act):
            return act is not following[0]
        if not act.label or plain(act.label) not in labels:
            return False
    return False


def plain(text: str) -> str:
    return normal(text)[0].removeprefix("✓ ")


@pytest.mark.parametrize("name", ["fiche.txt", "brief.txt"])
async def test_both_channels_come_to_the_same_answers(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    played = until_delivery((FOLDER / name).read_text(encoding="utf-8"))
    async with StandIn() as standin, running(library, standin, tmp_path / "telegram") as service:
        person = standin.person("Lucie", language_code="fr")
        for act in played:
            await play(person, act)
        export = await service.export(f"telegram:{person.user.id}")
        sent = {m.document.replace("2026-11-24", "") for m in person.chat if m.document}

    monkeypatch.chdir(tmp_path)
    typed = "".join(f"{line}\n" for line in as_typed(library, played, "fr"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    press = Press(compose.shelf(library))
    database = tmp_path / "terminal" / "codir.db"
    store = Sqlite(database, load_key(tmp_path / "keys" / "terminal", database=database))
    house = compose.house(Settings(_env_file=None), library, press)
    terminal = Service(house, store, press, Clock(), chance=lambda: AUTHORED_ORDER)
    try:
        await converse(terminal, Path("documents"), "fr")
        here = await terminal.export("terminal")
    finally:
        await terminal.close()
    printed = capsys.readouterr().out
    assert answers(here.content) == answers(export.content), printed[-2000:]
    assert {p.name.replace("2026-11-24", "") for p in Path("documents").iterdir()} == sent


def answers(export: bytes) -> dict[str, object]:
    kept: dict[str, object] = json.loads(export)["interview"]["answers"]
    return kept
