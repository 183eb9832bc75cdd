"""Somebody who has blocked the bot: the owner learns it, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.conversation.hearing import Due
from bot.conversation.session import attending, sessions
from bot.core.session import Phase, Session
from bot.service import Service
from tests.gathering import finish, held, joined, link, opened, said
from tests.seated import change
from tests.standin import Person, StandIn
from tests.telegram_bot import NOW, Clock, do, last

LOST = "Ne reçoit plus mes messages (bot bloqué ou compte fermé) : "


async def row(service: Service, owner: Person) -> tuple[Session, int]:
    """The session as it is stored, and how often it has changed."""
    stored = await service._repository.load(sessions.key((await held(service, owner)).id))
    assert stored is not None
    return sessions.unpack(stored.data), stored.revision


async def lost(service: Service, owner: Person, seat: str) -> None:
    """Wait until a word to somebody has been refused."""

    async def there() -> bool:
        found = (await held(service, owner)).seat(seat)
        return found is not None and found.unreached

    for _ in range(100):
        if await there():
            return
        await owner.settle(1, quiet=0.05)
    raise AssertionError("nothing was refused")


@pytest.mark.parametrize("named", [False, True])
async def test_the_owner_reads_who_cannot_be_written_to(
    standin: StandIn, service: Service, clock: Clock, named: bool
) -> None:
    owner = await opened(standin, "MKT", "COM", named=named)
    guest = await joined(standin, owner, "MKT")
    await guest.block()
    await do(owner, "/statut")
    assert LOST not in last(owner), "nothing had to be said to them yet"
    clock.now = NOW + timedelta(hours=25)
    await lost(service, owner, "MKT")
    await do(owner, "/statut")
    assert f"{LOST}marketing" in last(owner)
    assert "En cours : direction générale, marketing" in last(owner), "they are still expected"
    await guest.unblock()
    await do(guest, "/statut")
    await do(owner, "/statut")
    assert LOST not in last(owner)
    assert "ne reçoit plus" not in said(guest).casefold()


async def test_it_is_noted_once_and_told_to_nobody(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest, other = [await joined(standin, owner, role) for role in ("MKT", "COM")]
    await guest.block()
    clock.now = NOW + timedelta(hours=25)
    await lost(service, owner, "MKT")
    await owner.settle()
    (session, before), words = await row(service, owner), [said(one) for one in (owner, other)]
    again = Due(session.id, attending.UNREACHED)
    await service.handle(f"telegram:{guest.user.id}", again, "fr")
    assert (await row(service, owner))[1] == before
    await owner.settle()
    assert [said(one) for one in (owner, other)] == words


async def test_a_reminder_to_them_is_not_promised(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "COM", "DSI")
    guest = await joined(standin, owner, "DSI")
    await guest.block()
    clock.now = NOW + timedelta(hours=25)
    await lost(service, owner, "DSI")
    await do(owner, "/statut", "[Relancer les deux personnes]")
    told = "La direction informatique ne reçoit plus mes messages (bot bloqué ou compte fermé)"
    assert told in said(owner)
    assert "Rappel envoyé" not in said(owner)


async def test_the_round_closes_as_it_would(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guests = [await joined(standin, owner, role) for role in ("MKT", "COM")]
    for guest in guests:
        await finish(guest)
    await guests[0].block()
    clock.now = datetime(2026, 12, 4, 17, 0)  # 18 h in Paris
    await owner.wait_for(lambda _: "Il est 18 h." in last(owner))
    await do(owner, "[Clore avec deux réponses]", "[Clore le premier tour]")
    await lost(service, owner, "MKT")
    session, _ = await row(service, owner)
    assert session.phase is Phase.CLOSED
    assert session.digest is not None
    assert session.digest.answered == 2
    await do(owner, "/statut")
    assert f"{LOST}marketing" in last(owner)
    await guests[0].unblock()
    await do(guests[0], "/resultats")
    assert "Ce que le CODIR a dit, et votre place." in last(guests[0])
    assert not any(seat.unreached for seat in (await held(service, owner)).seats)


async def test_after_an_erasure_it_is_a_number(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM", "DSI")
    await joined(standin, owner, "MKT")
    session = await held(service, owner)
    after = replace(session.change("MKT", unreached=True), phase=Phase.BETWEEN, erased=1)
    await change(service, owner, after)
    await do(owner, "/statut")
    assert "Une personne ne reçoit plus mes messages" in last(owner)
    assert "marketing" not in last(owner)


async def test_a_link_given_to_somebody_else_starts_anew(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"), "[Oui]")
    session = await held(service, owner)
    await change(service, owner, session.change("MKT", unreached=True))
    await do(owner, "/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]")
    await do(owner, "[Nouveau lien]")
    await do(owner, "/statut")
    assert LOST not in last(owner)
