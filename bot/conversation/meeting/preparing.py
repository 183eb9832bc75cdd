"""Preparing the discussion: three questions that aim at nobody, to be added to the agenda."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.reply import Convene
from bot.conversation.screen import Screen, grouped
from bot.conversation.session.sitting import Result, here, owned, seated
from bot.conversation.turn import Turn


def look(turn: Turn, _: str) -> Result:
    """The three questions, and for the owner whether they are on the agenda."""
    return turn.state, [_screen(turn)]


def _screen(turn: Turn, note: str = "") -> Screen:
    session = here(turn)
    buttons = [turn.button("btn.round_results", "s", "results")]
    if turn.owner and session.results is not None:
        kept = session.openers
        key = "btn.round_openers_off" if kept else "btn.round_openers"
        buttons.insert(0, turn.button(key, "s", "openers", "off" if kept else "on"))
    if turn.owner and turn.shared is not None:
        buttons.append(turn.button("btn.round_plan", "s", "plan"))
    text = turn.say("plan.prepare")
    return Screen(f"{note}\n\n{text}" if note else text, grouped(buttons, single=True))


def openers(turn: Turn, arg: str) -> Result:
    """On the agenda or off it; what was approved before is to be approved anew."""
    session = here(turn)
    if session.results is None:
        return look(turn, "")
    kept = arg == "on"
    changed = replace(session, openers=kept, approved=()) if kept != session.openers else session
    turn = turn.convened(changed)
    shown = _screen(turn, turn.say("plan.openers_on" if kept else "plan.openers_off"))
    return turn.state, [*([Convene(changed)] if changed != session else []), shown]


DEEDS = {"prepare": seated(look), "openers": owned(openers)}
