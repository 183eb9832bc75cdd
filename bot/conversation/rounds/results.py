"""What the committee said, once it is closed, and the person's own place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.meeting import record
from bot.conversation.reply import Bring, Reply
from bot.conversation.rounds import comparing, diverging, guessing, sharing
from bot.conversation.rounds.again import items, own
from bot.conversation.rounds.telling import inside, status, subject
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import moving
from bot.conversation.session.sessions import moment
from bot.conversation.session.sitting import Result, here, mine, put_down, seated
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Blank
from bot.core.digest import FEW, Digest
from bot.core.rounds import another
from bot.core.session import Phase
from bot.core.showing import advised, scored


def open_up(turn: Turn, *, fresh: bool = False) -> Result:
    """The results; before they are there, how far things have come and when."""
    session = here(turn)
    if session.phase is Phase.BETWEEN:
        return diverging.open_up(turn)
    if session.phase is not Phase.CLOSED or session.results is None:
        return turn.state, [replace(_not_yet(turn), fresh=fresh)]
    state = turn.state.at("shared")
    shown = screens(turn.then(state), "")
    return state, [replace(one, fresh=fresh) if isinstance(one, Screen) else one for one in shown]


def _not_yet(turn: Turn) -> Screen:
    session = here(turn)
    if session.phase is Phase.CLOSED:
        return Screen(turn.say("results.not_yet"))
    n, total = len(session.done), len(session.present)
    key = "results.first" if session.phase is Phase.FIRST else "results.second"
    key = key if n else f"{key}_none"
    text = turn.say(key, n=n, total=total, deadline=moment(turn, session.deadline))
    if session.phase is Phase.FIRST:
        return Screen(text, ((turn.button("btn.resume", "g", "resume"),),))
    buttons = [turn.button("btn.round_mine", "s", "second")]
    buttons.append(turn.button("btn.round_see_divergences", "s", "divergences"))
    return Screen(text, grouped(buttons, single=True))


def screens(turn: Turn, note: str) -> list[Reply]:
    """The whole on one screen."""
    digest = here(turn).results
    if digest is None or here(turn).phase is not Phase.CLOSED:
        return [_not_yet(turn)]
    head = turn.say("results.head_second" if here(turn).final else "results.head_first")
    found = "\n".join(_found(turn, digest))
    parts = [note, head, found, recommended(turn, digest), sharing.line(turn)]
    return [Screen("\n\n".join(part for part in parts if part), _ways(turn, digest), strong=head)]


def _found(turn: Turn, digest: Digest) -> Iterator[str]:
    """The score, then what became of each point, or where views differ."""
    score = scored(turn.library.expertise.scale, digest)
    if score.overall is not None and score.level is not None:
        whole, level = speech.whole(score.overall), turn.text(score.level.name)
        yield turn.say("reco.alignment", score=whole, level=level)
    if digest.endings:
        yield from _endings(turn, digest)
    else:
        yield from _statuses(turn, digest)
    if wide := comparing.wide(turn):
        yield turn.say("results.gap", names=", ".join(speech.lower_first(name) for name in wide))


def _endings(turn: Turn, digest: Digest) -> Iterator[str]:
    kinds: dict[str, list[str]] = {"stable": [], "moving": [], "found": []}
    first = here(turn).digest
    for name, ending in digest.endings.items():
        item = first.items.get(name) if first else None
        if ending.status not in diverging.AGREED:
            kinds["stable" if ending.stable else "moving"].append(name)
        elif item is None or item.status not in diverging.AGREED:
            kinds["found"].append(name)
    for kind, names in kinds.items():
        if names:
            yield turn.say(f"results.{kind}", names=inside(turn, names), n=len(names))


def _statuses(turn: Turn, digest: Digest) -> Iterator[str]:
    for kind, names in diverging.grouped_points(turn, digest).items():
        label = turn.say("diverge.pivot") if kind == "pivot" else status(turn, kind)
        yield turn.say("results.status", status=label, names=inside(turn, names))
    agreed = sum(item.status in diverging.AGREED for item in digest.items.values())
    if agreed:
        yield turn.say("results.agreed", n=agreed)


def recommended(turn: Turn, digest: Digest) -> str:
    """The advice for the committee: the option or the tie, how sure, and what would turn it.

    Points are left out where two people answered: each could work out the other's answers.
    """
    model = turn.library.model
    advice = advised(model, digest)
    names = [turn.text(model.option(id_).short) for id_ in (advice.tied or (advice.top,))]
    if digest.answered >= FEW:
        points = [advice.points[id_] for id_ in (advice.tied or (advice.top,))]
        names = [
            turn.say("results.points", option=o, n=n) for o, n in zip(names, points, strict=True)
        ]
    level = turn.say(f"level.{advice.confidence}")
    if len(names) > 1:
        listed, many = speech.listed(names, turn.lang), speech.spelled(len(names), turn.lang)
        said = turn.say("results.tie", names=listed, level=level, said=many)
        said += " " + _meeting(turn)
    else:
        said = turn.say("results.advice", option=names[0], level=level)
    if digest.turns:
        said += " " + turn.say("results.turns", names=inside(turn, digest.pivots))
    return said


def _meeting(turn: Turn) -> str:
    day = here(turn).decides
    if day is None:
        return turn.say("results.meeting")
    said = speech.day(day, turn.lang).removesuffix(f" {day.year}")
    return turn.say("results.meeting_on", day=said)


def _ways(turn: Turn, digest: Digest) -> tuple[tuple[Button, ...], ...]:
    buttons = record.ways(turn)
    if turn.owner:
        buttons.append(turn.button("btn.round_plan", "s", "plan"))
        buttons.append(turn.button("btn.recommendation", "g", "advice"))
        if more := moving_again(turn):
            buttons.append(turn.button("btn.round_third", "s", "second_open", n=len(more)))
    if diverging.points(turn, digest):
        buttons.append(turn.button("btn.round_see_divergences", "s", "divergences"))
    if digest.arguments:
        n = len(digest.arguments)
        buttons.append(turn.button("btn.round_arguments", "s", "arguments", n=n))
    buttons.append(turn.button("btn.round_see_mine", "s", "own"))
    buttons.append(turn.button("btn.round_read_note", "s", "note"))
    buttons += [*moving.ways(turn), *comparing.ways(turn), *guessing.ways(turn)]
    buttons.append(turn.button("btn.finish", "s", "leave_results"))
    return grouped(buttons, single=True)


def moving_again(turn: Turn) -> tuple[str, ...]:
    """The points of a third round: the owner asks, four people at least, and views still move."""
    final = here(turn).final
    if final is None or here(turn).rounds >= diverging.ROUNDS or not another(final):
        return ()
    return tuple(
        name
        for name, ending in final.endings.items()
        if not ending.stable and ending.status not in diverging.AGREED
    )


def own_answers(turn: Turn, _: str) -> Result:
    """One's own answers to the points that differed: the first, then the second."""
    digest = here(turn).results
    names = items(turn) or (diverging.points(turn, digest) if digest else [])
    lines = [line for name in names if (line := _own_line(turn, name))]
    text = turn.say("results.mine", answers="\n".join(lines)) if lines else turn.say("results.none")
    buttons = [
        turn.button("btn.review", "g", "recap"),
        turn.button("btn.round_results", "s", "results"),
    ]
    return turn.state, [Screen(text, grouped(buttons, single=True))]


