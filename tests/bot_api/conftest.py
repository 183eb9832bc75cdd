"""What the tests of the stand-in share: a bot without a library, and people."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.bot_api.bot import Bot
from tests.standin import Group, Person, StandIn


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    """A Telegram to which anything may be said."""
    async with StandIn() as running:
        yield running


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(standin, session)


@pytest.fixture
async def lucie(standin: StandIn) -> Person:
    """She has written to the bot, which has answered with a question."""
    person = standin.person("Lucie", language_code="fr")
    await person.say("/start")
    return person


@pytest.fixture
async def paul(standin: StandIn) -> Person:
    return standin.person("Paul")


@pytest.fixture
async def group(standin: StandIn, lucie: Person, paul: Person) -> Group:
    return standin.group("CODIR", [lucie, paul])
