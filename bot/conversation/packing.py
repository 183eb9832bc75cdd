"""A conversation at rest: as plain JSON values, and read back from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.conversation.state import Conversation, Member, Proposal, Second
from bot.core.dialog import Blank
from bot.core.interview import Interview
from bot.core.reading import Answer, Doubt


def pack(state: Conversation) -> dict[str, Any]:
    """The conversation as plain JSON values."""
    interview = state.interview
    return {
        "lang": state.lang,
        "place": [state.place, state.arg, state.home, state.origin],
        "consent": state.consent.isoformat() if state.consent else None,
        "touched": state.touched.isoformat() if state.touched else None,
        "paused": state.paused,
        "long": state.long,
        "raised": list(state.raised),
        "params": {id_: str(amount) for id_, amount in state.params.items()},
        "letterhead": [state.letterhead, state.trial],
        "forms": list(state.forms),
        "member": _pack_member(state.member),
        "version": state.version,
        "issued": _pack_answers(state.issued),
        "proposal": (
            [state.proposal.question, _pack_answer(state.proposal.answer)]
            if state.proposal
            else None
        ),
        "interview": {
            "id": interview.id,
            "seed": interview.seed,
            "answers": _pack_answers(interview.answers),
            "given": {key: _pack_answer(value) for key, value in interview.given.items()},
            "versions": dict(interview.versions),
            "looking": interview.looking,
            "ticks": list(interview.ticks),
            "misses": interview.misses,
            "doubt": _pack_doubt(interview.doubt),
        },
    }


def unpack(data: Mapping[str, Any]) -> Conversation:
    """The conversation from its JSON values."""
    kept = data["interview"]
    interview = Interview(
        id=kept["id"],
        seed=kept["seed"],
        answers=_unpack_answers(kept["answers"]),
        given=_unpack_answers(kept["given"]),
        versions=kept["versions"],
        looking=kept["looking"],
        ticks=tuple(kept["ticks"]),
        misses=kept["misses"],
        doubt=_unpack_doubt(kept["doubt"]),
    )
    place, arg, home, origin = data["place"]
    proposal = data["proposal"]
    letterhead, trial = data.get("letterhead", ("", ""))  # absent from the first conversations
    return Conversation(
        interview=interview,
        lang=data["lang"],
        place=place,
        arg=arg,
        home=home,
        origin=origin,
        consent=_moment(data["consent"]),
        touched=_moment(data["touched"]),
        paused=data["paused"],
        long=data["long"],
        raised=tuple(data["raised"]),
        params={id_: Decimal(amount) for id_, amount in data["params"].items()},
        letterhead=letterhead,
        trial=trial,
        forms=tuple(data.get("forms", ())),  # likewise
        member=_unpack_member(data.get("member")),
        version=data["version"],
        issued=_unpack_answers(data["issued"]),
        proposal=Proposal(proposal[0], _unpack_answer(proposal[1])) if proposal else None,
    )


def _pack_member(member: Member | None) -> dict[str, Any] | None:
    if member is None:
        return None
    again = {
        id_: [_pack_answer(one.value), one.reason, one.discuss] for id_, one in member.again.items()
    }
    return {
        "session": member.session,
        "seat": member.seat,
        "again": again,
        "argument": member.argument,
        "guesses": _pack_answers(member.guesses),
        "draft": member.draft,
        "round": member.round,
        "earlier": _pack_answers(member.earlier),
        "later": member.later,
    }


def _unpack_member(kept: Mapping[str, Any] | None) -> Member | None:
    if kept is None:
        return None
    again = {
        id_: Second(_unpack_answer(value), reason, discuss)
        for id_, (value, reason, discuss) in kept["again"].items()
    }
    guesses = _unpack_answers(kept["guesses"])
    return Member(
        kept["session"],
        kept["seat"],
        again,
        kept["argument"],
        guesses,
        kept.get("draft", ""),
        kept.get("round", 0),
        _unpack_answers(kept.get("earlier", {})),
        kept.get("later", False),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _pack_answers(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {id_: _pack_answer(answer) for id_, answer in answers.items()}


def _unpack_answers(answers: Mapping[str, Any]) -> dict[str, Answer]:
    return {id_: _unpack_answer(answer) for id_, answer in answers.items()}


def _pack_answer(answer: object) -> Any:
    """Text and whole numbers as they are; the rest as a one-key object that names its type."""
    match answer:
        case Blank():
            return {"blank": answer.value}
        case tuple():
            return {"choices": list(answer)}
        case Decimal():
            return {"amount": str(answer)}
        case date():
            return {"date": answer.isoformat()}
        case _:
            return answer


def _unpack_answer(kept: Any) -> Answer:
    match kept:
        case {"blank": blank}:
            return Blank(blank)
        case {"choices": choices}:
            return tuple(choices)
        case {"amount": amount}:
            return Decimal(amount)
        case {"date": day}:
            return date.fromisoformat(day)
        case str() | int():
            return kept
        case _:
            raise ValueError("an answer of no known type")


def _pack_doubt(doubt: Doubt | None) -> list[Any] | None:
    if doubt is None:
        return None
    return [_pack_answer(doubt.value), doubt.why, doubt.said, doubt.reason]


def _unpack_doubt(kept: list[Any] | None) -> Doubt | None:
    return Doubt(_unpack_answer(kept[0]), *kept[1:]) if kept else None
