"""« Devinez la réponse de votre collègue »: marketing and sales, three questions, if they like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.reply import Convene, Gather, Reply
from bot.conversation.rounds import comparing
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session.sitting import Result, given, here, keeping, mine, seated
from bot.conversation.turn import Turn
from bot.core.comparing import guessed
from bot.core.condition import Values
from bot.core.dialog import Type
from bot.core.flow import END
from bot.core.reading import Answer
from bot.core.session import Phase


def questions(turn: Turn) -> tuple[str, ...]:
    """The questions to guess."""
    return turn.library.expertise.scale.guessed


def ways(turn: Turn) -> list[Button]:
    """The game while answers are private and one's own are done; what it gave, afterwards."""
    if comparing.colleague(turn) is None or turn.seat is None:
        return []
    first, played = here(turn).phase is Phase.FIRST, _played(turn)
    if first and _finished(turn):
        other = comparing.colleague(turn)
        assert other is not None
        return [] if played else [turn.button(f"btn.guess.{other.id}", "s", "guess")]
    return [turn.button("btn.guess_look", "s", "guess_look")] if played and not first else []


def _finished(turn: Turn) -> bool:
    return turn.library.flows["diagnostic"].position(turn.interview.values) == END


def _played(turn: Turn) -> bool:
    return set(questions(turn)) <= set(mine(turn).guesses)


def begin(turn: Turn, _: str) -> Result:
    """To the next question to guess."""
    if comparing.colleague(turn) is None or here(turn).phase is not Phase.FIRST:
        return turn.state, [_over(turn)]
    return _show(turn)


def _show(turn: Turn, note: str = "") -> Result:
    state = turn.state.at("guess")
    return state, screens(turn.then(state), note)


def screens(turn: Turn, note: str) -> list[Reply]:
    """The next question, then what becomes of the guesses."""
    left = [name for name in questions(turn) if name not in mine(turn).guesses]
    if here(turn).phase is not Phase.FIRST or comparing.colleague(turn) is None:
        return [_over(turn)]
    return [_question_screen(turn, left[0], note) if left else _ask_screen(turn, note)]


def _question_screen(turn: Turn, name: str, note: str) -> Screen:
    every, question = questions(turn), turn.question(name)
    other = comparing.colleague(turn)
    assert other is not None
    head = turn.say("guess.head", n=every.index(name) + 1, total=len(every))
    asked = turn.say(f"guess.ask.{other.id}")
    first = every[0] == name
    parts = [note, turn.say("guess.intro") if first else "", f"{head}\n{turn.text(question.text)}"]
    buttons = [
        turn.labelled(turn.text(choice.text), "s", "guess_pick", f"{name}.{choice.id}")
        for choice in question.choices
    ]
    rows = (*grouped(buttons, single=True), (turn.button("btn.guess_stop", "s", "guess_stop"),))
    text = "\n\n".join(part for part in (*parts, asked) if part)
    return Screen(text, rows, question=name)


def pick(turn: Turn, arg: str) -> Result:
    """One guess."""
    name, _, choice = arg.partition(".")
    known = name in questions(turn) and turn.question(name).choice(choice)
    if not known or here(turn).phase is not Phase.FIRST:
        return begin(turn, "")
    answer: Answer = int(choice) if turn.question(name).type is Type.SCALE else choice
    state = keeping(turn, guesses={**mine(turn).guesses, name: answer})
    return _show(turn.then(state), turn.say("ack.noted", answer=turn.answer(name, answer)))


def _ask_screen(turn: Turn, note: str) -> Screen:
    other = comparing.colleague(turn)
    assert other is not None
    buttons = [turn.button("btn.round_accept", "s", "guess_share", "yes")]
    buttons.append(turn.button("btn.round_refuse", "s", "guess_share", "no"))
    text = turn.say(f"guess.share.{other.id}")
    return Screen(f"{note}\n\n{text}" if note else text, grouped(buttons, single=True))


