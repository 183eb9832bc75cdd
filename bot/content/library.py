"""Everything authored, loaded once at start: questionnaires, knowledge and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.authored import AuthoredWording, validated
from bot.content.dialogs import load_dialog, with_again
from bot.content.knowledge import load_alignment, load_costs, load_decision, load_divergences
from bot.content.messages import LANGS, Messages, load_messages
from bot.content.sources import load_glossary, load_sources
from bot.content.texts import load_texts
from bot.content.yaml import load
from bot.core.assessment import Expertise
from bot.core.costs import CostModel
from bot.core.decision import Model
from bot.core.dialog import Dialog, Text
from bot.core.flow import Flow
from bot.core.reading import Forbidden
from bot.core.sources import Source

DIALOGS = ("diagnostic", "documents", "second_round")


@dataclass(frozen=True, slots=True)
class Library:
    """The content that every conversation shares."""

    dialogs: Mapping[str, Dialog]
    flows: Mapping[str, Flow]
    expertise: Expertise
    costs: CostModel
    sources: Mapping[str, Source]
    checks: Mapping[str, Text]
    glossary: Mapping[str, Text]
    messages: Messages
    forbidden: Mapping[str, tuple[Forbidden, ...]]
    chatter: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Any]
    templates: Path

    @property
    def model(self) -> Model:
        """The decision model."""
        return self.expertise.model


def load_library(dialogs: Path, knowledge: Path) -> Library:
    """Read every authored file. Raises ContentError with file, line and remedy."""
    asked = {name: load_dialog(dialogs / f"{name}.yaml") for name in DIALOGS}
    asked["documents"] = with_again(asked["documents"], asked["diagnostic"])
    model, kinds = load_decision(knowledge / "decision.yaml")
    sources, checks = load_sources(knowledge / "sources.yaml")
    return Library(
        dialogs=asked,
        flows={name: Flow(dialog) for name, dialog in asked.items()},
        expertise=Expertise(
            dialog=asked["diagnostic"],
            kinds=kinds,
            scale=load_alignment(knowledge / "alignment.yaml"),
            divergences=load_divergences(knowledge / "alignment.yaml"),
            model=model,
        ),
        costs=load_costs(knowledge / "costs.yaml"),
        sources=sources,
        checks=checks,
        glossary=load_glossary(knowledge / "glossary.yaml"),
        messages=load_messages(dialogs),
        forbidden=_forbidden(knowledge / "wording.yaml"),
        chatter=_chatter(dialogs / "chatter.yaml"),
        texts=load_texts(knowledge),
        templates=knowledge / "templates",
    )


def _forbidden(path: Path) -> dict[str, tuple[Forbidden, ...]]:
    """Each language's wordings that an offer must not carry; both apply to what is typed."""
    loaded = load(path)
    authored = validated(loaded, AuthoredWording)
    found: dict[str, list[Forbidden]] = {lang: [] for lang in LANGS}
    for written in LANGS:
        for index, rule in enumerate(getattr(authored, written)):
            try:
                pattern = re.compile(rule.re, re.IGNORECASE)
            except re.error as error:
                raise loaded.fault((written, index), f"motif illisible ({error})") from error
            found["fr"].append(Forbidden(pattern, rule.why_fr, rule.firm))
            found["en"].append(Forbidden(pattern, rule.why_en, rule.firm))
    return {lang: tuple(rules) for lang, rules in found.items()}


def _chatter(path: Path) -> dict[str, tuple[str, ...]]:
    """Words of small talk, by what they call for (thanks, legal, insult, human)."""
    return {kind: tuple(words) for kind, words in load(path).data.items()}
