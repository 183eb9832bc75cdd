"""Somebody would like to know what another person answered: a kind no, and what can be shown."""

from __future__ import annotations

import re

from bot.conversation import personal
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen, grouped
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.reading import fold


def asks(turn: Turn, text: str) -> bool:
    """Whether typed words ask for somebody's answers."""
    if turn.seat is None or len(text) > 200:
        return False
    said = fold(text)
    return any(re.search(rf"\b{fold(word)}\b", said) for word in turn.library.chatter["individual"])


def screen(turn: Turn, key: str = "refuse.individual") -> Screen:
    """Nobody's answers are shown; the committee's are, grouped, once a round is closed."""
    shown = turn.session is not None and turn.session.results is not None
    later = "refuse.individual_now" if shown else "refuse.individual_later"
    buttons = [personal.resume_button(turn)]
    if shown:
        prepare = turn.button("btn.round_prepare", "s", "prepare")
        buttons = [turn.button("btn.distribution", "s", "results"), prepare, *buttons]
    text = f"{turn.say(key)} {turn.say(later)}"
    return Screen(text, grouped(buttons, single=True), fresh=True)


def others_data(turn: Turn, rest: str) -> tuple[Conversation, list[Reply]]:
    """/mesdonnees followed by somebody's function: only one's own data are given."""
    if rest:
        return turn.state, [screen(turn, "refuse.others_data")]
    return turn.state, [personal.my_data_screen(turn)]


COMMANDS = {"mesdonnees": others_data}
