"""Leaving a session: what goes, what stays, who learns what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.conversation import personal
from bot.conversation.reply import Convene, Dissolve, Erase, Notify, Reply
from bot.conversation.screen import Screen, Toast, grouped
from bot.conversation.session import seats, welcome
from bot.conversation.session.joining import out
from bot.conversation.session.reminding import told as all_done
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.digest import unattributed
from bot.core.hours import decent
from bot.core.interview import Interview
from bot.core.session import Phase, Session, Status

Result = tuple[Conversation, list[Reply]]
BACKUP_DAYS = 30
ALL, ANSWERS = "all", "answers"


def ask(turn: Turn, _: str = "") -> Result:
    """/effacer in a session: this session's answers, or everything."""
    return turn.state, [menu_screen(turn)]


def menu_screen(turn: Turn) -> Screen:
    """What could go; nothing is erased yet."""
    if turn.seat is None or not turn.seat.agrees:
        return welcome.notice_screen(turn) if turn.seat else personal.erasure_screen(turn)
    buttons = [
        turn.button("btn.leave_session", "s", "leaving", ANSWERS),
        turn.button("btn.leave_all", "s", "leaving", ALL),
        turn.button("btn.erase_nothing", "x", "kept"),
    ]
    return Screen(turn.say("privacy.erase_ask"), grouped(buttons, single=True))


def _leaving(turn: Turn, what: str) -> Result:
    """The effects first, with the count; the safe choice first."""
    session = turn.session
    if turn.seat is None or session is None:
        return _gone(turn)
    what = ALL if what == ALL else ANSWERS
    parts = [_what(turn, session), _effects(turn, session)]
    if what == ALL:
        parts.append(turn.say("leave.everything"))
    buttons = [
        turn.button("btn.keep_answers", "x", "kept"),
        turn.button(_yes(turn, session), "s", "leave", what),
    ]
    return turn.state, [Screen("\n\n".join(parts), grouped(buttons, single=True))]


def _yes(turn: Turn, session: Session) -> str:
    if turn.owner:
        return "btn.leave_end"
    return "btn.leave_now" if session.phase is Phase.FIRST else "btn.erase"


def _what(turn: Turn, session: Session) -> str:
    n = personal.count(turn)
    if turn.owner:
        return turn.say("leave.owner", n=n)
    if session.phase is Phase.FIRST:
        return turn.say("leave.ask", n=n, owner=seats.the(turn, seats.owner(turn), capital=True))
    if again := _again(turn):
        key = "leave.choices_since" if session.rounds > 1 else "leave.choices"
        return turn.say("leave.ask_both", n=n, choices=turn.say(key, n=again))
    return turn.say("leave.ask_closed", n=n)


def _effects(turn: Turn, session: Session) -> str:
    if turn.owner:
        return turn.say("leave.owner_effects")
    if session.phase is Phase.FIRST:
        return turn.say("leave.free")
    return turn.say("leave.frozen", n=BACKUP_DAYS)


def _again(turn: Turn) -> int:
    """The choices made since the first round: a last round puts those of the second aside."""
    member = turn.state.member
    return len(member.again) + len(member.earlier) if member else 0


def leave(turn: Turn, what: str) -> Result:
    """Erase the answers, or everything; the session goes on, or ends with its owner."""
    session, seat = turn.session, turn.seat
    if session is None or seat is None:
        return _gone(turn)
    effects = _ended(turn, session) if turn.owner else _one_less(turn, session, "left")
    receipt = f"EF-{turn.token[-4:].upper()}"
    if what == ALL:
        return turn.state, [*effects, personal.erased_screen(turn, receipt), Erase()]
    screen = _receipt(turn, session, receipt)
    return _blank(turn, receipt), [*effects, screen]


def _gone(turn: Turn) -> Result:
    if turn.state.place == "left":
        return turn.state, [Toast(turn.say("toast.erased", receipt=turn.state.arg))]
    return show(turn)


def _blank(turn: Turn, receipt: str) -> Conversation:
    """Nobody's answers, under the same id so that a second tap reads the same receipt."""
    before = turn.interview
    interview = Interview(before.id, before.seed, given={"owner": "oui"}, versions=before.versions)
    fresh = Conversation(interview, lang=turn.lang, touched=turn.now)
    return fresh.at("left", receipt)


