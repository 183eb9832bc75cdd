"""The sources as a person reads them: who says it, since when, with what interest."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.personal import resume_button
from bot.conversation.screen import Button, Rows, Screen, grouped, spread
from bot.conversation.turn import Turn
from bot.core.sources import Source, work_of

ACROSS = 3
DATED = ("unverified", "verified_with_nuance")
"""The facts on the market that need their date and their check: those of the box."""


def source_buttons(turn: Turn, ids: Iterable[str]) -> Rows:
    """A button for each source cited on a screen."""
    known = dict.fromkeys(ids)
    return spread([turn.labelled(id_, "g", "source", id_) for id_ in known], ACROSS)


def sources_screen(turn: Turn, wanted: str = "", *, cited: bool = False) -> Screen:
    """One source, or the five founding articles with who sells what.

    `cited` tells that it was opened from a citation, and goes back there.
    """
    found = turn.library.sources.get(wanted.strip().upper())
    rows = ((_back(turn) if cited else resume_button(turn),),)
    if wanted.strip() and found is None:
        return Screen(turn.say("sources.unknown", id=wanted.strip()[:20]), rows)
    if found is not None:
        return Screen(_source(turn, found.id), rows, strong=found.id)
    articles = sorted(id_ for id_ in turn.library.sources if len(id_) == 4 and id_[0] == "S")
    lines = [_source(turn, id_) for id_ in articles]
    text = "\n\n".join([turn.say("sources.head"), *lines, turn.say("sources.more")])
    buttons = [turn.button("btn.figures", "g", "figures"), resume_button(turn)]
    return Screen(text, grouped(buttons, single=True))


def _back(turn: Turn) -> Button:
    return turn.button("btn.back", "g", "resume")


def _source(turn: Turn, id_: str) -> str:
    source = turn.library.sources[id_]
    bearer = turn.library.sources.get(work_of(id_), source)
    where = source.ref
    if bearer.title:
        title = bearer.title.replace("« ", "“").replace(" »", "”")
        author, dated = turn.text(bearer.author), turn.text(bearer.date)
        where = turn.say("sources.where", author=author, title=title, date=dated)
    lines = [_checked(turn, id_), turn.text(source.text), where, _interest(turn, source, bearer)]
    return "\n".join(line for line in lines if line)


def _interest(turn: Turn, source: Source, bearer: Source) -> str:
    """What the author gains by being believed: in a sentence for an article, else in short."""
    if source is bearer or not bearer.stake:
        return turn.text(bearer.bias)
    return turn.say("sources.stake", stake=turn.text(bearer.stake))


def _checked(turn: Turn, id_: str) -> str:
    """« S003-F03 · non vérifié »."""
    check = turn.library.checks.get(turn.library.sources[id_].check)
    return f"{id_} · {turn.text(check)}" if check else id_


def figures_screen(turn: Turn) -> Screen:
    """« Repères datés » : the figures that the articles quote, their date and their check."""
    every = turn.library.sources.values()
    lines = [_dated(turn, one) for one in every if one.kind == "fact" and one.check in DATED]
    head = turn.say("figures.head")
    rows = ((turn.button("btn.sources", "g", "sources"), resume_button(turn)),)
    return Screen("\n\n".join([head, "\n".join(lines)]), rows, strong=head)


def _dated(turn: Turn, source: Source) -> str:
    year = turn.text(turn.library.sources[work_of(source.id)].date)
    return f"• {turn.text(source.text)} [{source.id}, {year}]"
