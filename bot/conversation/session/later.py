"""Six months later: who wishes to be asked again, what is kept until then, the round that opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import retention
from bot.conversation.acting import begin
from bot.conversation.meeting import board
from bot.conversation.reply import Convene, Dissolve, Erase, Notify, Reply
from bot.conversation.screen import Screen
from bot.conversation.session import reminding, seats, waiting
from bot.conversation.session.convening import sound_day
from bot.conversation.show import show
from bot.conversation.state import Conversation, Member
from bot.conversation.turn import Turn
from bot.core import hours, later, speech
from bot.core.session import LEAST, Phase, Seat, Session, Status

Result = tuple[Conversation, list[Reply]]
Deed = Callable[[Turn, str], Result]

AGAIN_DAYS = 182
"""How long after the owner asked for it the committee is asked again."""


def comes(turn: Turn) -> datetime:
    """The working morning on which the committee will be asked again."""
    kept = board.session(turn).comes
    return kept or hours.working(turn.instant + timedelta(days=AGAIN_DAYS))


# -- The owner asks for it; each member answers for themselves -------------------------


def _offer(turn: Turn, _: str) -> Result:
    """What it would mean, before anybody is asked."""
    if not turn.owner or board.session(turn).results is None:
        return show(turn)
    if board.session(turn).later:
        return turn.state, [Screen(waiting.on(turn, "later.already", comes(turn)))]
    return turn.state, [waiting.offer_screen(turn, comes(turn))]


def _yes(turn: Turn, _: str) -> Result:
    of = board.session(turn)
    if not turn.owner or of.results is None or of.later:
        return _offer(turn, "")
    when = comes(turn)
    of = replace(of.change(seats.owner(turn), later=True), later=True, comes=when)
    own = turn.convened(of)
    asked = [_tell(own, one.id, "later_ask", hours.decent(turn.instant)) for one in _others(of)]
    ahead = [_tell(own, of.seats[0].id, "later_time", when), _fading(own, of.seats[0].id)]
    screen = Screen(waiting.on(own, "later.asked", when))
    return _returning(turn.state, wished=True), [Convene(of), *ahead, *asked, screen]


def _others(of: Session) -> list[Seat]:
    """Those who have answered, the owner apart."""
    return [one for one in of.present[1:] if one.person and one.agrees]


def _tell(turn: Turn, seat: str, topic: str, at: datetime) -> Notify:
    of = board.session(turn)
    found = of.seat(seat)
    assert found is not None
    return Notify(of.id, seat, found.person, topic, int(at.timestamp()))


def _fading(turn: Turn, seat: str) -> Notify:
    """The answers of somebody who stays known go on the day that was announced."""
    end = retention.answers_end(turn).astimezone(comes(turn).tzinfo)
    return _tell(turn, seat, "later_fade", hours.decent(end))


def _returning(state: Conversation, *, wished: bool) -> Conversation:
    assert state.member is not None
    return replace(state, member=replace(state.member, later=wished))


def _no(turn: Turn, _: str) -> Result:
    return show(turn, turn.say("later.no_thanks"))


def _asked(turn: Turn) -> Result:
    """To each who answered: whether they wish to be asked again."""
    seat, of = turn.seat, board.session(turn)
    if seat is None or seat.later or not of.later or of.waiting:
        return turn.state, []
    return turn.state, [waiting.ask_screen(turn, comes(turn))]


def called_off(turn: Turn) -> list[Reply]:
    """Word to those who had agreed: whoever opened the session has left it for another one."""
    of = board.session(turn)
    wished = [one for one in of.returning if one.person != turn.person] if of.later else []
    return [_tell(turn, one.id, "later_called_off", hours.decent(turn.instant)) for one in wished]


def _called_off(turn: Turn) -> Result:
    """Nobody is asked again: what was kept for it goes as everything else does."""
    member, seat, of = turn.state.member, turn.seat, turn.session
    if member is None or seat is None or of is None or of.later or not member.later:
        return turn.state, []
    state = _returning(turn.state, wished=False)
    end = speech.day(retention.kept_until(turn.then(state)), turn.lang)
    said = Screen(turn.say("later.called_off", end=end), fresh=True)
    return state, [Convene(of.change(seat.id, later=False)), said]


def _agree(turn: Turn, _: str) -> Result:
    seat, of = turn.seat, turn.session
    if seat is None or of is None or not of.later or of.waiting:
        return show(turn)
    of = of.change(seat.id, later=True)
    screen = Screen(waiting.agreed(turn, comes(turn), retention.answers_end(turn)))
    fading = _fading(turn.convened(of), seat.id)
    return _returning(turn.state, wished=True), [Convene(of), fading, screen]


def _refuse(turn: Turn, _: str) -> Result:
    """Nothing is kept of a refusal; an agreement given before is taken back."""
    said = Screen(turn.say("later.declined"))
    if turn.seat is None or turn.session is None or not turn.seat.later:
        return turn.state, [said]
    of = turn.session.change(turn.seat.id, later=False)
    return _returning(turn.state, wished=False), [Convene(of), said]


# -- The answers go; agreements stay ----------------------------------------------------


def _faded(turn: Turn) -> Result:
    """On the day announced: the answers go, the seat and the agreement stay."""
    member, seat, of = turn.state.member, turn.seat, turn.session
    if of is None or seat is None or member is None or not member.later or not of.later:
        return turn.state, []
    if of.phase is not Phase.CLOSED or turn.state.place == waiting.PLACE:
        return turn.state, []
    state = _bare(turn, member)
    told = replace(Screen(waiting.on(turn, "later.faded", comes(turn))), fresh=True)
    if not turn.owner or of.waiting:
        return state, [told]
    after = later.faded(of, board.advice(turn).top if of.results else "")
    return state, [Convene(after), told]


def _bare(turn: Turn, member: Member) -> Conversation:
    """The conversation without any answer: the language, the agreement, the seat."""
    blank = replace(begin(turn), consent=turn.state.consent)
    kept = Member(member.session, member.seat, later=True)
    return replace(blank, member=kept).at(waiting.PLACE)


# -- The day has come -------------------------------------------------------------------


def _time(turn: Turn) -> Result:
    """To the owner: whether to start, with whom; nothing is sent before their word."""
    of = board.session(turn)
    if not turn.owner or not of.waiting:
        return turn.state, []
    if len(of.returning) < LEAST:
        return turn.state, [Dissolve(of.id), Screen(turn.say("later.too_few"), fresh=True), Erase()]
    return turn.state, [waiting.time_screen(turn, hours.ends_of_weeks(turn.instant.date())[1])]


def _start(turn: Turn, day: str) -> Result:
    """The first round again, for those who agreed."""
    of, until = turn.session, sound_day(turn, day)
    if not turn.owner or of is None or not of.waiting or until is None:
        return show(turn)
    of = later.woken(of, turn.instant, hours.evening(turn.instant, until))
    turn = turn.convened(of).then(_seated(turn, of))
    of, notices = reminding.started(turn)
    turn = turn.convened(of)
    at = hours.decent(turn.instant)
    asked = [_tell(turn, one.id, "later_begin", at) for one in of.seats[1:]]
    state, replies = show(turn, waiting.started(turn))
    return state, [Convene(of), *notices, *asked, *replies]


def _seated(turn: Turn, of: Session) -> Conversation:
    """The owner's new interview, their function known."""
    blank = begin(turn)
    interview = replace(blank.interview, answers={"role": of.seats[0].function})
    state = replace(blank, interview=interview, consent=turn.now)
    return replace(state, member=Member(of.id, of.seats[0].id)).at("asking")


