"""What every test may use: the real content, loaded once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.content.library import Library, load_library
from bot.content.paths import content_folder
from bot.service import Service
from tests.committees import five
from tests.grounds import Embedded, Ground, Shared, new_database, postgres_server
from tests.meetings import Board, convened, results
from tests.round_table import Table
from tests.standin import Person, StandIn
from tests.telegram_bot import TO_THE_SEVENTH, Clock, do, running

# A busy machine is no fault of what is tried; whatever hangs is ended by pytest's own watch.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def library() -> Library:
    """The authored content of the project."""
    return load_library(content_folder("dialogs"), content_folder("knowledge"))


@pytest.fixture
def table(library: Library) -> Table:
    """The divided committee in private chats, everybody having answered."""
    return Table(library, five(library))


@pytest.fixture
def board(library: Library) -> Board:
    """The screen of a group whose committee has its results, and decides by majority."""
    board = Board(library, convened(results(library)))
    board.present()
    return board


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    """A Telegram that was spoken to correctly, and on which nobody was left without a word."""
    async with StandIn() as opened:
        yield opened
        assert opened.violations == []
        assert opened.unanswered() == []


@pytest.fixture
def clock() -> Clock:
    """The clock of the service, which a test may move."""
    return Clock()


@pytest.fixture
async def service(
    library: Library, standin: StandIn, tmp_path: Path, clock: Clock
) -> AsyncIterator[Service]:
    """The bot on the stand-in."""
    async with running(library, standin, tmp_path, clock) as open_service:
        yield open_service


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that the tests have to themselves."""
    with postgres_server() as address:
        yield address


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[Embedded]:
    """A SQLite file."""
    ground = Embedded(tmp_path)
    yield ground
    await ground.close()


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The address of a database of PostgreSQL that nobody has used."""
    with new_database(postgres) as address:
        yield address


@pytest.fixture
async def shared(tmp_path: Path, database: str) -> AsyncIterator[Shared]:
    """A database of PostgreSQL."""
    ground = Shared(tmp_path, database)
    yield ground
    await ground.close()


@pytest.fixture(params=["embedded", "shared"])
def ground(request: pytest.FixtureRequest) -> Ground:
    """Each place where a store can stand, one after the other."""
    found: Ground = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def lucie(standin: StandIn, service: Service) -> Person:
    """Somebody at the seventh question."""
    person = standin.person("Lucie", language_code="fr")
    await do(person, *TO_THE_SEVENTH)
    return person


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Below the outcome, one line for each long run that noted what it did."""
    for report in terminalreporter.getreports("passed"):
        for _, words in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {words}")
