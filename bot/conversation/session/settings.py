"""The settings of a session and its invitations, as the owner reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation import recap
from bot.conversation.reply import Reply
from bot.conversation.screen import Rows, Screen, grouped
from bot.conversation.session import opening, seats
from bot.conversation.session.opening import under
from bot.conversation.session.sessions import hour, moment
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.session import FUNCTIONS, Mode, Phase, Seat, Session, Status

ZONES = (
    "Europe/Paris",
    "Europe/London",
    "America/Guadeloupe",
    "America/Cayenne",
    "Indian/Reunion",
    "Pacific/Noumea",
    "America/Montreal",
)


def settings_screen(turn: Turn, note: str = "") -> Screen:
    """Everything that the owner settled, and what can still change."""
    session = turn.session
    assert session is not None
    lines = [turn.say("settings.session"), *_lines(turn, session)]
    return under(note, Screen("\n".join(lines), _rows(turn, session)))


def _lines(turn: Turn, session: Session) -> list[str]:
    settled = "settings.settled" if begun(session) else "settings.open"
    shown = turn.say(f"settings.{session.mode.value}", settled=turn.say(settled))
    found = [shown, turn.say("settings.until", moment=moment(turn, session.deadline))]
    if session.name:
        found.append(turn.say("settings.name", name=session.name))
    if session.decides:
        day = speech.day(session.decides, turn.lang, weekday=True)
        found.append(turn.say("settings.decides", day=day))
    if session.partner:
        found.append(turn.say("settings.partner", function=seats.the(turn, session.partner)))
    reminding = turn.say("settings.on" if session.reminding else "settings.off")
    found.append(turn.say("settings.reminders", state=reminding))
    found.append(turn.say("settings.zone", zone=turn.say(f"zone.{zone_key(session.zone)}")))
    found.append(turn.say("settings.kept", n=turn.house.retention_days))
    return found


def zone_key(zone: str) -> str:
    """The key of a zone's name; « other » for one that the operator set."""
    return zone.rpartition("/")[2].lower() if zone in ZONES else "other"


def begun(session: Session) -> bool:
    """Whether somebody has answered on the basis of the mode: it is settled from then on."""
    guests = any(seat.agrees for seat in session.seats[1:])
    return guests or session.phase is not Phase.FIRST


def _rows(turn: Turn, session: Session) -> Rows:
    """What was announced to everybody, who is invited, the meeting, then the rest."""
    changed = [turn.button("btn.change_mode", "s", "remode")]
    invited = [
        turn.button("btn.change_until", "s", "redating"),
        turn.button("btn.invitations", "s", "seats"),
    ]
    kinds = {"name": "btn.set_name", "decides": "btn.set_decides"}
    kinds |= {"partner": "btn.set_partner", "zone": "btn.set_zone"}
    settled = [turn.button(key, "s", "set", kind) for kind, key in kinds.items()]
    reminding = "btn.reminders_off" if session.reminding else "btn.reminders_on"
    rest = [
        turn.button(reminding, "s", "reminders"),
        *([turn.button("btn.costs_params", "g", "params")] if recap.finished(turn) else []),
        turn.button("btn.close_screen", "s", "back"),
    ]
    first = grouped(invited) if session.phase is Phase.FIRST else ()
    return (*grouped(changed), *first, *grouped(settled), *grouped(rest, single=True))


def zone_screen(turn: Turn) -> Screen:
    """The time zones, each with its hour now."""
    buttons = [
        turn.labelled(_zone_label(turn, zone), "s", "zone", zone_key(zone)) for zone in ZONES
    ]
    return Screen(turn.say("settings.zone_ask"), grouped(buttons, single=True))


def _zone_label(turn: Turn, zone: str) -> str:
    now = turn.now.astimezone(ZoneInfo(zone))
    return f"{turn.say(f'zone.{zone_key(zone)}')} · {_clock(now, turn.lang)}"


def _clock(now: datetime, lang: str) -> str:
    return hour(now, lang)


def partner_screen(turn: Turn) -> Screen:
    """Who prepares the proposal with the owner."""
    found = partners(turn)
    buttons = [turn.labelled(seats.short(turn, one.id), "s", "partner", one.id) for one in found]
    buttons.append(turn.button("btn.alone", "s", "partner", "none"))
    return Screen(turn.say("settings.partner_ask"), grouped(buttons))


