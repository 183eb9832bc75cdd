"""What is done later for a person: documents to bring, and the end of what is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.convening import belongs
from bot.conversation import papers
from bot.conversation.expiry import gone_screen, warning_screen
from bot.conversation.personal import count
from bot.conversation.reply import Bring, Convene, Deliver, Dissolve, Notify, Reply
from bot.conversation.retention import shortest, warned_days
from bot.conversation.screen import Screen
from bot.conversation.session import sessions
from bot.conversation.session.participating import counted
from bot.conversation.turn import House, Turn
from bot.core.session import Session
from bot.documents.facts import Order
from bot.jobs.port import Job
from bot.storage.repository import Repository, Stored

DELIVER, BRING, KEEP, NOTICE = "deliver", "bring", "keep", "notice"
"""The kinds of a person's jobs: documents, files of a session, retention, a word for later."""
BOARD, END = "board", "end"
"""The kinds of a session's jobs: the message in its chat, its end."""
DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Parcel:
    """Documents to bring. `mark` tells their content, whenever they are written.

    `live` is the message that carries the buttons; `files` are the channel's own ids of the
    same documents sent before; `there` tells that this very job has sent them already.
    """

    what: Deliver | Bring
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
        present: Callable[[str], Awaitable[tuple[Turn, Stored | None]]],
        orders: Callable[[Turn, Deliver], list[Order]],
        mark: Callable[[Turn, Sequence[str]], Awaitable[str]],
        clock: Callable[[], datetime],
    ) -> None:
        self.jobs = repository.jobs
        self._repository = repository
        self._present = present
        self._orders = orders
        self._mark = mark
        self._clock = clock

    def due(self, before: Turn, after: Turn, replies: Sequence[Reply], *, first: bool) -> list[Job]:
        """The jobs of a save: what is to be brought or said, and what watches what is kept."""
        person, jobs = after.person, [notice(one) for one in replies if isinstance(one, Notify)]
        for reply in replies:
            match reply:
                case Deliver():
                    jobs.append(delivery(person, reply))
                case Bring():
                    jobs.append(bringing(after, reply))
                case Convene():
                    jobs += self._of_session(before.session, after.session)
                case Dissolve() if before.session and before.session.board:
                    jobs.append(_over(before.session))
        if first:
            watch = self._look_again(after.house, datetime.max).timestamp()
            jobs.append(Job(f"{KEEP}:{person}", KEEP, person, run_at=watch))
        return jobs

    async def parcel(self, job: Job) -> Parcel | None:
        """What a job is to bring; none when a newer version or an erasure has come since."""
        turn, stored = await self._present(job.person)
        if stored is None or (found := await self._wanted(turn, job)) is None:
            return None
        what, mark = found
        sent = await self._repository.noted(job.person, job.id)
        if sent is None:
            return Parcel(what, mark, stored.live)
        noted = json.loads(sent.data)
        files = tuple(noted["files"]) if noted["mark"] == mark else ()
        return Parcel(what, mark, stored.live, files, there=not sent.told)

    async def _wanted(self, turn: Turn, job: Job) -> tuple[Deliver | Bring, str] | None:
        """What is still wanted of a job, and what tells its content."""
        if job.kind == BRING:
            if turn.session is None or turn.session.id != job.payload["session"] or not turn.seat:
                return None
            bring = Bring(turn.session.id, tuple(job.payload["kinds"].split("+")))
            return bring, await self._mark(turn, bring.kinds)
        deliver = papers.delivery(turn)
        if job.payload != _ids(deliver):
            return None
        return deliver, _mark(self._orders(turn, deliver), turn.state.letterhead, deliver.phone)

    async def sent(
        self, job: Job, parcel: Parcel, messages: Sequence[int], files: Sequence[str]
    ) -> None:
        """Note, right after sending, in which messages and as which files the documents went."""
        noted = {"mark": parcel.mark, "messages": list(messages), "files": list(files)}
        await self._repository.note(job.person, job.id, json.dumps(noted).encode())

    async def keep(self, person: str) -> Keeping:
        """Warn before the answers go, and remove them once their time is over."""
        turn, stored = await self._present(person)
        if stored is None:
            return Keeping()
        now = self._clock()
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

    async def end(self, job: Job) -> float | None:
        """Remove a session once its time is over; until then, the second to look again."""
        key, now = sessions.key(job.payload["session"]), int(self._clock().timestamp())
        stored = await self._repository.load(key)
        if stored is None:
            return None
        if not await self._repository.purge(key, now):
            return _tomorrow(now, stored.until)
        chat = sessions.chat_key(sessions.unpack(stored.data).group)
        followed = await self._repository.load(chat)
        if followed and followed.data.decode() == job.payload["session"]:  # not another one since
            await self._repository.erase(chat, None)
        return None

    def _of_session(self, before: Session | None, after: Session | None) -> list[Job]:
        """What a change of the session asks for: an eye on its end, another message in its chat."""
        if after is None:
            return []
        watch, told = self._watch(after), counted(after)
        if not told or told == counted(before):
            return [watch]
        mark = hashlib.sha256(repr(told).encode()).hexdigest()[:16]
        return [watch, _of_session(BOARD, after, f":{mark}")]

    def _watch(self, session: Session) -> Job:
        """The job that removes a session, whoever leaves it: it belongs to nobody."""
        tomorrow = self._clock().timestamp() + DAY_SECONDS
        return _of_session(END, session, "", tomorrow)

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


def bringing(turn: Turn, bring: Bring) -> Job:
    """The same job for each tap that asks for the same files, as long as they say the same."""
    kinds = "+".join(bring.kinds)
    id_ = f"{BRING}:{turn.person}:{bring.session}:{kinds}:{_said(turn, bring)[:16]}"
    return Job(id_, BRING, turn.person, {"session": bring.session, "kinds": kinds})


def _of_session(kind: str, session: Session, mark: str = "", run_at: float = 0.0) -> Job:
    """A job that is nobody's but the session's."""
    person = belongs(session.id, session.owner)
    id_ = f"{kind}:{sessions.key(session.id)}{mark}"
    return Job(id_, kind, person, {"session": session.id}, run_at)


def _over(session: Session) -> Job:
    """The last word of the message in a session's chat, which the session does not outlive."""
    job = _of_session(BOARD, session, ":over")
    left = {"chat": str(session.group), "board": str(session.board), "lang": session.lang}
    return replace(job, payload={**job.payload, **left})


def notice(told: Notify) -> Job:
    """The same job for the same topic at the same time.

    Jobs are not sealed: the function that somebody answers for is not in theirs.
    """
    id_ = f"{NOTICE}:{told.session}:{told.person}:{told.topic}:{told.at:.0f}"
    ids = {"session": told.session, "topic": told.topic}
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


def _said(turn: Turn, bring: Bring) -> str:
    """What the files of a session are written from, whatever the day."""
    session = sessions.pack(turn.session) if turn.session else b""
    own = sorted(turn.interview.answers.items())
    words = (bring, session, own, turn.lang, turn.state.letterhead)
    return hashlib.sha256(repr(words).encode()).hexdigest()


def _tomorrow(now: float, end: float) -> float:
    """When to look again at what is kept until a second that may be brought nearer."""
    return min(end, now + DAY_SECONDS)
