"""A committee's meeting without a channel: P12's results, the group's screen, the chair's hands.

For what happens once the second round is closed; on the stand-in, see `room`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot import compose
from bot.content.library import Library
from bot.conversation.hearing import Command, Hearing, Polled, Posted, Typed, decode
from bot.conversation.meeting.running import in_meeting
from bot.conversation.reply import Convene, EndPoll, Notify, Poll, Reply
from bot.conversation.respond import respond
from bot.conversation.screen import Screen, Toast
from bot.conversation.state import Conversation, Member, Second
from bot.conversation.turn import House, Turn
from bot.core.digest import Digest
from bot.core.digesting import digest
from bot.core.interview import Interview
from bot.core.rounds import concluded, retained, weights
from bot.core.session import Phase, Seat, Session, Status
from bot.documents.press import Press
from bot.settings import Settings
from tests.committees import five

MEETING = datetime(2026, 12, 15, 8, 2, tzinfo=UTC)
WHY = "Nous transformons pour que chaque client soit reconnu, quel que soit le canal."
CHAIR, SOMEBODY = "telegram:1", "telegram:2"
REASONS = {
    "steering_days": ("info", "vecu", "long", "info", "info"),
    "clarity_of_why": ("info", "vecu", "vecu", "info", "info"),
    "shared_targets": ("vecu", "court", "vecu", "court", "vecu"),
}


def results(library: Library, changed: dict[str, dict[str, object]] | None = None) -> Digest:
    """P12 after its second round; `changed` are the values changed to, by item and seat."""
    answers, expertise = five(library), library.expertise
    first = digest(expertise, answers, invited=5, named=False)
    items = retained(first, weights(expertise))
    votes = {
        seat: {
            item: Second(
                (changed or {}).get(item, {}).get(seat, mine[item]),  # type: ignore[arg-type]
                REASONS.get(item, ("vecu",) * 5)[n],
                "oui",
            )
            for item in items
            if item in mine
        }
        for n, (seat, mine) in enumerate(answers.items())
    }
    return concluded(expertise, first, answers, votes, items, named=False)


def convened(found: Digest, **changes: object) -> Session:
    """A session whose second round is closed, the chief executive its owner."""
    roles = ("DG", "MKT", "COM", "DRH", "DSI")
    seats = [Seat(role, f"telegram:{n}", status=Status.DONE) for n, role in enumerate(roles, 1)]
    session = Session(
        id="abcd2345",
        owner=CHAIR,
        zone="Europe/Paris",
        lang="fr",
        opened=datetime(2026, 11, 24, 13, tzinfo=UTC),
        deadline=datetime(2026, 12, 9, 17, tzinfo=UTC),
        phase=Phase.CLOSED,
        seats=tuple(seats),
        digest=found,
        final=found,
        rule="majorite",
    )
    return replace(session, **changes)  # type: ignore[arg-type]


def house(library: Library) -> House:
    """The bot's house, as it runs."""
    settings = Settings(_env_file=None, codir_controller="Maison Lucie")
    return compose.house(settings, library, Press(compose.shelf(library)))