def partners(turn: Turn) -> tuple[Seat, ...]:
    """Who may prepare the proposal with the owner; nobody once a list would tell who has left."""
    session = turn.session
    return session.present[1:] if session and not session.erased else ()


def seats_screen(turn: Turn, note: str = "") -> Screen:
    """Each invited function, to see its link or take its invitation back."""
    session = turn.session
    assert session is not None
    guests = session.seats[1:]
    buttons = [
        turn.labelled(seats.short(turn, seat.id), "s", "seat", seat.id)
        for seat in guests
        if seat.status is not Status.REVOKED
    ]
    rows = grouped(buttons)
    if free(turn):
        rows += ((turn.button("btn.add_seat", "s", "add"),),)
    rows += ((turn.button("btn.close_screen", "s", "back"),),)
    return under(note, Screen(turn.say("seats.head"), rows))


def free(turn: Turn) -> list[str]:
    """The functions that could still be invited."""
    session = turn.session
    assert session is not None
    taken = {seat.id for seat in session.seats if seat.status is not Status.REVOKED}
    second = ("AUT2",) if "AUT" in taken else ()
    return [one for one in (*FUNCTIONS, *second) if one not in taken]


def add_screen(turn: Turn) -> Screen:
    """One more function to invite."""
    buttons = [turn.labelled(seats.short(turn, one), "s", "added", one) for one in free(turn)]
    buttons.append(turn.button("btn.close_screen", "s", "seats"))
    return Screen(turn.say("session.whom"), grouped(buttons))


def seat_screen(turn: Turn, seat: Seat, note: str = "") -> Screen:
    """One invitation: how far it has come, and what the owner can do about it."""
    name = seats.the(turn, seat.id, capital=True)
    text = f"{name} : {turn.say(f'seat.{seat.status.name.lower()}')}"
    if turn.lang == "en":
        text = text.replace(" : ", ": ", 1)
    buttons = []
    if seat.status is Status.INVITED:
        buttons.append(turn.button("btn.see_link", "s", "link", seat.id))
    if seat.status in (Status.INVITED, Status.LEFT, Status.JOINED):
        buttons.append(turn.button("btn.new_link", "s", "reissue", seat.id))
    if seat.status is not Status.LEFT:
        buttons.append(turn.button("btn.revoke", "s", "revoke", seat.id))
    buttons.append(turn.button("btn.close_screen", "s", "seats"))
    return under(note, Screen(text, grouped(buttons, single=True)))


def kept_screen(turn: Turn, seat: Seat | None) -> Screen:
    """Why somebody who has answered is not taken out; they may be asked to leave by themselves."""
    buttons = [turn.button("btn.close_screen", "s", "seats")]
    if seat is not None and seat.agrees and seat.person not in ("", turn.person):
        buttons.insert(0, turn.button("btn.ask_out", "s", "ask_out", seat.id))
    return Screen(turn.say("seat.kept"), grouped(buttons, single=True))


def ask_screen(turn: Turn, note: str = "") -> Screen:
    """A name or a day, to be typed."""
    text = turn.say(f"settings.{turn.state.arg}_ask")
    return under(note, Screen(text, ((turn.button("btn.cancel", "s", "back"),),)))


def mode_screen(turn: Turn) -> Screen:
    """The other way of showing answers, while nobody has answered."""
    assert turn.session is not None
    other = Mode.NAMED if turn.session.mode is Mode.ANONYMOUS else Mode.ANONYMOUS
    key = "btn.named" if other is Mode.NAMED else "btn.anonymous"
    buttons = [
        turn.button(key, "s", "remoded", other.value),
        turn.button("btn.close_screen", "s", "settings"),
    ]
    return Screen(turn.say("session.more"), grouped(buttons, single=True))


def _redate(turn: Turn, note: str) -> list[Reply]:
    return [opening.day_screen(turn, note)]


PLACES: Mapping[str, Callable[[Turn, str], list[Reply]]] = {
    "redate_day": _redate,
    "set": lambda turn, note: [ask_screen(turn, note)],
}
