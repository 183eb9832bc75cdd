"""The sources as a person reads them: who says it, since when, with what interest."""

from __future__ import annotations

from bot.conversation.personal import resume_button
from bot.conversation.screen import Screen
from bot.conversation.turn import Turn
from bot.core.sources import work_of


def sources_screen(turn: Turn, wanted: str = "") -> Screen:
    """One source, or the five founding articles with who sells what."""
    found = turn.library.sources.get(wanted.strip().upper())
    rows = ((resume_button(turn),),)
    if wanted.strip() and found is None:
        return Screen(turn.say("sources.unknown", id=wanted.strip()[:20]), rows)
    if found is not None:
        return Screen(_source(turn, found.id), rows, strong=found.id)
    articles = sorted(id_ for id_ in turn.library.sources if len(id_) == 4 and id_[0] == "S")
    lines = [_source(turn, id_) for id_ in articles]
    text = "\n\n".join([turn.say("sources.head"), *lines, turn.say("sources.more")])
    return Screen(text, rows)


def _source(turn: Turn, id_: str) -> str:
    source = turn.library.sources[id_]
    bearer = turn.library.sources.get(work_of(id_), source)
    check = turn.library.checks.get(source.check)
    head = f"{id_} · {turn.text(check)}" if check else id_
    where = source.ref
    if bearer.title:
        title = bearer.title.replace("« ", "“").replace(" »", "”")
        author, dated = turn.text(bearer.author), turn.text(bearer.date)
        where = turn.say("sources.where", author=author, title=title, date=dated)
    lines = [head, turn.text(source.text), f"{where} {turn.text(bearer.bias)}".strip()]
    return "\n".join(line for line in lines if line)
