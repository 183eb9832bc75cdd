"""What a typed answer means: a number, an amount, a date, a few words, or a choice.

Nothing is guessed in silence: what could be read two ways comes back as a Doubt, and
what cannot be read as a Refusal with the name of the sentence that explains it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.core.dates import date_parts, next_day
from bot.core.dialog import Blank, Question, Type
from bot.core.typography import clean

Value = str | int | Decimal | date | tuple[str, ...]
Answer = Value | Blank


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer, beyond doubt."""

    value: Answer


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer to confirm first. `why` names the sentence: understood, past, person, wording."""

    value: Answer
    why: str = "understood"
    said: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer; `reason` names the sentence and `words` fills it."""

    reason: str
    words: Mapping[str, object] = field(default_factory=dict)


Reading = Understood | Doubt | Refusal


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A wording that must not be printed in an offer: the pattern, and the law that says so."""

    pattern: re.Pattern[str]
    reason: str
    firm: bool


def read(
    question: Question, text: str, lang: str, today: date, forbidden: Sequence[Forbidden] = ()
) -> Reading:
    """Read what was typed in answer to a question."""
    text = clean(text)
    if not any(char.isalnum() for char in text):
        return Refusal("emoji")
    match question.type:
        case Type.NUMBER:
            return _number(question, text)
        case Type.MONEY:
            return _money(text)
        case Type.DATE:
            return _date(text, today)
        case Type.TEXT:
            return _words(question, text, forbidden)
        case _:
            return _choice(question, text, lang)


def fold(text: str) -> str:
    """The text without case, accents and punctuation, for comparing what people type."""
    bare = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


_UNSURE = {"je ne sais pas", "je sais pas", "ne sait pas", "nsp", "i don t know", "i do not know"}
_NOT_APPLICABLE = {"sans objet", "non applicable", "not applicable", "n a"}


def _choice(question: Question, text: str, lang: str) -> Reading:
    said = fold(text)
    if question.nsp and said in _UNSURE:
        return Understood(Blank.NSP)
    if question.so and said in _NOT_APPLICABLE:
        return Understood(Blank.SO)
    labels = {fold(choice.text[lang]): choice.id for choice in question.choices}
    if said in labels:
        return Understood(_as_value(question, labels[said]))
    words = set(said.split())
    near = [id_ for label, id_ in labels.items() if words and words <= set(label.split())]
    if len(near) == 1 and len(said) > 2:
        return Doubt(_as_value(question, near[0]))
    return Refusal("text")


def _as_value(question: Question, choice: str) -> Answer:
    return int(choice) if question.type is Type.SCALE else choice


_SMALL = {
    name: value
    for value, names in enumerate(
        (
            "zero",
            "un une one",
            "deux two",
            "trois three",
            "quatre four",
            "cinq five",
            "six",
            "sept seven",
            "huit eight",
            "neuf nine",
            "dix ten",
            "onze eleven",
            "douze twelve",
        )
    )
    for name in names.split()
}


def _number(question: Question, text: str) -> Reading:
    bounds = {"min": question.minimum, "max": question.maximum}
    found = re.findall(r"-?\d+(?:[.,]\d+)?", text)
    words = [_SMALL[word] for word in fold(text).split() if word in _SMALL]
    if len(found) == 1:
        amount = Decimal(found[0].replace(",", "."))
    elif not found and len(words) == 1:
        amount = Decimal(words[0])
    else:
        return Refusal("number", bounds)
    years = "month" in question.unit and re.search(r"\b(ans?|années?|years?)\b", text.lower())
    amount = amount * 12 if years else amount
    if amount != amount.to_integral_value() or not _within(question, amount):
        return Refusal("number", bounds)
    sure = found and fold(text) in (found[0], *_units(question, found[0]))
    return Understood(int(amount)) if sure and not years else Doubt(int(amount))


def _units(question: Question, digits: str) -> list[str]:
    forms = [form for pair in question.unit.values() for form in pair]
    return [fold(f"{digits} {form}") for form in (*forms, "%")]


def _within(question: Question, amount: Decimal) -> bool:
    low = question.minimum if question.minimum is not None else amount
    high = question.maximum if question.maximum is not None else amount
    return low <= amount <= high


_AMOUNT = re.compile(
    r"(?P<digits>\d{1,3}(?:[ .,\u00a0\u202f’']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
    r"\s*(?P<scale>k€|keur|k|m€|meur|millions?|mille|m)?(?![a-z])",
    re.IGNORECASE,
)
_SCALES = {"k": 1_000, "m": 1_000_000}


def _money(text: str) -> Reading:
    found = list(_AMOUNT.finditer(text))
    if len(found) != 1 or "-" in text.split(found[0]["digits"])[0][-2:]:
        return Refusal("money")
    scale = (found[0]["scale"] or "").lower()
    factor = 1_000 if scale == "mille" else _SCALES.get(scale[:1], 1)
    digits = _plain_digits(found[0]["digits"])
    try:
        amount = Decimal(digits) * factor
    except InvalidOperation:
        return Refusal("money")
    if amount > 10**9:
        return Refusal("money")
    amount = amount.quantize(Decimal("0.01")) if amount % 1 else amount.to_integral_value()
    rest = (text[: found[0].start()] + text[found[0].end() :]).strip(" €.").lower()
    plain = factor == 1 and amount % 1 == 0 and not rest.strip("eurosht \u00a0")
    return Understood(amount) if plain and (amount == 0 or amount >= 1_000) else Doubt(amount)


def _plain_digits(text: str) -> str:
    """« 85 000,50 » as « 85000.50 »: the last separator counts if one or two digits follow."""
    whole, cents = text, ""
    ending = re.search(r"[.,](\d{1,2})$", text)
    if ending:
        whole, cents = text[: ending.start()], ending[1]
    return re.sub(r"\D", "", whole) + (f".{cents}" if cents else "")


def _date(text: str, today: date) -> Reading:
    parts = date_parts(fold(text.replace("1er", "1")), text)
    if parts is None:
        return Refusal("date")
    day, month, year = parts
    try:
        if year is None:
            found = next_day(day, month, today)
            return Doubt(found)
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return Refusal("date")
    if found < today:
        return Doubt(next_day(day, month, today), "past", said=found.isoformat())
    return Doubt(found) if found.year <= today.year + 10 else Refusal("date")


_PERSON = re.compile(
    r"\b(?:mme|mlle|m\.|mr|mrs|ms|miss|monsieur|madame|dr)\s+[A-ZÀ-Ý]", re.IGNORECASE
)


def _words(question: Question, text: str, forbidden: Sequence[Forbidden]) -> Reading:
    if question.max_len and len(text) > question.max_len:
        return Refusal("long", {"max": question.max_len})
    if "wording" in question.checks:
        for rule in forbidden:
            if found := rule.pattern.search(text):
                words = {"words": found[0], "reason": rule.reason}
                firm = Refusal("wording", words)
                return firm if rule.firm else Doubt(text, "wording", found[0], rule.reason)
    if "person" in question.checks and _PERSON.search(text):
        return Doubt(text, "person", said=text)
    return Understood(text)
