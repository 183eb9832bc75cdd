"""A question as a person reads it: what was noted, where one stands, the words, the buttons."""

from __future__ import annotations

from datetime import date

from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Blank, Dialog, Question, Type, offer_of
from bot.core.exchange import Noted
from bot.core.flow import END
from bot.core.interview import current, optional
from bot.core.reading import Answer, Doubt

_SECONDS = {Type.SCALE: 12, Type.MULTI: 25}


def question_screen(turn: Turn, id_: str, note: str = "", *, why: bool = False) -> Screen:
    """The question `id_`, under what must be said first."""
    question = turn.question(id_)
    if question.type is Type.OFFER:
        return _offer_screen(turn, question, note)
    asked = turn.text(question.text)
    parts = [note, f"{heading(turn, id_)}\n{asked}", *_below(turn, question, why=why)]
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, _rows(turn, question, why=why), strong=asked, question=id_)


def heading(turn: Turn, id_: str) -> str:
    """« Alignement · 5/28 »."""
    dialog = turn.dialog_of(id_)
    steps = turn.steps(dialog.id)
    n = steps.index(id_) + 1 if id_ in steps else len(steps)
    module = turn.text(dialog.module(dialog[id_].module).name)
    return turn.say("progress.head", module=module, n=n, total=len(steps))


