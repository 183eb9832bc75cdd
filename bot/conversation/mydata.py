"""The person's own copy: everything kept about them, first in words, then as it is stored."""

from __future__ import annotations

from typing import Any

from bot.conversation import drafting, letterhead, personal, reckoning, retention
from bot.conversation.packing import pack
from bot.conversation.session import seats
from bot.conversation.session.sessions import moment
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Type
from bot.core.session import Phase

Words = dict[str, Any]


def my_data(turn: Turn, person: str) -> Words:
    """A summary that anyone can read, then each value for another program."""
    entries = {**_circumstances(turn, person), **_contents(turn)}
    summary = {turn.say(f"mydata.{key}"): said for key, said in entries.items() if said}
    return {"summary": summary, **pack(turn.state)}


def _circumstances(turn: Turn, person: str) -> Words:
    """Whose data these are, who keeps them, since when and until when."""
    state, lang = turn.state, turn.lang
    return {
        "made": speech.clock(turn.now, lang),
        "identifier": person,
        "controller": turn.house.controller[lang],
        "contact": turn.house.contact or turn.say("privacy.contact"),
        "language": turn.say("mydata.tongue"),
        "consent": speech.clock(state.consent, lang) if state.consent else "",
        "touched": speech.clock(state.touched, lang) if state.touched else "",
        "until": speech.day(retention.kept_until(turn), lang),
        "standing": personal.standing(turn) if state.begun else "",
    }


def _contents(turn: Turn) -> Words:
    """The answers with their questions, the documents, the assumptions changed."""
    library, state = turn.library, turn.state
    params = [one for one in library.costs.params if one.id in state.params]
    wanted = [turn.say(f"doc.name.{kind}") for kind in drafting.wanted(turn)]
    return {
        "answers": [_answer(turn, id_) for id_ in turn.interview.answers],
        "documents": wanted,
        "version": state.version,
        "letterhead": letterhead.status(turn) if state.letterhead else "",
        "assumptions": {turn.text(one.name): reckoning.value(turn, one) for one in params},
        "questionnaires": dict(turn.interview.versions),
        "session": _session(turn),
        "waiting": waiting(turn),
    }


def _session(turn: Turn) -> Words:
    """The person's seat in a committee's session, and what they agreed to there."""
    session, seat = turn.session, turn.seat
    if session is None or seat is None:
        return {}
    said = {
        "seat": seats.name(turn, seat.id),
        "owner": turn.say("btn.yes") if turn.owner else "",
        "agreed": speech.clock(seat.agreed, turn.lang) if seat.agreed else "",
        "mode": turn.say(f"settings.{session.mode.value}", settled=""),
        "named": turn.say("btn.yes" if seat.named else "btn.no"),
        "gap": _answered(turn, seat.gap),
        "guessing": _answered(turn, seat.guessing),
        "shares": _answered(turn, seat.shares),
        "again": turn.say("btn.yes") if seat.later else "",
        "deadline": moment(turn, session.deadline),
        "reminded": seat.reminded,
        "quiet": turn.say("btn.yes") if seat.quiet else "",
    }
    return {turn.say(f"mydata.{key}"): value for key, value in said.items() if value}


def _answered(turn: Turn, said: bool | None) -> str:
    return "" if said is None else turn.say("btn.yes" if said else "btn.no")


def waiting(turn: Turn) -> list[str]:
    """What the bot still has to do for the person by itself."""
    session, seat = turn.session, turn.seat
    found = [turn.say("mydata.wait_papers")] if turn.state.place == "writing" else []
    if session is not None and seat is not None:
        if seat.remind is not None:
            found.append(turn.say("mydata.wait_remind", moment=moment(turn, seat.remind)))
        if turn.owner and session.phase is Phase.FIRST:
            at = moment(turn, session.deadline)
            found.append(turn.say("mydata.wait_deadline", moment=at))
    return found


def _answer(turn: Turn, id_: str) -> Words:
    question, answer = _in_words(turn, id_)
    return {turn.say("mydata.question"): question, turn.say("mydata.answer"): answer}


_DEEPENED = {
    "oui": "mydata.yes",
    "tout": "mydata.yes",
    "non": "btn.deepen_no",
    "jamais": "btn.deepen_never",
}


def _in_words(turn: Turn, id_: str) -> tuple[str, str]:
    """A question and its answer as the person read them."""
    held = turn.interview.answers[id_]
    if id_ == "option":
        return turn.say("mydata.option"), turn.text(turn.library.model.option(str(held)).name)
    if id_ == "option_reason":
        return turn.say("mydata.option_reason"), str(held)
    question = turn.question(id_)
    if question.type is Type.OFFER:
        module = turn.text(turn.dialog_of(id_).module(question.module).name)
        return turn.say("mydata.deepen", module=module), turn.say(_DEEPENED[str(held)])
    return turn.text(question.text), turn.answer(id_, held)
