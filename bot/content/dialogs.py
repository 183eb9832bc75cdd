"""The questionnaires: dialogs/*.yaml read into Dialog objects.

Everything that decides who is asked what becomes one condition per question here: the
role, the owner, the deep-dives accepted, the documents under way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content.audience import asked, audience, for_documents
from bot.content.authored import (
    AuthoredDialog,
    AuthoredModule,
    AuthoredQuestion,
    AuthoredVariant,
    validated,
)
from bot.content.yaml import Loaded, load
from bot.core.condition import ALWAYS, AnyOf, Condition, Not, both, is_one, parse
from bot.core.dialog import Choice, Dialog, Module, Question, Text, Type, Variant, offer_of


def load_dialog(path: Path) -> Dialog:
    """Read one questionnaire. Raises ContentError with file, line and remedy."""
    loaded = load(path)
    authored = validated(loaded, AuthoredDialog)
    documents = authored.id == "documents"
    questions = [
        _question(loaded, index, question, documents=documents)
        for index, question in enumerate(authored.questions)
    ]
    modules = tuple(_module(module) for module in authored.modules)
    ordered = _with_offers(modules, questions)
    _refuse_twice(loaded, authored)
    pairs = zip(authored.questions, questions, strict=True)
    return Dialog(
        authored.id,
        authored.version,
        modules,
        tuple(ordered),
        {question.id: question for question in ordered},
        () if documents else tuple(_again(loaded, q, asked) for q, asked in pairs if q.docs),
    )


def with_again(documents: Dialog, diagnostic: Dialog) -> Dialog:
    """The documents' questionnaire, with what the diagnostic left unasked at its end."""
    module = documents.modules[-1].id
    added = tuple(replace(question, module=module) for question in diagnostic.again)
    by_id = {**documents.by_id, **{question.id: question for question in added}}
    return replace(documents, questions=(*documents.questions, *added), by_id=by_id)


def _again(loaded: Loaded, q: AuthoredQuestion, asked: Question) -> Question:
    """The same question for the documents that need it, off the diagnostic's own path."""
    index = next(n for n, one in enumerate(loaded.data["questions"]) if one["id"] == q.id)
    when = _condition(loaded, ("questions", index, "when"), q.when)
    wanted = both(for_documents(q, when), audience(q), Not(asked.when))
    docs = frozenset(q.docs)
    return replace(asked, core=True, when=wanted, trigger=None, nsp=False, docs=docs)


def _refuse_twice(loaded: Loaded, authored: AuthoredDialog) -> None:
    seen: set[str] = set()
    modules = {module.id for module in authored.modules}
    for index, question in enumerate(authored.questions):
        if question.id in seen:
            raise loaded.fault(("questions", index), f"la question « {question.id} » existe déjà")
        if question.detail and question.required_for:
            raise loaded.fault(
                ("questions", index, "detail"), "une question de détail n'est jamais indispensable"
            )
        if question.module not in modules:
            raise loaded.fault(
                ("questions", index, "module"), f"module inconnu « {question.module} »"
            )
        seen.add(question.id)


def _module(module: AuthoredModule) -> Module:
    return Module(
        module.id,
        Text(module.fr, module.en),
        Text(module.short_fr or module.fr, module.short_en or module.en),
        Text(module.opening_fr, module.opening_en),
    )


def _question(loaded: Loaded, index: int, q: AuthoredQuestion, *, documents: bool) -> Question:
    place = ("questions", index)
    when = _condition(loaded, (*place, "when"), q.when)
    trigger = _condition(loaded, (*place, "offer_when"), q.offer_when) if q.offer_when else None
    is_multi = q.type is Type.MULTI
    return replace(
        _worded(q),
        kind=q.kind,
        core=q.core,
        when=for_documents(q, when) if documents else asked(q, when, trigger),
        trigger=both(audience(q), when, trigger) if trigger else None,
        choices=_choices(loaded, place, q),
        variants=tuple(_variant(loaded, (*place, "variants"), v) for v in q.variants),
        nsp=not documents if q.nsp is None else q.nsp,
        so=q.so,
        shuffle=q.shuffle,
        minimum=None if is_multi else q.min,
        maximum=None if is_multi else q.max,
        most=int(q.max or 0) if is_multi else 0,
        max_len=q.max_len,
        unit=_unit(q),
        checks=tuple(q.check),
        dim=q.dim,
        bipolar=q.bipolar,
        ordinal=tuple(q.ordinal),
        union=q.merge == "union",
        authority=tuple(q.authority),
        roles=tuple(q.roles),
        owner_also=q.owner_also,
        docs=frozenset(q.docs) if documents else frozenset(),
        required_for=frozenset(q.required_for),
    )


