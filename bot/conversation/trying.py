"""« Et si… » : other answers tried on a copy, and what the rules would then say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.advice import short, tie
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.assessment import assess
from bot.core.decision import Recommendation
from bot.core.dialog import Blank, Question, Type
from bot.core.whatif import Change, Switch, switches

SUGGESTED = 3
LABEL = 42
"""The characters of a button."""
LEVERS = ("roadmap", "annual_budget", "steering_days", "sponsor", "need_duration")
"""The answers that a committee can most easily act on, offered when fewer would change all."""


def turning(turn: Turn) -> tuple[Switch, ...]:
    """The nearest answers that would put another option first."""
    return switches(turn.library.expertise, turn.interview.values)


def turning_lines(turn: Turn, found: Sequence[Switch]) -> str:
    """« Qu'est-ce qui ferait changer l'avis ? », in plain words."""
    if not found:
        return turn.say("whatif.nothing")
    lines = [
        turn.say(
            "whatif.line",
            answers=speech.listed([_named(turn, change) for change in switch.changes], turn.lang),
            option=short(turn, switch.option),
        )
        for switch in found
    ]
    return "\n".join([turn.say("whatif.turning"), *lines])


def _named(turn: Turn, change: Change) -> str:
    """« feuille de route : Validée, sans budget »."""
    name, value = change
    question = turn.question(name)
    label = turn.answer(name, value)  # type: ignore[arg-type]
    if not question.topic:
        return f"{turn.text(question.text)} {label}"
    named = speech.lower_first(turn.text(question.topic))
    return turn.say("review.line", name=named, answer=speech.lower_first(label))


def try_screen(turn: Turn) -> Screen:
    """A few answers to try, and the way to any other."""
    suggested = _suggestions(turn)
    rows = grouped(
        [
            *[_try_button(turn, change) for change in suggested],
            turn.button("btn.try_other", "g", "tries"),
            turn.button("btn.back_reco", "g", "advice"),
        ],
        single=True,
    )
    lines = [turn.say("whatif.head"), turn.say("whatif.ask")]
    lines += [line for change in suggested if (line := _said_apart(turn, change))]
    return Screen("\n".join(lines), rows)


def _suggestions(turn: Turn) -> list[Change]:
    found = [switch.changes[0] for switch in turning(turn) if len(switch.changes) == 1]
    asked = {name for name, _ in found}
    for name in LEVERS:
        if name not in asked and len(found) < SUGGESTED:
            found.append((name, _further(turn, name)))
    return found[:SUGGESTED]


def _further(turn: Turn, name: str) -> str:
    """The answer furthest from the person's own on an ordered list."""
    order = [choice.id for choice in turn.question(name).choices]
    held = str(turn.interview.answers.get(name))
    middle = order.index(held) if held in order else 0
    ordinal = turn.question(name).ordinal or tuple(order)
    return ordinal[-1] if middle < len(ordinal) // 2 else ordinal[0]


def _try_button(turn: Turn, change: Change) -> Button:
    subject, answer, choice = _tried(turn, change)
    label = turn.say("review.line", name=subject, answer=answer)
    return turn.labelled(label if len(label) <= LABEL else answer, "t", change[0], choice)


def _said_apart(turn: Turn, change: Change) -> str:
    """What a button is about, when it had room for the answer only."""
    subject, answer, _ = _tried(turn, change)
    if len(turn.say("review.line", name=subject, answer=answer)) <= LABEL:
        return ""
    return turn.say("whatif.named", answer=answer, name=speech.lower_first(subject))


def _tried(turn: Turn, change: Change) -> tuple[str, str, str]:
    """The subject and the answer in words, and the answer's id."""
    name, value = change
    question = turn.question(name)
    choice = str(value[0] if isinstance(value, tuple) else value)
    subject = turn.text(question.topic) or turn.text(question.text)
    return subject, _label(turn, question, choice), choice


