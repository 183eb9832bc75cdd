"""The company's own paper: what is said when it is asked for, tried and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.hearing import Examined
from bot.conversation.screen import Button, Rows, Screen, grouped
from bot.conversation.turn import Turn
from bot.core.fields import Field

PLACES = ("letterhead", "trial")
"""Where the person is while a file is awaited, then tried."""
MOST_NAMED = 4  # fields named one by one
NTH = 3  # tables told by an ordinal


def offered(turn: Turn) -> Button:
    """The button that adds the company's paper, or takes it away."""
    if turn.state.letterhead:
        key = "btn.form_forget" if filled(turn) else "btn.letterhead_forget"
        return turn.button(key, "x", "plain")
    return turn.button("btn.letterhead", "g", "letterhead")


def filled(turn: Turn) -> bool:
    """Whether the company's paper is a template with fields to fill."""
    return turn.state.letterhead in turn.state.forms


def status(turn: Turn) -> str:
    """Whether the documents carry the company's paper."""
    said = turn.say("letterhead.on" if turn.state.letterhead else "letterhead.off")
    return f"{said} {turn.say('letterhead.form_on')}" if filled(turn) else said


def ask_screen(turn: Turn, note: str = "") -> Screen:
    """What to send; after a refusal the reason alone, which says what to send instead."""
    cancel = turn.button("btn.cancel", "g", "resume")
    if note:
        return Screen(note, ((cancel,),), question="letterhead")
    text = f"{turn.say('letterhead.ask')}\n\n{turn.say('letterhead.ask_form')}"
    buttons = [turn.button("btn.form_fields", "g", "fields"), cancel]
    return Screen(text, grouped(buttons, single=True), question="letterhead")


def lines_screen(turn: Turn, n: int) -> Screen:
    """The file said more than its edges."""
    rows = _or_another(turn, turn.button("btn.letterhead_continue", "g", "trial"))
    return Screen(turn.say("letterhead.lines", n=n), rows, fresh=True)


def trial_screen(turn: Turn) -> Screen:
    """The test page has been seen, or the fields have been told: does it suit?"""
    if turn.state.trial in turn.state.forms:
        return form_screen(turn, turn.say("letterhead.form_waits"))
    rows = _or_another(turn, turn.button("btn.letterhead_use", "x", "paper"))
    return Screen(turn.say("letterhead.suits"), rows, fresh=True)


def _or_another(turn: Turn, button: Button) -> Rows:
    another = turn.button("btn.letterhead_other", "g", "letterhead")
    return grouped([button, another], single=True)


# A template with fields


def found_screen(turn: Turn, found: Examined) -> Screen:
    """How many fields the template has, and which of them nothing fills."""
    n, left = found.fields, len(found.unknown) + len(found.unanswered)
    whole = "some" if 0 < left < n else "none" if left else "all"
    filled = turn.say(f"letterhead.filled.{whole}", n=n - left if whole == "some" else n)
    text = turn.say("letterhead.fields", n=n, filled=filled)
    if left:
        blanks = {"unknown": found.unknown, "unanswered": found.unanswered}
        said = [
            turn.say(f"letterhead.{why}", n=len(some), names=_named(turn, some))
            for why, some in blanks.items()
            if some
        ]
        text += "\n" + " ".join([*said, turn.say("letterhead.blank", n=left)])
    return form_screen(turn, text)


def _named(turn: Turn, fields: Sequence[Field]) -> str:
    """« {{ matricule }} » (premier tableau), « {{ grade }} » (pied de page) et 3 autres."""
    said = [
        turn.say("letterhead.field", name=_braced(one.shown), place=_place(turn, one))
        for one in fields[:MOST_NAMED]
    ]
    more = len(fields) - MOST_NAMED
    return ", ".join(said) + (" " + turn.say("letterhead.more", n=more) if more > 0 else "")


def _braced(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _place(turn: Turn, field: Field) -> str:
    nth = str(field.n) if field.place == "table" and field.n <= NTH else ""
    return turn.say(f"letterhead.at.{field.place}{nth}", n=field.n)


def form_screen(turn: Turn, said: str) -> Screen:
    """What is known of a template, and what to do with it."""
    text = f"{said}\n\n{turn.say('letterhead.word_only')}"
    return Screen(text, _rows(turn, turn.button("btn.form_fields", "g", "fields")), fresh=True)


def _rows(turn: Turn, *between: Button) -> Rows:
    use = turn.button("btn.form_use", "x", "paper")
    another = turn.button("btn.letterhead_other", "g", "letterhead")
    return grouped([use, *between, another], single=True)


def fields_screen(turn: Turn) -> Screen:
    """Every field that can be filled, by its names in both languages, with what it holds."""
    other = "en" if turn.lang == "fr" else "fr"
    own, theirs = (turn.library.texts[lang]["fields"]["names"] for lang in (turn.lang, other))
    lines = [
        turn.say("letterhead.known", name=_braced(one["name"]), other=_braced(theirs[id_]["name"]),
                 holds=one["holds"])
        for id_, one in own.items()
    ]  # fmt: skip
    text = "\n".join((turn.say("letterhead.known_head"), *lines))
    if turn.state.trial:
        return Screen(text, _rows(turn))
    return Screen(text, ((turn.button("btn.letterhead_send", "g", "letterhead"),),))
