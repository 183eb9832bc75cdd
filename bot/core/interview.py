"""One person's answers, and what each touch or word does to them.

`step` is pure: an interview and an input in, the next interview and outputs out. The
position is a fold over the answers. A person's mistake is an output, never an exception;
no input drops an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.core.condition import Values
from bot.core.dialog import Blank, Dialog, Question, Type
from bot.core.exchange import (
    Ask,
    Back,
    Confirm,
    Done,
    Doubted,
    Edit,
    Ended,
    Input,
    Keep,
    Noted,
    Output,
    Pick,
    Refused,
    Say,
    Ticked,
)
from bot.core.flow import END, Flow
from bot.core.reading import Answer, Doubt, Reading, Refusal, Understood


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers and where the person is looking.

    `given` holds what is known from elsewhere (owner, documents under way). `looking` is
    the question gone back to or edited, instead of the position. `ticks` are the choices
    of a multiple choice before « Valider ».
    """

    id: str
    seed: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict)
    given: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    looking: str = ""
    ticks: tuple[str, ...] = ()
    doubt: Doubt | None = None
    misses: int = 0

    @property
    def values(self) -> Values:
        """Everything that conditions may read."""
        return {**self.given, **self.answers}


Step = tuple[Interview, list[Output]]
Read = Callable[[Question, str], Reading]


def current(flow: Flow, interview: Interview) -> str:
    """The question under the person's eyes, or END."""
    return interview.looking or flow.position(interview.values)


def optional(question: Question, values: Values) -> bool:
    """Whether « Passer » is offered: a document can be issued without this answer."""
    documents = values.get("documents")
    wanted = frozenset(documents) if isinstance(documents, tuple) else frozenset()
    return bool(question.docs & wanted) and not (question.required_for & wanted)


def step(dialog: Dialog, flow: Flow, interview: Interview, input_: Input, read: Read) -> Step:
    """What an input does. Never raises for anything a person can send."""
    match input_:
        case Pick(question, choice):
            return _pick(dialog, flow, interview, question, choice)
        case Done(question):
            return _done(dialog, flow, interview, question)
        case Say(text):
            return _say(dialog, flow, interview, read, text)
        case Confirm(yes):
            return _confirm(dialog, flow, interview, yes)
        case Back():
            return _back(dialog, flow, interview)
        case Edit(question):
            return _edit(dialog, flow, interview, question)
        case Keep():
            return _next(flow, _settled(interview), [])


def replay(dialog: Dialog, flow: Flow, answers: Mapping[str, Answer], given: Values) -> str:
    """The position that these answers lead to; answers off the path do not count."""
    kept = {id_: answer for id_, answer in answers.items() if id_ in dialog}
    return flow.position({**given, **kept})


def _settled(interview: Interview) -> Interview:
    return replace(interview, looking="", ticks=(), doubt=None, misses=0)


def _next(flow: Flow, interview: Interview, said: list[Output]) -> Step:
    place = current(flow, interview)
    return interview, [*said, Ended() if place == END else Ask(place)]


def _record(flow: Flow, interview: Interview, question: str, answer: Answer) -> Step:
    before = interview.answers.get(question)
    answers = {**interview.answers, question: answer}
    noted = Noted(question, answer, before)
    return _next(flow, replace(_settled(interview), answers=answers), [noted])


def _stale(dialog: Dialog, interview: Interview, question: str, choice: str) -> Step:
    answer = interview.answers.get(question)
    if answer is None or question not in dialog:
        return interview, [Refused("old")]
    same = choice == str(answer) or (isinstance(answer, tuple) and choice in ("", *answer))
    return interview, [Refused("done" if same else "answered", question)]


def _pick(dialog: Dialog, flow: Flow, interview: Interview, id_: str, choice: str) -> Step:
    if id_ != current(flow, interview):
        return _stale(dialog, interview, id_, choice)
    question = dialog[id_]
    if choice in (Blank.NSP, Blank.SO, Blank.SKIPPED):
        if not _allows(question, Blank(choice), interview.values):
            return interview, [Refused("old")]
        return _record(flow, interview, id_, Blank(choice))
    if question.choice(choice) is None:
        return interview, [Refused("old")]
    if question.type is Type.MULTI:
        return _tick(question, interview, choice)
    answer: Answer = int(choice) if question.type is Type.SCALE else choice
    return _record(flow, interview, id_, answer)