def _worded(q: AuthoredQuestion) -> Question:
    """What is said of a question, and the sources of it; whom it is for is yet to come."""
    return Question(
        id=q.id,
        module=q.module,
        type=q.type,
        text=Text(q.fr, q.en),
        short=Text(q.short_fr, q.short_en),
        topic=Text(q.topic_fr or q.short_fr, q.topic_en or q.short_en),
        why=Text(q.why_fr, q.why_en),
        effect=Text(q.effect_fr, q.effect_en),
        offer=Text(q.offer_fr, q.offer_en),
        example=Text(q.example_fr, q.example_en),
        post=Text(q.post_fr, q.post_en),
        post_sources=tuple(q.post_src),
        sources=tuple(q.src),
    )


def _unit(q: AuthoredQuestion) -> Mapping[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    if q.unit_fr and q.unit_en:
        forms = {
            "fr": (q.unit_fr.one, q.unit_fr.other),
            "en": (q.unit_en.one, q.unit_en.other),
        }
    if q.unit == "months":
        forms["month"] = ("", "")
    return forms


def _condition(
    loaded: Loaded, place: tuple[str | int, ...], node: dict[str, Any] | None
) -> Condition:
    try:
        return parse(node)
    except ValueError as error:
        raise loaded.fault(place, str(error)) from error


def _choices(
    loaded: Loaded, place: tuple[str | int, ...], q: AuthoredQuestion
) -> tuple[Choice, ...]:
    if q.type is Type.SCALE:
        if len(q.scale) != 5 or len(q.scale_en) != 5:
            raise loaded.fault((*place, "scale"), "une échelle compte cinq libellés par langue")
        pairs = zip(q.scale, q.scale_en, strict=True)
        return tuple(Choice(str(n), Text(fr, en)) for n, (fr, en) in enumerate(pairs, start=1))
    if q.type in (Type.SINGLE, Type.MULTI) and len(q.choices) < 2:
        raise loaded.fault((*place, "choices"), "il faut au moins deux réponses possibles")
    return tuple(Choice(c.id, Text(c.fr, c.en), c.exclusive, c.last) for c in q.choices)


def _variant(loaded: Loaded, place: tuple[str | int, ...], v: AuthoredVariant) -> Variant:
    labels = {choice.id: Text(choice.fr, choice.en) for choice in v.choices}
    when = _condition(loaded, place, v.when)
    return Variant(when, Text(v.fr, v.en), Text(v.why_fr, v.why_en), labels)


def _with_offers(modules: tuple[Module, ...], questions: list[Question]) -> list[Question]:
    """After each module's core questions, the question that offers its deep-dives."""
    ordered: list[Question] = []
    earlier: list[str] = []
    for module in modules:
        mine = [question for question in questions if question.module == module.id]
        deep = [question for question in mine if not question.core]
        ordered += [question for question in mine if question.core]
        if deep:
            ordered.append(_offer(module, deep, earlier))
            earlier.append(offer_of(module.id))
        ordered += deep
    return ordered


_OFFER_CHOICES = ("oui", "non", "jamais", "tout")


def _offer(module: Module, deep: list[Question], earlier: list[str]) -> Question:
    triggers = tuple(question.trigger for question in deep if question.trigger is not None)
    accepted = is_one(offer_of(module.id), "oui", "tout")
    silenced = tuple(is_one(offer, "jamais") for offer in earlier)
    calm: Condition = Not(AnyOf(silenced)) if silenced else ALWAYS
    when = AnyOf((accepted, both(AnyOf(triggers), calm))) if triggers else accepted
    return Question(
        id=offer_of(module.id),
        module=module.id,
        type=Type.OFFER,
        text=Text("", ""),
        when=when,
        choices=tuple(Choice(id_, Text("", "")) for id_ in _OFFER_CHOICES),
        nsp=False,
    )
