"""The second round as each person answers it: the few points on which views differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import telling
from bot.conversation.screen import Button, Convene, Reply, Screen, grouped
from bot.conversation.sessions import moment
from bot.conversation.sitting import Result, here, keeping, mine, seated, to_owner
from bot.conversation.state import Second
from bot.conversation.turn import Turn
from bot.core.dialog import Blank, Question, Type
from bot.core.pointing import pointed
from bot.core.reading import Answer
from bot.core.session import Phase, Status
from bot.core.typography import clean

STEPS = ("answer", "change", "reason", "discuss")
SECONDS_A_POINT = 36
LONGEST = 280


def items(turn: Turn) -> list[str]:
    """The points that are this person's to answer: those that their function is asked."""
    steps, held = turn.steps("diagnostic"), turn.interview.answers
    return [name for name in here(turn).items if name in steps or name in held]


def left(turn: Turn) -> list[str]:
    """The points that still want an answer."""
    given = mine(turn).again
    return [name for name in items(turn) if name not in given or not complete(given[name])]


def complete(one: Second) -> bool:
    """Whether a point is answered: its value, its reason, and whether to discuss it."""
    return bool(one.discuss) and (bool(one.reason) or isinstance(one.value, Blank))


def own(turn: Turn, name: str) -> Answer | None:
    """What the person answered in the first round, if it says something."""
    held = turn.interview.answers.get(name)
    return None if held is None or isinstance(held, Blank) else held


def minutes(n: int) -> int:
    """About how long so many points take."""
    return max(1, round(n * SECONDS_A_POINT / 60))


def cursor(turn: Turn) -> tuple[str, str]:
    """The point and the step under the person's eyes; no point once all are answered."""
    name, _, step = turn.state.arg.partition(".")
    if name in items(turn) and step in STEPS:
        return name, step
    for name in left(turn):
        one = mine(turn).again.get(name)
        if one is None:
            return name, "answer"
        return name, "discuss" if one.reason or isinstance(one.value, Blank) else "reason"
    return "", "done" if finished(turn) and name != "argument" else "argument"


def finished(turn: Turn) -> bool:
    """Whether the person has been through the whole round."""
    return turn.seat is not None and turn.seat.status is Status.DONE


def screens(turn: Turn, note: str) -> list[Reply]:
    """The step under the person's eyes."""
    if here(turn).phase is not Phase.SECOND:
        return [Screen(_join(note, turn.say("second.over")), _to_results(turn))]
    if turn.state.arg == "intro":
        return [intro_screen(turn, note)]
    name, step = cursor(turn)
    return [_SCREENS[step](turn, name, note)]


