"""A file from the person: examined, tried, used as the documents' letterhead, forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import drafting, letterhead
from bot.conversation.hearing import Examined, Sent
from bot.conversation.reply import Examine, Reply, TestPage
from bot.conversation.screen import Screen
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn

Result = tuple[Conversation, list[Reply]]


def expected(turn: Turn) -> bool:
    """Whether a file can be anything but a mistake: documents are under way."""
    return turn.state.place in letterhead.PLACES or bool(drafting.wanted(turn))


def ask(turn: Turn) -> Result:
    """Wait for a file; where the person came from is kept."""
    return show(turn.then(_waiting(turn)))


def _waiting(turn: Turn) -> Conversation:
    return replace(turn.state.at("letterhead"), home=_home(turn), trial="")


def _home(turn: Turn) -> str:
    if turn.state.place in letterhead.PLACES:
        return turn.state.home
    return "summary" if turn.state.place == "writing" else turn.state.place


def receive(turn: Turn, sent: Sent) -> Result:
    """Have the file examined, and kept under a name made by chance."""
    return _waiting(turn), [Examine(sent, turn.token)]


def examined(turn: Turn, found: Examined) -> Result:
    """What became of the file; nothing once the person is elsewhere."""
    if turn.state.place not in letterhead.PLACES:
        return turn.state, []
    if found.refused:
        why = turn.say(f"letterhead.{found.refused}", **found.words)
        return turn.state, [replace(letterhead.ask_screen(turn, why), fresh=True)]
    turn = turn.then(_tried(turn, found))
    if found.fields:
        return turn.state, [letterhead.found_screen(turn, found)]
    if found.lines:
        return turn.state, [letterhead.lines_screen(turn, found.lines)]
    return try_out(turn)


def _tried(turn: Turn, found: Examined) -> Conversation:
    """The file on trial, and which of the files kept have fields."""
    forms = [name for name in turn.state.forms if name == turn.state.letterhead]
    forms += [found.trial] if found.fields else []
    return replace(turn.state.at("trial"), trial=found.trial, forms=tuple(forms))


def try_out(turn: Turn) -> Result:
    """A page on the new paper, and the question."""
    if not turn.state.trial or turn.state.trial in turn.state.forms:
        return show(turn)
    good = Screen(turn.say("letterhead.good"), fresh=True)
    return turn.state, [good, TestPage(turn.state.trial), letterhead.trial_screen(turn)]


def use(turn: Turn) -> Result:
    """From now on the documents are written on it."""
    if not turn.state.trial:
        return show(turn)
    used = turn.state.trial
    forms = tuple(name for name in turn.state.forms if name == used)
    return _back(turn, replace(turn.state, letterhead=used, trial="", forms=forms), "used")


def forget(turn: Turn) -> Result:
    """Back to our own paper; the file goes at once."""
    if not turn.state.letterhead:
        return show(turn)
    said = "form_forgotten" if letterhead.filled(turn) else "forgotten"
    return _back(turn, replace(turn.state, letterhead="", forms=()), said)


def _back(turn: Turn, state: Conversation, said: str) -> Result:
    state = replace(state.at(_home(turn) or "asking"), home="")
    return show(turn.then(state), turn.say(f"letterhead.{said}"))
