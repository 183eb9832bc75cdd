"""Where a committee does not see the same thing: the whole on one screen, then point by point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.reply import Picture, Reply
from bot.conversation.rounds import comparing, telling
from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.session.sitting import Result, here, seated
from bot.conversation.turn import Turn
from bot.core.digest import FEW, Digest
from bot.core.rounds import ordered, priority, retained, weights
from bot.core.session import Phase

APART = ("opposes", "divergent", "isole", "ecart_fort", "ecart")
"""The statuses of a disagreement, the widest first."""
AGREED = ("accord", "proches", "identiques")
LISTED = 8
"""The points that one message names."""
ROUNDS = 2
"""The rounds that a committee may answer, one more if points are still moving (5.4)."""


def grouped_points(turn: Turn, digest: Digest) -> dict[str, list[str]]:
    """The points on which views differ, by status, the pivots in a group of their own."""
    by = priority(digest, weights(turn.library.expertise))
    names = [name for name in ordered(tuple(digest.items), by) if name not in digest.turns]
    found = {
        status: [name for name in names if digest.items[name].status == status] for status in APART
    }
    found["pivot"] = list(ordered(digest.pivots, by))
    return {status: names for status, names in found.items() if names}


def points(turn: Turn, digest: Digest) -> list[str]:
    """The same points one after the other."""
    return [name for names in grouped_points(turn, digest).values() for name in names]


def to_ask_again(turn: Turn, digest: Digest) -> tuple[str, ...]:
    """The points of a second round."""
    return retained(digest, weights(turn.library.expertise))


def open_up(turn: Turn) -> Result:
    """The picture, then the words."""
    state = turn.state.at("divergences", "seen")
    turn = turn.then(state)
    digest = here(turn).results
    shown = screens(turn, "")
    if digest is None or not _drawn(turn, digest):
        return state, shown
    return state, [Picture("divergences"), *(_below(one) for one in shown)]


def _drawn(turn: Turn, digest: Digest) -> bool:
    """Whether there is more to draw than words would say."""
    asked = turn.library.expertise.divergences
    items = [digest.items.get(name) for name in (*asked.scales, *asked.ordinals)]
    return any(item is not None and (item.counts or item.median) for item in items)


def _below(reply: Reply) -> Reply:
    return replace(reply, fresh=True) if isinstance(reply, Screen) else reply


def screens(turn: Turn, note: str) -> list[Reply]:
    """Where views differ, and what can be done about it."""
    digest = here(turn).results
    if digest is None:
        return [Screen(turn.say("results.not_yet"))]
    head = turn.say("diverge.head", n=digest.answered)
    hidden = turn.say("share.hidden") if digest.answered < FEW and not _told(digest) else ""
    parts = [note, head, hidden, "\n".join(_lines(turn, digest)), _closing_words(turn, digest)]
    text = "\n\n".join(part for part in parts if part)
    return [Screen(text, _ways(turn, digest), strong=head)]


def _told(digest: Digest) -> bool:
    """Whether anything is said of views at all."""
    return any(item.status for item in digest.items.values())


def _lines(turn: Turn, digest: Digest) -> Iterator[str]:
    room = LISTED
    for status, names in grouped_points(turn, digest).items():
        if room <= 0:
            break
        yield turn.say("diverge.pivot") if status == "pivot" else telling.status(turn, status)
        yield from (f"• {telling.subject(turn, name)}" for name in names[:room])
        room -= len(names)
    if room < 0:
        yield turn.say("diverge.more", n=-room)


def _closing_words(turn: Turn, digest: Digest) -> str:
    agreed = [n for n, i in digest.items.items() if i.status in AGREED and n not in digest.turns]
    shades = [n for n, i in digest.items.items() if i.status == "nuance" and n not in digest.turns]
    said = []
    if agreed:
        key = "diverge.agreed_too" if points(turn, digest) else "diverge.agreed"
        said.append(turn.say(key, n=len(agreed)))
    if shades:
        key = "diverge.shades" if agreed else "diverge.shades_only"
        said.append(turn.say(key, n=len(shades)))
    counted = ", ".join(said)
    counted = f"{counted[:1].upper()}{counted[1:]}." if counted else ""
    disagree = turn.say("session.disagree") if points(turn, digest) else ""
    return " ".join(part for part in (counted, disagree) if part)


def _ways(turn: Turn, digest: Digest) -> Rows:
    buttons = []
    if points(turn, digest):
        buttons.append(turn.button("btn.round_see_point", "s", "point", "0"))
    buttons += [*comparing.ways(turn), *onward(turn, digest)]
    return grouped(buttons, single=True)


def onward(turn: Turn, digest: Digest) -> list[Button]:
    """What comes after the divergences: the owner decides, the others wait or look on."""
    session = here(turn)
    if session.phase is Phase.CLOSED:
        return [turn.button("btn.round_results", "s", "results")]
    if not turn.owner or session.phase is not Phase.BETWEEN:
        return [turn.button("btn.round_enough", "s", "enough")]
    return [*_second(turn, digest), turn.button("btn.round_to_the_agenda", "s", "skip")]


def _second(turn: Turn, digest: Digest) -> list[Button]:
    """The second round, for the owner, if there is anything to ask again."""
    if not turn.owner or here(turn).phase is not Phase.BETWEEN:
        return []
    n = len(to_ask_again(turn, digest))
    return [turn.button("btn.round_second", "s", "second_open", n=n)] if n else []


def point(turn: Turn, arg: str) -> Result:
    """One point: its answers as far as they may be told, and the next one."""
    digest = here(turn).results
    listed = points(turn, digest) if digest else []
    if digest is None or not arg.isdecimal() or int(arg) >= len(listed):
        return turn.state.at("divergences", "seen"), screens(turn, "")
    n, name = int(arg), listed[int(arg)]
    state = turn.state.at("divergences", "seen")
    return state, [_point_screen(turn, digest, name, n, last=n + 1 == len(listed))]


def _point_screen(turn: Turn, digest: Digest, name: str, n: int, *, last: bool) -> Screen:
    asked = turn.text(turn.question(name).text)
    parts = [asked, telling.told(turn, digest, name), _what_it_says(turn, digest, name)]
    if name in digest.turns:
        turning = telling.turning(turn, digest, name)
        parts.append(f"{turn.say('told.turns')}\n{turning}")
    buttons = [] if last else [turn.button("btn.round_next_point", "s", "point", str(n + 1))]
    buttons.append(turn.button("btn.round_all_points", "s", "divergences"))
    buttons += _second(turn, digest)
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, grouped(buttons, single=True), strong=asked, question=name)


def _what_it_says(turn: Turn, digest: Digest, name: str) -> str:
    item = digest.items.get(name)
    if item is None:
        return turn.say("told.fact") if telling.values_told(turn, digest, name) else ""
    said = turn.say(f"told.{item.status}") if item.status in (*APART, *AGREED, "nuance") else ""
    hidden = turn.say("told.hidden") if item.counts and not item.roles else ""
    few = turn.say("told.few") if not item.counts else ""
    return " ".join(part for part in (said, hidden, few) if part)


def again(turn: Turn, _: str) -> Result:
    """Back to the whole; with its picture for whoever comes to it from elsewhere."""
    if here(turn).digest is None:
        return turn.state, [Screen(turn.say("results.not_yet"))]
    if turn.state.arg == "seen":
        return turn.state, screens(turn, "")
    return open_up(turn)


def enough(turn: Turn, _: str) -> Result:
    """A member has seen the divergences; what comes next is said."""
    if here(turn).phase is Phase.BETWEEN:
        return turn.state, [Screen(turn.say("diverge.wait"))]
    rows = ((turn.button("btn.round_mine", "s", "second"),),)
    return turn.state, [Screen(turn.say("diverge.wait_second"), rows)]


PLACES = {"divergences": screens}
DEEDS = {"divergences": seated(again), "point": seated(point), "enough": seated(enough)}
