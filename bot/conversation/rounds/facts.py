"""Facts that were told differently: the owner keeps a value, or takes the point to the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.reply import Convene, Reply
from bot.conversation.rounds import diverging
from bot.conversation.rounds.telling import subject, value_told
from bot.conversation.screen import Screen, grouped
from bot.conversation.session.sitting import Result, here, owned
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.digest import Digest, Signal
from bot.core.digesting import AGENDA, picked
from bot.core.session import Phase

FIRST = ("sponsor",)
"""The fact without which nothing else is decided."""


def disputed(digest_: Digest) -> list[str]:
    """The facts told differently: who carries the subject, then the pivots, then the others."""
    names = [name for name, fact in digest_.facts.items() if len(fact.values) > 1]
    return sorted(names, key=lambda name: (name not in FIRST, name not in digest_.turns))


def left(turn: Turn) -> list[str]:
    """Those that the owner has not settled yet."""
    session = here(turn)
    if session.digest is None:
        return []
    return [name for name in disputed(session.digest) if name not in session.picks]


def screens(turn: Turn, note: str) -> list[Reply]:
    """The next fact, or how to go on after the first."""
    remaining = left(turn)
    if not remaining:
        return diverging.screens(turn, note)
    if turn.state.arg != "each" and here(turn).picks and len(remaining) > 1:
        return [_how_screen(turn, note, len(remaining))]
    return [fact_screen(turn, note)]


def fact_screen(turn: Turn, note: str = "") -> Screen:
    """One fact: its values without their authors."""
    session, name = here(turn), left(turn)[0]
    assert session.digest is not None
    every = disputed(session.digest)
    values = session.digest.facts[name].values
    n = len(values)
    head = turn.say("facts.head", n=len(every) - len(left(turn)) + 1, total=len(every))
    said = speech.spelled(n, turn.lang)
    asked = turn.say("facts.conflict", n=n, said=said, question=turn.text(turn.question(name).text))
    listed = "\n".join(f"• {value_told(turn, name, value)}" for value in values)
    parts = [note, f"{head} · {asked}", listed, turn.say("facts.which")]
    buttons = [
        turn.labelled(value_told(turn, name, value)[:42], "s", "fact", f"{name}.{index}")
        for index, value in enumerate(values)
    ]
    buttons.append(turn.button("btn.round_to_agenda", "s", "fact", f"{name}.{AGENDA}"))
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, grouped(buttons, single=True), question=name)


def _how_screen(turn: Turn, note: str, n: int) -> Screen:
    buttons = [turn.button("btn.round_facts_each", "s", "facts_each")]
    buttons.append(turn.button("btn.round_facts_all", "s", "facts_all"))
    text = turn.say("facts.how", n=n)
    return Screen(f"{note}\n\n{text}" if note else text, grouped(buttons, single=True))


def settle(turn: Turn, arg: str) -> Result:
    """Keep a value for a fact, or take it to the meeting."""
    name, _, choice = arg.partition(".")
    if name not in left(turn) or here(turn).phase is not Phase.BETWEEN:
        return _go_on(turn)
    values = here(turn).digest.facts[name].values  # type: ignore[union-attr]
    if choice == AGENDA:
        return _settled(turn, {name: AGENDA}, _to_agenda(turn, name))
    if not (choice.isdecimal() and int(choice) < len(values)):
        return _go_on(turn)
    value = values[int(choice)]
    note = turn.say("ack.noted", answer=value_told(turn, name, value))
    return _settled(turn, {name: value}, note)


def _to_agenda(turn: Turn, name: str) -> str:
    """« Noté. « Qui porte le sujet ? » sera discuté en séance. »

    That the calculation keeps the owner's own answer is said where their function is the first
    that the question trusts, whatever they answered: elsewhere it would tell what others said.
    """
    said = turn.say("facts.agenda", subject=_asked(turn, name))
    question = turn.question(name)
    own = turn.seat is not None and question.authority[:1] == (turn.seat.function,)
    if own and name in turn.interview.answers:
        return f"{said} {turn.say('facts.keeps_yours')}"
    return said


def _asked(turn: Turn, name: str) -> str:
    """The fact by its name, as a question where its name is one."""
    key = f"facts.asked.{name}"
    return turn.say(key) if key in turn.library.messages else subject(turn, name)


def _settled(turn: Turn, picks: dict[str, Signal], note: str) -> Result:
    session = here(turn)
    found = session.digest
    for name, value in picks.items():
        found = picked(turn.library.expertise, found, name, value) if found else None
    session = replace(session, picks={**session.picks, **picks}, digest=found)
    return _go_on(turn.convened(session), note, [Convene(session)])


def _go_on(turn: Turn, note: str = "", before: Sequence[Reply] = ()) -> Result:
    if left(turn):
        state = turn.state.at("facts", turn.state.arg)
        return state, [*before, *screens(turn.then(state), note)]
    state, shown = diverging.open_up(turn)
    return state, [*before, *([Screen(note)] if note else []), *shown]


def go_on(turn: Turn, _: str) -> Result:
    """Where the owner left it: the facts still to be settled, or where views differ."""
    if here(turn).phase is not Phase.BETWEEN:
        return diverging.again(turn, "")
    return _go_on(turn)


def each(turn: Turn, _: str) -> Result:
    """One after the other."""
    return _go_on(turn.then(turn.state.at("facts", "each")))


def every(turn: Turn, _: str) -> Result:
    """All that remain go to the meeting."""
    remaining = left(turn)
    if not remaining:
        return _go_on(turn)
    picks: dict[str, Signal] = dict.fromkeys(remaining, AGENDA)
    session = here(turn)
    n = list({**session.picks, **picks}.values()).count(AGENDA)
    return _settled(turn, picks, turn.say("facts.all", n=n))


PLACES = {"facts": screens}
DEEDS = {
    "facts_next": owned(go_on),
    "fact": owned(settle),
    "facts_each": owned(each),
    "facts_all": owned(every),
}
