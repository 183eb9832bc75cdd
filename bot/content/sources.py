"""The sources with who says what and who sells what, and the glossary."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from bot.content.authored import Authored, validated
from bot.content.yaml import load
from bot.core.dialog import Text
from bot.core.reading import fold
from bot.core.sources import Source


class _Worded(Authored):
    fr: str
    en: str


class _Article(Authored):
    id: str
    title: str
    author_fr: str
    author_en: str
    publisher: str
    date_fr: str
    date_en: str
    year: str = ""
    url: str = ""
    bias_fr: str
    bias_en: str
    stake_fr: str
    stake_en: str
    label_fr: str
    label_en: str


class _Item(_Worded):
    id: str
    src: str
    kind: Literal["fact", "claim", "actor", "method"]
    check: str = ""


class _Reference(_Worded):
    id: str
    ref: str
    year: str = ""
    label_fr: str
    label_en: str


class _Sources(Authored):
    checks: dict[str, _Worded]
    kinds: dict[str, _Worded]
    sources: list[_Article]
    items: list[_Item]
    external: list[_Reference]


class _Term(_Worded):
    id: str
    terms_fr: list[str]
    terms_en: list[str]


class _Glossary(Authored):
    entries: list[_Term]


def load_sources(path: Path) -> tuple[dict[str, Source], dict[str, Text]]:
    """Every source by id (founding articles, what each states, external references), and how far
    each kind of statement was checked, in words. Raises ContentError.
    """
    loaded = load(path)
    authored = validated(loaded, _Sources)
    articles = {source.id for source in authored.sources}
    for index, item in enumerate(authored.items):
        if item.src not in articles:
            raise loaded.fault(("items", index, "src"), f"article inconnu « {item.src} »")
        if item.check and item.check not in authored.checks:
            raise loaded.fault(("items", index, "check"), f"contrôle inconnu « {item.check} »")
    found = [_source(one, "article") for one in authored.sources]
    found += [_source(one, one.kind) for one in authored.items]
    found += [_source(one, "reference") for one in authored.external]
    checks = {id_: Text(label.fr, label.en) for id_, label in authored.checks.items()}
    return {source.id: source for source in found}, checks


def _source(authored: _Article | _Item | _Reference, kind: str) -> Source:
    entry = authored.model_dump()
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


def _text(entry: Mapping[str, str], prefix: str) -> Text:
    return Text(entry.get(f"{prefix}fr", ""), entry.get(f"{prefix}en", ""))


def load_glossary(path: Path) -> dict[str, Text]:
    """Each recognised term, without case or accents, and its line. Raises ContentError."""
    terms: dict[str, Text] = {}
    for entry in validated(load(path), _Glossary).entries:
        line = Text(entry.fr, entry.en)
        for term in (*entry.terms_fr, *entry.terms_en):
            terms.setdefault(fold(term), line)
    return terms