class Board:
    """The group's screen: what is on it, and what the chair or somebody else does there."""

    def __init__(self, library: Library, session: Session) -> None:
        self.house = house(library)
        self.session = session
        self.now = MEETING
        self.screen = Screen("")
        self.toast = ""
        self.polls: list[Poll] = []
        self.told: list[Notify] = []
        self.said: list[str] = []
        self._posts = iter(range(100, 10_000))
        self._counts: tuple[int, ...] = ()

    def turn(self, person: str = CHAIR) -> Turn:
        state = Conversation(Interview(self.session.id), lang="fr")
        return Turn(self.house, state, self.now, "ab" * 32, person, self.session, bot="codir_bot")

    def hear(self, heard: Hearing, person: str = CHAIR) -> None:
        self.toast = ""
        posted = [self._play(reply) for reply in in_meeting(self.turn(person), heard)]
        for what in filter(None, posted):
            self.hear(what, person)

    def _play(self, reply: Reply) -> Hearing | None:
        match reply:
            case Convene(session):
                self.session = session
            case Screen(reply=True):
                self.said.append(reply.text)
                return Posted("reply", next(self._posts))
            case Screen():
                self.said.append(reply.text)
                self.screen = reply
            case Toast(text):
                self.toast = text
            case Notify():
                self.told.append(reply)
            case Poll():
                self.polls.append(reply)
                return Posted("poll", next(self._posts))
            case EndPoll():
                return Polled(self._counts)
        return None

    def tap(self, label: str, person: str = CHAIR) -> None:
        """A tap on a button that is on the screen."""
        found = [b for row in self.screen.rows for b in row if b.label == label]
        assert found, f"no [{label}] under:\n{self.picture()}"
        tap = decode(found[0].action)
        assert tap
        assert tap.interview == self.session.id
        self.hear(tap, person)

    def write(self, text: str, person: str = CHAIR) -> None:
        self.hear(Typed(text), person)

    def close_vote(self, *counts: int) -> None:
        self._counts = counts
        self.tap("Clore le vote")

    def to(self, number: int) -> None:
        """On to a point by its number."""
        if not self.screen.rows:
            self.present()
        if "Premier point" in self.labels:
            self.tap("Premier point")
        while f"Point {number} sur" not in self.screen.text:
            self.tap("Point suivant")

    def present(self) -> None:
        self.hear(Command("seance"))

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.screen.rows for button in row]

    def picture(self) -> str:
        rows = [" ".join(f"[{b.label}]" for b in row) for row in self.screen.rows]
        return "\n".join([self.screen.text, *rows])


class Chair:
    """The chair's private chat."""

    def __init__(self, library: Library, session: Session, state: Conversation) -> None:
        self.house = house(library)
        self.session = session
        self.state = state
        self.now = MEETING
        self.replies: list[Reply] = []
        self.person = CHAIR

    def hear(self, heard: Hearing) -> None:
        turn = Turn(self.house, self.state, self.now, "cd" * 32, self.person, self.session, bot="b")
        self.state, self.replies = respond(turn, heard)
        for reply in self.replies:
            if isinstance(reply, Convene):
                self.session = reply.session

    @property
    def screens(self) -> list[Screen]:
        return [reply for reply in self.replies if isinstance(reply, Screen)]

    def tap(self, label: str) -> None:
        rows: Sequence[tuple[object, ...]] = self.screens[-1].rows
        found = [b for row in self.screens[-1].rows for b in row if b.label == label]
        assert found, f"no [{label}] under {self.screens[-1].text}\n{rows}"
        tap = decode(found[0].action)
        assert tap
        self.hear(tap)

    def picture(self) -> str:
        said = []
        for screen in self.screens:
            rows = [" ".join(f"[{b.label}]" for b in row) for row in screen.rows]
            said.append("\n".join([screen.text, *rows]))
        return "\n\n".join(said)


def owner(library: Library, session: Session) -> Conversation:
    """The owner's conversation, their questionnaire answered."""
    answers = five(library)["DG"]
    interview = Interview(
        "abcdef", answers=answers, given={"owner": "oui"}, versions={"diagnostic": "1"}
    )
    return Conversation(
        interview, place="answered", consent=MEETING, member=Member(session.id, "DG")
    )


def voted(board: Board, *counts: int) -> None:
    """The vote opened, and closed on these totals."""
    board.to(6)
    board.tap("Ouvrir le vote")
    board.close_vote(*counts)


def whole(board: Board) -> Session:
    """A meeting from its first point to its close."""
    board.to(3)
    board.tap("Noter la phrase retenue")
    board.write(WHY)
    voted(board, 3, 2, 0)
    board.tap("Enregistrer comme décision")
    board.tap("Plus tard, en privé")
    board.to(7)
    board.tap("Valider")
    board.to(8)
    board.tap("Adopter le point mensuel")
    board.tap("Clore la séance")
    return board.session
