"""Opening a session, screen by screen: how answers are shown, who is invited, until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.conversation.reply import Reply
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import seats
from bot.conversation.session.sessions import hour
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.session import FUNCTIONS, SEATS, Mode
from bot.core.speech import upper_first

OTHERS = ("AUT", "AUT2")
"""The seats of members without a function of their own on the list."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the owner has chosen so far: kept as the argument of the place."""

    mode: str = Mode.ANONYMOUS.value
    guests: tuple[str, ...] = ()
    day: str = ""

    @property
    def text(self) -> str:
        """The draft as the argument of a place."""
        return f"{self.mode}|{','.join(self.guests)}|{self.day}"


def draft(turn: Turn) -> Draft:
    """The draft that the person's place holds."""
    mode, guests, day = (*turn.state.arg.split("|"), "", "", "")[:3]
    known = tuple(seat for seat in SEATS if seat in guests.split(","))
    named = mode == Mode.NAMED.value
    return Draft(Mode.NAMED.value if named else Mode.ANONYMOUS.value, known, day)


def own(turn: Turn) -> str:
    """The owner's function, empty while their interview has none."""
    return str(turn.interview.answers.get("role", ""))


def functions(turn: Turn) -> tuple[str, ...]:
    """The functions that can be invited, those without a name of their own apart."""
    return tuple(one for one in FUNCTIONS if one not in (own(turn), "AUT"))


def others(turn: Turn) -> tuple[str, ...]:
    """The seats of other members that are still free: one less when the owner has one."""
    return tuple(seat for seat in OTHERS if seat != own(turn))


def role_screen(turn: Turn, note: str = "") -> Screen:
    """The owner's own function, where their interview has not asked it yet."""
    question = turn.library.dialogs["diagnostic"]["role"]
    buttons = [
        turn.labelled(turn.text(choice.text), "s", "me", choice.id) for choice in question.choices
    ]
    text = f"{turn.say('session.intro')}\n\n{turn.say('session.role')}"
    return under(note, Screen(text, (*grouped(buttons, single=True), _cancel(turn))))


def mode_screen(turn: Turn, note: str = "", *, more: bool = False) -> Screen:
    """Whether results name functions: settled first, since everyone answers on that basis."""
    text = turn.say("session.more")
    buttons = [
        turn.button("btn.anonymous", "s", "mode", Mode.ANONYMOUS.value),
        turn.button("btn.named", "s", "mode", Mode.NAMED.value),
    ]
    if not more:
        text = f"{turn.say('session.intro')}\n\n{turn.say('session.mode')}"
        buttons.append(turn.button("btn.more", "s", "more"))
    return under(note, Screen(text, grouped(buttons, single=True)))


def guests_screen(turn: Turn, note: str = "") -> Screen:
    """Who is invited: the functions, ticked, and up to two other members."""
    chosen = draft(turn).guests
    buttons = [_tick(turn, one, ticked=one in chosen) for one in functions(turn)]
    buttons.append(_other(turn, chosen))
    done = turn.labelled(turn.say("btn.done_n", n=len(chosen)), "s", "invited")
    rows = (*grouped(buttons), (done,), _cancel(turn))
    return under(note, Screen(turn.say("session.whom"), rows))


def _tick(turn: Turn, seat: str, *, ticked: bool) -> Button:
    mark = "✓ " if ticked else ""
    return turn.labelled(mark + seats.short(turn, seat), "s", "tick", seat)


def _other(turn: Turn, chosen: tuple[str, ...]) -> Button:
    """One more other member at each tap, then none."""
    count = sum(seat in chosen for seat in others(turn))
    if count == 2:
        return turn.button("fn.others", "s", "tick", "AUT")
    return _tick(turn, "AUT", ticked=count == 1)


def until_screen(turn: Turn, note: str = "", *, deed: str = "until") -> Screen:
    """The end of two weeks, or another day."""
    buttons = [
        turn.labelled(upper_first(when(turn, day)), "s", deed, day.isoformat())
        for day in hours.ends_of_weeks(turn.instant.date())
    ]
    buttons.append(turn.button("btn.other_date", "s", f"{deed}_day"))
    return under(note, Screen(turn.say("session.until"), grouped(buttons, single=True)))


def day_screen(turn: Turn, note: str = "") -> Screen:
    """The day, to be typed."""
    return under(note, Screen(turn.say("session.day_ask"), (_cancel(turn),)))


def sure_screen(turn: Turn, day: date, *, deed: str = "until") -> Screen:
    """A day that was typed, to confirm."""
    rows = grouped(
        [
            turn.labelled(turn.say("btn.yes"), "s", deed, day.isoformat()),
            turn.button("btn.no_fix", "s", f"{deed}_day"),
        ]
    )
    return Screen(turn.say("session.day_confirm", moment=when(turn, day)), rows, fresh=True)


def when(turn: Turn, day: date) -> str:
    """« vendredi 4 décembre, 18 h »: the hour of deadlines on a day."""
    moment = datetime.combine(day, hours.ANSWERED_BY)
    said = speech.day(day, turn.lang, weekday=True).removesuffix(f" {day.year}")
    return f"{said}, {hour(moment, turn.lang)}"


def another_screen(turn: Turn, payload: str = "") -> Screen:
    """Leaving a closed session for another one, opened or joined: what stays, what goes."""
    key = "another.owner" if turn.owner else "another.guest"
    parts = [turn.say("another.head"), turn.say("another.kept"), turn.say(key)]
    session, seat = turn.session, turn.seat
    assert session is not None
    if turn.owner and session.meeting is None:
        parts.append(turn.say("another.no_meeting"))
    if session.comes is not None and (session.later if turn.owner else seat and seat.later):
        day = speech.day(session.comes, turn.lang)
        parts.append(turn.say(f"{key}_later", date=day))
    parts.append(turn.say("another.anew"))
    yes = "btn.another_join" if payload else "btn.another_open"
    buttons = [
        turn.button("btn.another_stay", "s", "other_no"),
        turn.button(yes, "s", "other_yes", *([payload] if payload else [])),
    ]
    head, kept, gone, *rest = parts
    text = f"{head}\n\n{kept}\n{' '.join([gone, *rest[:-1]])}\n\n{rest[-1]}"
    return Screen(text, grouped(buttons, single=True))


def under(note: str, screen: Screen) -> Screen:
    """A screen with something said first."""
    return replace(screen, text=f"{note}\n\n{screen.text}") if note else screen


def _cancel(turn: Turn) -> tuple[Button, ...]:
    return (turn.button("btn.cancel", "s", "cancel"),)


def _sure(turn: Turn, note: str) -> list[Reply]:
    return [under(note, sure_screen(turn, date.fromisoformat(draft(turn).day)))]


def _shown(screen: Callable[[Turn, str], Screen]) -> Callable[[Turn, str], list[Reply]]:
    return lambda turn, note: [screen(turn, note)]


PLACES: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    "opening_role": _shown(role_screen),
    "opening": _shown(mode_screen),
    "opening_guests": _shown(guests_screen),
    "opening_until": _shown(until_screen),
    "opening_day": _shown(day_screen),
    "opening_sure": _sure,
}
