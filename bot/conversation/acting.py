"""Doing what a button says: agree, change language, write, erase, start again."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import alignment, drafting, expiry, personal, recap, receiving, reckoning
from bot.conversation.answering import closed
from bot.conversation.going import go, open_up, resume
from bot.conversation.reply import Erase, Export, Picture, Reply
from bot.conversation.screen import Screen
from bot.conversation.session import convening, leaving, welcome
from bot.conversation.show import below, show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.costs import Param
from bot.core.dialog import Blank
from bot.core.interview import Interview

CHARTS = {"options": ("options", "alignment"), "costs": ("costs",)}
DEPTHS = {"needed": "utile", "every": "tout", "detail": "detail"}
Result = tuple[Conversation, list[Reply]]


def begin(turn: Turn) -> Conversation:
    """A conversation with nobody's answers yet, in the turn's language."""
    dialogs = turn.library.dialogs.values()
    interview = Interview(
        id=turn.token[:6],
        seed=int(turn.token[6:12] or "0", 16),
        given={"owner": "oui"},
        versions={dialog.id: dialog.version for dialog in dialogs},
    )
    return Conversation(interview, lang=turn.lang, touched=turn.now)


def act(turn: Turn, act: str, arg: str) -> Result:
    """A deed, by its name; one that cannot be done now shows where the person stands."""
    state = turn.state
    match act:
        case "consent" if not state.begun:
            return _consent(turn)
        case "lang" if arg in ("fr", "en"):
            return _language(turn, arg)
        case "pause":
            state = replace(state, paused=True)
            return state, [personal.pause_screen(turn)]
        case "stay":
            return state, [expiry.stays_screen(turn)]
        case "export":
            return state, [Export("mes-donnees"), personal.exported_screen(turn)]
        case "kept":
            return _kept(turn)
        case "erase" if turn.seat is not None:
            return leaving.leave(turn, leaving.ALL)
        case "erase":
            receipt = f"EF-{turn.token[-4:].upper()}"
            return state, [personal.erased_screen(turn, receipt), Erase()]
        case "restart":
            return _restart(turn)
        case "apply" | "discard":
            return _settle(turn, apply=act == "apply")
    return _on_paper(turn, act, arg)


def _on_paper(turn: Turn, act: str, arg: str) -> Result:
    """A deed about the documents: their questions, figures, letterhead, and writing them."""
    state = turn.state
    match act:
        case "generate" | "phone" | "chart" | "preview" if welcome.withheld(turn):
            return go(turn, "advice", "")
        case "needed" | "every" | "detail":
            return _answer_papers(turn, DEPTHS[act])
        case "generate" if state.place != "writing":
            return _generate(turn)
        case "phone" if state.version and state.place != "writing":
            return _generate(turn, phone=True)
        case "default" if (param := reckoning.find(turn, arg)) is not None:
            return _reset(turn, param)
        case "chart" if arg in CHARTS and recap.finished(turn):
            return state, [*(Picture(name) for name in CHARTS[arg]), _after_charts(turn, arg)]
        case "preview" if drafting.wanted(turn):
            return state, [Picture("preview"), *below(show(turn)[1])]
        case "paper":
            return receiving.use(turn)
        case "plain":
            return receiving.forget(turn)
    return show(turn)


def _kept(turn: Turn) -> Result:
    """Nothing is erased after all: back to where the person was."""
    said = turn.say("privacy.not_erased")
    if turn.state.begun:
        return turn.state, show(turn, said, again=True)[1]
    if turn.seat is not None:
        return open_up(turn)
    return turn.state, [Screen(said), personal.consent_screen(turn)]


def _reset(turn: Turn, param: Param) -> Result:
    """A cost assumption as it is authored again."""
    state = reckoning.changed(turn, param, None).at("costs")
    return show(turn.then(state), turn.say("params.reset", name=turn.text(param.name)))


def _after_charts(turn: Turn, name: str) -> Screen:
    """Below the pictures: where to begin, for the alignment; the way back."""
    if name == "options":
        return alignment.alignment_screen(turn)
    rows = ((turn.button("btn.back_reco", "g", "advice"),),)
    return Screen(turn.say("chart.after"), rows, fresh=True)


def _consent(turn: Turn) -> Result:
    if turn.seat is not None:
        return open_up(turn)
    seance = turn.state.place == "consent" and turn.state.arg == "seance"
    state = replace(turn.state.at("asking"), consent=turn.now)
    done = Screen(turn.say("ack.consent", date=speech.clock(turn.now, turn.lang)))
    if seance:
        state, replies = convening.begin(turn.then(state))
    else:
        state, replies = show(turn.then(state))
    return state, [done, *below(replies)]


def _language(turn: Turn, lang: str) -> Result:
    turn = turn.then(replace(turn.state, lang=lang))
    if not turn.state.begun:
        if turn.seat is not None or turn.state.place == "invited":
            return open_up(turn)
        state = turn.state.at("consent", turn.state.arg)
        return state, [Screen(turn.say("lang.first")), personal.consent_screen(turn.then(state))]
    n = personal.count(turn)
    return show(turn, turn.say("lang.done" if n else "lang.first", n=n), again=True)


def _answer_papers(turn: Turn, depth: str) -> Result:
    """Ask the document questions at a depth; those passed over come back when all are wanted."""
    if not drafting.wanted(turn):
        return show(turn)
    documents = turn.library.dialogs["documents"]
    answers = {
        id_: held
        for id_, held in turn.interview.answers.items()
        if not (id_ in documents and held is Blank.SKIPPED)
    }
    given = {**turn.interview.given, "depth": depth}
    interview = replace(turn.interview, answers=answers, given=given, looking="")
    return show(turn.then(replace(turn.state.at("asking"), interview=interview)))


def _generate(turn: Turn, note: str = "", *, phone: bool = False) -> Result:
    """Write the documents; after a change, the new version whole rather than for a phone."""
    kinds = drafting.wanted(turn)
    if not kinds:
        return show(turn)
    version = turn.state.version or 1
    edition = "phone" if phone else ""
    if drafting.changed(turn):
        version, edition = version + 1, ""
    state = replace(turn.state.at("writing", edition), version=version, home="", origin="")
    return show(turn.then(state), note)


def _restart(turn: Turn) -> Result:
    if welcome.frozen(turn):
        return show(turn.then(turn.state.at("answered")))
    fresh = replace(begin(turn), lang=turn.lang, consent=turn.state.consent)
    if turn.seat is not None:
        role = {"role": turn.interview.answers["role"]}
        interview = replace(fresh.interview, given=_given(turn), answers=role)
        fresh = replace(fresh, member=turn.state.member, interview=interview)
    return show(turn.then(fresh.at("asking")), turn.say("restart.done"))


def _given(turn: Turn) -> dict[str, object]:
    """What is known of somebody who starts their part of a session again."""
    return {"owner": "oui"} if turn.interview.given.get("owner") else {}


def _settle(turn: Turn, *, apply: bool) -> Result:
    """Apply or drop a change whose effects were shown."""
    proposal, state = turn.state.proposal, turn.state
    if proposal is None:
        return resume(turn)
    if welcome.frozen(turn) and turn.dialog_of(proposal.question).id == "diagnostic":
        return closed(turn)
    interview = replace(state.interview, looking="", ticks=(), doubt=None)
    if not apply:
        turn = turn.then(replace(state, proposal=None, interview=interview))
        return resume(turn)
    before = turn.steps("diagnostic")
    answers = {**interview.answers, proposal.question: proposal.answer}
    state = replace(state, proposal=None, interview=replace(interview, answers=answers))
    turn = turn.then(state)
    said = turn.answer(proposal.question, proposal.answer)
    if turn.state.version and state.home in ("delivered", "bye", "writing"):
        return _generate(turn, turn.say("doc.rewriting", n=turn.state.version + 1))
    note = turn.say("ack.changed", answer=said)
    steps = turn.steps("diagnostic")
    if len(steps) != len(before):
        note += " " + turn.say("progress.added", total=len(steps))
    home = state.home or "asking"
    state = replace(state.at(home), home="", origin="")
    return show(turn.then(state), note, again=True)
