"""What a guest does at the door: open a link, say who they are, agree or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import personal
from bot.conversation.meeting import record
from bot.conversation.reply import Convene, Erase, Notify, Reply
from bot.conversation.rounds import deeds as rounds
from bot.conversation.screen import Screen
from bot.conversation.session import (
    opening,
    reminding,
    seats,
    sessions,
    settings,
    standing,
    welcome,
)
from bot.conversation.show import below, show
from bot.conversation.state import Conversation, Member
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.hours import decent
from bot.core.session import GROUP, Mode, Phase, Session, Status

Result = tuple[Conversation, list[Reply]]


def start(turn: Turn, payload: str) -> Result:
    """/start, which a link carries its secret with."""
    link = sessions.named(payload)
    if link is not None and turn.session is not None and turn.session.id != link[0]:
        return _elsewhere(turn, payload, link[1])
    if link is not None:
        return _opened(turn, link[1])
    if payload.startswith(("i_", "g_")):
        return _told(turn, turn.say("join.dead"))
    if turn.seat is not None and (turn.state.begun or not turn.seat.agrees):
        return standing.status(turn)
    return turn.state, [personal.running_screen(turn)]


def _opened(turn: Turn, secret: str) -> Result:
    session = turn.session
    place = session.opens(secret) if session else ""
    if session is None or not place:
        return _told(turn, turn.say("join.dead"))
    if turn.seat is not None:
        return _inside(turn, place)
    if refused := _refusal(session, place):
        return _told(turn, turn.say(refused))
    issue = seat.issue if (seat := session.seat(place)) else 0
    home = turn.state.home if turn.state.place == "invited" else turn.state.place
    state = replace(turn.state, member=Member(session.id, place), home=home)
    state = state.at("invited", f"{place}:{issue}")
    return state, [welcome.invited_screen(turn.then(state), place)]


def _elsewhere(turn: Turn, payload: str, secret: str) -> Result:
    """A link of another session, opened by somebody who sits in one already."""
    place = turn.asked.opens(secret) if turn.asked else ""
    refused = _refusal(turn.asked, place) if turn.asked and place else "join.dead"
    if refused or turn.session is None or not sessions.over(turn.session):
        return _told(turn, turn.say(refused or "join.elsewhere"))
    return turn.state, [replace(opening.another_screen(turn, payload), fresh=True)]


def _refusal(session: Session, place: str) -> str:
    """The sentence for a link that opens nothing any more; empty for one that does."""
    if session.phase is not Phase.FIRST:
        return "join.closed"
    seat = session.seat(place)
    if seat is None or seat.status is Status.INVITED:
        return ""
    return "join.dead" if seat.status is Status.REVOKED else "session.link_used"


def _inside(turn: Turn, place: str) -> Result:
    """A link opened by somebody who sits in the session already."""
    assert turn.session is not None
    assert turn.seat is not None
    own = seats.of(turn, turn.seat.id)
    if place == turn.seat.id or (place == GROUP and not turn.owner):
        return standing.status(turn)
    if place == GROUP:
        return standing.status(turn, turn.say("join.own_group", own=own))
    key = "join.own_link" if turn.owner else "join.other_link"
    return standing.status(turn, turn.say(key, function=seats.of(turn, place), own=own))


def _told(turn: Turn, text: str) -> Result:
    """One sentence, and the way to one's own place."""
    return turn.state, [Screen(text, ((personal.resume_button(turn),),), fresh=True)]


def mine(turn: Turn, place: str) -> Result:
    """The function is the right one: the seat is taken, and the link has served."""
    session, state = turn.session, turn.state
    if session is None or state.place != "invited":
        return show(turn)
    asked, _, issue = state.arg.partition(":")
    seat = session.seat(place)
    by_group = asked == GROUP
    if seat is None or not (by_group or (asked == place and str(seat.issue) == issue)):
        return _left_out(turn, "join.dead")
    if refused := _refusal(session, place):
        return _left_out(turn, refused)
    session = session.change(place, person=turn.person, status=Status.JOINED)
    state = replace(state.at("answered"), member=Member(session.id, place))
    turn = turn.then(state).convened(session)
    news: list[Reply] = [_to_owner(turn, f"joined.{place}")] if by_group else []
    return state, [Convene(session), *news, welcome.notice_screen(turn)]


def _to_owner(turn: Turn, topic: str) -> Notify:
    assert turn.session is not None
    at = decent(turn.instant).timestamp()
    return Notify(turn.session.id, seats.owner(turn), turn.session.owner, topic, at)


def _left_out(turn: Turn, key: str) -> Result:
    state = out(turn.state)
    return state, [Screen(turn.say(key), ((personal.resume_button(turn.then(state)),),))]


