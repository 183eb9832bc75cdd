"""The meeting on screen: its choices one by one, then its timetable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.conversation.reply import Reply
from bot.conversation.rounds import telling
from bot.conversation.screen import Button, Screen, grouped
from bot.conversation.session import seats
from bot.conversation.session.sessions import hour
from bot.conversation.session.sitting import here
from bot.conversation.turn import Turn
from bot.core import agenda, hours, speech
from bot.core.agenda import Agenda, Point
from bot.core.rounds import weights
from bot.core.session import Seat, Session
from bot.core.showing import advised, open_points
from bot.core.speech import upper_first

RULES = ("consentement", "majorite", "arbitrage")
HOURS = (time(9), time(11), time(14), time(16))
COMPANY = "company_name"
MORNING, AHEAD = time(9), 3
"""A meeting is proposed three working days from now, at 9 h."""


def next_step(session: Session) -> str:
    """What is still to be chosen."""
    if not session.rule:
        return "rule"
    return "ready" if session.decides and session.starts else "minutes"


def agenda_of(turn: Turn) -> Agenda:
    """The agenda as chosen so far."""
    session = here(turn)
    assert session.results is not None
    by = weights(turn.library.expertise)
    return agenda.agenda(session.results, by, session.minutes, session.debates)


def partner(turn: Turn) -> Seat | None:
    """Whoever prepares the meeting with the owner."""
    found = here(turn).seat(here(turn).partner)
    return found if found is not None and found.present and found.person else None


def written(when: datetime) -> str:
    """A moment inside a button: « 2026-12-15.0900 »."""
    return when.strftime("%Y-%m-%d.%H%M")


def moment_of(arg: str) -> datetime | None:
    """The moment of a button, if it is one."""
    try:
        return datetime.strptime(arg, "%Y-%m-%d.%H%M")
    except ValueError:
        return None


def said(turn: Turn, when: datetime) -> str:
    """« mardi 15 décembre, 9 h »."""
    day = speech.day(when, turn.lang, weekday=True).removesuffix(f" {when.year}")
    return f"{day}, {hour(when, turn.lang)}"


def blocked(turn: Turn) -> bool:
    """Whether a contradiction that everybody may read keeps the committee's papers a draft."""
    held, found = turn.library, turn.shared
    if found is None:
        return False
    top = advised(held.model, found).top
    open_ = open_points(held.model, held.costs, held.dialogs["documents"], found, top)
    return any(one.severity == "bloquant" for one in held.model.contradictions if one.id in open_)


def screens(turn: Turn, note: str) -> list[Reply]:
    """The choice under way, or the timetable."""
    step, _, rest = turn.state.arg.partition(".")
    if here(turn).results is None:
        return [Screen(turn.say("plan.not_yet"))]
    if step not in _SCREENS:  # back from elsewhere, or all is chosen
        step = next_step(here(turn))
    screen = _SCREENS.get(step, _ready_screen)(turn, rest)
    return [replace(screen, text=f"{note}\n\n{screen.text}" if note else screen.text)]


def _rule_screen(turn: Turn, _: str) -> Screen:
    buttons = [turn.labelled(turn.say(f"plan.rule.{id_}"), "s", "plan_rule", id_) for id_ in RULES]
    rows = (*grouped(buttons[:2]), *grouped(buttons[2:]))
    return Screen(turn.say("plan.rule_ask"), rows)


def _minutes_screen(turn: Turn, _: str) -> Screen:
    buttons = [
        turn.labelled(turn.say("plan.minutes", n=n), "s", "plan_minutes", str(n))
        for n in agenda.LENGTHS
    ]
    return Screen(turn.say("plan.minutes_ask"), grouped(buttons))


def _day_screen(turn: Turn, _: str) -> Screen:
    buttons = [
        turn.labelled(upper_first(said(turn, when)), "s", "plan_at", written(when))
        for when in _proposed(turn)
    ]
    buttons.append(turn.button("btn.other_date", "s", "plan_other"))
    return Screen(turn.say("plan.day_ask"), grouped(buttons, single=True))


def _proposed(turn: Turn) -> list[datetime]:
    """The day announced for the decision, if it is still to come, and one a few days away."""
    today = turn.instant.date()
    days = [hours.following(today, AHEAD)]
    if (decides := here(turn).decides) and decides > today:
        days = [decides, *(day for day in days if day < decides)]
    return [datetime.combine(day, MORNING) for day in days]


def _typed_screen(turn: Turn, _: str) -> Screen:
    rows = ((turn.button("btn.back", "s", "plan_minutes", str(here(turn).minutes)),),)
    return Screen(turn.say("plan.typed"), rows)


def _hour_screen(turn: Turn, day: str) -> Screen:
    found = datetime.combine(date.fromisoformat(day), MORNING)
    whole = speech.day(found, turn.lang, weekday=True)
    buttons = [
        turn.labelled(hour(when, turn.lang), "s", "plan_hour", written(when))
        for when in (datetime.combine(found, at) for at in HOURS)
    ]
    return Screen(turn.say("plan.hour", day=whole), grouped(buttons))


