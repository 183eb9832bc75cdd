"""Opening a session: the owner's choices, the links, and where the session stands."""

from __future__ import annotations

from bot.service import Service
from tests.gathering import finish, joined, opened
from tests.playing import normal
from tests.standin import StandIn
from tests.telegram_bot import do, last


async def test_two_people(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    await do(owner, "[J'ai transféré les deux]")
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await do(owner, "/statut")
    assert "Terminé : marketing" in last(owner)
