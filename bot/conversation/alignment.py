"""The alignment in words: the score, its level, and where to begin."""

from __future__ import annotations

from bot.conversation.arguments import Argument, bullets
from bot.conversation.citing import source_buttons
from bot.conversation.screen import Screen
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.alignment import Dimension


def score_line(turn: Turn) -> str:
    """« Alignement marketing-ventes : 43/100, « Défini » »."""
    score, level = turn.alignment.overall, turn.alignment.level
    if score is None or level is None:
        return turn.say("reco.no_alignment")
    return turn.say("reco.alignment", score=speech.whole(score), level=turn.text(level.name))


def alignment_screen(turn: Turn) -> Screen:
    """Under the chart: the level, and the two lowest dimensions with one advice each."""
    level, weak = turn.alignment.level, _weak(turn)
    advised = [_advice(turn, dimension) for dimension in weak]
    head = score_line(turn)
    first = "\n".join([head, turn.text(level.text)] if level else [head])
    parts = [first, _first_steps(turn, advised)]
    cited = [id_ for one in advised for id_ in one.sources]
    back = (turn.button("btn.back_reco", "g", "advice"),)
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, (back, *source_buttons(turn, cited)), strong=head, fresh=True)


def _weak(turn: Turn) -> list[Dimension]:
    by_id = {one.id: one for one in turn.library.expertise.scale.dimensions}
    return [by_id[id_] for id_ in turn.alignment.weak()]


def _first_steps(turn: Turn, advised: list[Argument]) -> str:
    if not advised:
        return turn.say("align.all_high") if turn.alignment.dimensions else ""
    lines = [turn.say("align.lowest", n=len(advised)), bullets(turn, advised)]
    if others := turn.alignment.as_low():
        lines.append(turn.say("align.as_low", n=others))
    return "\n".join(lines)


def _advice(turn: Turn, dimension: Dimension) -> Argument:
    """« Connaissance client partagée, 25/100 (indicatif : une seule question). Réunir … »."""
    found = turn.alignment
    key = "align.one_question" if found.items[dimension.id] == 1 else "align.dimension"
    named = turn.say(
        key, name=turn.text(dimension.name), score=speech.whole(found.dimensions[dimension.id])
    )
    advice = turn.ours(turn.text(dimension.advice))
    return Argument(f"{named} {advice}", dimension.advice_sources[:1])
