"""The second round as each person reads it: the few points on which views differ."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.reply import Reply
from bot.conversation.rounds import comparing, last_round, telling
from bot.conversation.rounds.again import cursor, items, minutes, own, votes
from bot.conversation.screen import Rows, Screen, grouped
from bot.conversation.session.sessions import moment
from bot.conversation.session.sitting import here, mine
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Question
from bot.core.session import Phase


def screens(turn: Turn, note: str) -> list[Reply]:
    """The step under the person's eyes."""
    if here(turn).phase is not Phase.SECOND:
        return [Screen(join(note, turn.say("second.over")), _to_results(turn))]
    if turn.state.arg == "intro":
        return [intro_screen(turn, note)]
    name, step = cursor(turn)
    return [_SCREENS[step](turn, name, note)]


def _to_results(turn: Turn) -> Rows:
    return ((turn.button("btn.round_results", "s", "results"),),)


def intro_screen(turn: Turn, note: str = "", *, until: bool = True) -> Screen:
    """What is asked, until when, and that changing one's mind is fine."""
    n, deadline = len(items(turn)), moment(turn, here(turn).deadline)
    text = turn.say("session.round2", n=minutes(n), said=speech.spelled(minutes(n), turn.lang))
    when = turn.say("second.until", n=n, deadline=deadline) if until else ""
    rows = ((turn.button("btn.round_begin", "s", "second"),),)
    return Screen(join(note, text, when, turn.say("second.calm")), rows, fresh=True)


def _head(turn: Turn, name: str) -> str:
    every = items(turn)
    module = turn.text(turn.library.dialogs["second_round"].module("second_round").name)
    if here(turn).rounds > 1:
        module = last_round.renamed(turn.library.messages, turn.lang, module)
    return turn.say("progress.head", module=module, n=every.index(name) + 1, total=len(every))


def _asked(turn: Turn, id_: str) -> Question:
    return turn.library.dialogs["second_round"][id_]


def _answer_screen(turn: Turn, name: str, note: str) -> Screen:
    """The question again, with one's own answer and the committee's, as far as it may be told."""
    held = own(turn, name)
    if held is None:
        return _change_screen(turn, name, note)
    words = {
        "question_fr": turn.text(turn.question(name).text),
        "question_en": turn.text(turn.question(name).text),
        "your_answer": turn.answer(name, held),
    }
    asked = turn.text(_asked(turn, "second_answer").text)
    text = _filled(asked, {**words, **_distribution(turn, name)})
    kept, changed = (turn.text(choice.text) for choice in _asked(turn, "second_answer").choices)
    rows = grouped(
        [turn.labelled(kept, "s", "keep", name), turn.labelled(changed, "s", "change", name)],
        single=True,
    ) + _back(turn, name)
    return Screen(join(note, f"{_head(turn, name)}\n{text}"), rows, question="second_answer")


def _distribution(turn: Turn, name: str) -> dict[str, str]:
    digest = here(turn).results
    assert digest is not None
    item = digest.items.get(name)
    told = telling.told(turn, digest, name, feeding=True)
    return {"n": str(item.answers) if item else "", "distribution": told}


def _filled(text: str, words: dict[str, str]) -> str:
    """The authored question; its lines on the committee's answers go when nothing may be told."""
    if not words["distribution"]:
        text = "\n".join(line for line in text.split("\n") if "{{ n }}" not in line)
    if not words["n"]:
        text = text.replace(" ({{ n }})", "")
    for word, said in words.items():
        text = text.replace(f"{{{{ {word} }}}}", said)
    return "\n\n".join(part.strip("\n") for part in text.split("\n\n") if part.strip())


