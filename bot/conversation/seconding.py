"""What a person does in the second round: keep or change, say why, argue, and leave."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.screen import Convene, Reply, Screen
from bot.conversation.second import (
    cursor,
    entered,
    finished,
    intro_screen,
    items,
    left,
    length,
    own,
    screens,
    votes,
)
from bot.conversation.sessions import moment
from bot.conversation.sitting import Deed, Result, here, keeping, mine, put_down, seated, to_owner
from bot.conversation.state import Second
from bot.conversation.turn import Turn
from bot.core.dialog import Blank, Type
from bot.core.pointing import pointed
from bot.core.reading import Answer
from bot.core.session import Phase, Status
from bot.core.typography import clean

LONGEST = 280


def answering(deed: Deed) -> Deed:
    """A deed of the round under way, once the person has entered it."""

    def done(turn: Turn, arg: str) -> Result:
        return deed(entered(turn), arg) if here(turn).phase is Phase.SECOND else _show(turn)

    return seated(done)


def _show(turn: Turn, note: str = "", arg: str = "") -> Result:
    state = turn.state.at("second", arg)
    return state, screens(turn.then(state), note)


def _choice(turn: Turn, question: str, choice: str) -> bool:
    return turn.library.dialogs["second_round"][question].choice(choice) is not None


def _answering(turn: Turn, name: str) -> bool:
    """Whether the point is there to be answered."""
    return name in items(turn)


def begin(turn: Turn, _: str) -> Result:
    """To the first point without an answer."""
    return _show(turn)


def keep(turn: Turn, name: str) -> Result:
    """The first answer stands."""
    held = own(turn, name) if _answering(turn, name) else None
    return _valued(turn, name, held) if held is not None else _show(turn)


def change(turn: Turn, name: str) -> Result:
    """The choices, to take another one."""
    return _show(turn, arg=f"{name}.change" if _answering(turn, name) else "")


def value(turn: Turn, arg: str) -> Result:
    """Another answer, or the same after all."""
    name, _, choice = arg.partition(".")
    if not _answering(turn, name) or turn.question(name).choice(choice) is None:
        return _show(turn)
    question = turn.question(name)
    answer: Answer = int(choice) if question.type is Type.SCALE else choice
    return _valued(turn, name, answer)


def pass_on(turn: Turn, name: str) -> Result:
    """Still no answer."""
    if not _answering(turn, name) or own(turn, name) is not None:
        return _show(turn)
    return _valued(turn, name, Blank.NSP)


def _valued(turn: Turn, name: str, answer: Answer) -> Result:
    given = votes(turn)
    one = replace(given.get(name, Second(answer)), value=answer)
    turn = turn.then(keeping(turn, again={**given, name: one}))
    if isinstance(answer, Blank):
        return _show(turn, turn.say("second.passed"), f"{name}.discuss")
    key = "second.kept" if answer == own(turn, name) else "ack.noted"
    return _show(turn, turn.say(key, answer=turn.answer(name, answer)), f"{name}.reason")


def reason(turn: Turn, arg: str) -> Result:
    """Why, as one of six codes."""
    name, _, choice = arg.partition(".")
    one = votes(turn).get(name)
    if one is None or not _answering(turn, name) or not _choice(turn, "second_reason", choice):
        return _show(turn)
    state = keeping(turn, again={**votes(turn), name: replace(one, reason=choice)})
    return _show(turn.then(state), arg=f"{name}.discuss")


def discuss(turn: Turn, arg: str) -> Result:
    """Whether the point deserves the meeting's time; then the next point."""
    name, _, choice = arg.partition(".")
    one = votes(turn).get(name)
    if one is None or not _answering(turn, name) or not _choice(turn, "worth_discussing", choice):
        return _show(turn)
    reopened = finished(turn)
    state = keeping(turn, again={**votes(turn), name: replace(one, discuss=choice)})
    turn = turn.then(state)
    following = items(turn)[items(turn).index(name) + 1 :]
    if reopened and following:
        return _show(turn, arg=f"{following[0]}.answer")
    return _show(turn, "" if left(turn) else turn.say("second.answered"))


def back(turn: Turn, arg: str) -> Result:
    """To the step before; from the first step of a point, to the last of the one before."""
    name, _, step = arg.partition(".")
    if not _answering(turn, name):
        return _show(turn)
    if step == "answer" or (step == "change" and own(turn, name) is None):
        at = items(turn).index(name)
        before_it = items(turn)[at - 1] if at else name
        return _show(turn, turn.say("ack.back"), f"{before_it}.answer")
    return _show(
        turn, turn.say("ack.back"), f"{name}.{'reason' if step == 'discuss' else 'answer'}"
    )


