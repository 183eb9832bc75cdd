"""Persona files: whole sets of answers, played through the same engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bot.content.yaml import Loaded, load
from bot.core.dialog import Blank, Dialog, Question, Type
from bot.core.reading import Answer

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Persona:
    """One company's answers: a list of respondents, the owner first unless said otherwise."""

    id: str
    respondents: tuple[Mapping[str, Answer], ...]
    owner: int = 0
    lang: str = "fr"
    option: str = ""
    document_answers: Mapping[str, Answer] = field(default_factory=dict)
    second_round: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    today: date | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)

    @property
    def final(self) -> tuple[Mapping[str, Answer], ...]:
        """The respondents' answers, those of the second round in the place of the first."""
        return tuple(
            {**answers, **_of_role(self.second_round, str(answers.get("role")))}
            for answers in self.respondents
        )


def _of_role(second: Mapping[str, Mapping[str, Answer]], role: str) -> dict[str, Answer]:
    return {question: by_role[role] for question, by_role in second.items() if role in by_role}


def load_personas(path: Path, dialogs: Mapping[str, Dialog]) -> list[Persona]:
    """Read a persona file. Raises ContentError for an unknown question or choice, with its line."""
    loaded = load(path)
    if not isinstance(loaded.data, Mapping):
        raise loaded.fault((), "un fichier de personas est « personas: » suivi d'une liste")
    if "personas" not in loaded.data:
        return [_persona(loaded, (), loaded.data, dialogs)]
    entries = loaded.data["personas"]
    if not isinstance(entries, list):
        raise loaded.fault(("personas",), "« personas: » est suivi d'une liste")
    return [
        _persona(loaded, ("personas", index), entry, dialogs) for index, entry in enumerate(entries)
    ]


def _persona(loaded: Loaded, place: Place, entry: Any, dialogs: Mapping[str, Dialog]) -> Persona:
    if not isinstance(entry, Mapping) or "id" not in entry or not entry.get("respondents"):
        raise loaded.fault(place, "une persona a un « id » et des « respondents »")
    respondents = []
    for n, respondent in enumerate(entry["respondents"]):
        here = (*place, "respondents", n, "answers")
        answers = _answers(loaded, here, respondent.get("answers") or {}, dialogs["diagnostic"])
        role = respondent.get("role")
        respondents.append({"role": role, **answers} if role else answers)
    given = entry.get("document_answers") or {}
    documents = _answers(loaded, (*place, "document_answers"), given, dialogs["documents"])
    return Persona(
        id=entry["id"],
        respondents=tuple(respondents),
        owner=int(entry.get("owner", 0)),
        lang=entry.get("lang", "fr"),
        option=entry.get("option", ""),
        document_answers=documents,
        second_round=_second_round(loaded, place, entry, respondents, dialogs["diagnostic"]),
        today=date.fromisoformat(entry["today"]) if "today" in entry else None,
        expect=entry.get("expect") or {},
    )


def _second_round(
    loaded: Loaded,
    place: Place,
    entry: Mapping[str, Any],
    respondents: Sequence[Mapping[str, Any]],
    dialog: Dialog,
) -> dict[str, dict[str, Answer]]:
    """What each role answered the second time, by question."""
    roles = {str(answers.get("role")) for answers in respondents}
    found: dict[str, dict[str, Answer]] = {}
    for question, by_role in (entry.get("second_round") or {}).items():
        here = (*place, "second_round", question)
        if not isinstance(by_role, Mapping):
            raise loaded.fault(here, "le second tour d'une question est « fonction: réponse »")
        for role, value in by_role.items():
            if role not in roles:
                raise loaded.fault((*here, role), f"personne n'a la fonction « {role} »")
            answer = _answers(loaded, (*place, "second_round"), {question: value}, dialog)
            found.setdefault(question, {})[role] = answer[question]
    return found


def _answers(
    loaded: Loaded, place: Place, given: Mapping[str, Any], dialog: Dialog
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for id_, value in given.items():
        if id_ not in dialog:
            raise loaded.fault((*place, id_), f"question inconnue « {id_} »")
        try:
            found[id_] = _answer(dialog[id_], value)
        except ValueError as error:
            raise loaded.fault((*place, id_), f"« {id_} » : {error}") from error
    return found


def _answer(question: Question, value: Any) -> Answer:
    """The value as the engine holds it. Raises ValueError in an author's words."""
    if value in (Blank.NSP, Blank.SO, Blank.SKIPPED):
        return Blank(value)
    match question.type:
        case Type.MULTI:
            picked = value if isinstance(value, list) else [value]
            return tuple(_known(question, one) for one in picked)
        case Type.SCALE:
            return int(_known(question, value))
        case Type.SINGLE:
            return _known(question, value)
        case Type.NUMBER:
            return int(_figure(value))
        case Type.MONEY:
            return _figure(value)
        case Type.DATE:
            return date.fromisoformat(value)
        case _:
            return str(value)


def _known(question: Question, choice: Any) -> str:
    if question.choice(str(choice)) is None:
        known = ", ".join(one.id for one in question.choices)
        raise ValueError(f"réponse inconnue « {choice} » ; connues : {known}")
    return str(choice)


def _figure(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"« {value} » n'est pas un nombre") from None
