"""The meeting's screens in the group: its opening, a point under way, its close."""

from __future__ import annotations

from bot.conversation.meeting import board, debate, minutes
from bot.conversation.meeting.timetable import agenda_of, reserve
from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.turn import Turn
from bot.core.agenda import Point
from bot.core.record import OPTION, held


def opening_screen(turn: Turn) -> Screen:
    """What the group is about to see, before the first point."""
    rows = ((board.press(turn, "btn.meeting.first", "go", "0"),),)
    return Screen(turn.say("meeting.head", chair=board.chair(turn)), rows)


def point_screen(turn: Turn) -> Screen:
    """The point under way, and what the chair may do with it."""
    plan, i = agenda_of(turn), board.meeting(turn).point
    point = plan.points[i]
    head = turn.say("meeting.point", i=i + 1, total=len(plan.points), minutes=point.minutes)
    parts = [f"{head}\n{debate.said(turn, plan, point)}", _kept(turn, point)]
    rows = (*_deeds(turn, point), *board.ways(turn, plan))
    return Screen("\n\n".join(part for part in parts if part), rows, strong=head)


def _kept(turn: Turn, point: Point) -> str:
    """What was already noted on this point."""
    decided = held(board.meeting(turn), OPTION if point.kind == "choice" else board.subject(point))
    return minutes.noted(turn, decided) if decided else ""


def _deeds(turn: Turn, point: Point) -> Rows:
    """What may be decided on a point."""
    noted = held(board.meeting(turn), board.subject(point)) is not None
    match point.kind:
        case "choice":
            return grouped(_choosing(turn))
        case "document":
            verdicts = ("ok", "amend", "later")
            made = (board.press(turn, f"btn.meeting.{v}", "paper", v) for v in verdicts)
            return grouped(made)
        case "ritual":
            adopt = board.press(turn, "btn.meeting.adopt", "adopt")
            return grouped([adopt, board.press(turn, "btn.meeting.other", "note")])
        case kind if kind in (*board.DEBATED, *board.TOGETHER):
            key = "btn.meeting.note_why" if kind == "why" else "btn.meeting.note"
            return ((board.press(turn, "btn.meeting.correct" if noted else key, "note"),),)
    return ()


def _choosing(turn: Turn) -> list[Button]:
    """A vote where the majority decides; the chair's word otherwise, and either when unsaid."""
    rule = board.session(turn).rule
    vote = [board.press(turn, "btn.vote.open", "vote")] if rule in ("majorite", "") else []
    direct = [board.press(turn, "btn.vote.direct", "which")] if rule != "majorite" else []
    return [*vote, *direct]


def closed_screen(turn: Turn) -> Screen:
    """What the group keeps: the decisions as totals, and what was held over."""
    lines = minutes.lines(turn)
    head = turn.say("meeting.closed", n=len(lines)) if lines else turn.say("meeting.closed_none")
    listed = "\n".join([head, "", *lines]) if lines else head
    parts = [listed, reserve(turn, agenda_of(turn))]
    parts += [turn.say("meeting.minutes")] if lines else []
    rows = ((board.press(turn, "btn.meeting.reopen", "reopen"),),)
    return Screen("\n\n".join(part for part in parts if part), rows, strong=head)