def _to_results(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return ((turn.button("btn.results", "s", "results"),),)


def intro_screen(turn: Turn, note: str = "") -> Screen:
    """What is asked, how long it takes, and that changing one's mind is fine."""
    n = len(items(turn))
    text = turn.say("session.round2")
    until = turn.say(
        "second.until", n=n, minutes=minutes(n), deadline=moment(turn, here(turn).deadline)
    )
    calm = turn.say("second.calm")
    rows = ((turn.button("btn.second_begin", "s", "second"),),)
    return Screen(_join(note, f"{text} {until}", calm), rows, fresh=True)


def _head(turn: Turn, name: str) -> str:
    every = items(turn)
    module = turn.text(turn.library.dialogs["second_round"].module("second_round").name)
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
    return Screen(_join(note, f"{_head(turn, name)}\n{text}"), rows, question="second_answer")


def _distribution(turn: Turn, name: str) -> dict[str, str]:
    digest = before(turn)
    item = digest.items.get(name)
    n = item.answers if item else digest.answered
    return {"n": str(n), "distribution": telling.told(turn, digest, name, feeding=True)}


def before(turn: Turn):  # type: ignore[no-untyped-def]
    """The results that the round under way started from."""
    found = here(turn).results
    assert found is not None
    return found


def _filled(text: str, words: dict[str, str]) -> str:
    """The authored question; its lines on the committee's answers go when nothing may be told."""
    if not words["distribution"]:
        text = "\n".join(line for line in text.split("\n") if "{{ n }}" not in line)
    for word, said in words.items():
        text = text.replace(f"{{{{ {word} }}}}", said)
    return "\n\n".join(part.strip("\n") for part in text.split("\n\n") if part.strip())


def _change_screen(turn: Turn, name: str, note: str) -> Screen:
    """The choices, one's own ticked; who had no answer may give one, or pass."""
    question, held = turn.question(name), own(turn, name)
    given = mine(turn).again.get(name)
    ticked = str(given.value if given is not None else held)
    parts = [f"{_head(turn, name)}\n{turn.text(question.text)}"]
    if held is None:
        told = _distribution(turn, name)
        if told["distribution"]:
            parts.append(turn.say("second.told", total=told["n"]) + "\n" + told["distribution"])
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
    return Screen(_join(note, *parts), rows + _back(turn, name, "change"), question=name)


def _reason_screen(turn: Turn, name: str, note: str) -> Screen:
    return _coded(turn, name, "second_reason", "reason", note)


def _discuss_screen(turn: Turn, name: str, note: str) -> Screen:
    return _coded(turn, name, "worth_discussing", "discuss", note)


def _coded(turn: Turn, name: str, id_: str, deed: str, note: str) -> Screen:
    question, one = _asked(turn, id_), mine(turn).again.get(name)
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
    text = _join(note, f"{_head(turn, name)}\n{turn.text(question.text)}")
    return Screen(text, rows + _back(turn, name, deed), question=id_)


def _back(turn: Turn, name: str, step: str = "answer") -> tuple[tuple[Button, ...], ...]:
    if step == "answer" and items(turn)[:1] == [name]:
        return ()
    return ((turn.button("btn.back", "s", "second_back", f"{name}.{step}"),),)


def _argument_screen(turn: Turn, _: str, note: str) -> Screen:
    """One optional argument, shown back before it is kept."""
    if draft := mine(turn).draft:
        buttons = [turn.button("btn.confirm", "s", "argue"), turn.button("btn.rewrite", "s", "redo")]
        rows = grouped(buttons) + ((turn.button("btn.add_nothing", "s", "silent"),),)
        return Screen(_join(note, turn.say("second.shown", argument=draft)), rows)
    question = _asked(turn, "argument")
    parts = [note, turn.text(question.text), turn.text(question.example)]
    rows = ((turn.button("btn.skip", "s", "silent"),),)
    return Screen(_join(*parts), rows, question="argument")


def _done_screen(turn: Turn, _: str, note: str) -> Screen:
    session = here(turn)
    n = len(mine(turn).again)
    text = turn.say("second.done", n=n, deadline=moment(turn, session.deadline))
    buttons = [turn.button("btn.second_review", "s", "second_review")]
    if turn.owner:
        buttons.append(turn.button("btn.see_status", "s", "second_status"))
    buttons.append(turn.button("btn.finish", "s", "second_bye"))
    return Screen(_join(note, text), grouped(buttons, single=True))


_SCREENS: dict[str, Callable[[Turn, str, str], Screen]] = {
    "answer": _answer_screen,
    "change": _change_screen,
    "reason": _reason_screen,
    "discuss": _discuss_screen,
    "argument": _argument_screen,
    "done": _done_screen,
}


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _show(turn: Turn, note: str = "", arg: str = "") -> Result:
    state = turn.state.at("second", arg)
    return state, screens(turn.then(state), note)


def _answering(turn: Turn, name: str) -> bool:
    """Whether the point is there to be answered."""
    return here(turn).phase is Phase.SECOND and name in items(turn)


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
    given = mine(turn).again
    one = replace(given.get(name, Second(answer)), value=answer)
    note = turn.say("second.passed")
    step = "discuss"
    if not isinstance(answer, Blank):
        kept = answer == own(turn, name)
        note = turn.say("second.kept" if kept else "ack.noted", answer=turn.answer(name, answer))
        step = "reason"
    state = keeping(turn, again={**given, name: one})
    return _show(turn.then(state), note, f"{name}.{step}")


def reason(turn: Turn, arg: str) -> Result:
    """Why, as one of six codes."""
    name, _, choice = arg.partition(".")
    one = mine(turn).again.get(name)
    if one is None or not _answering(turn, name) or not _asked(turn, "second_reason").choice(choice):
        return _show(turn)
    state = keeping(turn, again={**mine(turn).again, name: replace(one, reason=choice)})
    return _show(turn.then(state), arg=f"{name}.discuss")


def discuss(turn: Turn, arg: str) -> Result:
    """Whether the point deserves the meeting's time; then the next point."""
    name, _, choice = arg.partition(".")
    one = mine(turn).again.get(name)
    asked = _asked(turn, "worth_discussing")
    if one is None or not _answering(turn, name) or not asked.choice(choice):
        return _show(turn)
    reopened = finished(turn)
    state = keeping(turn, again={**mine(turn).again, name: replace(one, discuss=choice)})
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
    return _show(turn, turn.say("ack.back"), f"{name}.{'reason' if step == 'discuss' else 'answer'}")


def review(turn: Turn, _: str) -> Result:
    """From the first point on, what was answered ticked."""
    every = items(turn)
    return _show(turn, arg=f"{every[0]}.answer" if every else "")


def typed(turn: Turn, text: str) -> Result:
    """An argument, where one is asked; elsewhere the buttons answer."""
    name, step = cursor(turn)
    asking = here(turn).phase is Phase.SECOND and turn.state.arg != "intro"
    if not asking or step != "argument":
        return _fresh(_show(turn, turn.say("refuse.text"), turn.state.arg))
    said = clean(text).strip()
    if len(said) > LONGEST:
        return _fresh(_show(turn, turn.say("refuse.reason_long", max=LONGEST)))
    if not any(char.isalnum() for char in said):
        return _fresh(_show(turn, turn.say("second.words")))
    chatter = turn.library.chatter
    if found := pointed(said, chatter["person"], chatter["domain"]):
        rows = ((turn.button("btn.add_nothing", "s", "silent"),),)
        return turn.state, [Screen(turn.say("second.points", words=found), rows, fresh=True)]
    return _fresh(_show(turn.then(keeping(turn, draft=said))))


def _fresh(result: Result) -> Result:
    state, replies = result
    return state, [replace(one, fresh=True) if isinstance(one, Screen) else one for one in replies]


def argue(turn: Turn, _: str) -> Result:
    """The argument as it was shown back is kept."""
    draft = mine(turn).draft
    if here(turn).phase is not Phase.SECOND or not draft:
        return _show(turn)
    return _finish(turn.then(keeping(turn, argument=draft, draft="")))


def redo(turn: Turn, _: str) -> Result:
    """The argument is written anew."""
    return _show(turn.then(keeping(turn, draft="")), arg="argument.")


def silent(turn: Turn, _: str) -> Result:
    """No argument; one given before goes."""
    if here(turn).phase is not Phase.SECOND or left(turn):
        return _show(turn)
    return _finish(turn.then(keeping(turn, argument="", draft="")))


def _finish(turn: Turn) -> Result:
    assert turn.seat is not None
    session = here(turn)
    before_this = session
    session = session.change(turn.seat.id, status=Status.DONE)
    turn = turn.convened(session)
    told = to_owner(session, "second_all") if session.complete and not before_this.complete else []
    state, shown = _show(turn)
    changed: list[Reply] = [Convene(session)] if session != before_this else []
    return state, [*changed, *told, *shown]


def bye(turn: Turn, _: str) -> Result:
    """The end of the round for this person."""
    return turn.state.at("second"), [Screen(turn.say("second.bye"))]


def invited(turn: Turn) -> Result:
    """To each person: the second round is open."""
    if here(turn).phase is not Phase.SECOND or finished(turn):
        return turn.state, []
    state = turn.state.at("second", "intro")
    return state, [intro_screen(turn.then(state))]


def reminded(turn: Turn) -> Result:
    """Once, on the morning of the last day, to whoever has not finished."""
    session = here(turn)
    quiet = turn.seat is None or turn.seat.quiet or not session.reminding
    n = len(left(turn)) if session.phase is Phase.SECOND and not finished(turn) else 0
    if quiet or not n:
        return turn.state, []
    deadline = moment(turn, session.deadline)
    text = turn.say("second.remind", n=n, minutes=minutes(n), deadline=deadline)
    rows = ((turn.button("btn.second_resume", "s", "second"),),)
    return turn.state.at("second"), [Screen(text, rows, fresh=True)]


def postponed(turn: Turn) -> Result:
    """To whoever has not finished: there is more time."""
    session = here(turn)
    n = len(left(turn)) if session.phase is Phase.SECOND and not finished(turn) else 0
    if not n:
        return turn.state, []
    deadline = moment(turn, session.deadline)
    text = turn.say("second.postponed", n=n, minutes=minutes(n), deadline=deadline)
    rows = ((turn.button("btn.second_resume", "s", "second"),),)
    return turn.state.at("second"), [Screen(text, rows, fresh=True)]


PLACES = {"second": screens}
TYPED = {"second": typed}
DEEDS = {
    "second": seated(begin),
    "keep": seated(keep),
    "change": seated(change),
    "value": seated(value),
    "pass": seated(pass_on),
    "reason": seated(reason),
    "discuss": seated(discuss),
    "second_back": seated(back),
    "second_review": seated(review),
    "argue": seated(argue),
    "redo": seated(redo),
    "silent": seated(silent),
    "second_bye": seated(bye),
}
TOPICS = {"second": invited, "second_remind": reminded, "second_late": postponed}
