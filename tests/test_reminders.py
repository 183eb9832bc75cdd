"""Reminders and deadlines: to whom, when, in which words, and what stops them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.content.library import Library
from bot.service import Service
from tests.gathering import finish, held, joined, opened, said
from tests.standin import Person, StandIn
from tests.telegram_bot import NOW, Clock, do, last, running

REMIND = "Bonjour. Il reste"


def reminders(person: Person) -> int:
    return said(person).count(REMIND)


async def quietly(person: Person) -> None:
    """Give what is due the time to come."""
    await person.settle(3, quiet=0.6)


async def test_a_day_after_and_a_day_after_that_and_no_more(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    clock.now = NOW + timedelta(hours=23)
    await quietly(guest)
    assert reminders(guest) == 0
    clock.now = NOW + timedelta(hours=24, minutes=1)
    await guest.wait_for(lambda _: reminders(guest) == 1)
    assert "Il reste 23 questions, environ 6 minutes, avant vendredi 4 décembre, 18 h." in last(
        guest
    )
    clock.now = NOW + timedelta(hours=49)
    await guest.wait_for(lambda _: reminders(guest) == 2)
    assert "Me le rappeler demain" not in " ".join(guest.last.labels)
    clock.now = NOW + timedelta(days=6)
    await quietly(guest)
    assert reminders(guest) == 2
    await do(guest, "[Reprendre la question 2]")
    assert "Contexte · 2/24" in last(guest)


async def test_not_at_night_nor_at_the_weekend(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 27, 18, 30)  # a Friday evening, 19 h 30 in Paris
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    clock.now = datetime(2026, 11, 29, 12, 0)
    await quietly(guest)
    assert reminders(guest) == 0
    clock.now = datetime(2026, 11, 30, 8, 0)  # 9 h in Paris
    await guest.wait_for(lambda _: reminders(guest) == 1)


async def test_tomorrow_is_the_next_and_last_one(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    clock.now = datetime(2026, 11, 25, 9, 5)
    await guest.wait_for(lambda _: reminders(guest) == 1)
    await do(guest, "[Me le rappeler demain]")
    assert "Entendu. Prochain et dernier rappel : jeudi 26 novembre à 9 h." in last(guest)
    clock.now = datetime(2026, 11, 26, 8, 1)
    await guest.wait_for(lambda _: reminders(guest) == 1)  # the first was edited
    clock.now = datetime(2026, 11, 27, 12, 0)
    await quietly(guest)
    assert reminders(guest) == 1


async def test_no_more_of_this(standin: StandIn, service: Service, clock: Clock) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    clock.now = datetime(2026, 11, 25, 9, 5)
    await guest.wait_for(lambda _: reminders(guest) == 1)
    await do(guest, "[Ne plus me relancer]")
    assert "Entendu : plus aucun rappel." in last(guest)
    clock.now = datetime(2026, 11, 27, 9, 5)
    await quietly(guest)
    assert reminders(guest) == 0
    await do(owner, "/statut", "[Relancer les deux personnes]")
    assert "La direction marketing ne souhaite plus de rappel" in last_but_links(owner)
    await quietly(guest)
    assert reminders(guest) == 0


def last_but_links(owner: Person) -> str:
    return said(owner).rpartition("Pour la direction")[0]


async def test_whoever_has_finished_is_left_in_peace(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    clock.now = NOW + timedelta(hours=30)
    await quietly(guest)
    assert reminders(guest) == 0


async def test_reminders_survive_a_stop(library: Library, standin: StandIn, tmp_path: Path) -> None:
    clock = Clock()
    async with running(library, standin, tmp_path, clock):
        owner = await opened(standin, "MKT", "COM")
        guest = await joined(standin, owner, "MKT")
    clock.now = NOW + timedelta(hours=26)
    async with running(library, standin, tmp_path, clock):
        await guest.wait_for(lambda _: reminders(guest) == 1)


async def test_the_owner_reminds_those_who_can_be_written_to(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "DSI", "DAF")
    guest = await joined(standin, owner, "DSI")
    await do(owner, "/statut", "[Relancer les deux personnes]")
    assert "Rappel envoyé à la direction informatique. La direction financière n'a pas encore" in (
        last_but_links(owner)
    )
    assert "Pour la direction financière, à transférer :" in last(owner)
    await guest.wait_for(lambda _: reminders(guest) == 1)
    await do(owner, "/statut", "[Relancer les deux personnes]")
    assert "Un rappel est déjà parti aujourd'hui" in last_but_links(owner)


async def test_at_night_the_owners_reminder_waits(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "DSI")
    guest = await joined(standin, owner, "DSI")
    clock.now = datetime(2026, 11, 24, 21, 0)
    await do(owner, "/statut", "[Relancer la personne]")
    assert "Rappel prévu mercredi, 9 h, à la direction informatique." in last(owner)
    await quietly(guest)
    assert reminders(guest) == 0
    clock.now = datetime(2026, 11, 25, 8, 0)
    await guest.wait_for(lambda _: reminders(guest) == 1)


async def test_the_deadline_asks_the_owner_who_waits(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "DSI")
    marketing = await joined(standin, owner, "MKT")
    await finish(marketing)
    guest = await joined(standin, owner, "DSI")
    clock.now = datetime(2026, 12, 4, 17, 0)  # 18 h in Paris
    await owner.wait_for(lambda _: "Il est 18 h." in last(owner))
    assert "Il est 18 h. Une personne sur trois a terminé." in last(owner)
    assert "La direction informatique a commencé." in last(owner)
    await do(owner, "[Attendre jusqu'à lundi, 12 h]")
    assert "Nouvelle échéance : lundi 7 décembre, 12 h. Les personnes concernées" in last(owner)
    before = len(marketing.chat)
    clock.now = datetime(2026, 12, 7, 8, 0)
    await guest.wait_for(lambda _: "reportée" in last(guest))
    assert "Bonjour. L'échéance est reportée à aujourd'hui, 12 h. Il reste 22 questions" in last(
        guest
    )
    assert len(marketing.chat) == before
    await do(guest, "[Reprendre la question 2]")
    assert "Contexte · 2/23" in last(guest)
    session = await held(service, owner)
    assert not session.asked


async def test_when_all_have_answered_the_owner_is_asked(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT")
    guest = await joined(standin, owner, "MKT")
    await finish(guest)
    await do(owner, "[J'ai transféré le message]", "[Répondre à mon tour]")
    await finish(owner)
    await owner.wait_for(lambda _: "Les deux personnes ont répondu." in last(owner))
    assert "Clore le premier tour ? Plus personne ne pourra changer" in last(owner)
    await do(owner, "[Attendre encore]")
    assert "La session reste ouverte jusqu'au vendredi 4 décembre, 18 h." in last(owner)


async def test_an_earlier_deadline_is_told_as_such(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "DSI")
    guest = await joined(standin, owner, "DSI")
    await do(owner, "/statut", "[Changer la date]", "[Vendredi 27 novembre, 18 h]")
    await guest.wait_for(lambda _: "L'échéance est désormais vendredi 18 h." in last(guest))
    clock.now = datetime(2026, 11, 27, 17, 0)
    await owner.wait_for(lambda _: "Personne n'a encore terminé." in last(owner))
    assert "La direction marketing n'a pas ouvert son lien." in last(owner)
    assert "Clore" not in " ".join(owner.last.labels)


async def test_a_deadline_keeps_its_hour_in_another_zone(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "DSI")
    await do(owner, "/statut", "[Réglages de la session]", "[Fuseau horaire]")
    there = next(label for label in owner.last.labels if "Réunion" in label)
    await owner.tap(there)
    await owner.settle()
    assert "Échéance : vendredi 4 décembre, 18 h" in last(owner)
    clock.now = datetime(2026, 12, 4, 13, 59)
    await quietly(owner)
    assert "Il est 18 h." not in last(owner)
    clock.now = datetime(2026, 12, 4, 14, 0)  # 18 h in La Réunion
    await owner.wait_for(lambda _: "Il est 18 h." in last(owner))
