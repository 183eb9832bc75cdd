"""The answers read again, section by section, each with a way to change it."""

from __future__ import annotations

from bot.conversation.asking import offered
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.turn import Turn
from bot.core.dialog import Blank, Dialog, offer_of
from bot.core.flow import END


def sections(turn: Turn) -> list[tuple[Dialog, str, list[str]]]:
    """Dialog, module and questions of each section that has begun."""
    found: list[tuple[Dialog, str, list[str]]] = []
    for name in ("diagnostic", "documents"):
        if name == "documents" and not turn.interview.given.get("documents"):
            continue
        dialog, steps = turn.library.dialogs[name], turn.steps(name)
        for module in dialog.modules:
            mine = [id_ for id_ in steps if dialog[id_].module == module.id]
            if any(id_ in turn.interview.answers for id_ in mine):
                found.append((dialog, module.id, mine))
    return found


def answered(turn: Turn, ids: list[str]) -> int:
    """How many of these questions have an answer; « sans objet » is one, « je ne sais pas » not."""
    unknown = (None, Blank.NSP, Blank.SKIPPED)
    return sum(turn.interview.answers.get(id_) not in unknown for id_ in ids)


def finished(turn: Turn) -> bool:
    """Whether every question of the diagnostic has been met, or its answers are settled."""
    if turn.shared is not None:
        return True
    steps = turn.library.flows["diagnostic"].position(turn.interview.values)
    return steps == END


def sections_screen(turn: Turn, note: str = "") -> Screen:
    """All the sections with their counts."""
    found = sections(turn)
    changing = turn.state.arg == "modifier"
    head = turn.say("modify.sections") if changing else turn.say("review.sections")
    gaps = "" if changing else _gaps(turn, found)
    buttons = [_section_button(turn, *section) for section in found]
    text = "\n".join(part for part in (note, head, gaps) if part)
    return Screen(text, grouped(buttons) + grouped(_ways_on(turn, changing=changing)))


def _ways_on(turn: Turn, *, changing: bool) -> list[Button]:
    if changing:
        return [turn.button("btn.change_nothing", "g", "resume")]
    if finished(turn):
        return [turn.button("btn.all_right", "g", "reviewed")]
    return [turn.button("btn.resume", "g", "resume")]


def _section_button(turn: Turn, dialog: Dialog, module: str, ids: list[str]) -> Button:
    name = turn.text(dialog.module(module).short)
    label = f"{name} · {answered(turn, ids)}/{len(ids)}"
    return turn.labelled(label, "g", "section", module)


def _gaps(turn: Turn, found: list[tuple[Dialog, str, list[str]]]) -> str:
    done = finished(turn)
    missing = []
    for dialog, module, ids in found:
        met = [id_ for id_ in ids if done or id_ in turn.interview.answers]
        if n := len(met) - answered(turn, met):
            missing.append((turn.text(dialog.module(module).short), n))
    if not missing:
        return turn.say("review.complete") if done else ""
    return "\n".join(turn.say("review.missing", n=n, section=name) for name, n in missing)


def section_screen(turn: Turn, module: str, note: str = "") -> Screen:
    """One section: its answers, numbered, and a button for each."""
    dialog, _, ids = next(s for s in sections(turn) if s[1] == module)
    known = [id_ for id_ in ids if id_ in turn.interview.answers]
    head = turn.say("review.section", section=turn.text(dialog.module(module).short))
    lines = [f"{n}. {_line(turn, id_)}" for n, id_ in enumerate(known, start=1)]
    buttons = [turn.labelled(str(n), "e", id_) for n, id_ in enumerate(known, start=1)]
    if dialog.id == "diagnostic" and _deepens(turn, dialog, module):
        buttons.append(turn.button("btn.deepen", "g", "deepen", module))
    rows = (*grouped(buttons), (turn.button("btn.sections", "g", "sections"),))
    body = "\n".join([head, *lines])
    parts = [note, body, turn.say("review.pick")]
    return Screen("\n\n".join(part for part in parts if part), rows)


def _deepens(turn: Turn, dialog: Dialog, module: str) -> bool:
    """Whether the section still has deep-dives that are not on the path."""
    if offer_of(module) not in dialog or not finished(turn):
        return False
    steps = set(turn.steps("diagnostic"))
    return any(q.id not in steps for q in offered(turn, dialog, module, every=True))


def _line(turn: Turn, id_: str) -> str:
    question = turn.question(id_)
    held = turn.interview.answers[id_]
    unknown = isinstance(held, Blank) and held is not Blank.SO
    answer = turn.say("answer.blank") if unknown else turn.answer(id_, held)
    asked = turn.text(question.text)
    if question.short:
        return turn.say("review.line", name=turn.text(question.short), answer=answer)
    return f"{asked} {answer}"
