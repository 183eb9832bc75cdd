"""What an answer, a correction or a typed word does to the interview, put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import asking, editing, points, reckoning, repair
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen, Toast
from bot.conversation.session import seats, welcome
from bot.conversation.show import below, show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.exchange import (
    Ask,
    Confirm,
    Done,
    Edit,
    Input,
    Keep,
    Noted,
    Output,
    Pick,
    Refused,
    Say,
    Ticked,
)
from bot.core.flow import END
from bot.core.interview import step
from bot.core.reading import Doubt, Understood, fold

Result = tuple[Conversation, list[Reply]]
MISSES = 3


def answer(turn: Turn, input_: Input) -> Result:
    """One input to the interview, and the screen that follows."""
    named = input_.question if isinstance(input_, Pick | Done | Edit) else ""
    dialog = turn.dialog_of(named) if named else turn.dialog
    flow = turn.library.flows[dialog.id]
    if welcome.frozen(turn) and dialog.id == "diagnostic":
        return closed(turn)
    interview, outputs = step(dialog, flow, turn.interview, input_, turn.read)
    if interview.looking == "role" and turn.seat is not None:
        return show(turn, role_is_set(turn), again=True)
    after = turn.then(replace(turn.state, interview=interview))
    toast = _toast(turn, outputs)
    if toast is not None and not _moved(outputs):
        return turn.state, [toast]
    said = next((out for out in outputs if isinstance(out, Noted)), None)
    if turn.state.origin and (said is not None or isinstance(input_, Keep)):
        return editing.edited(turn, after, said)
    state, replies = _following(after, said, _note(turn, after, outputs, input_))
    return state, [*([toast] if toast else []), *replies]


def closed(turn: Turn) -> Result:
    """The first round is over: its answers stay as they are."""
    interview = replace(turn.interview, looking="", ticks=(), doubt=None)
    state = replace(turn.state.at("answered"), interview=interview, origin="", home="")
    return show(turn.then(replace(state, proposal=None)))


def role_is_set(turn: Turn) -> str:
    """Why the function does not change during a session."""
    assert turn.seat is not None
    function = seats.name(turn, turn.seat.id)
    return turn.say("join.role_owner" if turn.owner else "join.role", function=function)


def _moved(outputs: Sequence[Output]) -> bool:
    return any(isinstance(out, Ask | Noted) for out in outputs)


def _toast(turn: Turn, outputs: Sequence[Output]) -> Toast | None:
    for out in outputs:
        if isinstance(out, Refused) and out.reason in repair.TOASTS:
            return Toast(repair.refusal(turn, out))
        if isinstance(out, Ticked) and out.replaced:
            found = turn.question(out.question).choice(out.choice)
            label = turn.text(found.text) if found else ""
            return Toast(turn.say("toast.exclusive", choice=label))
    return None


def _note(turn: Turn, after: Turn, outputs: Sequence[Output], input_: Input) -> str:
    for out in outputs:
        match out:
            case Noted():
                return asking.noted(after, out)
            case Ticked(question, choice, on=False):
                found = turn.question(question).choice(choice)
                return turn.say("ack.removed", answer=turn.text(found.text) if found else choice)
            case Refused():
                return _refused(turn, out)
    if after.interview.looking and not turn.state.origin and not isinstance(input_, Pick):
        ticked = after.interview.doubt is None and not turn.interview.doubt
        return _held_note(after) if ticked else ""
    if turn.state.origin and after.interview.looking != turn.interview.looking:
        return editing.opened(turn)
    return ""


def _held_note(after: Turn) -> str:
    """What the person answered before, ticked or, for a typed answer, in words."""
    here = after.interview.looking
    held = after.interview.answers.get(here)
    if held is None or not after.question(here).typed:
        return after.say("ack.back")
    return after.say("ack.back_typed", answer=after.answer(here, held))


def _refused(turn: Turn, refused: Refused) -> str:
    said = repair.refusal(turn, refused)
    question = turn.question(refused.question) if refused.question else None
    if refused.reason == "text" and question is not None and question.nsp:
        said += " " + turn.say("refuse.text_nsp")
    return said


def _following(after: Turn, said: Noted | None, note: str) -> Result:
    """The next screen; a benchmark closes the question and the next comes below."""
    closed = asking.benchmark(after, said) if said else None
    raised = points.due(after, said)
    if raised is not None and said is not None:
        after = after.then(raised)
        told = "\n\n".join(
            part for part in ("" if closed else note, points.intro(after, said)) if part
        )
        _, shown = show(after)
        return raised, [*([closed] if closed else []), Screen(told), *below(shown)]
    if closed is None:
        return show(after, note, again=said is None)
    state, replies = show(after)
    return state, [closed, *below(replies)]


def say(turn: Turn, text: str) -> Result:
    """Typed words while a question is open."""
    if turn.interview.doubt is not None and (sure := _agrees(turn, text)) is not None:
        return answer(turn, Confirm(sure))
    place = asking.position(turn)
    question = turn.question(place) if place != END else None
    if talk := repair.small_talk(turn, text, question):
        if question is not None and isinstance(turn.read(question, text), Understood | Doubt):
            talk = "" if question.typed else talk
        if talk:
            return show(turn, talk, fresh=True)
    state, replies = answer(turn, Say(text))
    misses = state.interview.misses
    if question is not None and misses and misses % MISSES == 0:
        return state, [repair.stuck_screen(turn.then(state), question)]
    return state, replies


def _agrees(turn: Turn, text: str) -> bool | None:
    """Whether typed words say yes or no to « Est-ce bien cela ? »; None for anything else."""
    said = fold(text)
    for sure, kind in ((True, "yes"), (False, "no")):
        if said in {fold(word) for word in turn.library.chatter[kind]}:
            return sure
    return None


def assume(turn: Turn, text: str) -> Result:
    """A typed value for the assumption on screen; results follow at once."""
    param = reckoning.find(turn, turn.state.arg)
    if param is None:
        return show(turn)
    amount = reckoning.read_value(param, text)
    if amount is None:
        return show(turn, turn.say("params.refuse"), fresh=True)
    after = turn.then(reckoning.changed(turn, param, amount).at("costs"))
    note = turn.say(
        "params.changed", name=turn.text(param.name), value=reckoning.value(after, param)
    )
    return show(after, note)
