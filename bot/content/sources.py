"""The sources with who says what and who sells what, and the glossary."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.content.yaml import load
from bot.core.dialog import Text
from bot.core.reading import fold
from bot.core.sources import Source


def load_sources(path: Path) -> tuple[dict[str, Source], dict[str, Text]]:
    """Every source by id (founding articles, what each states, external references), and how far
    each kind of statement was checked, in words.
    """
    data = load(path).data
    found = [_source(entry, "article") for entry in data["sources"]]
    found += [_source(entry, entry["kind"]) for entry in data["items"]]
    found += [_source(entry, "reference") for entry in data["external"]]
    checks = {id_: Text(label["fr"], label["en"]) for id_, label in data["checks"].items()}
    return {source.id: source for source in found}, checks


def _source(entry: Mapping[str, Any], kind: str) -> Source:
    return Source(
        id=entry["id"],
        kind=kind,
        check=entry.get("check", ""),
        text=_text(entry, ""),
        author=_text(entry, "author_"),
        title=entry.get("title", ""),
        publisher=entry.get("publisher", ""),
        date=_text(entry, "date_"),
        stake=_text(entry, "stake_"),
        label=_text(entry, "label_"),
        bias=_text(entry, "bias_"),
        ref=entry.get("ref", ""),
    )


def _text(entry: Mapping[str, Any], prefix: str) -> Text:
    return Text(entry.get(f"{prefix}fr", ""), entry.get(f"{prefix}en", ""))


def load_glossary(path: Path) -> dict[str, Text]:
    """Each recognised term, without case or accents, and its line."""
    terms: dict[str, Text] = {}
    for entry in load(path).data["entries"]:
        line = Text(entry["fr"], entry["en"])
        for term in (*entry["terms_fr"], *entry["terms_en"]):
            terms.setdefault(fold(term), line)
    return terms
