"""What a person does, and what the bot answers: one turn in, the next state and replies out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.conversation import asking, citing, papers, personal, receiving, repair
from bot.conversation.acting import act
from bot.conversation.answering import assume, say
from bot.conversation.carry import carry
from bot.conversation.choosing import give_reason
from bot.conversation.commands import SYNONYMS
from bot.conversation.editing import corrected
from bot.conversation.going import (
    go,
    open_up,
    resume,
    step_back,
)
from bot.conversation.hearing import (
    Brought,
    Command,
    Delivered,
    Due,
    Examined,
    Hearing,
    Moved,
    Placed,
    Polled,
    Posted,
    Sent,
    Tap,
    Typed,
    Unreadable,
    decode,
)
from bot.conversation.pressing import press
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.session import attending, bringing, curiosity, deeds, notices
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.reading import fold

Result = tuple[Conversation, list[Reply]]

WHOLE_MESSAGE = 4000
"""From this many characters on, a text is a part of a longer one that Telegram cut."""
SAME_BREATH = timedelta(seconds=5)
REST = timedelta(hours=6)
"""After this silence, whoever writes is told first where they stood."""


def respond(turn: Turn, heard: Hearing) -> Result:
    """One turn. Whatever was heard, the person gets a reply and no answer is lost."""
    turn, news = carry(attending.freed(turn, heard))
    state, replies = _heard(turn, heard)
    replies = attending.kept_up(turn, state, replies)
    replies = attending.heard_from(turn, heard, replies)
    touched = turn.state.touched if isinstance(heard, Due) else turn.now
    return replace(state, touched=touched), [*news, *replies]


def back_again(turn: Turn, *, stopped: bool) -> list[Reply]:
    """The place where the person stands; after a stop, that the answers are intact."""
    if not turn.state.begun:
        return open_up(turn)[1]
    note = turn.say("repair.outage", n=personal.count(turn)) if stopped else ""
    return show(turn, note, fresh=True)[1]


def _heard(turn: Turn, heard: Hearing) -> Result:
    if turn.interview.misses and not isinstance(heard, Typed):
        # Misses count in a row: anything else in between starts the count again.
        calm = replace(turn.interview, misses=0)
        turn = turn.then(replace(turn.state, interview=calm))
    match heard:
        case Delivered(version, ok):
            return _delivered(turn, version, ok=ok)
        case Examined():
            return receiving.examined(turn, heard)
        case Brought():
            return bringing.brought(turn, heard)
        case Due(session, topic):
            return notices.due(turn, session, topic)
        case Polled() | Posted() | Placed() | Moved():
            return turn.state, []
        case Command(name, rest):
            return _command(turn, name, rest)
        case Tap():
            return press(turn, heard)
        case _ if not turn.state.begun:
            return open_up(turn)
        case Typed(text):
            return _typed(turn, text)
        case Sent() if receiving.expected(turn):
            return receiving.receive(turn, heard)
        case Sent():
            return show(turn, repair.unreadable(turn, "file"), fresh=True)
        case Unreadable("edited", text):
            return corrected(turn, text)
        case Unreadable(kind, _):
            return show(turn, repair.unreadable(turn, kind), fresh=True)


def _delivered(turn: Turn, version: int, *, ok: bool) -> Result:
    state = turn.state
    waiting = state.place == "writing"
    if version != state.version or (ok and not waiting):
        return state, []
    if not ok:
        # Whoever went elsewhere meanwhile stays there, and reads it all the same.
        state = state.at("summary") if waiting else state
        state = replace(state, version=state.version if state.issued else 0)
        return state, [papers.failed_screen(turn.then(state))]
    issued = dict(turn.interview.answers)
    state = replace(state.at("delivered", state.arg), issued=issued)
    return state, [papers.delivered_screen(turn.then(state))]


def _typed(turn: Turn, text: str) -> Result:
    state, now = turn.state, turn.now
    breath = state.touched is not None and now - state.touched < SAME_BREATH
    if state.long and breath:
        return replace(state, long=len(text) >= WHOLE_MESSAGE), []
    rested = state.paused or (state.touched is not None and now - state.touched > REST)
    turn = turn.then(replace(state, paused=False, long=len(text) >= WHOLE_MESSAGE))
    if rested and not turn.waiting:
        return turn.state, [personal.back_screen(turn)]
    if curiosity.asks(turn, text):
        return turn.state, [curiosity.screen(turn)]
    if repair.wants_human(turn, text):
        buttons = grouped(
            [personal.resume_button(turn), turn.button("btn.pause", "x", "pause")], single=True
        )
        return turn.state, [repair.human_screen(turn, Screen("", buttons))]
    if turn.state.place == "reason":
        return give_reason(turn, text)
    if turn.state.place == "param":
        return assume(turn, text)
    if turn.state.place in deeds.TYPED:
        return deeds.TYPED[turn.state.place](turn, text)
    if asking.open_question(turn):
        return say(turn, text)
    return _typed_label(turn, text)


def _typed_label(turn: Turn, text: str) -> Result:
    """On a menu, typing a button's label is tapping it."""
    _, replies = show(turn)
    for reply in replies:
        if isinstance(reply, Screen):
            for button in (button for row in reply.rows for button in row):
                tap = decode(button.action)
                if tap and fold(button.label) == fold(text):
                    return press(turn, tap)
    note = repair.small_talk(turn, text, None) or turn.say("refuse.menu")
    return show(turn, note, fresh=True)


def _command(turn: Turn, name: str, rest: str) -> Result:
    name = SYNONYMS.get(name, name)
    turn = turn.then(replace(turn.state, paused=False, long=False))
    if name == "sources":
        return turn.state, [citing.sources_screen(turn, rest)]
    if name in _ANYTIME:
        return turn.state, [_ANYTIME[name](turn)]
    if turn.waiting and name != "mesdonnees":
        return show(turn, fresh=True)
    if name in deeds.COMMANDS and deeds.concerned(turn, name, rest):
        return deeds.COMMANDS[name](turn, rest)
    if not turn.state.begun and name not in ("mesdonnees", "effacer"):
        return open_up(turn)
    if name in _PLACES:
        return go(turn, _PLACES[name], "")
    match name:
        case "start":
            return turn.state, [personal.running_screen(turn)]
        case "reprendre":
            return resume(turn)
        case "retour":
            return step_back(turn)
        case "pause":
            return act(turn, "pause", "")
    return show(turn, repair.unknown_command(turn, name), fresh=True)


_ANYTIME: dict[str, Callable[[Turn], Screen]] = {
    "aide": personal.help_screen,
    "privacy": personal.privacy_screen,
    "langue": personal.language_screen,
    "reglages": personal.settings_screen,
}


_PLACES = {
    "relire": "recap",
    "modifier": "modify",
    "statut": "status",
    "document": "document",
    "calcul": "costs",
    "parametres": "params",
    "recommencer": "restart",
    "mesdonnees": "mydata",
    "effacer": "erasure",
}
