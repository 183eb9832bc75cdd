"""What a person does in the second round: keep or change, say why, argue, and leave."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.rounds.again import entered, finished, items, left, length, own, votes
from bot.conversation.rounds.second import intro_screen, screens
from bot.conversation.screen import Screen
from bot.conversation.session.sessions import moment
from bot.conversation.session.sitting import Deed, Result, here, keeping, put_down, seated
from bot.conversation.state import Second
from bot.conversation.turn import Turn
from bot.core.dialog import Blank, Type
from bot.core.reading import Answer
from bot.core.session import Phase

LONGEST = 280


def answering(deed: Deed) -> Deed:
    """A deed of the round under way, once the person has entered it."""

    def done(turn: Turn, arg: str) -> Result:
        return deed(entered(turn), arg) if here(turn).phase is Phase.SECOND else show_step(turn)

    return seated(done)


def show_step(turn: Turn, note: str = "", arg: str = "") -> Result:
    """The step under the person's eyes, or the one asked for."""
    state = turn.state.at("second", arg)
    return state, screens(turn.then(state), note)


def _choice(turn: Turn, question: str, choice: str) -> bool:
    return turn.library.dialogs["second_round"][question].choice(choice) is not None


def _answering(turn: Turn, name: str) -> bool:
    """Whether the point is there to be answered."""
    return name in items(turn)


def begin(turn: Turn, _: str) -> Result:
    """To the first point without an answer."""
    return show_step(turn)


def keep(turn: Turn, name: str) -> Result:
    """The first answer stands."""
    held = own(turn, name) if _answering(turn, name) else None
    return _valued(turn, name, held) if held is not None else show_step(turn)


def change(turn: Turn, name: str) -> Result:
    """The choices, to take another one."""
    return show_step(turn, arg=f"{name}.change" if _answering(turn, name) else "")


def value(turn: Turn, arg: str) -> Result:
    """Another answer, or the same after all."""
    name, _, choice = arg.partition(".")
    if not _answering(turn, name) or turn.question(name).choice(choice) is None:
        return show_step(turn)
    question = turn.question(name)
    answer: Answer = int(choice) if question.type is Type.SCALE else choice
    return _valued(turn, name, answer)


def pass_on(turn: Turn, name: str) -> Result:
    """Still no answer."""
    if not _answering(turn, name) or own(turn, name) is not None:
        return show_step(turn)
    return _valued(turn, name, Blank.NSP)


def _valued(turn: Turn, name: str, answer: Answer) -> Result:
    given = votes(turn)
    one = replace(given.get(name, Second(answer)), value=answer)
    turn = turn.then(keeping(turn, again={**given, name: one}))
    if isinstance(answer, Blank):
        return show_step(turn, turn.say("second.passed"), f"{name}.discuss")
    key = "second.kept" if answer == own(turn, name) else "ack.noted"
    return show_step(turn, turn.say(key, answer=turn.answer(name, answer)), f"{name}.reason")


def reason(turn: Turn, arg: str) -> Result:
    """Why, as one of six codes."""
    name, _, choice = arg.partition(".")
    one = votes(turn).get(name)
    if one is None or not _answering(turn, name) or not _choice(turn, "second_reason", choice):
        return show_step(turn)
    state = keeping(turn, again={**votes(turn), name: replace(one, reason=choice)})
    return show_step(turn.then(state), arg=f"{name}.discuss")


def discuss(turn: Turn, arg: str) -> Result:
    """Whether the point deserves the meeting's time; then the next point."""
    name, _, choice = arg.partition(".")
    one = votes(turn).get(name)
    if one is None or not _answering(turn, name) or not _choice(turn, "worth_discussing", choice):
        return show_step(turn)
    reopened = finished(turn)
    state = keeping(turn, again={**votes(turn), name: replace(one, discuss=choice)})
    turn = turn.then(state)
    following = items(turn)[items(turn).index(name) + 1 :]
    if reopened and following:
        return show_step(turn, arg=f"{following[0]}.answer")
    return show_step(turn, "" if left(turn) else turn.say("second.answered"))


def back(turn: Turn, arg: str) -> Result:
    """To the step before; from the first step of a point, to the last of the one before."""
    name, _, step = arg.partition(".")
    if not _answering(turn, name):
        return show_step(turn)
    if step == "answer" or (step == "change" and own(turn, name) is None):
        at = items(turn).index(name)
        before_it = items(turn)[at - 1] if at else name
        return show_step(turn, turn.say("ack.back"), f"{before_it}.answer")
    return show_step(
        turn, turn.say("ack.back"), f"{name}.{'reason' if step == 'discuss' else 'answer'}"
    )


def review(turn: Turn, _: str) -> Result:
    """From the first point on, what was answered ticked."""
    every = items(turn)
    return show_step(turn, arg=f"{every[0]}.answer" if every else "")


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
    "second_bye": seated(bye),
}
TOPICS = {"second": invited, "second_remind": reminded, "second_late": postponed}