def review(turn: Turn, _: str) -> Result:
    """From the first point on, what was answered ticked."""
    every = items(turn)
    return _show(turn, arg=f"{every[0]}.answer" if every else "")


def typed(turn: Turn, text: str) -> Result:
    """An argument, where one is asked; elsewhere the buttons answer."""
    over = here(turn).phase is not Phase.SECOND
    turn = turn if over else entered(turn)
    if over or turn.state.arg == "intro" or cursor(turn)[1] != "argument":
        return _fresh(_show(turn, turn.say("refuse.text"), turn.state.arg))
    said = clean(text).strip()
    if len(said) > LONGEST:
        return _fresh(_show(turn, turn.say("refuse.reason_long", max=LONGEST)))
    if not any(char.isalnum() for char in said):
        return _fresh(_show(turn, turn.say("second.words")))
    chatter = turn.library.chatter
    if found := pointed(said, chatter["person"], chatter["domain"]):
        rows = ((turn.button("btn.round_add_nothing", "s", "silent"),),)
        return turn.state, [Screen(turn.say("second.points", words=found), rows, fresh=True)]
    return _fresh(_show(turn.then(keeping(turn, draft=said))))


def _fresh(result: Result) -> Result:
    state, replies = result
    return state, [replace(one, fresh=True) if isinstance(one, Screen) else one for one in replies]


def argue(turn: Turn, _: str) -> Result:
    """The argument as it was shown back is kept."""
    draft = mine(turn).draft
    if not draft:
        return _show(turn)
    return _finish(turn.then(keeping(turn, argument=draft, draft="")))


def redo(turn: Turn, _: str) -> Result:
    """The argument is written anew."""
    return _show(turn.then(keeping(turn, draft="")), arg=".argument")


def silent(turn: Turn, _: str) -> Result:
    """No argument; one given before goes."""
    if left(turn):
        return _show(turn)
    return _finish(turn.then(keeping(turn, argument="", draft="")))


def _finish(turn: Turn) -> Result:
    assert turn.seat is not None
    before = here(turn)
    session = before.change(turn.seat.id, status=Status.DONE)
    told = to_owner(session, "second_all") if session.complete and not before.complete else []
    state, shown = _show(turn.convened(session))
    changed: list[Reply] = [Convene(session)] if session != before else []
    return state, [*changed, *told, *shown]


def bye(turn: Turn, _: str) -> Result:
    """The end of the round for this person."""
    return turn.state.at("second"), [Screen(turn.say("second.bye"))]


def invited(turn: Turn) -> Result:
    """To each person: the second round is open."""
    if here(turn).phase is not Phase.SECOND or finished(turn):
        return turn.state, []
    state = put_down(turn.state, "second", "intro")
    return state, [intro_screen(turn.then(state))]


def reminded(turn: Turn) -> Result:
    """Once, on the morning of the last day, to whoever has not finished."""
    session = here(turn)
    quiet = turn.seat is None or turn.seat.quiet or not session.reminding
    n = len(left(turn)) if session.phase is Phase.SECOND and not finished(turn) else 0
    if quiet or not n:
        return turn.state, []
    deadline = moment(turn, session.deadline)
    text = turn.say("second.remind", n=n, length=length(turn, n), deadline=deadline)
    rows = ((turn.button("btn.round_resume", "s", "second"),),)
    return put_down(turn.state, "second"), [Screen(text, rows, fresh=True)]


def postponed(turn: Turn) -> Result:
    """To whoever has not finished: there is more time."""
    session = here(turn)
    n = len(left(turn)) if session.phase is Phase.SECOND and not finished(turn) else 0
    if not n:
        return turn.state, []
    deadline = moment(turn, session.deadline)
    text = turn.say("second.postponed", n=n, length=length(turn, n), deadline=deadline)
    rows = ((turn.button("btn.round_resume", "s", "second"),),)
    return put_down(turn.state, "second"), [Screen(text, rows, fresh=True)]


TYPED = {"second": typed}
DEEDS = {
    "second": answering(begin),
    "keep": answering(keep),
    "change": answering(change),
    "value": answering(value),
    "pass": answering(pass_on),
    "reason": answering(reason),
    "discuss": answering(discuss),
    "second_back": answering(back),
    "second_review": answering(review),
    "argue": answering(argue),
    "redo": answering(redo),
    "silent": answering(silent),
    "second_bye": seated(bye),
}
TOPICS = {"second": invited, "second_remind": reminded, "second_late": postponed}
