"""A committee from the invitation to the record of decisions: five people and their group.

The whole of what each of them read is in `tests/conversations/committee`, to be read in order;
`python -m tests.test_committee` writes it again after a change of words.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.content.library import Library, load_library
from bot.content.paths import content_folder
from bot.service import Service
from bot.storage.postgres import Postgres
from tests.committees import five
from tests.directors import Director
from tests.meetings import WHY
from tests.playing import normal
from tests.room import Room
from tests.standin import Person, StandIn
from tests.telegram_bot import Clock, do, running

FOLDER = Path(__file__).parent / "conversations" / "committee"
GUESTS = ("MKT", "COM", "DRH", "DSI")
NAMES = {"DG": "Dominique", "MKT": "Marie", "COM": "Carl", "DRH": "Renée", "DSI": "Sacha"}
CLOSING, MEETING = datetime(2026, 12, 7, 11), datetime(2026, 12, 15, 8, 2)


async def until(found: Callable[[], object], person: Person) -> None:
    """Wait for what takes its time: pictures, files, what others bring about."""
    if not found():
        await person.wait_for(lambda _: found(), 100)
        await person.settle(60, quiet=0.3)


async def invited(standin: StandIn, library: Library, lang: str) -> dict[str, Director]:
    """The owner's session, and four guests who have followed their links and agreed."""
    answers = five(library)
    owner = Director(standin.person(NAMES["DG"], language_code=lang), "DG", answers["DG"])
    await do(owner.person, "/start")
    if lang == "en":
        await owner.press("x:lang:en")
    await owner.press("x:consent", "p:role:DG")
    await do(owner.person, "/seance")
    await owner.press("s:mode:anonyme", "s:tick:DAF", "s:invited", "s:until:2026-12-04")
    people = {"DG": owner}
    for role in GUESTS:
        if role != GUESTS[0]:
            await owner.press(f"s:link:{role}")
        found = re.search(r"start=([\w-]+)", owner.holder().words)
        assert found is not None
        guest = Director(standin.person(NAMES[role], language_code=lang), role, answers[role])
        await do(guest.person, f"/start {found[1]}")
        await guest.press("s:mine", "s:agree")
        people[role] = guest
    await owner.press("s:sent")
    return people


async def answered(people: dict[str, Director]) -> None:
    """Everybody answers the first round, on their own phone."""
    for role in GUESTS:
        await people[role].answer()
    await people["DG"].press("s:answer")
    await people["DG"].answer()


async def again(director: Director) -> None:
    """The second round: every point kept, with a reason; nothing added."""
    await until(lambda: director.offers("s:second"), director.person)
    await director.press("s:second")
    for _ in range(40):
        for action in ("s:keep", "s:reason", "s:discuss", "s:pass", "s:silent"):
            if director.offers(action):
                await director.press(action)
                break
        else:
            return


async def rounds(people: dict[str, Director], clock: Clock) -> None:
    """Both rounds closed, the facts left to the meeting."""
    owner = people["DG"]
    await until(lambda: owner.offers("s:close_yes"), owner.person)
    clock.now = CLOSING
    await owner.press("s:close_yes", "s:fact:sponsor.agenda", "s:facts_all")
    await until(lambda: owner.offers("s:second_open"), owner.person)
    await owner.press("s:second_open")
    for director in people.values():
        await again(director)
    await until(lambda: owner.offers("s:close_yes"), owner.person)
    await owner.press("s:close_yes")
    for director in people.values():
        await until(lambda d=director: d.offers("s:note"), director.person)


async def planned(owner: Director) -> None:
    """The agenda: a majority, 75 minutes, on a day; then its files."""
    await owner.press("s:plan", "s:plan_rule:majorite", "s:plan_minutes:75", "s:plan_at")
    await owner.press("s:files")
    await until(lambda: len(owner.person.files) == 6, owner.person)
    await until(lambda: owner.offers("s:results"), owner.person)


async def met(room: Room) -> None:
    """The meeting: the « why » noted, the vote, every point to the end."""
    await room.say("/seance@codir_conseil_bot")
    while not room.offers("note"):
        await room.press("go")
    await room.press("note")
    await room.say(WHY)
    while not room.offers("vote"):
        await room.press("go")
    await room.press("vote")
    await until(lambda: room.offers("close"), room.chair)
    for person, choice in zip(room.people, (0, 0, 0, 1, 1), strict=True):
        await person.vote(room.choices[choice], group=room.group)
    await room.press("close", "record", "private")
    while not room.offers("end"):
        await room.press("go")
    await room.press("end")


async def recorded(chair: Director) -> None:
    """The decisions completed in private, and the record."""
    await until(lambda: chair.offers("s:r_lead"), chair.person)
    await chair.press("s:r_lead:DG", "s:r_days:60")
    await chair.press("s:r_due:2027-02-12", "s:r_measure", "s:r_tells")
    await until(lambda: len(chair.person.files) == 8 and chair.offers("s:r_bye"), chair.person)


async def journey(
    standin: StandIn, library: Library, service: Service, clock: Clock, lang: str
) -> tuple[dict[str, Director], Room]:
    """From the invitation to the record."""
    people = await invited(standin, library, lang)
    await answered(people)
    await rounds(people, clock)
    await planned(people["DG"])
    clock.now = MEETING
    group = standin.group("CODIR", [director.person for director in people.values()])
    room = Room(service, group, [director.person for director in people.values()])
    await met(room)
    await recorded(people["DG"])
    return people, room


@pytest.fixture(params=["embedded", "shared"])
async def table(
    request: pytest.FixtureRequest, library: Library, standin: StandIn, tmp_path: Path, clock: Clock
) -> AsyncIterator[Service]:
    """The bot on each store."""
    store = None
    if request.param == "shared":
        address = request.getfixturevalue("database")
        store = await Postgres.open(address, tmp_path / "key", lambda: clock().timestamp())
    async with running(library, standin, tmp_path, clock, store=store) as service:
        yield service


def told(people: dict[str, Director], room: Room) -> dict[str, str]:
    """Everything that each person, and the group, read and did, in order."""
    found = {role: director.person.transcript() for role, director in people.items()}
    found["group"] = room.chair.transcript(room.group.chat)
    return {name: plain(text) for name, text in found.items()}


def plain(text: str) -> str:
    """In ordinary spaces and apostrophes, as transcripts are kept."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_from_the_invitation_to_the_record(
    library: Library, standin: StandIn, table: Service, clock: Clock, lang: str
) -> None:
    people, room = await journey(standin, library, table, clock, lang)
    for name, text in told(people, room).items():
        assert normal(text) == normal((FOLDER / lang / f"{name}.txt").read_text()), name


async def _write() -> None:
    library = load_library(content_folder("dialogs"), content_folder("knowledge"))
    for lang in ("fr", "en"):
        async with StandIn() as standin:
            with tempfile.TemporaryDirectory() as folder:
                clock = Clock()
                async with running(library, standin, Path(folder), clock) as service:
                    people, room = await journey(standin, library, service, clock, lang)
                    for name, text in told(people, room).items():
                        file = FOLDER / lang / f"{name}.txt"
                        file.parent.mkdir(parents=True, exist_ok=True)
                        file.write_text(text)


if __name__ == "__main__":
    asyncio.run(_write())
