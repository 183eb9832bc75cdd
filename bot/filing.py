"""The files of a committee's session, written for whoever may have them."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot import orders
from bot.conversation.session import sessions
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.interview import Interview
from bot.documents.facts import File
from bot.documents.invitation import write_ics
from bot.documents.printer import Printer
from bot.storage.repository import Repository

Present = Callable[[str], Awaitable[tuple[Turn, Any]]]
"""Where a person stands, with their session."""


class Filing:
    """Writes the kinds of file that a session has, in the reader's language."""

    def __init__(self, repository: Repository, printer: Printer, present: Present) -> None:
        self._repository = repository
        self._printer = printer
        self._present = present

    async def write(self, person: str, kinds: Sequence[str]) -> list[File]:
        """The files, on the owner's letterhead; none for somebody who has left the session."""
        reader, _ = await self._present(person)
        owner = await self._owner(reader)
        if owner is None:
            return []
        made = (orders.session_order(owner, reader, k) for k in kinds if k in orders.COMMITTEES)
        wanted = [order for order in made if order]
        files = await self._printer.write(wanted, await self._paper(owner), phone=False)
        for kind in kinds:
            files += await self._beside(owner, reader, kind)
        return files

    async def mark(self, reader: Turn, kinds: Sequence[str]) -> str:
        """What the files are written from, whatever the day: the same while they say the same."""
        owner = await self._owner(reader)
        if owner is None:
            return ""
        made = (orders.session_order(owner, reader, kind) for kind in ("note", *kinds))
        timeless = [replace(order, today=date.min) for order in made if order]
        meeting = orders.invitation(owner, reader)
        when = meeting and replace(meeting, stamp=datetime.min)
        words = (timeless, when, orders.cards(reader), owner.state.letterhead, reader.lang)
        return hashlib.sha256(repr(words).encode()).hexdigest()

    async def _owner(self, reader: Turn) -> Turn | None:
        """The owner's side of the reader's session; without anything of theirs once they left."""
        session = reader.session
        if session is None or reader.seat is None:
            return None
        owner = reader if reader.owner else (await self._present(session.owner))[0]
        if owner.session and owner.session.id == session.id and owner.seat:
            return owner
        return reader.then(Conversation(Interview(reader.interview.id), lang=reader.lang))

    async def _paper(self, owner: Turn) -> bytes | None:
        name = owner.state.letterhead
        return await self._repository.kept(owner.person, name) if name else None

    async def _beside(self, owner: Turn, reader: Turn, kind: str) -> list[File]:
        """What is no document: the calendar's file, the page of codes, the picture."""
        match kind:
            case "invitation":
                return await self._invitation(owner, reader)
            case "links":
                return await self._links(reader)
            case "dots":
                return await self._dots(owner, reader)
        return []

    async def _invitation(self, owner: Turn, reader: Turn) -> list[File]:
        order = orders.session_order(owner, reader, "agenda")
        meeting = orders.invitation(owner, reader)
        if order is None or meeting is None:
            return []
        dated = replace(order, today=meeting.starts.date())
        return [await self._printer.beside(dated, "invitation.file", "ics", write_ics(meeting))]

    async def _links(self, owner: Turn) -> list[File]:
        session = owner.session
        if session is None or not (cards := orders.cards(owner)):
            return []
        until = sessions.moment(owner, session.deadline)
        order = orders.page_of_codes(owner)
        return await self._printer.codes(cards, session.name, until, order)

    async def _dots(self, owner: Turn, reader: Turn) -> list[File]:
        order = orders.session_order(owner, reader, "note")
        if order is None:
            return []
        content, _ = await self._printer.picture(order, "divergences")
        return [await self._printer.beside(order, "committee.dots", "png", content)]

    async def picture(self, reader: Turn) -> tuple[bytes, str]:
        """The dot plot for the chat, in the language of the chat, and the same in words."""
        owner = await self._owner(reader)
        order = orders.session_order(owner, reader, "note") if owner else None
        if order is None:
            raise LookupError("no results to draw")
        return await self._printer.picture(replace(order, lang=reader.lang), "divergences")