def _own_line(turn: Turn, name: str) -> str:
    first, second = own(turn, name), mine(turn).again.get(name)
    if first is None and (second is None or isinstance(second.value, Blank)):
        return ""
    said = turn.answer(name, first) if first is not None else turn.say("answer.nsp")
    moved = second is not None and not isinstance(second.value, Blank) and second.value != first
    if second is not None and moved:
        then = speech.lower_first(turn.answer(name, second.value))
        said = turn.say("results.moved", first=said, then=then)
    return f"• {turn.say('review.line', name=subject(turn, name), answer=said)}"


def arguments(turn: Turn, _: str) -> Result:
    """What was confirmed by its authors, without their names, in an order that tells nothing."""
    digest = turn.shared
    if digest is None or not digest.arguments:
        return open_up(turn)
    listed = "\n".join(turn.say("results.argument", words=words) for words in digest.arguments)
    rows = ((turn.button("btn.round_results", "s", "results"),),)
    return turn.state, [Screen(f"{turn.say('results.arguments')}\n{listed}", rows)]


def note(turn: Turn, _: str) -> Result:
    """The one-page note, as Word and PDF."""
    session = here(turn)
    if session.phase is not Phase.CLOSED:
        return open_up(turn)
    return turn.state, [Screen(turn.say("results.writing")), Bring(session.id, ("note",))]


def note_sent(turn: Turn) -> Result:
    """Under the note: back to the results."""
    rows = ((turn.button("btn.round_results", "s", "results"),),)
    return turn.state, [Screen(turn.say("results.note_sent"), rows, fresh=True)]


def command(turn: Turn, _: str) -> Result:
    """/resultats: for whoever takes part; others learn what it is for."""
    if turn.session is None or turn.seat is None or turn.state.member is None:
        return turn.state, [Screen(turn.say("results.no_session"))]
    return open_up(turn, fresh=True)


def look(turn: Turn, _: str) -> Result:
    """The results, in place."""
    return open_up(turn)


def leave(turn: Turn, _: str) -> Result:
    """The end, and how to come back."""
    return turn.state.at("shared"), [Screen(turn.say("results.bye"))]


def told(turn: Turn) -> Result:
    """To each respondent: the results are there."""
    if here(turn).phase is not Phase.CLOSED:
        return turn.state, []
    state, shown = open_up(turn, fresh=True)
    return put_down(state, "shared"), [*moving.told(turn), *shown, *sharing.asked(turn)]


PLACES = {"shared": screens}
COMMANDS = {"resultats": command}
DEEDS = {
    "results": seated(look),
    "own": seated(own_answers),
    "arguments": seated(arguments),
    "note": seated(note),
    "moved": seated(moving.look),
    "leave_results": seated(leave),
}
BROUGHT = {"note": note_sent}
TOPICS = {"results": told}