def _sure_screen(turn: Turn, arg: str) -> Screen:
    """What was understood; for a day off, the working day before is proposed too."""
    when = moment_of(arg)
    assert when is not None
    whole = f"{speech.day(when, turn.lang, weekday=True)}, {hour(when, turn.lang)}"
    before = datetime.combine(hours.latest(when.date()), when.time())
    buttons = [turn.button("btn.yes", "s", "plan_at", arg)]
    text = turn.say("ack.understood", value=whole)
    if before != when and before.date() > turn.instant.date():
        name = upper_first(said(turn, before))
        text = turn.say("plan.day_off", value=whole)
        buttons = [turn.labelled(name, "s", "plan_at", written(before))]
        buttons.append(turn.labelled(upper_first(said(turn, when)), "s", "plan_at", arg))
    buttons.append(turn.button("btn.other_date", "s", "plan_other"))
    return Screen(text, grouped(buttons, single=True))


def _ready_screen(turn: Turn, _: str) -> Screen:
    """The timetable, and what found no time."""
    session, made = here(turn), agenda_of(turn)
    head = turn.say("plan.head", span=_span(turn, session))
    lines = [turn.say("plan.line", n=p.minutes, what=point_said(turn, p)) for p in made.points]
    parts = ["\n".join([head, *_held_at(turn)]), "\n".join(lines), reserve(turn, made)]
    parts += [turn.say("plan.openers")] if session.openers else []
    if (other := partner(turn)) is not None:
        parts.append(turn.say("plan.with", name=seats.the(turn, other.id)))
    buttons: list[Button] = [turn.button("btn.round_files", "s", "files")]
    if made.reserve and made.debates:
        buttons.append(turn.button("btn.round_change", "s", "plan_change"))
    buttons.append(turn.button("btn.round_plan_again", "s", "plan_again"))
    buttons.append(turn.button("btn.round_venue", "s", "venue"))
    buttons.append(turn.button("btn.round_prepare", "s", "prepare"))
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, grouped(buttons, single=True), strong=head)


def _held_at(turn: Turn) -> list[str]:
    """« Société Calvane · Salle Pasteur », as far as they are known."""
    known = [str(turn.interview.values.get(COMPANY) or ""), here(turn).place]
    return [" · ".join(one for one in known if one)] if any(known) else []


def _span(turn: Turn, session: Session) -> str:
    """« mardi 15 décembre, 9 h à 10 h 15 »."""
    assert session.decides is not None
    start = datetime.combine(session.decides, time.fromisoformat(session.starts))
    end = start + timedelta(minutes=session.minutes)
    return turn.say("plan.span", start=said(turn, start), end=hour(end, turn.lang))


def point_said(turn: Turn, point: Point) -> str:
    """« Le « pourquoi » en une phrase »."""
    if point.kind in ("pivot", "debate"):
        return turn.say(f"plan.point.{point.kind}", subject=telling.subject(turn, point.subject))
    if point.kind != "choice":
        return turn.say(f"plan.point.{point.kind}")
    digest, rule = here(turn).results, here(turn).rule
    assert digest is not None
    tied = advised(turn.library.model, digest).tied
    key = "plan.point.tie" if len(tied) > 1 else "plan.point.choice"
    by = turn.say(f"plan.by.{rule}") if rule else ""
    n = speech.spelled(len(tied), turn.lang, capital=False)
    return turn.say(key, n=n, by=by).rstrip(", ")


def reserve(turn: Turn, made: Agenda) -> str:
    """« En réserve, faute de temps : les réunions de décision et les 8 faits à confirmer. »"""
    names = [speech.lower_first(telling.subject(turn, name)) for name in made.reserve]
    placed = any(point.kind == "facts" for point in made.points)
    if made.facts and not placed:
        names.append(turn.say("plan.facts", n=len(made.facts)))
    return turn.say("plan.reserve", names=speech.listed(names, turn.lang)) if names else ""


def _swap_screen(turn: Turn, out: str) -> Screen:
    """Which point gives its place; then which one takes it."""
    made = agenda_of(turn)
    back = turn.button("btn.back", "s", "plan")
    if out not in made.debates:
        buttons = [
            turn.labelled(telling.subject(turn, name)[:42], "s", "plan_change", name)
            for name in made.debates
        ]
        return Screen(turn.say("plan.swap_out"), grouped([*buttons, back], single=True))
    buttons = [
        turn.labelled(telling.subject(turn, name)[:42], "s", "swap", f"{out}.{name}")
        for name in made.reserve
    ]
    text = turn.say("plan.swap_in", subject=telling.subject(turn, out))
    return Screen(text, grouped([*buttons, back], single=True))


def approve_screen(turn: Turn) -> Screen:
    """Whether what goes to the committee is approved, by both who prepare it."""
    other = partner(turn)
    assert other is not None
    owner = here(turn).seats[0].id
    name = seats.the(turn, other.id if turn.owner else owner)
    rows = ((turn.button("btn.round_approve", "s", "approve"),),)
    return Screen(turn.say("plan.approve", name=name), rows, fresh=True)


_SCREENS: dict[str, Callable[[Turn, str], Screen]] = {
    "rule": _rule_screen,
    "minutes": _minutes_screen,
    "day": _day_screen,
    "typed": _typed_screen,
    "hour": _hour_screen,
    "sure": _sure_screen,
    "swap": _swap_screen,
}
