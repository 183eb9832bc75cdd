"""The message of the committee's group that tells how many have answered, kept up to date."""

from __future__ import annotations

from bot.conversation.screen import Button, Screen
from bot.conversation.session import seats
from bot.conversation.session.sessions import led, link, moment
from bot.conversation.turn import Turn
from bot.core.session import GROUP, Phase, Session


def participation_screen(turn: Turn) -> Screen:
    """How many have answered out of how many, never who; the way to take part in private."""
    session = turn.session
    assert session is not None
    if not led(session):
        return Screen(turn.say("group.over"))
    words = {"n": len(session.done), "total": len(session.present)}
    if session.phase is Phase.SECOND:
        text = turn.say("group.second", moment=moment(turn, session.deadline), **words)
        own = Button(turn.say("btn.private"), url=f"https://t.me/{turn.bot}?start=prive")
        return Screen(text, ((own,),))
    if session.results is not None:
        return Screen(_closed(turn, session))
    about = turn.say("group.named", name=session.name) if session.name else turn.say("group.about")
    _, minutes = seats.burden(turn, "DSI")
    parts = [
        f"{about} {turn.say('group.how', minutes=minutes)}",
        turn.say("group.count", moment=moment(turn, session.deadline), **words),
    ]
    button = Button(turn.say("btn.take_part"), url=link(turn, session, GROUP))
    return Screen("\n\n".join(parts), ((button,),))


def _closed(turn: Turn, session: Session) -> str:
    """Which round is over, and where the results are."""
    if session.final is not None:
        return turn.say("group.closed_second")
    digest = session.results
    assert digest is not None
    return turn.say("group.closed", n=digest.answered, total=digest.invited)


def counted(session: Session | None) -> tuple[object, ...]:
    """What the message tells: as long as it is the same, there is nothing to change."""
    if session is None or not session.board or session.meeting is not None:
        return ()
    people = (len(session.done), len(session.present))
    told = (session.rounds, session.results is not None, led(session))
    return (*people, session.phase, session.deadline, session.name, *told)