def _change_screen(turn: Turn, name: str, note: str) -> Screen:
    """The choices, one's own ticked; who had no answer may give one, or pass."""
    question, held = turn.question(name), own(turn, name)
    given = votes(turn).get(name)
    ticked = str(given.value if given is not None else held)
    parts = [f"{_head(turn, name)}\n{turn.text(question.text)}"]
    if held is None:
        told = _distribution(turn, name)
        if told["distribution"]:
            head = turn.say("second.told", total=told["n"] or str(len(here(turn).present)))
            parts.append(f"{head}\n{told['distribution']}")
        parts.append(turn.say("second.none"))
    buttons = [
        turn.labelled(
            ("✓ " if choice.id == ticked else "") + turn.text(choice.text),
            "s",
            "value",
            f"{name}.{choice.id}",
        )
        for choice in question.choices
    ]
    rows = grouped(buttons, single=True)
    if held is None:
        rows += ((turn.button("btn.skip", "s", "pass", name),),)
    return Screen(join(note, *parts), rows + _back(turn, name, "change"), question=name)


def _reason_screen(turn: Turn, name: str, note: str) -> Screen:
    return _coded(turn, name, "second_reason", "reason", note)


def _discuss_screen(turn: Turn, name: str, note: str) -> Screen:
    return _coded(turn, name, "worth_discussing", "discuss", note)


def _coded(turn: Turn, name: str, id_: str, deed: str, note: str) -> Screen:
    question, one = _asked(turn, id_), votes(turn).get(name)
    held = (one.reason if deed == "reason" else one.discuss) if one else ""
    buttons = [
        turn.labelled(
            ("✓ " if choice.id == held else "") + turn.text(choice.text),
            "s",
            deed,
            f"{name}.{choice.id}",
        )
        for choice in question.choices
    ]
    rows = grouped(buttons[:2]) + grouped(buttons[2:]) if deed == "discuss" else grouped(buttons)
    text = join(note, f"{_head(turn, name)}\n{turn.text(question.text)}")
    return Screen(text, rows + _back(turn, name, deed), question=id_)


def _back(turn: Turn, name: str, step: str = "answer") -> Rows:
    if step == "answer" and items(turn)[:1] == [name]:
        return ()
    return ((turn.button("btn.back", "s", "second_back", f"{name}.{step}"),),)


def _argument_screen(turn: Turn, _: str, note: str) -> Screen:
    """One optional argument, shown back before it is kept."""
    if draft := mine(turn).draft:
        buttons = [
            turn.button("btn.round_confirm", "s", "argue"),
            turn.button("btn.round_rewrite", "s", "redo"),
        ]
        rows = (*grouped(buttons), (turn.button("btn.round_add_nothing", "s", "silent"),))
        return Screen(join(note, turn.say("second.shown", argument=draft)), rows)
    question = _asked(turn, "argument")
    parts = [note, turn.text(question.text), turn.text(question.example)]
    rows = ((turn.button("btn.skip", "s", "silent"),),)
    return Screen(join(*parts), rows, question="argument")


def _done_screen(turn: Turn, _: str, note: str) -> Screen:
    session = here(turn)
    n = len(votes(turn))
    text = turn.say("second.done", n=n, deadline=moment(turn, session.deadline))
    buttons = [turn.button("btn.round_review", "s", "second_review")]
    argued = "btn.round_argument_change" if mine(turn).argument else "btn.round_argument_add"
    buttons.append(turn.button(argued, "s", "redo"))
    if turn.owner:
        buttons.append(turn.button("btn.round_see_status", "s", "second_status"))
    if turn.seat is not None and turn.seat.gap is None:
        buttons += comparing.ways(turn)
    buttons.append(turn.button("btn.finish", "s", "second_bye"))
    return Screen(join(note, text), grouped(buttons, single=True))


_SCREENS: dict[str, Callable[[Turn, str, str], Screen]] = {
    "answer": _answer_screen,
    "change": _change_screen,
    "reason": _reason_screen,
    "discuss": _discuss_screen,
    "argument": _argument_screen,
    "done": _done_screen,
}


def join(*parts: str) -> str:
    """The parts that say something, one below the other."""
    return "\n\n".join(part for part in parts if part)


PLACES = {"second": screens}
