"""What an author must mend before the bot starts: reach, lengths, languages, ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.content import check_links
from bot.content.library import Library
from bot.content.messages import LANGS
from bot.content.paths import content_folder
from bot.content.places import place
from bot.core.condition import Condition
from bot.core.dialog import Dialog, Question, Text, Type

LABEL, ASKED, MESSAGE, CALLBACK = 42, 115, 4096, 64
"""Telegram's limits and ours: characters, and bytes for a button's data."""
ID_ROOM = len("abcdef:p:") + 1
DECISION = "knowledge/decision.yaml"
KNOWN_BESIDES = {"owner", "depth", "documents", "option", "conflict.sponsor"}


def faults(library: Library, documents: Collection[str]) -> list[str]:
    """Every fault found, each in a line that says where and what; empty when all is well."""
    found = [fault for dialog in library.dialogs.values() for fault in _dialog(library, dialog)]
    found += _rules(library)
    found += _messages(library)
    found += check_links.costs(library)
    found += check_links.dimensions(library)
    found += [
        f"{place(DECISION, option.id)} : l'option « {option.id} » n'a aucun document"
        for option in library.model.options
        if not option.docs
    ]
    wanted = {doc for option in library.model.options for doc in option.docs}
    for doc in sorted(wanted - set(documents)):
        found.append(f"knowledge/templates : le document « {doc} » n'a pas de modèle")
    return found


def _dialog(library: Library, dialog: Dialog) -> Iterator[str]:
    file = f"dialogs/{dialog.id}.yaml"
    order = {question.id: n for n, question in enumerate(dialog.questions)}
    roles = {choice.id for choice in library.dialogs["diagnostic"].by_id["role"].choices}
    for question in dialog.questions:
        said = [*_question(question), *_unreachable(order, question)]
        if dialog.id == "documents" and not question.short.fr:
            said.append("n'a pas de nom court (short_fr) pour la relecture")
        said += check_links.unknown(library, question.when, KNOWN_BESIDES)
        said += [
            f"cite une source inconnue, {source}"
            for source in (*question.sources, *question.post_sources)
            if source not in library.sources
        ]
        said += [
            f"fait autorité à une fonction inconnue, {role} (authority)"
            for role in question.authority
            if role not in roles
        ]
        for fault in said:
            yield f"{place(file, question.id)} : « {question.id} » {fault}"


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


def _unreachable(order: Mapping[str, int], question: Question) -> Iterator[str]:
    """A condition that reads only later questions of its own dialog can never be met in order."""
    names = question.when.names
    read = [order[name] for name in names if name in order]
    if read and len(read) == len(names) and min(read) > order[question.id]:
        yield "ne dépend que de questions posées après elle"


def _rules(library: Library) -> Iterator[str]:
    model = library.model
    options = {option.id for option in model.options}
    signals = {
        *library.expertise.kinds,
        *KNOWN_BESIDES,
        *(f"alignment.{one.id}" for one in library.expertise.scale.dimensions),
    }
    named: Sequence[tuple[str, Condition | None, tuple[str, ...], Text]] = [
        *((r.id, r.when, r.sources, r.text) for r in model.rules),
        *((g.id, g.when, g.sources, g.text) for g in model.gates),
        *((c.id, c.when, c.sources, c.text) for c in model.contradictions),
    ]
    for id_, when, sources, text in named:
        said = check_links.unknown(library, when, signals) if when else []
        said += [
            f"cite une source inconnue, {source}"
            for source in sources
            if source not in library.sources
        ]
        if not text.fr or not text.en:
            said.append("n'a pas ses deux langues")
        for fault in said:
            yield f"{place(DECISION, id_)} : {id_} {fault}"
    for gate in model.gates:
        if gate.option not in options:
            where = place(DECISION, gate.id)
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
                    f"{_said_in(key)} : « {key} » compte {length} caractères "
                    f"en « {lang} », {limit} au plus"
                )


def _said_in(key: str) -> str:
    """The file of words that holds a key, and its line."""
    files = (f"dialogs/{path.name}" for path in content_folder("dialogs").glob("messages*.yaml"))
    found = (place(file, key) for file in sorted(files))
    return next((where for where in found if ", ligne" in where), "dialogs/messages.yaml")
