"""What an answer, a correction or a typed word does to the interview, put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.conversation import asking, papers, points, recap, repair
from bot.conversation.advice import short
from bot.conversation.screen import Reply, Screen, Toast, grouped
from bot.conversation.show import below, show
from bot.conversation.state import Conversation, Proposal
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Blank
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
from bot.core.reading import Doubt, Reading, Understood, fold, read

Result = tuple[Conversation, list[Reply]]
MISSES = 3


def answer(turn: Turn, input_: Input) -> Result:
    """One input to the interview, and the screen that follows."""
    named = input_.question if isinstance(input_, Pick | Done | Edit) else ""
    dialog = turn.dialog_of(named) if named else turn.dialog
    flow = turn.library.flows[dialog.id]
    interview, outputs = step(dialog, flow, turn.interview, input_, _reader(turn))
    after = turn.then(replace(turn.state, interview=interview))
    toast = _toast(turn, outputs)
    if toast is not None and not _moved(outputs):
        return turn.state, [toast]
    said = next((out for out in outputs if isinstance(out, Noted)), None)
    if turn.state.origin and (said is not None or isinstance(input_, Keep)):
        return _edited(turn, after, said)
    state, replies = _following(after, said, _note(turn, after, outputs, input_))
    return state, [*([toast] if toast else []), *replies]


def _reader(turn: Turn) -> partial[Reading]:
    forbidden = turn.library.forbidden[turn.lang]
    return partial(read, lang=turn.lang, today=turn.now.date(), forbidden=forbidden)


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
        return _edit_note(turn)
    return ""


def _held_note(after: Turn) -> str:
    """What the person answered before, ticked or, for a typed answer, in words."""
    here = after.interview.looking
    held = after.interview.answers.get(here)
    if held is None or not after.question(here).typed:
        return after.say("ack.back")
    return after.say("ack.back_typed", answer=after.answer(here, held))


def _edit_note(turn: Turn) -> str:
    changing, _, module = turn.state.origin.partition(":")
    if changing == "point":
        return turn.say("ack.ticked")
    sections = {section[1]: section[0] for section in recap.sections(turn)}
    name = turn.text(sections[module].module(module).short) if module in sections else ""
    return turn.say("review.editing" if changing == "relire" else "modify.editing", section=name)


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
        if question is not None and isinstance(_reader(turn)(question, text), Understood | Doubt):
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


def _edited(turn: Turn, after: Turn, said: Noted | None) -> Result:
    """Back from an edited answer: its effects first, if it has any."""
    if turn.state.origin == "point":
        return _corrected_point(turn, after, said)
    if said is not None and said.answer != said.before:
        effects = effects_of(turn, after)
        if effects:
            proposal = Proposal(said.question, said.answer)
            state = replace(turn.state.at("effects", turn.state.arg), proposal=proposal)
            return state, [_effects_screen(turn.then(state), effects)]
    changing, _, module = turn.state.origin.partition(":")
    note = asking.noted(after, said, editing=True) if said else ""
    state = replace(after.state, origin="")
    if changing == "relire":
        state = state.at("section", changing)
        return state, [recap.section_screen(after.then(state), module, note)]
    state = replace(state.at(state.home or "asking"), home="")
    return show(after.then(state), note, again=True)


def _corrected_point(turn: Turn, after: Turn, said: Noted | None) -> Result:
    """Back from the answer that a contradiction asked for, to the next point or question."""
    _, _, ids = turn.state.arg.partition(":")
    note = asking.noted(after, said, editing=True) if said else ""
    parts = [note, points.lifted(after)]
    state = points.advance(after)
    if state.place != "points":
        parts.append(points.remaining(after.then(state), ids.split(",")))
    return show(after.then(state), " ".join(part for part in parts if part))


def effects_of(turn: Turn, after: Turn) -> list[str]:
    """What a change would move, in words: questions, recommendation, documents."""
    found = []
    before, now = turn.steps("diagnostic"), after.steps("diagnostic")
    added = [id_ for id_ in now if id_ not in before]
    removed = [id_ for id_ in before if id_ not in now]
    for key, ids in (("effect.added", added), ("effect.removed", removed)):
        if ids:
            names = ", ".join(_short(after, id_) for id_ in ids)
            found.append(turn.say(key, n=len(ids), names=names))
    if recap.finished(turn) and turn.advice.top != after.advice.top:
        top = after.advice.top
        points = after.advice.points[top]
        found.append(turn.say("effect.advice", option=short(after, top), n=points))
    if turn.state.version and turn.state.home in ("delivered", "bye", "writing"):
        if turn.advice.top == after.advice.top:
            found.append(turn.say("effect.same_advice"))
        found.append(turn.say("effect.papers", n=turn.state.version + 1))
        if papers.status(turn) != papers.status(after):
            found.append(turn.say("effect.status", status=papers.status(after)))
    return found


def _short(turn: Turn, id_: str) -> str:
    question = turn.question(id_)
    return speech.lower_first(turn.text(question.short) or turn.text(question.text))


def _effects_screen(turn: Turn, effects: list[str]) -> Screen:
    if len(effects) == 1:
        text = turn.say("effect.one", effect=effects[0])
    else:
        head = turn.say("doc.effects", n=len(effects))
        text = "\n".join([head, *(f"• {effect} ;" for effect in effects[:-1]), f"• {effects[-1]}."])
    rows = grouped(
        [turn.button("btn.apply", "x", "apply"), turn.button("btn.keep_first", "x", "discard")],
        single=True,
    )
    return Screen(f"{text}\n\n{turn.say('effect.kept')}", rows)


def corrected(turn: Turn, text: str) -> Result:
    """An earlier message edited by the person: a typed answer may be changed, after asking."""
    typed = [id_ for id_ in turn.interview.answers if _typed(turn, id_)]
    note = turn.say("repair.edited")
    if not typed:
        return show(turn, note, fresh=True)
    question, held = turn.question(typed[-1]), turn.interview.answers[typed[-1]]
    found = _reader(turn)(question, text)
    if not isinstance(found, Understood | Doubt) or found.value == held:
        return show(turn, note, fresh=True)
    value = turn.answer(question.id, found.value)
    ask = turn.say("repair.edited_ask", before=turn.answer(question.id, held), after=value)
    home = turn.state.home or turn.state.place
    state = replace(turn.state, proposal=Proposal(question.id, found.value), home=home)
    state = state.at("effects", turn.state.arg)
    rows = grouped(
        [
            turn.button("btn.yes_value", "x", "apply", value=value[:30]),
            turn.button("btn.no_value", "x", "discard"),
        ],
        single=True,
    )
    return state, [Screen(f"{note} {ask}", rows, fresh=True)]


def _typed(turn: Turn, id_: str) -> bool:
    held = turn.interview.answers[id_]
    documents = turn.library.dialogs["documents"]
    return id_ in documents and documents[id_].typed and not isinstance(held, Blank)
