"""Whole conversations, word for word, on the stand-in of Telegram."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.library import Library
from tests.playing import FOLDER, acts, normal, play
from tests.standin import StandIn
from tests.telegram_bot import running

TRANSCRIPTS = sorted(path.name for path in FOLDER.glob("*.txt"))


def language(text: str) -> str:
    """The language of the person's Telegram, from the transcript's first line."""
    return "en" if "# language: en" in text else "fr"


@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_a_transcript_is_what_the_person_reads(
    library: Library, tmp_path: Path, name: str
) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    async with StandIn() as standin, running(library, standin, tmp_path):
        person = standin.person("Lucie", language_code=language(text))
        for act in acts(text):
            await play(person, act)
        assert normal(person.transcript()) == normal(text)
        assert standin.violations == []
        assert standin.unanswered() == []


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) >= 4
