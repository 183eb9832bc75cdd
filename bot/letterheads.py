"""The company's letterhead: a file from outside, looked at, kept, and tried on a page."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from bot.conversation import drafting
from bot.conversation.hearing import Examined, Hearing
from bot.conversation.reply import Examine
from bot.documents import letterhead
from bot.documents.facts import File
from bot.documents.letterhead import Letterhead
from bot.documents.printer import Printer
from bot.filing import Present
from bot.orders import order
from bot.outcome import Outcome
from bot.storage.repository import Repository

log = logging.getLogger(__name__)


class Letterheads:
    """What is done with a file that a person sends to be written on."""

    def __init__(
        self,
        repository: Repository,
        printer: Printer,
        present: Present,
        handle: Callable[[str, Hearing, str], Awaitable[Outcome]],
    ) -> None:
        self._repository = repository
        self._printer = printer
        self._present = present
        self._handle = handle

    async def examine(
        self, person: str, asked: Examine, fetch: Callable[[], Awaitable[bytes]]
    ) -> Outcome:
        """What to say of a file, which is fetched only when its size allows; clean, it is kept."""
        try:
            letterhead.check_size(asked.sent.size)
            found = await self._printer.inspect(await fetch(), asked.sent.name)
        except letterhead.Unusable as error:
            kind = error.words.get("type", "other")
            refused = kind if kind != "other" else error.reason_key
            return await self._said(person, Examined(refused=refused, words=error.words))
        except Exception as error:  # whatever the channel raises when a file does not arrive
            log.warning("file not received: %s", type(error).__name__)
            return await self._said(person, Examined(refused="failed"))
        heard = await self._found(person, asked.trial, found)
        await self._repository.keep(person, asked.trial, found.kept)
        return await self._said(person, heard)

    async def _found(self, person: str, trial: str, found: Letterhead) -> Examined:
        """What a file is: a letterhead, or a template with fields that answers fill or not."""
        if not found.fields:
            return Examined(trial, found.body_lines)
        turn, _ = await self._present(person)
        wanted = [order(turn, kind, turn.state.version or 1) for kind in drafting.wanted(turn)]
        if not wanted:
            wanted = [order(turn, "note", 1)]
        said = await self._printer.answers(wanted, found.fields)
        unknown = tuple(one for one in found.fields if one.key not in said)
        unanswered = tuple(one for one in found.fields if said.get(one.key) == "")
        return Examined(trial, 0, len(found.fields), unknown, unanswered)

    async def test_page(self, person: str, name: str) -> File | None:
        """A page written on a kept letterhead; none once the letterhead is gone."""
        turn, _ = await self._present(person)
        paper = await self._repository.kept(person, name)
        if paper is None:
            return None
        today = turn.now.date()
        page = await self._printer.test_page(paper, turn.lang, today)
        stem = turn.say("letterhead.file")
        return File(f"{stem}_{today.isoformat()}.pdf", page)

    async def _said(self, person: str, heard: Examined) -> Outcome:
        turn, _ = await self._present(person)
        return await self._handle(person, heard, turn.lang)
