"""A committee in private chats without a channel: five people, one session, what each reads.

For what comes between the questionnaire and the meeting; time passes with `wait`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import compose
from bot.content.library import Library
from bot.conversation.hearing import Command, Due, Hearing, Typed, decode
from bot.conversation.reply import Bring, Convene, Gather, Notify, Reply
from bot.conversation.respond import respond
from bot.conversation.rounds.again import cursor
from bot.conversation.screen import Button, Screen, Toast
from bot.conversation.state import Conversation, Member
from bot.conversation.turn import House, Turn
from bot.core.dialog import Blank, Type
from bot.core.interview import Interview
from bot.core.reading import Answer
from bot.core.session import Mode, Seat, Session, Status
from bot.documents.press import Press
from bot.settings import Settings
from tests.playing import normal

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 12, 7, 14, 0)
DIRECTORS = ("DG", "MKT", "COM", "DRH", "DSI")
TO_MEETING = "Porter ce point à l'ordre du jour"
OPEN_SECOND = "Lancer le second tour (5 points)"


@dataclass
class Reader:
    """One person at the table: their state, and everything they were shown."""

    state: Conversation
    read: list[Reply] = field(default_factory=list)

    @property
    def screens(self) -> list[Screen]:
        return [one for one in self.read if isinstance(one, Screen)]

    @property
    def text(self) -> str:
        """The newest message."""
        return self.screens[-1].text

    @property
    def words(self) -> str:
        """Everything that was read, labels included."""
        labels = [b.label for one in self.screens for row in one.rows for b in row]
        toasts = [one.text for one in self.read if isinstance(one, Toast)]
        return "\n".join([*(one.text for one in self.screens), *labels, *toasts])

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.screens[-1].rows for button in row]


class Table:
    """A session and its people; each deed is saved and told as the program does."""

    def __init__(
        self,
        library: Library,
        answers: Mapping[str, Mapping[str, Answer]],
        *,
        langs: Mapping[str, str] | None = None,
        mode: Mode = Mode.ANONYMOUS,
        now: datetime = NOW,
    ) -> None:
        self.house: House = compose.house(
            Settings(_env_file=None), library, Press(compose.shelf(library))
        )
        self.library, self.now = library, now
        self.due: list[Notify] = []
        self.brought: list[tuple[str, Bring]] = []
        self.readers = {
            seat: Reader(self._state(seat, given, (langs or {}).get(seat, "fr")))
            for seat, given in answers.items()
        }
        opened = now.replace(tzinfo=PARIS)
        seats = tuple(
            Seat(seat, person=seat, agreed=opened, status=Status.DONE, named=mode is Mode.NAMED)
            for seat in answers
        )
        self.session = Session(
            "session1",
            owner=next(iter(answers)),
            zone="Europe/Paris",
            lang="fr",
            opened=opened,
            deadline=opened,
            mode=mode,
            seats=seats,
        )

    def _state(self, seat: str, given: Mapping[str, Answer], lang: str) -> Conversation:
        dialogs = self.library.dialogs.values()
        offers = (q.id for q in self.library.dialogs["diagnostic"].questions if _offer(q.type))
        interview = Interview(
            f"{seat.lower():x<6}"[:6],
            answers={**dict.fromkeys(offers, "non"), **given},
            given={"owner": "oui"} if seat == "DG" else {},
            versions={dialog.id: dialog.version for dialog in dialogs},
        )
        return Conversation(
            interview,
            lang=lang,
            place="answered",
            consent=self.now,
            touched=self.now,
            member=Member("session1", seat),
        )

    def turn(self, seat: str) -> Turn:
        state = self.readers[seat].state
        now = self.now.replace(tzinfo=PARIS).astimezone().replace(tzinfo=None)
        return Turn(self.house, state, now, "0" * 64, seat, self.session, bot="codir_bot")

    def hear(self, seat: str, heard: Hearing) -> Reader:
        """Do something, and let everybody read what it brings."""
        reader, turn = self.readers[seat], self.turn(seat)
        state, replies = respond(turn, heard)
        if any(isinstance(one, Gather) for one in replies):
            present = {one.id for one in self.session.present}
            members = {id_: one.state for id_, one in self.readers.items() if id_ in present}
            state, replies = respond(replace(turn, members=members), heard)
        reader.state = state
        for one in replies:
            if isinstance(one, Convene):
                self.session = one.session
            elif isinstance(one, Notify):
                self.due.append(one)
            elif isinstance(one, Bring):
                self.brought.append((seat, one))
            else:
                reader.read.append(one)
        self.tell()
        return reader

    def later(self, seat: str, topic: str, at: float) -> None:
        """Something put off beforehand."""
        self.due.append(Notify(self.session.id, seat, seat, topic, at))

    def tell(self) -> None:
        """What is due by now."""
        now = self.now.replace(tzinfo=PARIS).timestamp()
        ready = [one for one in self.due if one.at <= now]
        self.due = [one for one in self.due if one.at > now]
        for one in dict.fromkeys(ready):
            self.hear(one.seat, Due(one.session, one.topic))

    def wait(self, until: datetime) -> None:
        """Let time pass, hour by hour."""
        while self.now < until:
            self.now = min(self.now + timedelta(hours=1), until)
            self.tell()

    def tap(self, seat: str, *labels: str) -> Reader:
        """Tap buttons that are on screen, one after the other."""
        for label in labels:
            tap = decode(self.button(seat, label).action)
            assert tap is not None
            self.hear(seat, tap)
        return self.readers[seat]

    def press(self, seat: str, *deed: str) -> Reader:
        """A tap on a button that may be gone."""
        tap = decode(":".join((self.readers[seat].state.interview.id, "s", *deed)))
        assert tap is not None
        return self.hear(seat, tap)

    def say(self, seat: str, text: str) -> Reader:
        return self.hear(seat, Typed(text))

    def command(self, seat: str, line: str) -> Reader:
        name, _, rest = line.removeprefix("/").partition(" ")
        return self.hear(seat, Command(name, rest))

    def button(self, seat: str, label: str) -> Button:
        shown = [b for one in self.readers[seat].screens[-4:] for row in one.rows for b in row]
        found = [button for button in shown if normal(button.label) == normal(label)]
        assert found, f"no button {label!r} among {[button.label for button in shown]}"
        return found[-1]


def _offer(type_: Type) -> bool:
    return type_ is Type.OFFER


def closed(table: Table) -> Table:
    """The first round closed, every disputed fact sent to the meeting."""
    table.press("DG", "close")
    table.tap("DG", "Clore le premier tour", TO_MEETING, "Tout porter en séance")
    return table


def second(table: Table) -> Table:
    """The second round opened."""
    closed(table).tap("DG", OPEN_SECOND)
    return table


def answer_again(table: Table, seat: str, changes: Mapping[str, str] | None = None) -> None:
    """Every point of the second round, kept or changed, with the same reason; no argument."""
    table.press(seat, "second")
    while (here := cursor(table.turn(seat)))[1] not in ("argument", "done"):
        name, step = here
        match step:
            case "answer" if changes and name in changes:
                table.press(seat, "value", f"{name}.{changes[name]}")
            case "answer" if table.turn(seat).interview.answers.get(name) is Blank.NSP:
                table.press(seat, "pass", name)
            case "answer":
                table.press(seat, "keep", name)
            case _:
                code = "vecu" if step == "reason" else "oui"
                table.press(seat, step, f"{name}.{code}")
    table.press(seat, "silent")


def finished(table: Table, changes: Mapping[str, Mapping[str, str]] | None = None) -> Table:
    """The second round answered by everybody and closed."""
    second(table)
    for seat in reversed(table.readers):
        answer_again(table, seat, (changes or {}).get(seat))
    table.tap("DG", "Clore et envoyer les résultats")
    return table
