"""Where a session stands: by function for its owner, their own part for everybody else."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.reply import Reply
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import seats, welcome
from bot.conversation.session.opening import under
from bot.conversation.session.sessions import hour, local, moment, over
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.session import LEAST, Phase, Seat, Session, Status

Result = tuple[Conversation, list[Reply]]
_LINES = (
    ("done", (Status.DONE,)),
    ("answering", (Status.ANSWERING,)),
    ("joined", (Status.JOINED,)),
    ("invited", (Status.INVITED,)),
    ("left", (Status.LEFT,)),
)


def status(turn: Turn, note: str = "") -> Result:
    """/statut for somebody in a session."""
    return turn.state, [standing_screen(turn, note)]


def standing_screen(turn: Turn, note: str = "") -> Screen:
    """The session as its owner may see it, or a guest's own part of it."""
    if turn.seat is not None and not turn.seat.agrees:
        return under(note, welcome.notice_screen(turn))
    return under(note, _owner_screen(turn) if turn.owner else _guest_screen(turn))


def _head(turn: Turn) -> str:
    """How far the session has come."""
    session = turn.session
    assert session is not None
    key, words = f"standing.phase_{session.phase.name.lower()}", dict[str, object]()
    if session.phase in (Phase.FIRST, Phase.SECOND):
        words = {"moment": moment(turn, session.deadline)}
    elif session.phase is Phase.BETWEEN:
        found = session.digest
        words = {
            "n": found.answered if found else len(session.done),
            "total": found.invited if found else len(session.present),
        }
    return turn.say(key, **words)


def lines(turn: Turn, session: Session) -> list[str]:
    """« Terminé : direction générale, marketing »: who has come how far, by function."""
    found = []
    for key, statuses in _LINES:
        people = [seat for seat in session.seats if seat.status in statuses]
        if people:
            found.append(turn.say(f"standing.{key}", names=seats.listed(turn, people)))
    return found


def _owner_screen(turn: Turn) -> Screen:
    session = turn.session
    assert session is not None
    head = "\n".join([_head(turn), *_progress(turn, session), *_unreached(turn, session)])
    if session.phase is not Phase.FIRST:
        settings = turn.button("btn.session_settings", "s", "settings")
        return Screen(head, grouped([*_later_buttons(turn), settings], single=True))
    text = f"{head}\n\n{turn.say('standing.nothing')}"
    return Screen(text, grouped([*_own_part(turn), *_owner_buttons(turn, session)], single=True))


def _progress(turn: Turn, session: Session) -> list[str]:
    """Who has finished the round under way, by function; numbers only once somebody has erased
    their answers, as whoever is missing from the list would be known for it.
    """
    if session.phase not in (Phase.FIRST, Phase.SECOND):
        return []
    if session.erased:
        return [_finished(turn, len(session.done), len(session.present))]
    return lines(turn, session)


def _unreached(turn: Turn, session: Session) -> list[str]:
    """Those who cannot be written to, whatever they have answered; a number after an erasure."""
    people = [seat for seat in session.present if seat.person and seat.unreached]
    if not people:
        return []
    if session.erased:
        n = len(people)
        return [turn.say("standing.unreached_n", n=n, count=seats.people(turn, n, capital=True))]
    return [turn.say("standing.unreached", names=seats.listed(turn, people))]


def _own_part(turn: Turn) -> list[Button]:
    n, left, _ = seats.remaining(turn)
    return [turn.button("btn.resume_n", "s", "answer", n=n)] if left else []


def behind(session: Session) -> list[Seat]:
    """The guests who have not finished."""
    return [seat for seat in session.present[1:] if seat.status is not Status.DONE]


def _owner_buttons(turn: Turn, session: Session) -> list[Button]:
    late = behind(session)
    buttons = []
    if late:
        n = len(late)
        buttons.append(turn.button("btn.remind", "s", "remind", n=n, count=seats.people(turn, n)))
    buttons.append(turn.button("btn.change_date", "s", "redating"))
    if len(session.present) >= LEAST:
        buttons.append(turn.button("btn.close_now", "s", "close"))
    return [*buttons, turn.button("btn.session_settings", "s", "settings")]