def share(turn: Turn, arg: str) -> Result:
    """Whether the colleague may learn how near the guesses were; to be changed until the close."""
    session, other = here(turn), comparing.colleague(turn)
    if other is None or turn.seat is None or session.phase is not Phase.FIRST:
        return turn.state, [_over(turn)]
    yes = arg == "yes"
    changed = session.change(turn.seat.id, guessing=yes)
    saved: list[Reply] = [Convene(changed)] if changed != session else []
    back = turn.button("btn.round_undo" if yes else "btn.round_accept", "s", "guess_share")
    back = replace(back, action=f"{back.action}:{'no' if yes else 'yes'}")
    rows = grouped([back, *_onward(turn)], single=True)
    said = Screen(turn.say("guess.yes" if yes else "guess.no"), rows)
    return turn.state.at("answered"), [*saved, said]


def stop(turn: Turn, _: str) -> Result:
    """No game after all: nothing of it is kept."""
    if here(turn).phase is not Phase.FIRST:
        return turn.state, [_over(turn)]
    state = keeping(turn, guesses={}).at("answered")
    return state, [Screen(turn.say("guess.stopped"), grouped(_onward(turn), single=True))]


def _onward(turn: Turn) -> list[Button]:
    """What there is besides the game, as under the end of one's answers."""
    return [turn.button("btn.review", "g", "recap"), turn.button("btn.finish", "s", "rest")]


def _over(turn: Turn) -> Screen:
    """Too late for the game, or nobody to guess: not said why, as leaving is told to the owner."""
    if here(turn).phase is Phase.FIRST:
        return Screen(turn.say("guess.not_now"), grouped(_onward(turn), single=True))
    return _back(turn, turn.say("guess.over"))


def look(turn: Turn, _: str) -> Result:
    """How near both were, if both have accepted."""
    session, other = here(turn), comparing.colleague(turn)
    if other is None or session.phase is Phase.FIRST or not _played(turn):
        return turn.state, [_back(turn, turn.say("guess.none"))]
    if not (other.guessing and turn.seat and turn.seat.guessing):
        return turn.state, [_back(turn, turn.say("guess.not_both"))]
    if turn.members is None:
        return turn.state, [Gather()]
    answers = given(turn)
    held = turn.members[other.id].member if other.id in turn.members else None
    if other.id not in answers or held is None:
        return turn.state, [_back(turn, turn.say("guess.not_both"))]
    theirs = _near(turn, held.guesses, answers[turn.seat.id], answers)
    ours = _near(turn, mine(turn).guesses, answers[other.id], answers)
    parts = [turn.say(f"guess.you.{other.id}") + "\n" + ours]
    parts.append(turn.say(f"guess.they.{other.id}") + "\n" + theirs)
    text = "\n\n".join([*parts, turn.say("guess.talk")])
    return turn.state, [_back(turn, text)]


def _near(
    turn: Turn, guesses: Mapping[str, object], answers: Values, everyone: Mapping[str, Values]
) -> str:
    """How near each guess was: never what was answered, nor where it would tell of a third."""
    lines = []
    found = guessed(turn.library.dialogs["diagnostic"], questions(turn), guesses, answers)
    for name in questions(turn):
        three = sum(isinstance(one.get(name), int) for one in everyone.values()) == comparing.THREE
        gap = None if three or name not in found else found[name].apart
        key = "none_line" if gap is None else "right" if not gap else "near" if gap == 1 else "far"
        subject = turn.say(f"item.{name}")
        lines.append(f"• {turn.say(f'guess.{key}', subject=subject)}")
    return "\n".join(lines)


def _back(turn: Turn, text: str) -> Screen:
    return Screen(text, ((turn.button("btn.round_results", "s", "results"),),))


PLACES = {"guess": screens}
DEEDS = {
    "guess": seated(begin),
    "guess_pick": seated(pick),
    "guess_share": seated(share),
    "guess_stop": seated(stop),
    "guess_look": seated(look),
}