def _label(turn: Turn, question: Question, choice: str) -> str:
    found = question.choice(choice)
    return turn.text(found.text) if found else choice


def tries_screen(turn: Turn) -> Screen:
    """Every answer that the rules read, to choose one to try."""
    names = [
        name
        for name in turn.library.expertise.kinds
        if name in turn.library.dialogs["diagnostic"] and name != "initial_preference"
    ]
    steps = set(turn.steps("diagnostic"))
    buttons = [
        turn.labelled(_title(turn, name), "g", "tried", name) for name in names if name in steps
    ]
    back = ((turn.button("btn.back", "g", "whatif"),),)
    return Screen(turn.say("whatif.which"), (*grouped(buttons), *back))


def _title(turn: Turn, name: str) -> str:
    question = turn.question(name)
    named = turn.text(question.topic) or turn.text(question.text)
    return named if len(named) <= LABEL else named[: LABEL - 1] + "…"


def choices_screen(turn: Turn, name: str) -> Screen:
    """The other answers to one question."""
    question = turn.question(name)
    held = turn.interview.answers.get(name)
    mine = held if isinstance(held, tuple) else (str(held),)
    buttons = [
        turn.labelled(
            ("✓ " if choice.id in mine else "") + turn.text(choice.text), "t", name, choice.id
        )
        for choice in question.choices
    ]
    rows = (*grouped(buttons, single=True), (turn.button("btn.back", "g", "tries"),))
    return Screen(
        f"{turn.say('whatif.head')}\n{turn.text(question.text)}",
        rows,
        strong=turn.text(question.text),
    )


def tried_screen(turn: Turn, name: str, choice: str) -> Screen:
    """What the advice would be with this one answer changed."""
    question = turn.question(name)
    value = _value(turn, question, choice)
    tried = {**turn.interview.values, name: value}
    then = assess(turn.library.expertise, [tried]).advice
    head = turn.say("whatif.if", answer=_named(turn, (name, value)))
    parts = [f"{head}\n{_verdict(turn, then)}", _freed(turn, then), turn.say("whatif.kept")]
    alone = turning(turn)
    if then.top != turn.advice.top and len(alone) == 1 and alone[0].changes[0][0] == name:
        parts.insert(1, turn.say("whatif.only"))
    rows = grouped(
        [turn.button("btn.try_again", "g", "whatif"), turn.button("btn.back_reco", "g", "advice")]
    )
    return Screen("\n\n".join(part for part in parts if part), rows, strong=head)


def _value(turn: Turn, question: Question, choice: str) -> object:
    if question.type is Type.SCALE:
        return int(choice)
    if question.type is not Type.MULTI:
        return choice
    held = turn.interview.answers.get(question.id)
    mine = held if isinstance(held, tuple) and not isinstance(held, Blank) else ()
    picked = question.choice(choice)
    if picked is not None and picked.exclusive:
        return (choice,)
    wanted = set(mine) ^ {choice}
    kept = (one for one in question.choices if one.id in wanted and not one.exclusive)
    return tuple(one.id for one in kept)


def _verdict(turn: Turn, then: Recommendation) -> str:
    top = then.top
    words = {"option": short(turn, top), "n": then.points[top]}
    if top == turn.advice.top:
        return turn.say("whatif.same", **words)
    if top in then.tied:
        return f"{turn.say('whatif.level')} {tie(turn, then)}"
    second = then.ranking[1] if len(then.ranking) > 1 else top
    return turn.say("whatif.other", **words, second=short(turn, second), m=then.points[second])


def _freed(turn: Turn, then: Recommendation) -> str:
    """Options that a condition no longer sets aside, or now does."""
    said = []
    for key, ids in (
        ("whatif.freed", set(turn.advice.gated) - set(then.gated)),
        ("whatif.barred", set(then.gated) - set(turn.advice.gated)),
    ):
        said += [turn.say(key, option=short(turn, id_)) for id_ in sorted(ids)]
    return " ".join(said)
