"""The meeting run in the committee's group: its points one by one, and what is decided on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.hearing import Command, Hearing, Polled, Posted, Tap, Typed
from bot.conversation.meeting import board, minutes, points_shown, voting
from bot.conversation.meeting.timetable import agenda_of
from bot.conversation.reply import Convene, Notify, Reply
from bot.conversation.screen import Button, Rows, Screen, Toast, grouped
from bot.conversation.turn import Turn
from bot.core.dialog import NOTHING, Question, Type
from bot.core.meeting import Decision
from bot.core.reading import Doubt, Refusal
from bot.core.record import DOCUMENT, OPTION, RITUAL, WHY, held, recorded

WORDS = Question("decision", "", Type.TEXT, NOTHING, max_len=280, checks=("person",))
"""A sentence adopted by the committee."""
RECORD = "record"
"""The topic that brings the record to the chair."""


def in_meeting(turn: Turn, heard: Hearing) -> list[Reply]:
    """What the group reads once there are results; only the chair moves the meeting."""
    held_ = board.session(turn)
    turn = _within(turn.then(replace(turn.state, lang=held_.lang)))
    chairs = turn.person == held_.owner
    match heard:
        case Command() if chairs:
            return _present(turn)
        case Command():
            return [Screen(turn.say("meeting.chair"), fresh=True)]
        case Tap() if not chairs:
            return [Toast(turn.say("toast.chair_only"))]
        case Tap(of) if of != held_.id:
            return [Toast(turn.say("toast.old"))]
        case Tap(args=(deed, *rest)) if deed in DEEDS:
            return DEEDS[deed](turn, rest[0] if rest else "")
        case Tap():
            return [Toast(turn.say("toast.old"))]
        case Posted(what, message):
            return _posted(turn, what, message)
        case Polled(counts):
            return voting.counted(turn, counts)
        case Typed(text) if chairs:
            return _typed(turn, text)
        case Typed():
            return [Screen(turn.say("meeting.only_chair"), fresh=True)]
    return []


def _within(turn: Turn) -> Turn:
    """The turn at a point that is there: the agenda may have become shorter meanwhile."""
    point, last = board.meeting(turn).point, len(agenda_of(turn).points) - 1
    return turn if point <= last else board.moved(turn, point=last)


def _present(turn: Turn) -> list[Reply]:
    """Where the meeting stands, as a new message below; whatever was half open begins again."""
    poll = max(board.meeting(turn).poll, 0)
    turn = board.moved(turn, awaiting=0, about="", poll=poll)
    return board.shown(turn, replace(_here(turn), fresh=True))


def _here(turn: Turn) -> Screen:
    meeting = board.meeting(turn)
    if meeting.ended:
        return points_shown.closed_screen(turn)
    if meeting.point < 0:
        return points_shown.opening_screen(turn)
    if meeting.poll:
        return voting.open_screen(turn)
    if meeting.tally and held(meeting, OPTION) is None and voting.choosing(turn):
        return voting.result_screen(turn)
    return points_shown.point_screen(turn)


def _go(turn: Turn, arg: str) -> list[Reply]:
    """To a point by its number; a repeated tap finds the meeting there already."""
    meeting, plan = board.meeting(turn), agenda_of(turn)
    i = int(arg) if arg.isdecimal() else -1
    if meeting.poll:
        return [Toast(turn.say("vote.first"))]
    if i == meeting.point or not 0 <= i < len(plan.points) or meeting.ended:
        return [Toast(turn.say("toast.done"))]
    turn = board.moved(turn, point=i)
    return board.shown(turn, _here(turn))


def _subject(turn: Turn) -> str:
    """What a sentence noted on the point on screen is about, if anything."""
    points, i = agenda_of(turn).points, board.meeting(turn).point
    return board.subject(points[i]) if 0 <= i < len(points) else ""


def _note(turn: Turn, noted: str) -> list[Reply]:
    """Ask for the sentence in reply to a message: a group keeps other words from the bot."""
    known = noted not in (OPTION, DOCUMENT) and held(board.meeting(turn), noted)
    subject = noted if known else _subject(turn)
    if not subject or board.meeting(turn).ended:
        return [Toast(turn.say("toast.done"))]
    key = "meeting.write_why" if subject == WHY else "meeting.write"
    toast = Toast(turn.say("meeting.write_toast"))
    asked = board.moved(turn, about=subject, awaiting=0)
    return board.shown(asked, toast, _asked(turn.say(key)))


def _asked(text: str) -> Screen:
    return Screen(text, fresh=True, reply=True)


def _posted(turn: Turn, what: str, message: int) -> list[Reply]:
    """The number of a message that the bot has just sent: the vote, or the one to reply to."""
    if what == "reply" and not board.meeting(turn).about:
        return []  # replied to already
    changes = {"poll": message} if what == "poll" else {"awaiting": message}
    return [Convene(board.session(board.moved(turn, **changes)))]


def _typed(turn: Turn, text: str) -> list[Reply]:
    """The sentence adopted, noted as it was written."""
    subject = board.meeting(turn).about or _subject(turn)
    if not subject:
        return []
    match turn.read(WORDS, text):
        case Refusal("long"):
            return [_asked(turn.say("meeting.long", max=WORDS.max_len))]
        case Refusal():
            return [_asked(turn.say("meeting.no_words"))]
        case Doubt():
            return [_asked(turn.say("refuse.person"))]
    return _decided(turn, Decision(subject, " ".join(text.split())), fresh=True)


def _decided(turn: Turn, decision: Decision, *, fresh: bool = False) -> list[Reply]:
    """A decision noted, with what usually goes with it, and the way on."""
    meeting = recorded(board.meeting(turn), minutes.begun(turn, decision))
    turn = board.moved(turn, decisions=meeting.decisions, awaiting=0, about="")
    here = str(board.meeting(turn).point)
    redo = ("again", here) if decision.subject == DOCUMENT else ("note", decision.subject)
    correct = board.press(turn, "btn.meeting.correct", *redo)
    rows = grouped([correct, *(button for row in _on(turn) for button in row)])
    said = minutes.noted(turn, decision)
    return board.shown(turn, Screen(said, rows, strong=said, fresh=fresh))


def _on(turn: Turn) -> Rows:
    """The way on only: a decision has just been noted."""
    return tuple(row[-1:] for row in board.ways(turn, agenda_of(turn))[-1:])


def _again(turn: Turn, _: str) -> list[Reply]:
    """The point on screen, to be decided anew."""
    return [_here(turn)]


def _paper(turn: Turn, verdict: str) -> list[Reply]:
    """The attached document, as it stands, to amend, or put off."""
    if _subject(turn) != DOCUMENT or verdict not in ("ok", "amend", "later"):
        return [Toast(turn.say("toast.done"))]
    said = turn.say(f"meeting.document.{verdict}")
    due = turn.instant.date() if verdict == "ok" else None
    return _decided(turn, Decision(DOCUMENT, said, due=due))


def _adopt(turn: Turn, _: str) -> list[Reply]:
    """The monthly meeting, in the words of the agenda."""
    if _subject(turn) != RITUAL:
        return [Toast(turn.say("toast.done"))]
    return _decided(turn, Decision(RITUAL, turn.say("meeting.ritual_said")))


def _now(turn: Turn, _: str) -> list[Reply]:
    """The record comes to the chair at once, in private."""
    link = Button(turn.say("btn.private"), url=f"https://t.me/{turn.bot}")
    rows = ((link,), *_on(turn))
    screen = Screen(_beside(turn, turn.say("meeting.private_now")), rows)
    return board.shown(turn, screen, _record(turn))


def _private(turn: Turn, _: str) -> list[Reply]:
    said = turn.say("meeting.private_later", chair=board.chair(turn))
    return [Screen(_beside(turn, said), _on(turn))]


def _beside(turn: Turn, said: str) -> str:
    """What was said, and the point that comes next."""
    points, i = agenda_of(turn).points, board.meeting(turn).point + 1
    if i >= len(points):
        return f"{said} {turn.say('meeting.last')}"
    point = points[i]
    name = board.short(turn, point)
    return f"{said} {turn.say('meeting.next', name=name, minutes=point.minutes)}"


def _record(turn: Turn) -> Notify:
    """The record, brought to the chair's private chat."""
    of = board.session(turn)
    return Notify(of.id, of.seats[0].id, of.owner, RECORD, int(turn.instant.timestamp()))


def _end(turn: Turn, _: str) -> list[Reply]:
    """Close the meeting: the group keeps the totals, the chair receives the record."""
    if board.meeting(turn).ended:
        return [Toast(turn.say("toast.done"))]
    turn = board.moved(turn, ended=True, awaiting=0, about="")
    told = [_record(turn)] if board.meeting(turn).decisions else []
    return [*board.shown(turn, points_shown.closed_screen(turn)), *told]


def _reopen(turn: Turn, _: str) -> list[Reply]:
    turn = board.moved(turn, ended=False)
    return board.shown(turn, _here(turn))


DEEDS: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    "go": _go,
    "note": _note,
    "again": _again,
    "paper": _paper,
    "adopt": _adopt,
    "now": _now,
    "private": _private,
    "end": _end,
    "reopen": _reopen,
    **voting.DEEDS,
}