def _later_buttons(turn: Turn) -> list[Button]:
    """What there is to see or do once the first round is closed."""
    session, seat = turn.session, turn.seat
    assert session is not None
    if session.phase is Phase.CLOSED:
        plan = [turn.button("btn.round_plan", "s", "plan")] if turn.owner else []
        other = [turn.button("btn.another", "s", "other")] if over(session) and turn.owner else []
        return [turn.button("btn.results", "s", "results"), *plan, *other]
    buttons = [turn.button("btn.round_see_divergences", "s", "divergences")]
    if session.phase is Phase.SECOND and seat is not None:
        if seat.status is not Status.DONE:
            buttons.insert(0, turn.button("btn.round_mine", "s", "second"))
        if turn.owner:
            buttons.append(turn.button("btn.round_close_second", "s", "close"))
    return buttons


def _guest_screen(turn: Turn) -> Screen:
    session, seat = turn.session, turn.seat
    assert session is not None
    assert seat is not None
    text = turn.say("standing.yours", function=seats.of(turn, seat.id))
    if session.phase is not Phase.FIRST:
        return Screen(f"{_head(turn)}\n{text}", grouped(_later_buttons(turn), single=True))
    _, left, minutes = seats.remaining(turn)
    key = "standing.to_do" if left else "standing.finished"
    words = {"n": left, "minutes": minutes} if left else {}
    parts = [_head(turn), text, turn.say(key, **words)]
    buttons = _own_part(turn) or [turn.button("btn.review", "g", "recap")]
    if seat.named and session.mode.value == "attribue":
        buttons.append(turn.button("btn.unname", "s", "unname"))
    return Screen("\n".join(parts), grouped(buttons, single=True))


def deadline_screen(turn: Turn) -> Screen:
    """The deadline has come: wait a little, or close with those who have answered."""
    session = turn.session
    assert session is not None
    end = local(session, session.deadline)
    total, done = len(session.present), len(session.done)
    parts = [
        turn.say("deadline.now", hour=hour(end, turn.lang)),
        _finished(turn, done, total),
        *_late(turn, session),
    ]
    noon = hours.noon(turn.instant)
    buttons = [
        *_own_part(turn),
        turn.button("btn.wait_until", "s", "wait", moment=brief(turn, noon)),
    ]
    if done >= LEAST:
        buttons.append(
            turn.button("btn.close_with", "s", "close", n=done, count=seats.people(turn, done))
        )
    return Screen(" ".join(parts), grouped(buttons, single=True), fresh=True)


def _finished(turn: Turn, done: int, total: int) -> str:
    if not done:
        return turn.say("deadline.none")
    count = seats.people(turn, done, capital=True)
    return turn.say("deadline.done", n=done, count=count, total=seats.people(turn, total))


def brief(turn: Turn, when: datetime) -> str:
    """« lundi, 12 h »: a moment of the next days."""
    return f"{speech.day(when, turn.lang, weekday=True).split()[0]}, {hour(when, turn.lang)}"


def _late(turn: Turn, session: Session) -> list[str]:
    """Who has begun and who has not."""
    said = []
    for key, status_ in (
        ("begun", Status.ANSWERING),
        ("joined", Status.JOINED),
        ("unopened", Status.INVITED),
    ):
        late = [seat for seat in session.present[1:] if seat.status is status_]
        if late:
            names = seats.all_of(turn, late)
            said.append(turn.say(f"deadline.{key}", n=len(late), functions=names))
    own = session.seats[0].status is Status.DONE
    return said if own else [*said, turn.say("deadline.yours")]


def complete_screen(turn: Turn) -> Screen:
    """Everybody has answered: close, or wait."""
    session = turn.session
    assert session is not None
    n = len(session.present)
    text = turn.say("session.all_done", n=n, count=seats.people(turn, n))
    rows = grouped(
        [
            turn.button("btn.close_first", "s", "close_yes"),
            turn.button("btn.wait_more", "s", "keep_open"),
        ],
        single=True,
    )
    return Screen(f"{text} {turn.say('session.close')}", rows, fresh=True)
