"""What documents are written from: a person's answers, or a committee's as far as they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.drafting import language
from bot.conversation.session import sessions
from bot.conversation.turn import Turn
from bot.core.condition import Values
from bot.core.session import Session, Status
from bot.documents.committee import Committee, committee_of, hour_of
from bot.documents.facts import Order
from bot.documents.invitation import Invitation
from bot.documents.links import Card

COMMITTEES = ("note", "agenda", "minutes")
"""The documents of a session, the same for whoever receives them."""
_SHARED_WITH_ALL = ("company_name", "industry")
"""What the owner answered for the documents and the committee's may print."""


def order(turn: Turn, kind: str, version: int) -> Order:
    """A document for a person: in a session with results, from what everybody may read."""
    values = turn.interview.values
    reason = str(values.get("option_reason", ""))
    lang = language(turn) or turn.lang
    made = Order(kind, lang, turn.now.date(), values, version, reason, turn.state.params)
    held = _committee(turn)
    return replace(made, values=_common(turn, held), committee=held) if held else made


def _committee(turn: Turn) -> Committee | None:
    return committee_of(turn.session) if turn.session and turn.seat else None


def _common(turn: Turn, held: Committee) -> Values:
    """The answers that everybody may read, and the person's own for the documents.

    What somebody answered in private stays out, whoever asks for the document.
    """
    diagnostic = turn.library.dialogs["diagnostic"]
    own = {
        id_: value
        for id_, value in turn.interview.values.items()
        if id_ not in diagnostic or turn.dialog_of(id_) is not diagnostic
    }
    return {**own, **held.digest.shared, "role": held.owner}


def session_order(owner: Turn, reader: Turn, kind: str) -> Order | None:
    """A document of the session, in the reader's language; None before there are results.

    Neither the option that the owner leans towards nor what the owner gave for other documents
    is in it: it is the committee's.
    """
    held = _committee(owner)
    if held is None:
        return None
    given = owner.interview.values
    lang = language(reader) or reader.lang
    common = {"company_name": _unnamed(owner, lang)}
    common |= {id_: given[id_] for id_ in _SHARED_WITH_ALL if isinstance(given.get(id_), str)}
    values = {**common, **held.digest.shared, "role": held.owner}
    params = owner.state.params
    return Order(kind, lang, reader.now.date(), values, params=params, committee=held)


def _unnamed(turn: Turn, lang: str) -> object:
    """What stands for the company as long as nobody has given its name."""
    return turn.library.texts[lang]["committee"]["unnamed"]


def page_of_codes(turn: Turn) -> Order:
    """The order that names the page of codes, before there are any results."""
    named = turn.interview.values.get("company_name")
    company = named if isinstance(named, str) else _unnamed(turn, turn.lang)
    return Order("note", turn.lang, turn.now.date(), {"company_name": company})


def invitation(owner: Turn, reader: Turn) -> Invitation | None:
    """The meeting as a calendar holds it; None as long as its day and hour are not settled."""
    held = owner.session
    if held is None or held.decides is None or not held.starts:
        return None
    texts = owner.library.texts[language(reader) or reader.lang]
    said = texts["invitation"]
    starts = datetime.combine(held.decides, hour_of(held.starts), ZoneInfo(held.zone))
    title = held.name or texts["agenda"]["title"]
    return Invitation(
        id_=f"meeting:{held.id}:{held.opened.isoformat()}",
        starts=starts,
        minutes=held.minutes,
        summary=said["summary"].format(title=title),
        description=said["description"],
        stamp=reader.instant,
        lang=language(reader) or reader.lang,
        place=held.place,
    )


def cards(turn: Turn) -> list[Card]:
    """The personal links that still wait for somebody; they are the owner's to hand out."""
    held = turn.session
    return list(_cards(turn, held)) if held is not None and turn.owner else []


def _cards(turn: Turn, held: Session) -> Iterator[Card]:
    names = turn.library.texts[turn.lang]["committee"]["functions"]
    for seat in held.seats:
        if seat.status is Status.INVITED and not seat.person:
            yield Card(names[seat.id], sessions.link(turn, held, seat.id))
