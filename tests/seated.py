"""A committee at hand in the real store: people on the stand-in who sit in one session."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta

from bot.channels.telegram.player import key
from bot.conversation.packing import pack, unpack
from bot.conversation.reply import Convene, Notify
from bot.conversation.session import sessions
from bot.conversation.state import Conversation, Member
from bot.core.session import SEATS, Phase, Seat, Session, Status
from bot.errands import notice
from bot.service import Service
from bot.storage.repository import Along
from tests.gathering import AGREE
from tests.meetings import results
from tests.standin import Person, StandIn
from tests.telegram_bot import do

ID = "abcd1234"


def named(person: Person) -> str:
    """The store's name for a person."""
    return key(person.user.id)


async def kept(service: Service, person: Person) -> Conversation:
    """What is kept of a person."""
    stored = await service._repository.load(named(person))
    assert stored is not None
    return unpack(json.loads(stored.data))


async def session_of(service: Service, id_: str = ID) -> Session | None:
    """A session as it is kept."""
    return (await service._convening.find(id_))[0]


async def keep(service: Service, person: Person, state: Conversation) -> None:
    """Put something else in a person's row, as if they had done it."""
    await _save(service, person, Along(), json.dumps(pack(state)).encode())


async def convene(
    service: Service, people: Sequence[Person], status: Status = Status.DONE, **more: object
) -> Session:
    """A session of people who have each begun their interview; the first one owns it."""
    now = service._clock().astimezone(UTC)
    session = Session(
        ID, named(people[0]), "Europe/Paris", "fr", now, now + timedelta(days=10), **more
    )
    seats = []
    for seat, person in zip(SEATS, people, strict=False):
        seats.append(Seat(seat, named(person), status=status))
        state = await kept(service, person)
        await keep(service, person, replace(state, member=Member(ID, seat)))
    session = replace(session, seats=tuple(seats))
    await change(service, people[0], session)
    return session


async def with_results(
    standin: StandIn, service: Service, names: Sequence[str], **more: object
) -> list[Person]:
    """People who have begun their interview, in a session that P12's second round has closed."""
    people = [standin.person(name, language_code="fr") for name in names]
    for person in people:
        await do(person, "/start", AGREE)
    found = results(service.house.library)
    changes = {"digest": found, "final": found, "phase": Phase.CLOSED, "rule": "majorite"}
    await convene(service, people, **{**changes, **more})
    return people


async def change(service: Service, owner: Person, session: Session) -> None:
    """Save a session as it is to be."""
    _, revision = await service._convening.find(session.id)
    replies = [Convene(session)]
    turn, _ = await service._present(named(owner))
    along = service._convening.along(turn, replies, {sessions.key(session.id): revision})
    due = service.errands.due(turn, turn.convened(session), replies, first=False)
    await _save(service, owner, replace(along, due=due))


async def put(service: Service, person: Person, told: Notify) -> None:
    """Have a word said later."""
    await _save(service, person, Along(due=[notice(told)]))


async def _save(service: Service, person: Person, along: Along, data: bytes = b"") -> None:
    stored = await service._repository.load(named(person))
    assert stored is not None
    data, along = data or stored.data, replace(along, silent=True)
    await service._repository.save(named(person), data, stored.revision, None, stored.until, along)
