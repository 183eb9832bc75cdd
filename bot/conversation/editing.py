"""What a corrected answer does: its effects first, if it has any, then back to where one was."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import asking, drafting, points, recap
from bot.conversation.advice import short
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.session import welcome
from bot.conversation.show import show
from bot.conversation.state import Conversation, Proposal
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Blank
from bot.core.exchange import Noted
from bot.core.reading import Doubt, Understood

Result = tuple[Conversation, list[Reply]]


def opened(turn: Turn) -> str:
    """What is said above a question reopened to be corrected: where it comes from."""
    changing, _, module = turn.state.origin.partition(":")
    if changing == "point":
        return turn.say("ack.ticked")
    sections = {section[1]: section[0] for section in recap.sections(turn)}
    name = turn.text(sections[module].module(module).short) if module in sections else ""
    return turn.say("review.editing" if changing == "relire" else "modify.editing", section=name)


def edited(turn: Turn, after: Turn, said: Noted | None) -> Result:
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
        if drafting.status(turn) != drafting.status(after):
            found.append(turn.say("effect.status", status=drafting.status(after)))
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
    if not typed or welcome.withheld(turn):
        return show(turn, note, fresh=True)
    question, held = turn.question(typed[-1]), turn.interview.answers[typed[-1]]
    found = turn.read(question, text)
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
