"""Going on without a second round: the results go to everybody at once."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.meeting import scheduling
from bot.conversation.reply import Convene
from bot.conversation.rounds import diverging, results
from bot.conversation.screen import Screen, grouped
from bot.conversation.session.sitting import Result, here, news, others, owned
from bot.conversation.turn import Turn
from bot.core.session import Phase


def skip(turn: Turn, arg: str) -> Result:
    """First what it closes, where a second round was possible; then the results."""
    session = here(turn)
    if session.phase is Phase.CLOSED:
        return scheduling.begin(turn, "")
    if session.phase is not Phase.BETWEEN or session.digest is None:
        return results.open_up(turn)
    if arg != "yes" and diverging.to_ask_again(turn, session.digest):
        buttons = [turn.button("btn.round_skip", "s", "skip", "yes")]
        buttons.append(turn.button("btn.round_all_points", "s", "divergences"))
        return turn.state, [Screen(turn.say("results.skip"), grouped(buttons, single=True))]
    session = replace(session, phase=Phase.CLOSED, closed=turn.instant)
    turn = turn.convened(session)
    state, shown = results.open_up(turn)
    return state, [Convene(session), *news(turn, others(turn), "results"), *shown]


DEEDS = {"skip": owned(skip)}
