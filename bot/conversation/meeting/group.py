"""The committee's group: who has answered, by numbers only, then the meeting; nothing personal."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.commands import SYNONYMS
from bot.conversation.hearing import Command, Hearing, Moved, Placed, Polled, Posted, Tap, Typed
from bot.conversation.meeting.running import in_meeting
from bot.conversation.reply import Convene, Reply
from bot.conversation.screen import Button, Screen, Toast
from bot.conversation.session.participating import participation_screen
from bot.conversation.session.sessions import led
from bot.conversation.turn import Turn
from bot.core.session import Phase, Session


def respond_in_group(turn: Turn, heard: Hearing) -> list[Reply]:
    """What is said and shown in a group, and the session as it is then.

    The turn's session is the one that the group follows, or the person's own if there is none.
    """
    session = turn.session
    follows = session is not None and session.group == turn.chat
    match heard:
        case Placed(inside=True):
            return [] if follows else [Screen(turn.say("group.hello"), fresh=True)]
        case Command(name) if SYNONYMS.get(name, name) == "seance":
            return _meet(turn, heard, follows=follows)
        case Command():
            return [_private_screen(turn, "group.private")]
        case Typed(_, to) if not (follows and _awaits(session, to)):
            return [_private_screen(turn, "group.private")]
    if session is None or not follows:
        return [Toast(turn.say("toast.old"))] if isinstance(heard, Tap) else []
    match heard:
        case Placed():
            return [Convene(replace(session, group=0, board=0))]
        case Moved(to):
            return _moved(turn, session, to)
        case Posted("board", message):
            return [Convene(replace(session, board=message))]
        case Tap() | Typed() | Posted() | Polled() if _meets(session):
            return in_meeting(turn, heard)
        case Tap():
            return [Toast(turn.say("toast.old"))]
    return []


def _awaits(session: Session | None, message: int) -> bool:
    """Whether the words that reply to a message are those that the meeting waits for.

    Somebody may reply before the number of the message that asks is known.
    """
    meeting = session.meeting if session else None
    if session is None or meeting is None:
        return False
    if meeting.about and not meeting.awaiting:
        return message > session.board
    return meeting.awaiting == message


def _meets(session: Session) -> bool:
    """Whether there are results to meet about, and no round under way."""
    phases = (Phase.BETWEEN, Phase.CLOSED)
    return session.results is not None and session.phase in phases and led(session)


def _meet(turn: Turn, heard: Hearing, *, follows: bool) -> list[Reply]:
    """/seance: take part, or meet; for anybody else a word and a way to the private chat."""
    session = turn.session
    if session is None or session.waiting or not led(session) or not (follows or turn.owner):
        return [_private_screen(turn, "group.none")]
    if not follows:
        session = replace(session, group=turn.chat, board=0)
        turn = turn.convened(session)
    if _meets(session):
        return _kept(turn, in_meeting(turn, heard))
    if not turn.owner:
        return [_private_screen(turn, "group.under_way")]
    return [Convene(session), replace(participation_screen(turn), fresh=True)]


def _moved(turn: Turn, session: Session, chat: int) -> list[Reply]:
    """In its new chat the messages of before cannot be changed any more: they come anew."""
    meeting = session.meeting and replace(session.meeting, poll=0, awaiting=0)
    session = replace(session, group=chat, board=0, meeting=meeting)
    if _meets(session):
        return [Convene(session), Screen(turn.say("group.moved"), fresh=True)]
    return [Convene(session), replace(participation_screen(turn), fresh=True)]


def _kept(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The replies, with the session in them even if nothing but its group has changed."""
    if turn.session is None or any(isinstance(reply, Convene) for reply in replies):
        return replies
    return [Convene(turn.session), *replies]


def _private_screen(turn: Turn, key: str) -> Screen:
    """One sentence, and the way to the private chat."""
    link = Button(turn.say("btn.private"), url=f"https://t.me/{turn.bot}?start=prive")
    return Screen(turn.say(key), ((link,),), fresh=True, aside=True)
