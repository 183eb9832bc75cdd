"""A conversation held in a terminal, from a text."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bot import compose
from bot.channels.terminal import converse
from bot.content.library import Library
from bot.documents.press import Press
from bot.service import Service
from bot.settings import Settings
from bot.storage.sealing import load_key
from bot.storage.sqlite import Sqlite
from tests.terminal.chat import AUTHORED_ORDER, OUT, Chat, Heard


@pytest.fixture
def chat(
    tmp_path: Path,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Chat:
    """Hold a conversation from a text, one answer a line, on the store of this test."""
    monkeypatch.chdir(tmp_path)
    press = Press(compose.shelf(library))
    seal = load_key(tmp_path / "key" / "key", database=tmp_path / "data" / "codir.db")

    async def hold(
        *answers: str,
        lang: str = "fr",
        asked: bool = False,
        out: Path = OUT,
        store: type[Sqlite] = Sqlite,
    ) -> Heard:
        text = "".join(f"{answer}\n" for answer in answers)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        house = compose.house(Settings(_env_file=None, codir_lang=lang), library, press)
        kept = store(tmp_path / "data" / "codir.db", seal)
        service = Service(house, kept, press, chance=lambda: AUTHORED_ORDER)
        try:
            code = await converse(service, out, lang, asked=asked)
        finally:
            await service.close()
        return Heard(code, capsys.readouterr().out)

    return hold
