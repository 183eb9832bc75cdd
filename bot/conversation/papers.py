"""The screens of documents: what will be written, what is asked first, what was sent."""

from __future__ import annotations

from bot.conversation import letterhead, retention
from bot.conversation.drafting import (
    blocking,
    called_for,
    missing,
    required_missing,
    status,
    wanted,
)
from bot.conversation.reply import Deliver
from bot.conversation.screen import Screen, grouped
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Blank
from bot.core.flow import END
from bot.core.interview import Interview

SECONDS_A_QUESTION, SECONDS_A_DETAIL = 15, 20


def tongue_screen(turn: Turn) -> Screen:
    """In which language the documents are wanted."""
    offered = (turn.button(f"btn.tongue.{lang}", "g", "tongue", lang) for lang in ("fr", "en"))
    return Screen(turn.say("doc.tongue", names=_names(turn)), grouped(offered))


def _names(turn: Turn) -> str:
    return speech.listed([turn.say(f"doc.name.{kind}") for kind in wanted(turn)], turn.lang)


def intro_screen(turn: Turn, note: str = "") -> Screen:
    """What will be written, and how many questions it takes."""
    needed, every, all_ = (_left(turn, depth) for depth in ("utile", "tout", "detail"))
    if not all_:
        return summary_screen(turn, note)
    text = turn.say("doc.intro", names=_names(turn))
    text += "\n" + _count(turn, needed, every, all_ - every)
    offered = (("needed", needed, 0), ("every", every, needed), ("detail", all_, every))
    buttons = [turn.button(f"btn.{act}", "x", act, n=n) for act, n, less in offered if n > less]
    rows = grouped([*buttons, turn.button("btn.generate_now", "x", "generate")])
    return Screen("\n\n".join(part for part in (note, text) if part), rows)


def _count(turn: Turn, needed: int, every: int, details: int) -> str:
    minutes = max(1, round(details * SECONDS_A_DETAIL / 60))
    length = turn.say("doc.minutes", n=minutes)
    more = turn.say("doc.count_detail", n=details, length=length) if details else ""
    if not needed:
        said = turn.say("doc.count_optional", n=every) if every else turn.say("doc.count_done")
        return f"{said} {more}".rstrip()
    low, high = (max(1, round(n * SECONDS_A_QUESTION / 60)) for n in (needed, every))
    optional = every - needed
    said = turn.say("doc.count", n=needed, optional=optional, low=low, high=max(high, low + 1))
    return f"{said} {more}".rstrip()


def _left(turn: Turn, depth: str) -> int:
    """How many document questions have no answer yet, at one depth."""
    interview = turn.interview
    given = {**interview.given, "depth": depth}
    steps = turn.steps("documents", Interview(interview.id, 0, interview.answers, given))
    return sum(id_ not in interview.answers for id_ in steps)


def summary_screen(turn: Turn, note: str = "") -> Screen:
    """What the documents will say, read once before they are written."""
    steps = turn.steps("documents")
    lines = [turn.say("doc.summary", status=status(turn))]
    lines.append(turn.say("doc.named", names=_names(turn)))
    for id_ in steps:
        held = turn.interview.answers.get(id_)
        if held is not None and not isinstance(held, Blank):
            name = turn.text(turn.question(id_).short) or turn.text(turn.question(id_).text)
            answer = turn.answer(id_, held)
            lines.append(turn.say("review.line", name=name, answer=answer))
    parts = [note, "\n".join(lines), _to_complete(turn), _why_draft(turn)]
    rows = grouped(
        [
            turn.button("btn.preview", "x", "preview"),
            turn.button("btn.generate", "x", "generate"),
            turn.button("btn.change", "g", "modify"),
            letterhead.offered(turn),
        ]
    )
    return Screen("\n\n".join(part for part in parts if part), rows, strong=lines[0])


def _to_complete(turn: Turn) -> str:
    listed, every = missing(turn), called_for(turn, "tout")
    asked = [id_ for id_ in listed if id_ in every]
    names = [speech.lower_first(turn.text(turn.question(id_).short)) for id_ in asked]
    if details := len(listed) - len(asked):
        names.append(turn.say("doc.details", n=details))
    return turn.say("doc.to_complete", names=", ".join(names)) if names else ""


