"""What is done later for a person: documents to bring, and the end of what is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.conversation import papers
from bot.conversation.expiry import gone_screen, warning_screen
from bot.conversation.personal import count
from bot.conversation.retention import shortest, warned_days
from bot.conversation.screen import Deliver, Notify, Reply, Screen
from bot.conversation.turn import House, Turn
from bot.documents.facts import Order
from bot.jobs.port import Job
from bot.storage.repository import Repository, Stored

DELIVER, KEEP, NOTICE = "deliver", "keep", "notice"
"""The kinds of jobs."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Documents to bring. `mark` tells their content, whenever they are written.

    `live` is the message that carries the buttons; `files` are the channel's own ids of the
    same documents sent before; `there` tells that this very job has sent them already.
    """

    deliver: Deliver
    mark: str
    live: int = 0
    files: tuple[str, ...] = ()
    there: bool = False


@dataclass(frozen=True, slots=True)
class Keeping:
    """What to tell a person about the end of what is kept, and the second to look again.

    `live` is the message that carries the buttons; `gone` tells that nothing is kept any more.
    """

    screen: Screen | None = None
    lang: str = "fr"
    live: int = 0
    gone: bool = False
    again: float | None = None


class Errands:
    """Puts jobs beside a save, and prepares each when its time has come."""

    def __init__(
        self,
        repository: Repository,
        turn: Callable[[Stored | None], Turn],
        orders: Callable[[Turn, Deliver], list[Order]],
        clock: Callable[[], datetime],
    ) -> None:
        self.jobs = repository.jobs
        self._repository = repository
        self._turn = turn
        self._orders = orders
        self._clock = clock

    def due(self, person: str, house: House, replies: Sequence[Reply], *, first: bool) -> list[Job]:
        """The jobs of a save: documents asked for, and one for as long as anything is kept."""
        jobs = [delivery(person, reply) for reply in replies if isinstance(reply, Deliver)]
        jobs += [notice(reply) for reply in replies if isinstance(reply, Notify)]
        if first:
            watch = self._look_again(house, datetime.max).timestamp()
            jobs.append(Job(f"{KEEP}:{person}", KEEP, person, run_at=watch))
        return jobs

    async def parcel(self, job: Job) -> Parcel | None:
        """The documents of a job; none when a newer version or an erasure has come since."""
        stored = await self._repository.load(job.person)
        turn = self._turn(stored)
        deliver = papers.delivery(turn)
        if stored is None or job.payload != _ids(deliver):
            return None
        mark = _mark(self._orders(turn, deliver), turn.state.letterhead, deliver.phone)
        sent = await self._repository.noted(job.person, job.id)
        if sent is None:
            return Parcel(deliver, mark, stored.live)
        noted = json.loads(sent.data)
        files = tuple(noted["files"]) if noted["mark"] == mark else ()
        return Parcel(deliver, mark, stored.live, files, there=not sent.told)

    async def sent(
        self, job: Job, parcel: Parcel, messages: Sequence[int], files: Sequence[str]
    ) -> None:
        """Note, right after sending, in which messages and as which files the documents went."""
        noted = {"mark": parcel.mark, "messages": list(messages), "files": list(files)}
        await self._repository.note(job.person, job.id, json.dumps(noted).encode())

    async def keep(self, person: str) -> Keeping:
        """Warn before the answers go, and remove them once their time is over."""
        stored, now = await self._repository.load(person), self._clock()
        if stored is None:
            return Keeping()
        turn = self._turn(stored)
        until = datetime.fromtimestamp(stored.until)
        gone = await self._repository.purge(person, int(now.timestamp()))
        again = self._look_again(turn.house, until)
        if not gone and again > now:
            return Keeping(again=again.timestamp())
        screen = gone_screen(turn) if gone else warning_screen(turn, until.date())
        return Keeping(
            screen if turn.state.begun and count(turn) else None,
            turn.lang,
            stored.live,
            gone,
            None if gone else stored.until,
        )

    def _look_again(self, house: House, until: datetime) -> datetime:
        """When to warn, or sooner if a message could yet bring the end nearer than it is."""
        days = shortest(house)
        nearest = min(until, self._clock() + timedelta(days=days))
        return nearest - timedelta(days=warned_days(days))


def delivery(person: str, deliver: Deliver) -> Job:
    """The same job for each tap that asks for the same version; due at once."""
    id_ = f"{DELIVER}:{person}:{deliver.interview}:{deliver.version}"
    id_ += ":phone" if deliver.phone else ""
    return Job(id_, DELIVER, person, _ids(deliver))


def notice(told: Notify) -> Job:
    """The same job for the same topic at the same time."""
    id_ = f"{NOTICE}:{told.session}:{told.seat}:{told.topic}:{told.at:.0f}"
    ids = {"session": told.session, "seat": told.seat, "topic": told.topic}
    return Job(id_, NOTICE, told.person, ids, told.at)


def _ids(deliver: Deliver) -> dict[str, str]:
    edition = "phone" if deliver.phone else "whole"
    return {
        "interview": deliver.interview,
        "version": str(deliver.version),
        "edition": edition,
    }


def _mark(orders: Sequence[Order], letterhead: str, phone: bool) -> str:
    """What the documents say and on which paper, whatever the day."""
    timeless = [replace(order, today=date.min) for order in orders]
    return hashlib.sha256(repr((timeless, letterhead, phone)).encode()).hexdigest()
