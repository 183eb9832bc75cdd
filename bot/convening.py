"""What a committee shares: read with whoever is at work, and saved with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import retention, sessions
from bot.conversation.committee import about
from bot.conversation.screen import Convene, Dissolve, Hearing, Reply
from bot.conversation.state import unpack
from bot.conversation.turn import House, Turn
from bot.core.session import Session
from bot.storage.repository import Along, Repository, Row

Read = dict[str, int]
"""The revision of each row that was read, by key; 0 for none."""


class Convening:
    """The sessions of a store, as turns need them."""

    def __init__(self, house: House, repository: Repository) -> None:
        self._house = house
        self._repository = repository

    async def together(self, turn: Turn, heard: Hearing) -> tuple[Turn, Read]:
        """The turn with the session that it is about, and the revision of what was read."""
        id_ = about(turn.state, heard)
        if not id_:
            return turn, {}
        session, revision = await self.find(id_)
        return replace(turn, session=session), {sessions.key(id_): revision}

    async def find(self, id_: str) -> tuple[Session | None, int]:
        """A session, and its revision."""
        stored = await self._repository.load(sessions.key(id_))
        return (sessions.unpack(stored.data), stored.revision) if stored else (None, 0)

    async def gathered(self, turn: Turn) -> tuple[Turn, Read]:
        """The turn with the conversations of everybody in its session."""
        members, read = {}, {}
        for seat in turn.session.present if turn.session else ():
            if seat.person == turn.person:
                members[seat.id] = turn.state
            elif stored := await self._repository.load(seat.person):
                members[seat.id] = unpack(json.loads(stored.data))
                read[seat.person] = stored.revision
        return replace(turn, members=members), read

    def along(self, replies: Sequence[Reply], read: Mapping[str, int]) -> Along:
        """What changes beside the conversation: the session, or nothing but what was read."""
        session = convened(replies)
        also = [self._row(session, read)] if session else []
        seen = {key: revision for key, revision in read.items() if key not in {r.key for r in also}}
        gone = [sessions.key(reply.session) for reply in replies if isinstance(reply, Dissolve)]
        return Along(also=also, read=seen, gone=gone)

    def _row(self, session: Session, read: Mapping[str, int]) -> Row:
        """A session as it is saved. Nobody is shown the session itself."""
        key, until = sessions.key(session.id), retention.session_until(self._house, session)
        data = sessions.pack(session)
        return Row(key, data, read.get(key, 0), int(until.timestamp()), silent=True)


def convened(replies: Sequence[Reply]) -> Session | None:
    """The session as these replies leave it, if they change it."""
    changed = [reply.session for reply in replies if isinstance(reply, Convene)]
    return changed[-1] if changed else None