def _why_draft(turn: Turn) -> str:
    by_id = {one.id: one for one in turn.library.model.contradictions}
    reasons = [turn.text(by_id[id_].text) for id_ in blocking(turn)]
    n = len(required_missing(turn))
    if n:
        reasons.insert(0, turn.say("doc.why_missing", n=n))
    if reasons:
        return turn.say("doc.why_draft", reasons=" ".join(reasons))
    return turn.say("doc.offer_draft") if _offer_unconfirmed(turn) else ""


def _offer_unconfirmed(turn: Turn) -> bool:
    """Whether there is a job offer, for a position not yet confirmed open and funded."""
    answers = turn.interview.answers
    hired = "fiche_cdo" in wanted(turn) and answers.get("option") == "permanent_cdo"
    return hired and answers.get("post_funded") != "oui"


def writing_screen(turn: Turn, note: str = "") -> Screen:
    """What is being done, and how long it takes."""
    return Screen(note or turn.say("doc.writing_phone" if turn.state.arg else "doc.writing"))


def delivery(turn: Turn) -> Deliver:
    """The documents to write: whole, or in the edition for a phone."""
    phone = turn.state.arg == "phone"
    return Deliver(turn.interview.id, wanted(turn), turn.state.version, phone)


def delivered_screen(turn: Turn) -> Screen:
    """What was sent, what it still needs, and what to do next."""
    n, phone = len(missing(turn)), turn.state.arg == "phone"
    said = _delivered(turn, n)
    if phone:
        said = turn.say("doc.phone", n=turn.state.version, status=status(turn))
    buttons = [turn.button("btn.complete", "x", "detail", n=n)] if n else []
    buttons += [] if phone else [turn.button("btn.phone", "x", "phone")]
    buttons += [
        turn.button("btn.change", "g", "modify"),
        turn.button("btn.choose_other", "g", "options"),
        *([turn.button("btn.invite", "s", "new")] if turn.bot and turn.session is None else []),
        turn.button("btn.finish", "g", "bye"),
    ]
    return Screen(f"{said}\n\n{turn.say('next.head')}", grouped(buttons), fresh=True)


def _delivered(turn: Turn, blanks: int) -> str:
    parts = [
        turn.say("doc.version", n=turn.state.version, status=status(turn)),
        turn.say("doc.before") if turn.state.version > 1 else "",
        turn.say("doc.caution"),
    ]
    parts += [turn.say("doc.blanks")] if blanks else []
    parts.append(turn.say("doc.kept", date=speech.day(retention.kept_until(turn), turn.lang)))
    return "\n\n".join([" ".join(parts[:2]).strip(), *parts[2:]])


def document_screen(turn: Turn) -> Screen:
    """/document: what there is to receive or complete, at any moment."""
    if not wanted(turn):
        at_end = turn.library.flows["diagnostic"].position(turn.interview.values) == END
        key, place = ("btn.recommendation", "advice") if at_end else ("btn.resume", "resume")
        button = turn.button(key, "g", place)
        return Screen(turn.say("doc.not_yet"), ((button,),))
    n = len(missing(turn))
    head = f"{turn.say('doc.yours')}\n{letterhead.status(turn)}"
    if turn.state.version:
        version = turn.say("doc.version", n=turn.state.version, status=status(turn))
        head = f"{head}\n{version}"
    buttons = [turn.button("btn.receive", "x", "generate")]
    buttons += [turn.button("btn.phone", "x", "phone")] if turn.state.version else []
    buttons += [turn.button("btn.complete", "x", "detail", n=n)] if n else []
    buttons += [
        letterhead.offered(turn),
        turn.button("btn.change", "g", "modify"),
        turn.button("btn.choose_other", "g", "options"),
    ]
    return Screen(head, grouped(buttons, single=True), strong=turn.say("doc.yours"))


def bye_screen(turn: Turn) -> Screen:
    """The end, and how to come back."""
    return Screen(turn.say("bye"))


def failed_screen(turn: Turn) -> Screen:
    """The files could not be written; nothing is lost."""
    deed = "phone" if turn.state.arg == "phone" else "generate"
    return Screen(turn.say("doc.failed"), ((turn.button("btn.retry", "x", deed),),), fresh=True)
