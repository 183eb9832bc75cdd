"""What a committee shares: read with whoever is at work, and saved with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import retention
from bot.conversation.hearing import Command, Hearing, Moved
from bot.conversation.packing import unpack
from bot.conversation.reply import Convene, Dissolve, Reply
from bot.conversation.session import sessions
from bot.conversation.session.committee import about
from bot.conversation.turn import House, Turn
from bot.core.session import Phase, Session
from bot.storage.repository import Along, Repository, Row

Read = dict[str, int]
"""The revision of each row that was read, by key; 0 for none."""


class Convening:
    """The sessions of a store, as turns need them."""

    def __init__(self, house: House, repository: Repository) -> None:
        self._house = house
        self._repository = repository

    async def together(self, turn: Turn, heard: Hearing) -> tuple[Turn, Read]:
        """The turn with the session that it is about, and the revision of what was read.

        Of a link that somebody opens who sits in another session, that is the other one.
        """
        read: Read = {}
        named, member = about(heard), turn.state.member
        own = member.session if member else ""
        session = await self._held(named or own, read)
        link = isinstance(heard, Command) and named and turn.state.place != "invited"
        if link and own not in ("", named):
            mine = await self._held(own, read)
            if mine is not None and mine.seat_of(turn.person):
                return replace(turn, session=mine, asked=session), read
        return replace(turn, session=session), read

    async def find(self, id_: str) -> tuple[Session | None, int]:
        """A session, and its revision."""
        stored = await self._repository.load(sessions.key(id_))
        return (sessions.unpack(stored.data), stored.revision) if stored else (None, 0)

    async def gathered(self, turn: Turn) -> tuple[Turn, Read]:
        """The turn with the conversations of everybody in its session.

        Whoever began anew once their time here was over has answered elsewhere, not here.
        """
        members, read = {}, {}
        for seat in turn.session.present if turn.session else ():
            if seat.person == turn.person:
                members[seat.id] = turn.state
            elif stored := await self._repository.load(seat.person):
                read[seat.person] = stored.revision
                held = unpack(json.loads(stored.data))
                if held.member and turn.session and held.member.session == turn.session.id:
                    members[seat.id] = held
        return replace(turn, members=members), read

    async def in_chat(self, turn: Turn, heard: Hearing) -> tuple[Turn, Read]:
        """The turn with the session that its chat follows, else with the person's own."""
        read: Read = {}
        if isinstance(heard, Moved):
            await self._followed(heard.to, read)
        held = await self._held(await self._followed(turn.chat, read), read)
        mine = await self._held(await self._own(turn.person), read)
        here = held is not None and held.group == turn.chat
        over = held is None or held.phase is Phase.CLOSED
        left = held is not None and not sessions.led(held)
        anew = mine is not None and mine.owner == turn.person and mine.phase is not Phase.CLOSED
        session = held if here and not left and not (over and anew) else mine
        return replace(turn, session=session), read

    async def _followed(self, chat: int, read: Read) -> str:
        stored = await self._repository.load(key := sessions.chat_key(chat))
        read[key] = stored.revision if stored else 0
        return stored.data.decode() if stored else ""

    async def _held(self, id_: str, read: Read) -> Session | None:
        session, revision = await self.find(id_) if id_ else (None, 0)
        if id_:
            read[sessions.key(id_)] = revision
        return session

    async def _own(self, person: str) -> str:
        stored = await self._repository.load(person)
        member = unpack(json.loads(stored.data)).member if stored else None
        return member.session if member else ""

    def along(self, before: Turn, replies: Sequence[Reply], read: Mapping[str, int]) -> Along:
        """What changes beside the conversation: the session, or nothing but what was read."""
        rows, gone = [], []
        if session := convened(replies):
            rows = self._rows(session, read)
            gone = _left(before.session, session)
        for reply in replies:
            if isinstance(reply, Dissolve):
                gone += _all_of(reply.session, before)
        seen = {key: revision for key, revision in read.items() if key not in {r.key for r in rows}}
        return Along(also=rows, read=seen, gone=gone)

    def _rows(self, session: Session, read: Mapping[str, int]) -> list[Row]:
        """A session as it is saved, and its chat where that has just been read."""
        until = int(retention.session_until(self._house, session).timestamp())
        kept = {sessions.key(session.id): sessions.pack(session)}
        if (chat := sessions.chat_key(session.group)) in read:
            kept[chat] = session.id.encode()
        return [Row(key, data, read.get(key, 0), until, silent=True) for key, data in kept.items()]


def convened(replies: Sequence[Reply]) -> Session | None:
    """The session as these replies leave it, if they change it."""
    changed = [reply.session for reply in replies if isinstance(reply, Convene)]
    return changed[-1] if changed else None


def belongs(session: str, owner: str) -> str:
    """To whom the jobs of a session belong: to itself, on its owner's channel."""
    return f"{owner.partition(':')[0]}:{sessions.key(session)}"


def _left(before: Session | None, after: Session) -> list[str]:
    """The chat that a session does not follow any more."""
    if before is None or before.id != after.id or before.group in (0, after.group):
        return []
    return [sessions.chat_key(before.group)]


def _all_of(id_: str, before: Turn) -> list[str]:
    """Everything under a session's name: its row, its jobs, its chat."""
    chat = before.session.group if before.session else 0
    keys = [sessions.key(id_), belongs(id_, before.person)]
    return [*keys, sessions.chat_key(chat)] if chat else keys