def _receipt(turn: Turn, session: Session, receipt: str) -> Screen:
    n, again = personal.count(turn), _again(turn)
    date = speech.clock(turn.instant, turn.lang)
    if session.phase is Phase.FIRST:
        end = (turn.instant + timedelta(days=BACKUP_DAYS)).date()
        until = speech.day(end, turn.lang)
        return Screen(turn.say("leave.done", n=n, date=date, receipt=receipt, until=until))
    done = turn.say("privacy.erased", date=date, receipt=receipt)
    argument = bool(turn.state.member and turn.state.member.argument)
    gone = [turn.say("leave.count_answers", n=n)]
    if again:
        gone.append(turn.say("leave.count_choices", n=again))
    if argument:
        gone.append(turn.say("leave.count_argument"))
    return Screen(f"{done}\n\n{turn.say('leave.erased', what=', '.join(gone))}")


def _one_less(turn: Turn, session: Session, topic: str) -> list[Reply]:
    """The session without the person: the owner learns it, or everybody once a round is closed."""
    seat = turn.seat
    assert seat is not None
    after = session.change(
        seat.id, status=Status.LEFT, person="", named=False, gap=None, remind=None, agreed=None
    )
    at = decent(turn.instant).timestamp()
    if session.phase is Phase.FIRST:
        news = [_notice(after, seats.owner(turn), session.owner, f"{topic}.{seat.id}", at)]
        return [Convene(after), *news, *all_done(turn, after)]
    after = _without_them(after)
    others = [one for one in after.present if one.person]
    return [Convene(after), *(_notice(after, one.id, one.person, "erased", at) for one in others)]


def _asked_out(turn: Turn) -> Result:
    """To somebody whom the owner thinks to be in another's seat: theirs to say, until the close."""
    session, seat = turn.session, turn.seat
    if session is None or seat is None or not seat.agrees or session.phase is not Phase.FIRST:
        return turn.state, []
    buttons = [
        turn.button("btn.stay_seated", "s", "stay_seated"),
        turn.button("btn.step_aside", "s", "step_aside"),
    ]
    text = turn.say("seat.asked_out", name=seats.name(turn, seat.id))
    return turn.state, [Screen(text, grouped(buttons, single=True), fresh=True)]


def _step_aside(turn: Turn, _: str) -> Result:
    """The seat is free; the answers stay the person's own, and count here no more."""
    session, seat = turn.session, turn.seat
    if session is None or seat is None or turn.owner or session.phase is not Phase.FIRST:
        return show(turn)
    state = out(turn.state)
    own = turn.then(state).convened(None)
    rows = ((personal.resume_button(own),),)
    return state, [*_one_less(turn, session, "declined"), Screen(turn.say("seat.freed"), rows)]


def _stay(turn: Turn, _: str) -> Result:
    return show(turn, turn.say("seat.stays"), again=True)


def _without_them(session: Session) -> Session:
    """Results as they stand, without what somebody who has erased their answers still shows in.

    Functions beside the answers go, and so do all the arguments: with one less, those who read
    them before would know whose it was. So do the gap between two and whoever prepares the
    meeting with the owner, whether it is one of them who has left or not.
    """
    return replace(
        session,
        erased=session.erased + 1,
        digest=session.digest and unattributed(session.digest),
        final=session.final and unattributed(session.final),
        gap=None,
        partner="",
        approved=(),
    )


def _ended(turn: Turn, session: Session) -> list[Reply]:
    """The owner leaves: the session ends for all, and their answers stay each person's own."""
    at = decent(turn.instant).timestamp()
    others = [one for one in session.present if one.person not in ("", turn.person)]
    told = [_notice(session, one.id, one.person, "dissolved", at) for one in others]
    return [Dissolve(session.id), *told]


def _notice(session: Session, seat: str, person: str, topic: str, at: float) -> Notify:
    return Notify(session.id, seat, person, topic, at)


DEEDS: Mapping[str, Callable[[Turn, str], Result]] = {
    "leaving": _leaving,
    "leave": leave,
    "step_aside": _step_aside,
    "stay_seated": _stay,
}
TOPICS: Mapping[str, Callable[[Turn], Result]] = {"asked_out": _asked_out}
COMMANDS: Mapping[str, Callable[[Turn, str], Result]] = {"effacer": ask}
BEFORE_CONSENT = frozenset({"leave", "leaving"})