def _allows(question: Question, blank: Blank, values: Values) -> bool:
    if blank is Blank.SKIPPED:
        return optional(question, values)
    return question.nsp if blank is Blank.NSP else question.so


def _tick(question: Question, interview: Interview, choice: str) -> Step:
    ticks = interview.ticks
    if choice in ticks:
        left = tuple(tick for tick in ticks if tick != choice)
        return replace(interview, ticks=left), [
            Ticked(question.id, choice, on=False),
            Ask(question.id),
        ]
    picked = question.choice(choice)
    alone = picked is not None and picked.exclusive
    kept = () if alone else tuple(t for t in ticks if not _exclusive(question, t))
    if question.most and len(kept) >= question.most:
        return interview, [Refused("max", question.id, {"n": question.most})]
    ordered = tuple(c.id for c in question.choices if c.id in (*kept, choice))
    replaced = alone and bool(ticks)
    said: list[Output] = [Ticked(question.id, choice, on=True, replaced=replaced)]
    return replace(interview, ticks=ordered, misses=0), [*said, Ask(question.id)]


def _exclusive(question: Question, choice: str) -> bool:
    found = question.choice(choice)
    return found is not None and found.exclusive


def _done(dialog: Dialog, flow: Flow, interview: Interview, id_: str) -> Step:
    if id_ != current(flow, interview):
        return _stale(dialog, interview, id_, "")
    if dialog[id_].type is not Type.MULTI:
        return interview, [Refused("old")]
    if not interview.ticks:
        return interview, [Refused("empty", id_)]
    return _record(flow, interview, id_, interview.ticks)


def _say(dialog: Dialog, flow: Flow, interview: Interview, read: Read, text: str) -> Step:
    place = current(flow, interview)
    if place == END:
        return interview, [Ended()]
    question = dialog[place].worded(interview.values)
    match read(question, text):
        case Understood(value):
            if question.type is Type.MULTI and isinstance(value, str) and value != Blank.NSP:
                return _tick(question, interview, value)
            return _record(flow, interview, place, value)
        case Doubt() as doubt:
            asked = replace(interview, doubt=doubt, looking=place, misses=0)
            return asked, [Doubted(place, doubt)]
        case Refusal(reason, words):
            missed = replace(interview, misses=interview.misses + 1, doubt=None)
            return missed, [Refused(reason, place, words), Ask(place)]


def _confirm(dialog: Dialog, flow: Flow, interview: Interview, yes: bool) -> Step:
    doubt, place = interview.doubt, current(flow, interview)
    if doubt is None or place == END:
        return interview, [Refused("done")]
    if not yes:
        return replace(interview, doubt=None), [Ask(place)]
    question = dialog[place]
    if question.type is Type.MULTI and isinstance(doubt.value, str):
        return _tick(question, replace(interview, doubt=None), doubt.value)
    return _record(flow, interview, place, doubt.value)


def _back(dialog: Dialog, flow: Flow, interview: Interview) -> Step:
    path = flow.path(interview.values)
    place = current(flow, interview)
    passed = path[: path.index(place)] if place in path else path
    asked = [id_ for id_ in passed if dialog[id_].type is not Type.OFFER]
    if not asked:
        return _next(flow, replace(interview, doubt=None), [Refused("first")])
    return _edit(dialog, flow, interview, asked[-1])


def _edit(dialog: Dialog, flow: Flow, interview: Interview, question: str) -> Step:
    if question not in dialog or question not in flow.path(interview.values):
        return interview, [Refused("old")]
    answer = interview.answers.get(question)
    ticks = answer if isinstance(answer, tuple) else ()
    return replace(_settled(interview), looking=question, ticks=ticks), [Ask(question)]
