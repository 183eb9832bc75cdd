"""What is prepared under each point of the agenda: the question, the answers, what settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.core.agenda import Point
from bot.core.rounds import APART
from bot.documents import facts_committee as told
from bot.documents.committee import hour_of
from bot.documents.facts import Case
from bot.documents.facts_common import Citations
from bot.documents.facts_words import NOTHING, Words, inside, lower_first

WHY = "clarity_of_why"
UNCLEAR = 2  # at most, for a division of roles


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a numbered list or a table; `cut` names what removes it when room is short."""

    text: Markup = NOTHING
    numbers: tuple[Markup, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Markup, ...], ...] = ()
    cut: str = ""

    @property
    def widths(self) -> str:
        """The first column is narrower than the ones it names."""
        return ",".join(["2.6", *["5"] * (len(self.header) - 1)])


def kind_of(case: Case, point: Point) -> str:
    """How a point is announced: a disagreement is called stable only after a second round."""
    if point.kind != "debate":
        return point.kind
    digest = told.digest_of(case)
    item = digest.items.get(point.subject)
    if item is None or item.status not in APART:
        return "look"
    return "debate" if point.subject in digest.endings else "apart"


def hours(words: Words, starts: str, minutes: int) -> Markup:
    """« 9 h à 10 h 15 », "9:00 to 10:15"."""
    begins = datetime.combine(date.min, hour_of(starts))
    ends = begins + timedelta(minutes=minutes)
    return words("agenda.hours", start=hour(begins, words.lang), end=hour(ends, words.lang))


def hour(when: datetime, lang: str) -> str:
    """« 9 h », « 10 h 15 », "10:15"."""
    if lang == "en":
        return f"{when.hour}:{when.minute:02}"
    return f"{when.hour} h {when.minute:02}" if when.minute else f"{when.hour} h"


def _said(parts: Iterator[Markup]) -> tuple[Part, ...]:
    return tuple(Part(text=part) for part in parts if part)


def why(case: Case, words: Words) -> tuple[Part, ...]:
    """The « pourquoi »: how clear it is said to be, why, and how to write it."""
    item = told.digest_of(case).items.get(WHY)
    head = [_asked(case, words, WHY)] if item else []
    found = [*head, told.reasons(case, words, WHY), words("agenda.why_method")]
    return _said(iter(found))


def item(case: Case, words: Words, cite: Citations, id_: str) -> tuple[Part, ...]:
    """A pivot or a disagreement, without anybody's name."""
    found = [_asked(case, words, id_)]
    if id_ in told.digest_of(case).pivots:
        found.append(words("agenda.changes", what=told.changes(case, words, id_)))
    found.append(told.reasons(case, words, id_))
    if told.lone(case, id_):
        found.append(words("agenda.lone"))
    parts = list(_said(iter(found)))
    if words.has(f"committee.items.{id_}.keep"):
        sources = case.shelf.texts["common"]["committee"]["keep_sources"][id_]
        a, b = (cite([source]) for source in sources)
        kept = words(f"committee.items.{id_}.keep", a=a, b=b)
        parts.append(Part(text=words("agenda.keep", what=kept), cut="keep"))
    if words.has(f"committee.items.{id_}.lifts"):
        lifts = words(f"committee.items.{id_}.lifts")
        parts.append(Part(text=words("agenda.lifts", what=lifts)))
    return tuple(parts)


def _asked(case: Case, words: Words, id_: str) -> Markup:
    """The question with its answers as far as they show, and the status in italics."""
    question = told.asked(case, words, id_)
    standing = told.standing(case, words, id_)
    ends = Markup("<i>{}.</i>").format(standing) if standing else NOTHING
    if values := told.received(case, words, id_):
        said = words.sentences(values + ".", ends)
        return words("agenda.asked_fact", question=question, answers=said)
    said = words.sentences(told.spread(case, words, id_), ends)
    if not said:
        return words("agenda.asked_only", question=question)
    return words("agenda.asked", question=question, answers=said)


def moving(case: Case, words: Words, names: Sequence[str]) -> tuple[Part, ...]:
    """One minute for each item that moved, with its answers as far as they show."""
    lines = [
        words("agenda.moving_item", name=told.name(words, id_), answers=_last(case, words, id_))
        for id_ in names
    ]
    return (Part(text=words("agenda.moving_text")), Part(numbers=tuple(lines)))


def _last(case: Case, words: Words, id_: str) -> Markup:
    """« cinq réponses : plutôt flou (2), très clair (3). », or the status alone."""
    values = told.received(case, words, id_)
    said = told.spread(case, words, id_) or values or told.standing(case, words, id_)
    return lower_first(said).removesuffix(".") + "."


def ritual(case: Case, words: Words, debated: Sequence[str]) -> tuple[Part, ...]:
    """The monthly meeting, three indicators, and what it takes up first."""
    kpis = case.shelf.texts["common"]["committee"]["kpis"]
    lines = [
        words(
            "agenda.kpi",
            t=words.plain(f"kpis.{id_}.t"),
            owner=inside(words.plain(f"kpis.{id_}.owner")),
        )
        for id_ in kpis
    ]
    usage = _usage(case, words) if "tool_usage" not in debated else NOTHING
    rest = words.sentences(usage, _brake(case, words))
    roles = _roles(case, words) if "role_split" not in debated else NOTHING
    network = _network(case, words) if "social_network_purpose" not in debated else NOTHING
    extra = (rest, roles, network)
    return (
        Part(text=words("agenda.ritual")),
        Part(numbers=tuple(lines)),
        *_said(iter(extra)),
    )


def _usage(case: Case, words: Words) -> Markup:
    """A lone voice is never asked to speak up: what it is about is measured."""
    return words("agenda.usage") if told.lone(case, "tool_usage") else NOTHING


def _brake(case: Case, words: Words) -> Markup:
    """The first brake that half of the committee named, when there is one."""
    for id_ in case.choices("adoption_brakes"):
        if words.has(f"brake_actions.{id_}"):
            name = words.choice("adoption_brakes", id_, "name")
            action = inside(words.plain(f"brake_actions.{id_}"))
            return words("agenda.brake", name=name, action=action)
    return NOTHING


def _roles(case: Case, words: Words) -> Markup:
    """« Qui fait quoi », when roles are blurred or not seen alike."""
    digest, id_ = told.digest_of(case), "role_split"
    item, shared = digest.items.get(id_), case.value(id_)
    if isinstance(shared, int) and shared <= UNCLEAR:
        return words("agenda.roles", label=words.label(id_))
    if item is not None and item.status in ("opposes", "divergent"):
        return words("agenda.roles_apart")
    return NOTHING


def _network(case: Case, words: Words) -> Markup:
    """A social network without a purpose gets one, or is suspended."""
    none = case.value("social_network_purpose") == "aucune"
    return words("agenda.network") if none else NOTHING
