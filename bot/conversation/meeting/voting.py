"""The vote in the group: anonymous, hidden until the chair closes it, then told as totals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.meeting import board, minutes
from bot.conversation.meeting.timetable import agenda_of
from bot.conversation.reply import EndPoll, Poll, Reply
from bot.conversation.screen import Button, Screen, Toast, grouped
from bot.conversation.turn import Turn
from bot.core.digest import FEW
from bot.core.meeting import Decision
from bot.core.record import OPTION, leaders, recorded

OPENING = -1
"""The number of a vote that has been asked for and is not known to be there yet."""
NONE = "none"


def opened(turn: Turn, _: str = "") -> list[Reply]:
    """Open the vote, once."""
    meeting = board.meeting(turn)
    if meeting.poll or not choosing(turn):
        return [Toast(turn.say("vote.opening" if meeting.poll else "toast.done"))]
    options = (*board.candidates(turn), NONE)
    turn = board.moved(turn, poll=OPENING, tally=(), options=options)
    asked = Poll(turn.say("vote.question"), tuple(_said(turn, option) for option in options))
    return board.shown(turn, asked, open_screen(turn, fresh=True))


def choosing(turn: Turn) -> bool:
    """Whether the point on screen is the choice of the option."""
    points, i = agenda_of(turn).points, board.meeting(turn).point
    return 0 <= i < len(points) and points[i].kind == "choice"


def open_screen(turn: Turn, *, fresh: bool = False) -> Screen:
    """While people vote."""
    rows = ((board.press(turn, "btn.vote.close", "close"),),)
    return Screen(turn.say("vote.open"), rows, fresh=fresh)


def close(turn: Turn, _: str = "") -> list[Reply]:
    """Close the vote; its counts come next."""
    poll = board.meeting(turn).poll
    if poll == OPENING:
        return [Toast(turn.say("vote.opening"))]
    return [EndPoll(poll)] if poll else [Toast(turn.say("toast.done"))]


def counted(turn: Turn, counts: tuple[int, ...]) -> list[Reply]:
    """What the vote gave; nothing when it was counted already."""
    meeting = board.meeting(turn)
    if not meeting.poll:
        return []
    tally = counts if len(counts) == len(meeting.options) else ()
    turn = board.moved(turn, poll=0, tally=tally)
    if not tally:
        again = [_again(turn), _undecided(turn)]
        return board.shown(turn, Screen(turn.say("vote.unread"), grouped(again)))
    return board.shown(turn, result_screen(turn))


def result_screen(turn: Turn) -> Screen:
    """The totals, and what may follow."""
    tally, options = board.meeting(turn).tally, board.meeting(turn).options
    first = leaders(tally)
    if not first:
        return Screen(turn.say("vote.empty"), grouped([_again(turn), _undecided(turn)]))
    pairs = zip(options, tally, strict=True)
    lines = [turn.say("vote.line", option=_said(turn, id_), votes=n) for id_, n in pairs]
    head = turn.say("vote.closed", n=sum(tally))
    parts = ["\n".join([head, *lines]), turn.say("vote.tie") if len(first) > 1 else ""]
    record = board.press(turn, "btn.vote.record", "record")
    if len(first) > 1:
        record = board.press(turn, "btn.vote.rule", "which")
    rows = ((record,), *grouped([_again(turn), _undecided(turn)]))
    return Screen("\n\n".join(part for part in parts if part), rows, strong=head)


def _again(turn: Turn) -> Button:
    return board.press(turn, "btn.vote.again", "vote")


def _undecided(turn: Turn) -> Button:
    return board.press(turn, "btn.vote.undecided", "undecided")


def _said(turn: Turn, option: str) -> str:
    if option != NONE:
        return board.option_name(turn, option)
    return turn.say("vote.neither" if len(board.candidates(turn)) == 2 else "vote.none")


def record(turn: Turn, _: str = "") -> list[Reply]:
    """The option with the most votes becomes the decision."""
    first = leaders(board.meeting(turn).tally)
    if len(first) != 1 or not choosing(turn):
        return [Toast(turn.say("toast.done"))]
    return _choose(turn, board.meeting(turn).options[first[0]])


def which(turn: Turn, _: str = "") -> list[Reply]:
    """Without a vote, or after a tie: the chair says which option the committee takes."""
    if not choosing(turn) or board.meeting(turn).poll:
        return [Toast(turn.say("toast.done"))]
    options = (*board.candidates(turn), NONE)
    rows = grouped(board.labelled(turn, _said(turn, id_), "choose", id_) for id_ in options)
    return [Screen(turn.say("vote.which"), rows)]


def choose(turn: Turn, option: str) -> list[Reply]:
    """The chair's word on the option."""
    known = option in (*board.candidates(turn), NONE)
    if not known or not choosing(turn) or board.meeting(turn).poll:
        return [Toast(turn.say("toast.done"))]
    return _choose(turn, option)


def undecided(turn: Turn, _: str = "") -> list[Reply]:
    """No option today: the record says so."""
    return choose(turn, NONE)


def _choose(turn: Turn, option: str) -> list[Reply]:
    taken = "" if option == NONE else option
    said = board.option_name(turn, taken) if taken else turn.say("vote.postponed")
    decision = Decision(OPTION, said, taken, board.meeting(turn).tally)
    if decision == _already(turn):
        return [Toast(turn.say("toast.done"))]
    meeting = recorded(board.meeting(turn), decision)
    turn = board.moved(turn, decisions=meeting.decisions)
    return board.shown(turn, _decided_screen(turn, decision))


def _already(turn: Turn) -> Decision | None:
    found = [one for one in board.meeting(turn).decisions if one.subject == OPTION]
    return found[0] if found else None


def _decided_screen(turn: Turn, decision: Decision) -> Screen:
    """The decision, what comes next to it, and what is still to be said about it."""
    if not decision.option:
        return Screen(turn.say("vote.undecided"), board.ways(turn, agenda_of(turn)))
    said = minutes.noted(turn, decision)
    below = "\n".join(p for p in (_follows(turn, decision.option), turn.say("meeting.needs")) if p)
    now = board.press(turn, "btn.meeting.now", "now")
    later = board.press(turn, "btn.meeting.private", "private")
    return Screen(f"{said}\n\n{below}", grouped([now, later], single=True), strong=said)


def _follows(turn: Turn, option: str) -> str:
    """The option that was level with the one chosen."""
    level = [id_ for id_ in board.advice(turn).tied if id_ != option]
    if option not in board.advice(turn).tied or not level:
        return ""
    behind = board.advice(turn).points[option] - board.advice(turn).points[level[0]]
    name = board.option_name(turn, level[0])
    if behind <= 0 or board.digest(turn).answered < FEW:
        return turn.say("meeting.follows_tied", option=name)
    return turn.say("meeting.follows", option=name, n=behind)


DEEDS: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    "vote": opened,
    "close": close,
    "record": record,
    "which": which,
    "choose": choose,
    "undecided": undecided,
}
