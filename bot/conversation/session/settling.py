"""What the owner settles: the name, the day of decision, the zone, who prepares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.conversation.going import go
from bot.conversation.reply import Convene, Reply
from bot.conversation.screen import Screen, Toast
from bot.conversation.session import reminding, settings, standing
from bot.conversation.session.chairing import Deed, aside, chairs, returned
from bot.conversation.session.joining import anonymous
from bot.conversation.session.sessions import local
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.dialog import NOTHING, Question, Type
from bot.core.reading import Doubt, Understood
from bot.core.session import Mode, Phase, Session

Result = tuple[Conversation, list[Reply]]
_NAME = Question("name", "", Type.TEXT, NOTHING, max_len=60, checks=("person",))
_DECIDES = Question("decides", "", Type.DATE, NOTHING)


def _settings(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    return returned(turn.state), [settings.settings_screen(turn)]


def _back(turn: Turn, _: str) -> Result:
    """Close a side screen."""
    if turn.session is None:
        return show(turn)
    turn = turn.then(returned(turn.state))
    return turn.state, [standing.standing_screen(turn)]


def _set(turn: Turn, what: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    if what == "zone":
        return turn.state, [settings.zone_screen(turn)]
    if what == "partner":
        return turn.state, [settings.partner_screen(turn)]
    return show(turn.then(aside(turn.state, "set", "name" if what == "name" else "decides")))


def _changed(turn: Turn, note: str = "", **changes: object) -> Result:
    assert turn.session is not None
    session = replace(turn.session, **changes)  # type: ignore[arg-type]
    turn = turn.convened(session).then(returned(turn.state))
    screen = settings.settings_screen(turn, note or turn.say("settings.noted"))
    return turn.state, [Convene(session), screen]


def _typed_setting(turn: Turn, text: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn.then(returned(turn.state)))
    if turn.state.arg == "name":
        return _typed_name(turn, text)
    read = turn.read(_DECIDES, text)
    if isinstance(read, Doubt) and read.why == "understood" and isinstance(read.value, date):
        return _fresh(_changed(turn, decides=read.value))
    return turn.state, [replace(settings.ask_screen(turn, turn.say("refuse.date")), fresh=True)]


def _typed_name(turn: Turn, text: str) -> Result:
    read = turn.read(_NAME, text)
    if isinstance(read, Understood):
        return _fresh(_changed(turn, name=" ".join(str(read.value).split())))
    key = "refuse.person" if isinstance(read, Doubt) else "settings.name_refuse"
    return turn.state, [replace(settings.ask_screen(turn, turn.say(key)), fresh=True)]


def _fresh(result: Result) -> Result:
    state, replies = result
    return state, [replace(one, fresh=True) if isinstance(one, Screen) else one for one in replies]


def _zone(turn: Turn, key: str) -> Result:
    zone = next((one for one in settings.ZONES if settings.zone_key(one) == key), "")
    session = turn.session
    if not zone or not turn.owner or session is None:
        return show(turn)
    there = local(session, session.deadline).replace(tzinfo=ZoneInfo(zone))
    if session.phase is not Phase.FIRST or there <= turn.instant:
        return _changed(turn, zone=zone)
    state, replies = _changed(turn, zone=zone, deadline=there, asked=False)
    moved = turn.convened(replace(session, deadline=there))
    return state, [*replies, reminding.at_deadline(moved)]


def _partner(turn: Turn, seat: str) -> Result:
    known = seat == "none" or seat in [one.id for one in settings.partners(turn)]
    if not turn.owner or turn.session is None or not known:
        return show(turn)
    return _changed(turn, partner="" if seat == "none" else seat, approved=())


def _reminders(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    return _changed(turn, reminding=not turn.session.reminding)


def _remode(turn: Turn, _: str) -> Result:
    if not turn.owner or turn.session is None:
        return show(turn)
    if settings.begun(turn.session):
        return turn.state, [Toast(turn.say("session.no_mode"))]
    return turn.state, [settings.mode_screen(turn)]


def _remoded(turn: Turn, session: Session, mode: str) -> Result:
    if settings.begun(session) or mode not in {one.value for one in Mode}:
        return turn.state, [Toast(turn.say("session.no_mode"))]
    own = session.change(session.seats[0].id, named=mode == Mode.NAMED.value)
    return _changed(turn.convened(own), turn.say(f"session.noted_{mode}"), mode=Mode(mode))


def _unname(turn: Turn, _: str) -> Result:
    """A guest takes back the agreement to be named, until the close."""
    seat, session = turn.seat, turn.session
    if seat is None or session is None or session.phase is not Phase.FIRST or not seat.named:
        return show(turn)
    after, told = anonymous(turn)
    after = after.change(seat.id, named=False)
    screen = standing.standing_screen(turn.convened(after), turn.say("join.named_no"))
    return turn.state, [Convene(after), *told, screen]


def _parameters(turn: Turn, _: str) -> Result:
    """/parametres: the session's settings for its owner, the costs' assumptions otherwise."""
    if not turn.owner or turn.seat is None:
        return go(turn, "params", "")
    return _settings(turn, "")


DEEDS: Mapping[str, Deed] = {
    "remoded": chairs(_remoded),
    "remode": _remode,
    "settings": _settings,
    "set": _set,
    "zone": _zone,
    "partner": _partner,
    "reminders": _reminders,
    "back": _back,
    "unname": _unname,
}
TYPED: Mapping[str, Deed] = {"set": _typed_setting}
COMMANDS: Mapping[str, Deed] = {"parametres": _parameters}
