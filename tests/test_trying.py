"""« Et si… »: what another answer would change is said as the recommendation would say it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.personas import load_personas
from bot.conversation.trying import LEVERS, tried_screen
from tests.talking import Talk

PERSONAS = Path(__file__).parent / "personas.yaml"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_comes_ahead_of_what_has_as_many_points(library: Library, lang: str) -> None:
    ahead = re.compile(r"(\d+) points?, (?:devant|ahead of) .*, (-?\d+)\.")
    said = {"ahead": 0, "level": 0}
    for persona in load_personas(PERSONAS, library.dialogs):
        turn = Talk(library, persona.respondents[0], lang).turn
        for name in LEVERS:
            for choice in turn.question(name).choices:
                text = tried_screen(turn, name, choice.id).text
                if found := ahead.search(text):
                    assert int(found[1]) > int(found[2]) + 1, text
                    said["ahead"] += 1
                said["level"] += "au coude à coude" in text or "are level" in text
    assert min(said.values()) > 0, "both are tried"