def _begun(turn: Turn) -> Result:
    """To each who agreed: the same questions; they may still say no."""
    of, seat, member = turn.session, turn.seat, turn.state.member
    if of is None or seat is None or seat.agrees or of.phase is not Phase.FIRST or not of.before:
        return turn.state, []
    state = replace(begin(turn), member=Member(of.id, seat.id)).at("answered")
    if member is None and turn.state.begun:  # an interview of their own is under way: it counts
        state = replace(turn.state, member=state.member, home=turn.state.place).at("answered")
    return state, [waiting.begin_screen(turn.then(state))]


def _stop(turn: Turn, _: str) -> Result:
    """Not again: everything that was kept for it goes, and those who waited learn it."""
    of, seat = turn.session, turn.seat
    if of is None or seat is None or not of.waiting:
        return show(turn)
    if not turn.owner:
        left = of.change(seat.id, status=Status.LEFT, person="", later=False)
        return turn.state, [Convene(left), Screen(turn.say("later.left")), Erase()]
    at = hours.decent(turn.instant)
    told = [_tell(turn, one.id, "later_off", at) for one in of.returning[1:]]
    return turn.state, [Dissolve(of.id), *told, Screen(turn.say("later.stopped")), Erase()]


def _off(turn: Turn) -> Result:
    """To somebody who waited: it will not take place."""
    return turn.state, [Screen(turn.say("later.off"), fresh=True), Erase()]


def _typed(turn: Turn, _: str) -> Result:
    return turn.state, [replace(waiting.waiting_screen(turn), fresh=True)]


DEEDS: Mapping[str, Deed] = {
    "later": _offer,
    "l_yes": _yes,
    "l_no": _no,
    "l_agree": _agree,
    "l_refuse": _refuse,
    "l_start": _start,
    "l_stop": _stop,
}
TYPED: Mapping[str, Deed] = {waiting.PLACE: _typed}
TOPICS: Mapping[str, Callable[[Turn], Result]] = {
    "later_ask": _asked,
    "later_fade": _faded,
    "later_time": _time,
    "later_begin": _begun,
    "later_called_off": _called_off,
}
OUTSIDE: Mapping[str, Callable[[Turn], Result]] = {"later_off": _off}
