"""Orders made from persona files, and the plain text of the documents they give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.content.dialogs import load_dialog
from bot.content.knowledge import load_alignment, load_costs, load_decision
from bot.content.paths import content_folder
from bot.content.sources import load_sources
from bot.content.texts import load_texts
from bot.content.yaml import load
from bot.core.dialog import Blank, Dialog, Type
from bot.documents import document as doc
from bot.documents.facts import Order, Shelf
from bot.documents.press import Press

HERE = Path(__file__).parent


@cache
def shelf() -> Shelf:
    knowledge, dialogs = content_folder("knowledge"), content_folder("dialogs")
    model, kinds = load_decision(knowledge / "decision.yaml")
    return Shelf(
        diagnostic=load_dialog(dialogs / "diagnostic.yaml"),
        documents=load_dialog(dialogs / "documents.yaml"),
        model=model,
        scale=load_alignment(knowledge / "alignment.yaml"),
        kinds=kinds,
        costs=load_costs(knowledge / "costs.yaml"),
        sources=load_sources(knowledge / "sources.yaml")[0],
        texts=load_texts(knowledge),
        templates=knowledge / "templates",
    )


def answers(written: Mapping[str, Any]) -> dict[str, object]:
    """The answers of a persona file, each in its question's type."""
    dialogs = (shelf().diagnostic, shelf().documents)
    return {id_: _typed(dialogs, id_, value) for id_, value in written.items()}


def _typed(dialogs: tuple[Dialog, Dialog], id_: str, value: Any) -> object:
    if value in ("nsp", "so", "passe"):
        return Blank(value)
    question = next(dialog[id_] for dialog in dialogs if id_ in dialog)
    match question.type:
        case Type.MULTI:
            return tuple(value)
        case Type.SCALE | Type.NUMBER:
            return int(value)
        case Type.MONEY:
            return Decimal(value)
        case Type.DATE:
            return date.fromisoformat(value)
    return value


def gold(name: str, kind: str, lang: str = "fr") -> Order:
    persona = load(HERE / f"{name}.yaml").data
    values = answers({**persona["respondents"][0]["answers"], **persona["document_answers"]})
    values["option"] = persona["option"]
    return Order(kind, lang, date.fromisoformat(persona["today"]), values, 1)


def lone_personas() -> list[dict[str, Any]]:
    """The visible personas with one respondent."""
    every = load(HERE.parent / "personas.yaml").data["personas"]
    return [persona for persona in every if len(persona["respondents"]) == 1]


def order(persona: Mapping[str, Any], kind: str, lang: str, **more: object) -> Order:
    values = answers(persona["respondents"][0]["answers"])
    return Order(kind, lang, date(2026, 11, 23), {**values, **more}, 1)


def changed(base: Order, **more: object) -> Order:
    return replace(base, values={**base.values, **more})


def lines(document: doc.Document) -> list[str]:
    """What is read on the page, one line for each paragraph, item or row."""
    heads = (document.kicker, document.title, document.subtitle, document.company, document.status)
    rest = (document.confidential, document.footer)
    return [line for line in (*heads, *rest, *_blocks(document.blocks)) if line]


def text(document: doc.Document) -> str:
    return "\n".join(lines(document))


def flat(said: str) -> str:
    """For comparison: one kind of space, quote and dash, nothing bold, no capitals."""
    said = unicodedata.normalize("NFC", said).replace("’", "'")
    return re.sub(r"[\s\u00a0\u202f]+", " ", said.replace("*", "")).strip()


def _blocks(blocks: tuple[doc.Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case doc.Heading() | doc.Paragraph():
                yield doc.plain(block.words)
            case doc.Bullets():
                yield from _bullets(block)
            case doc.Facts():
                yield from (f"{doc.plain(a)} | {doc.plain(b)}" for a, b in block.pairs)
            case doc.Grid():
                yield doc.plain(block.caption)
                for row in (block.header, *block.rows):
                    yield " | ".join(doc.plain(cell.words) for cell in row)
            case doc.Callout():
                yield doc.plain(block.title)
                yield from _blocks(block.blocks)
            case doc.Section() | doc.SmallPrint():
                yield from _blocks(block.blocks)


def _bullets(block: doc.Bullets) -> Iterator[str]:
    for item in block.items:
        yield doc.plain(item.words)
        if item.inner:
            yield from _bullets(item.inner)


def said_in_order(document: doc.Document, sentences: str) -> None:
    """Each line is found in the document, after the one before."""
    whole, at = flat(text(document)), 0
    for line in filter(None, map(flat, sentences.strip().splitlines())):
        found = whole.find(line, at)
        where = "" if line not in whole else " (but earlier)"
        assert found >= 0, f"{line!r} is not said{where}"
        at = found + len(line)


PRESS = Press(shelf())
PERSONAS = {persona["id"]: persona for persona in lone_personas()}