def out(state: Conversation) -> Conversation:
    """The conversation without its part in a session: an interview of one's own again."""
    given = {**state.interview.given, "owner": "oui"}
    interview = replace(state.interview, given=given)
    place = "asking" if state.begun else "new"
    place = state.home if state.home and state.home not in _SEATED else place
    back = replace(state, member=None, interview=interview, home="")
    return back.at(place) if state.place in _SEATED else back


_SEATED = {"invited", "answered", "named", *rounds.PLACES, *record.PLACES, *settings.PLACES}
"""The places of a session, which nobody stays at without one."""


def wrong(turn: Turn, _: str) -> Result:
    """Somebody else's invitation: it stays valid for them."""
    if turn.state.place != "invited":
        return show(turn)
    place = turn.state.arg.partition(":")[0]
    whom = turn.say("join.nobody") if place == GROUP else seats.the(turn, place)
    text = turn.say("join.wrong", function=whom)
    state = out(turn.state)
    if not state.begun:
        return state, [Screen(text), Erase()]
    return state, [Screen(text, ((personal.resume_button(turn.then(state)),),))]


def agree(turn: Turn, _: str) -> Result:
    """The agreement: from here on answers are kept, and reminders come."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None:
        return _left_out(turn, "join.dead")
    if seat.agrees:
        return show(turn)
    if session.phase is not Phase.FIRST:
        return _left_out(turn, "join.closed")
    session = session.change(seat.id, status=Status.ANSWERING, agreed=turn.instant)
    session, reminder = reminding.scheduled(turn.convened(session), seat.id)
    asked = session.mode is Mode.NAMED
    state = replace(_seated(turn.state, seat.function), consent=turn.now)
    state = replace(state.at("named" if asked else "asking"), home="")
    turn = turn.convened(session).then(state)
    done = Screen(turn.say("join.consent", date=speech.clock(turn.instant, turn.lang)))
    state, replies = show(turn, "" if asked else _known(turn))
    return state, [Convene(session), *reminder, done, *below(replies)]


def _seated(state: Conversation, function: str) -> Conversation:
    """A guest's interview: their function is known, the owner's own questions are not theirs."""
    given = {key: held for key, held in state.interview.given.items() if key != "owner"}
    answers = {**state.interview.answers, "role": function}
    cleared = replace(
        state.interview, given=given, answers=answers, looking="", ticks=(), doubt=None
    )
    return replace(state, interview=cleared, origin="", proposal=None)


def _known(turn: Turn) -> str:
    n = sum(id_ in turn.interview.answers for id_ in turn.steps("diagnostic")) - 1
    return turn.say("join.kept", n=n) if n else turn.say("session.mine")


def named(turn: Turn, said: str) -> Result:
    """Accept that results name functions, or not: a refusal holds for all, and tells nobody's."""
    session, seat = turn.session, turn.seat
    if session is None or seat is None or turn.state.place != "named":
        return show(turn)
    note, told = turn.say("join.named_yes"), list[Reply]()
    if said == "yes":
        session = session.change(seat.id, named=True)
    else:
        session, told = anonymous(turn)
        note = turn.say("join.named_no")
    turn = turn.convened(session).then(turn.state.at("asking"))
    state, replies = show(turn, f"{note}\n{_known(turn)}")
    return state, [Convene(session), *told, *replies]


def anonymous(turn: Turn) -> tuple[Session, list[Reply]]:
    """The session without functions, and word of it to everybody else, without saying whose."""
    session = turn.session
    assert session is not None
    if session.mode is Mode.ANONYMOUS:
        return session, []
    at = decent(turn.instant).timestamp()
    others = [seat for seat in session.present if seat.agrees and seat.person != turn.person]
    told = [Notify(session.id, one.id, one.person, "anonymous", at) for one in others]
    return replace(session, mode=Mode.ANONYMOUS), [*told]


def decline(turn: Turn, _: str) -> Result:
    """Not take part: nothing is kept but this choice."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None or seat.agrees:
        return show(turn) if turn.state.begun else _left_out(turn, "join.dead")
    session = session.change(seat.id, status=Status.LEFT, person="")
    news = _to_owner(turn, f"declined.{seat.id}")
    state = out(turn.state)
    if not state.begun:
        return state, [Convene(session), news, Screen(turn.say("join.declined")), Erase()]
    button = personal.resume_button(turn.then(state))
    told = Screen(turn.say("join.declined_own"), ((button,),))
    return state, [Convene(session), news, told]


def rest(turn: Turn, _: str) -> Result:
    """« Terminer »: the answers wait for the close."""
    if turn.seat is None:
        return show(turn)
    return turn.state.at("answered"), [Screen(turn.say("session.rest"))]


DEEDS: Mapping[str, Callable[[Turn, str], Result]] = {
    "mine": mine,
    "wrong": wrong,
    "agree": agree,
    "named": named,
    "decline": decline,
    "rest": rest,
}
COMMANDS: Mapping[str, Callable[[Turn, str], Result]] = {"start": start}
BEFORE_CONSENT = frozenset({"mine", "wrong", "agree", "decline"})
