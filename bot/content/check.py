"""What an author must mend before the bot starts: reach, lengths, languages, ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.content.library import Library
from bot.content.messages import LANGS
from bot.core.condition import Condition
from bot.core.dialog import Dialog, Question, Text, Type

LABEL, ASKED, MESSAGE, CALLBACK = 42, 115, 4096, 64
"""Telegram's limits and ours: characters, and bytes for a button's data."""
ID_ROOM = len("abcdef:p:") + 1
KNOWN_BESIDES = {"owner", "depth", "documents", "option", "conflict.sponsor"}


def faults(library: Library, documents: Collection[str]) -> list[str]:
    """Every fault found, each in a line that says where and what; empty when all is well."""
    found = [fault for dialog in library.dialogs.values() for fault in _dialog(library, dialog)]
    found += _rules(library)
    found += _messages(library)
    found += [
        f"knowledge/decision.yaml : l'option « {option.id} » n'a aucun document"
        for option in library.model.options
        if not option.docs
    ]
    wanted = {doc for option in library.model.options for doc in option.docs}
    for doc in sorted(wanted - set(documents)):
        found.append(f"knowledge/templates : le document « {doc} » n'a pas de modèle")
    return found


def _dialog(library: Library, dialog: Dialog) -> Iterator[str]:
    where = f"dialogs/{dialog.id}.yaml"
    known = {*KNOWN_BESIDES, *(id_ for held in library.dialogs.values() for id_ in held.by_id)}
    for question in dialog.questions:
        for fault in _question(question):
            yield f"{where} : « {question.id} » {fault}"
        if dialog.id == "documents" and not question.short.fr:
            yield f"{where} : « {question.id} » n'a pas de nom court (short_fr) pour la relecture"
        yield from _unknown(where, question.id, question.when, known)
        for source in (*question.sources, *question.post_sources):
            if source not in library.sources:
                yield f"{where} : « {question.id} » cite une source inconnue, {source}"
    yield from _unreachable(where, dialog)


def _question(question: Question) -> Iterator[str]:
    if question.type is Type.OFFER:
        return
    for lang in LANGS:
        if not question.text[lang]:
            yield f"n'a pas de texte en « {lang} »"
        length = len(re.sub(r"{{.*?}}", "", question.text[lang]))
        if length > ASKED:
            yield f"compte {length} caractères en « {lang} », {ASKED} au plus"
        for choice in question.choices:
            label = choice.text[lang]
            if not label:
                yield f"n'a pas de libellé en « {lang} » pour {choice.id}"
            if len(label) > LABEL:
                yield f"a un bouton de {len(label)} caractères, {LABEL} au plus : « {label} »"
    for text, name in ((question.why, "why"), (question.post, "post"), (question.short, "short")):
        if bool(text.fr) != bool(text.en):
            yield f"n'a « {name} » que dans une langue"
    longest = max((len(choice.id.encode()) for choice in question.choices), default=4)
    if ID_ROOM + len(question.id.encode()) + longest > CALLBACK:
        yield f"a des identifiants trop longs pour un bouton ({CALLBACK} octets)"


def _unknown(where: str, id_: str, when: Condition, known: Collection[str]) -> Iterator[str]:
    for name in sorted(when.names - set(known)):
        yield f"{where} : « {id_} » dépend de « {name} », qui n'existe pas"


def _unreachable(where: str, dialog: Dialog) -> Iterator[str]:
    """A condition that reads only later questions of its own dialog can never be met in order."""
    order = {question.id: n for n, question in enumerate(dialog.questions)}
    for question in dialog.questions:
        read = [order[name] for name in question.when.names if name in order]
        if read and len(read) == len(question.when.names) and min(read) > order[question.id]:
            yield f"{where} : « {question.id} » ne dépend que de questions posées après elle"


def _rules(library: Library) -> Iterator[str]:
    model = library.model
    options = {option.id for option in model.options}
    signals = {
        *library.expertise.kinds,
        *KNOWN_BESIDES,
        *(f"alignment.{one.id}" for one in library.expertise.scale.dimensions),
        *(id_ for dialog in library.dialogs.values() for id_ in dialog.by_id),
    }
    where = "knowledge/decision.yaml"
    named: Sequence[tuple[str, Condition | None, tuple[str, ...], Text]] = [
        *((r.id, r.when, r.sources, r.text) for r in model.rules),
        *((g.id, g.when, g.sources, g.text) for g in model.gates),
        *((c.id, c.when, c.sources, c.text) for c in model.contradictions),
    ]
    for id_, when, sources, text in named:
        if when is not None:
            yield from _unknown(where, id_, when, signals)
        for source in sources:
            if source not in library.sources:
                yield f"{where} : {id_} cite une source inconnue, {source}"
        if not text.fr or not text.en:
            yield f"{where} : {id_} n'a pas ses deux langues"
    for gate in model.gates:
        if gate.option not in options:
            yield f"{where} : {gate.id} écarte une option inconnue, {gate.option}"


_LIMITS = {"btn.": LABEL, "toast.": 200, "cmd.": 256, "bot.name": 64, "bot.short": 120}


def _messages(library: Library) -> Iterator[str]:
    for key in library.messages.keys:
        limit = next((n for start, n in _LIMITS.items() if key.startswith(start)), MESSAGE)
        limit = 512 if key == "bot.description" else limit
        for lang in LANGS:
            length = library.messages.longest(lang, key)
            if length > limit:
                yield (
                    f"dialogs/messages.yaml : « {key} » compte {length} caractères "
                    f"en « {lang} », {limit} au plus"
                )
