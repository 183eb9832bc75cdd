"""What has moved since the committee answered six months ago, in a few tactful lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.reply import Reply
from bot.conversation.rounds import telling
from bot.conversation.screen import Button, Screen
from bot.conversation.session.sitting import Result, here
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.comparing import Moves, moved
from bot.core.digest import Digest

MOST = 3
"""The points that are told; the results show the others."""


def lines(turn: Turn, digest: Digest) -> str:
    """Score, level, points and option, before and now; nothing for a first session."""
    before = here(turn).before
    if before is None:
        return ""
    found = moved(turn.library.expertise, before, digest)
    return "\n".join([turn.say("later.moved.head"), *_lines(turn, found)])


def ways(turn: Turn) -> list[Button]:
    """The way to what has moved, where there is something to compare."""
    return [turn.button("btn.later.moved", "s", "moved")] if here(turn).before else []


def told(turn: Turn) -> list[Reply]:
    """What has moved, told once above the results."""
    digest = here(turn).results
    said = lines(turn, digest) if digest else ""
    return [Screen(said, fresh=True)] if said else []


def look(turn: Turn, _: str) -> Result:
    """What has moved, again."""
    rows = ((turn.button("btn.round_results", "s", "results"),),)
    shown = [replace(one, fresh=False, rows=rows) for one in told(turn) if isinstance(one, Screen)]
    return turn.state, [*shown] or [Screen(turn.say("results.not_yet"), rows)]


def _lines(turn: Turn, found: Moves) -> Iterator[str]:
    yield from _score(turn, found)
    for name, (before, now) in list(found.statuses.items())[:MOST]:
        words = {"before": _status(turn, before), "now": _status(turn, now)}
        yield turn.say("later.moved.item", name=telling.subject(turn, name), **words)
    if not found.statuses:
        yield turn.say("later.moved.nothing")
    yield _option(turn, found)
    if found.people[0] != found.people[1]:
        yield turn.say("later.moved.care", before=found.people[0], now=found.people[1])


def _score(turn: Turn, found: Moves) -> Iterator[str]:
    """The score both times, and the level where it is another one."""
    before, now = found.overall
    if before is None or now is None:
        return
    scores = {"before": speech.whole(before), "now": speech.whole(now)}
    first, then = (_level(turn, id_) for id_ in found.level)
    if first == then:
        yield turn.say("later.moved.same", level=then, **scores)
    else:
        yield turn.say("later.moved.level", first=first, then=then, **scores)


def _level(turn: Turn, id_: str) -> str:
    levels = turn.library.expertise.scale.levels
    return next((turn.text(level.name) for level in levels if level.id == id_), "")


def _status(turn: Turn, id_: str) -> str:
    return speech.lower_first(telling.status(turn, id_))


def _option(turn: Turn, found: Moves) -> str:
    before, now = here(turn).led, found.option[1]
    if before in ("", now):
        return turn.say("later.moved.option_same", now=_short(turn, now))
    return turn.say("later.moved.option", before=_short(turn, before), now=_short(turn, now))


def _short(turn: Turn, option: str) -> str:
    return turn.text(turn.library.model.option(option).short)
