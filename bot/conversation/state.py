"""Everything the bot keeps of one conversation, and its form at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.core.dialog import Blank
from bot.core.interview import Interview
from bot.core.reading import Answer, Doubt


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change to an earlier answer, shown with its effects and not yet applied."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Second:
    """One answer of the second round: the value kept or changed to, why, whether to discuss it."""

    value: Answer
    reason: str = ""
    discuss: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """What a person keeps of a session: where they sit, and what they said beyond the interview.

    `again` are the answers of the second round; `argument` was confirmed by the person, `draft`
    not yet; `guesses` are what they think that their colleague answered. `round` is the last
    one that they entered, and `earlier` what they had answered in the one before it. `later`
    tells that they wish to be asked again in six months.
    """

    session: str
    seat: str
    again: Mapping[str, Second] = field(default_factory=dict)
    argument: str = ""
    guesses: Mapping[str, Answer] = field(default_factory=dict)
    draft: str = ""
    round: int = 0
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    later: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's conversation.

    `place` and `arg` say which screen the person is on; `home` is the place that a recap or
    a correction was opened from, and `origin` the section that an edited answer comes back
    to. `version` counts the documents issued and `issued` holds the answers that the last
    ones were written from. `long` tells that the last text filled a whole message, so that
    the next may be its continuation; `raised` are the contradictions already
    shown; `params` the cost assumptions that the person changed. `letterhead` names the file that
    the documents are written on, and `trial` one that waits for the person's word. `member` is
    their part in a committee's session.
    """

    interview: Interview
    lang: str = "fr"
    place: str = "new"
    arg: str = ""
    home: str = ""
    origin: str = ""
    consent: datetime | None = None
    proposal: Proposal | None = None
    version: int = 0
    issued: Mapping[str, Answer] = field(default_factory=dict)
    touched: datetime | None = None
    paused: bool = False
    long: bool = False
    raised: tuple[str, ...] = ()
    params: Mapping[str, Decimal] = field(default_factory=dict)
    letterhead: str = ""
    trial: str = ""
    member: Member | None = None

    @property
    def begun(self) -> bool:
        """Whether the person has agreed and the interview is open."""
        return self.consent is not None

    def at(self, place: str, arg: str = "") -> Conversation:
        """The same conversation on another screen."""
        return replace(self, place=place, arg=arg)


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
