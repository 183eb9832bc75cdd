"""The links of a session as codes on one page, to be cut up and handed out in a meeting room."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno

from bot.core.speech import upper_first
from bot.core.typography import typeset
from bot.documents.pdf import lay_out, legible

_LAYOUT = Path(__file__).with_name("links.typ")
_STANDARDS = ["ua-1", "a-3a"]


@dataclass(frozen=True, slots=True)
class Card:
    """One function and its personal address."""

    name: str
    address: str


def write_links(
    cards: Sequence[Card], title: str, until: str, lang: str, today: date, texts: Mapping[str, Any]
) -> bytes:
    """One A4 page as a PDF; `title` names the session, `until` its deadline in words."""
    said = texts[lang]["links"]

    def text(words: str) -> str:
        return legible(typeset(words, lang))

    page = {
        "lang": lang,
        "kicker": text(said["kicker"]).upper(),
        "title": text(title or said["title"]),
        "subtitle": text(said["subtitle"].format(deadline=until)),
        "intro": text(said["intro"]),
        "card": text(upper_first(said["card"])),
        "cards": [
            {
                "name": text(card.name),
                "code": code(card.address),
                "alt": text(said["alt"].format(function=card.name)),
                "until": text(upper_first(said["until"].format(deadline=until))),
            }
            for card in cards
        ],
    }
    noon = datetime.combine(today, time(12), UTC)
    options = {"format": "pdf", "pdf_standards": _STANDARDS, "timestamp": noon}
    return lay_out(_LAYOUT, {"page": page}, options)[0]


def code(address: str) -> str:
    """An address as a code that still reads when a fifth of it is stained."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True
    )
    return out.getvalue().decode()