def opening(turn: Turn, id_: str) -> str:
    """The sentence that opens a module, at its first question; half-way is said once.

    Half-way of the core questions: deep-dives accepted on the way do not move it.
    """
    dialog = turn.dialog_of(id_)
    steps = turn.steps(dialog.id)
    if id_ not in steps or dialog.id != "diagnostic":
        return ""
    index = steps.index(id_)
    said = []
    core = [step for step in steps if dialog[step].core]
    if id_ == core[(len(core) - 1) // 2]:
        said.append(turn.say("progress.half", minutes=minutes(turn, id_)))
    module = dialog[id_].module
    if index == 0 or dialog[steps[index - 1]].module != module:
        said.append(turn.text(dialog.module(module).opening))
    return " ".join(part for part in said if part)


def minutes(turn: Turn, id_: str) -> int:
    """About how many minutes remain from this question on."""
    dialog = turn.dialog_of(id_)
    steps = turn.steps(dialog.id)
    left = steps[steps.index(id_) :] if id_ in steps else []
    seconds = sum(_SECONDS.get(dialog[one].type, 15) for one in left)
    return max(1, round(seconds / 60))


def noted(turn: Turn, said: Noted, *, editing: bool = False) -> str:
    """« Noté : … », or what became of the earlier answer."""
    if turn.dialog_of(said.question)[said.question].type is Type.OFFER:
        return turn.say("deepen.declined") if said.answer in ("non", "jamais") else ""
    if said.answer is Blank.NSP:
        return turn.say(_unknown(turn, editing=editing))
    if said.answer is Blank.SKIPPED:
        return turn.say("ack.skipped")
    answer = turn.answer(said.question, said.answer)
    if said.before is not None and not isinstance(said.before, Blank):
        key = "ack.unchanged" if said.before == said.answer else "ack.corrected"
        return turn.say(key, answer=answer)
    return turn.say("ack.noted", answer=answer)


def _unknown(turn: Turn, *, editing: bool) -> str:
    """What an « I do not know » becomes is explained the first time."""
    if list(turn.interview.answers.values()).count(Blank.NSP) > 1:
        return "ack.nsp_again"
    return "ack.nsp" if editing else "ack.nsp_later"


def benchmark(turn: Turn, said: Noted) -> Screen | None:
    """The closed question with its benchmark, shown after the answer and never before."""
    question = turn.question(said.question)
    if not question.post or isinstance(said.answer, Blank) or said.before is not None:
        return None
    answer = turn.say("ack.yours", answer=turn.answer(question.id, said.answer))
    text = f"{turn.text(question.text)}\n{answer}"
    post = f"{turn.text(question.post)} {turn.cite(question.post_sources, most=9)}"
    return Screen(f"{text}\n\n{post}", strong=turn.text(question.text))


def doubt_screen(turn: Turn, id_: str, doubt: Doubt) -> Screen:
    """What was understood, to confirm before it counts."""
    if doubt.why == "past":
        return _past_screen(turn, doubt)
    if doubt.why == "person":
        rows = grouped(
            [
                turn.button("btn.write_function", "n"),
                turn.button("btn.keep_words", "y", words=doubt.said[:30]),
            ]
        )
        return Screen(turn.say("refuse.person_ask"), rows, question=id_)
    if doubt.why == "wording":
        refused = turn.say("refuse.wording", words=doubt.said, reason=doubt.reason)
        rows = grouped([turn.button("btn.rephrase", "n"), turn.button("btn.keep_anyway", "y")])
        return Screen(f"{refused} {turn.say('refuse.wording_soft')}", rows, question=id_)
    value = turn.answer(id_, doubt.value)
    is_choice = bool(turn.question(id_).choices)
    no = turn.button("btn.see_answers" if is_choice else "btn.no_fix", "n")
    rows = grouped([turn.button("btn.yes", "y"), no])
    return Screen(turn.say("ack.understood", value=value), rows, question=id_)


def _past_screen(turn: Turn, doubt: Doubt) -> Screen:
    said = date.fromisoformat(doubt.said)
    assert isinstance(doubt.value, date)
    text = turn.say(
        "refuse.past",
        date=speech.day(said, turn.lang, weekday=True),
        next=speech.day(doubt.value, turn.lang, weekday=True),
    )
    rows = grouped([turn.button("btn.yes", "y"), turn.button("btn.other_date", "n")])
    return Screen(text, rows)


def _below(turn: Turn, question: Question, *, why: bool) -> list[str]:
    if not why:
        return [turn.text(question.example)] if question.typed and question.example else []
    said = [turn.text(question.why)]
    if question.effect:
        said.append(turn.say("why.effect", effect=turn.text(question.effect)))
    if question.sources:
        cited = ", ".join(question.sources)
        said.append(turn.say("why.sources", cited=cited, first=question.sources[0]))
    return ["\n".join(said)]


def _rows(turn: Turn, question: Question, *, why: bool) -> Rows:
    rows = grouped(
        _choice_buttons(turn, question), single=question.type in (Type.SCALE, Type.MULTI)
    )
    if question.so:
        rows += ((turn.button("btn.so", "p", question.id, Blank.SO.value),),)
    if question.type is Type.MULTI:
        rows += ((_done_button(turn, question),),)
    if editing(turn):
        rows += ((turn.button("btn.keep_answer", "k"),),) if _has_answer(turn, question) else ()
    rows += grouped(_nav_buttons(turn, question))
    if not why:
        rows += ((turn.button("btn.why", "w", question.id),),)
    return rows


def editing(turn: Turn) -> bool:
    """Whether the question was opened from a recap or a correction, to come back there."""
    return bool(turn.state.origin)


def _has_answer(turn: Turn, question: Question) -> bool:
    answer = turn.interview.answers.get(question.id)
    return answer is not None and not isinstance(answer, Blank)


def _choice_buttons(turn: Turn, question: Question) -> list[Button]:
    held = turn.interview.answers.get(question.id) if turn.interview.looking else None
    if question.type is Type.MULTI:
        ticked: tuple[str, ...] = turn.interview.ticks
    else:
        ticked = () if held is None or isinstance(held, Blank) else (str(held),)
    return [
        turn.labelled(
            ("✓ " if choice.id in ticked else "") + turn.text(choice.text),
            "p",
            question.id,
            choice.id,
        )
        for choice in question.ordered(turn.interview.seed)
    ]


def _done_button(turn: Turn, question: Question) -> Button:
    n = len(turn.interview.ticks)
    label = turn.say("btn.done_n", n=n) if n else turn.say("btn.done")
    return turn.labelled(label, "d", question.id)


def _nav_buttons(turn: Turn, question: Question) -> list[Button]:
    nav = []
    if editing(turn):
        if not _has_answer(turn, question):
            nav.append(turn.button("btn.back", "k"))
    elif turn.steps(turn.dialog.id)[:1] != [question.id]:
        nav.append(turn.button("btn.back", "b"))
    if question.nsp:
        nav.append(turn.button("btn.nsp", "p", question.id, Blank.NSP.value))
    if optional(question, turn.interview.values):
        nav.append(turn.button("btn.skip", "p", question.id, Blank.SKIPPED.value))
    return nav


def _offer_screen(turn: Turn, question: Question, note: str) -> Screen:
    dialog = turn.dialog_of(question.id)
    module = dialog.module(question.module)
    triggered = offered(turn, dialog, question.module)
    n = len(triggered)
    text = turn.say("deepen.offer")
    if n == 1 and triggered[0].offer:
        text = f"{turn.text(triggered[0].offer)} {turn.say('deepen.one')}"
    head = turn.say("deepen.head", module=turn.text(module.name))
    rows = grouped(
        [
            turn.button("btn.deepen_yes", "p", question.id, "oui", n=n),
            turn.button("btn.deepen_no", "p", question.id, "non"),
            turn.button("btn.deepen_never", "p", question.id, "jamais"),
        ]
    )
    parts = [note, f"{head}\n{text}"]
    return Screen("\n\n".join(part for part in parts if part), rows, question=question.id)


def offered(turn: Turn, dialog: Dialog, module: str, *, every: bool = False) -> list[Question]:
    """The deep-dives that accepting a module's offer would add to the path."""
    accepted: dict[str, Answer] = {offer_of(module): "tout" if every else "oui"}
    values = {**turn.interview.given, **turn.interview.answers, **accepted}
    path = turn.library.flows[dialog.id].path(values)
    return [dialog[id_] for id_ in path if dialog[id_].module == module and not dialog[id_].core]


def open_question(turn: Turn) -> bool:
    """Whether typed words answer a question; under an offer they name a button."""
    if turn.interview.looking:
        return True
    here = position(turn) if turn.state.place == "asking" else END
    return here != END and turn.dialog_of(here)[here].type is not Type.OFFER


def position(turn: Turn) -> str:
    """The question under the person's eyes, or `end`."""
    return current(turn.flow, turn.interview)
