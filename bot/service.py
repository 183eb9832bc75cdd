"""One update: gather the conversation, decide what it means, save it, give the replies."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation.acting import begin
from bot.conversation.papers import language, wanted
from bot.conversation.respond import back_again, respond
from bot.conversation.retention import kept_days
from bot.conversation.screen import Deliver, Delivered, Erase, Hearing, Reply
from bot.conversation.state import Conversation, pack, unpack
from bot.conversation.turn import House, Turn
from bot.core.interview import Interview
from bot.documents.facts import File, Order
from bot.documents.press import Press
from bot.storage.repository import Conflict, Repository, Stored

EXPORT_NAME = "mes-donnees"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn gave: the replies, the language they are in, and the revision they show.

    `live` is the message that carried the buttons so far (0 for none); `erased` tells that
    nothing is kept of the person any more.
    """

    replies: tuple[Reply, ...] = ()
    lang: str = "fr"
    revision: int = 0
    live: int = 0
    erased: bool = False


class Service:
    """The one imperative use case, whatever the channel."""

    def __init__(
        self,
        house: House,
        repository: Repository,
        press: Press,
        clock: Callable[[], datetime] = datetime.now,
        chance: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self.house = house
        self._repository = repository
        self._press = press
        self._clock = clock
        self._chance = chance
        self._printer = ThreadPoolExecutor(1, thread_name_prefix="press")

    async def handle(
        self, person: str, heard: Hearing, lang: str, update: int | None = None
    ) -> Outcome:
        """What a person did, decided and saved; no reply when this update was applied before.

        Raises Busy when nothing can be written: the same call can be made again later.
        """
        while True:
            stored = await self._repository.load(person)
            turn = self._turn(stored, lang)
            state, replies = respond(turn, heard)
            erased = any(isinstance(reply, Erase) for reply in replies)
            try:
                if erased:
                    await self._repository.erase(person, update)
                elif not await self._save(person, state, stored, update):
                    return _outcome(turn, stored, ())
            except Conflict:
                continue
            outcome = _outcome(turn.then(state), stored, tuple(replies))
            return replace(outcome, revision=outcome.revision + 1, erased=erased)

    async def _save(
        self, person: str, state: Conversation, stored: Stored | None, update: int | None
    ) -> bool:
        data = json.dumps(pack(state), ensure_ascii=False).encode()
        revision = stored.revision if stored else 0
        until = self._clock() + timedelta(days=kept_days(self.house, state))
        return await self._repository.save(person, data, revision, update, int(until.timestamp()))

    async def purge(self) -> int:
        """Remove the conversations kept as long as was announced; how many there were."""
        return await self._repository.purge(int(self._clock().timestamp()))

    def _turn(self, stored: Stored | None, lang: str) -> Turn:
        token = self._chance()
        if stored is not None:
            state = unpack(json.loads(stored.data))
            return Turn(self.house, state, self._clock(), token)
        blank = Turn(self.house, Conversation(Interview(""), lang=lang), self._clock(), token)
        return blank.then(begin(blank))

    async def again(self, person: str) -> Outcome:
        """The screen where a person stands, for whoever may have missed it."""
        stored = await self._repository.load(person)
        turn = self._turn(stored, self.house.lang)
        return _outcome(turn, stored, tuple(back_again(turn)))

    async def shown(self, person: str, revision: int, live: int) -> None:
        """The replies up to a revision have been seen."""
        await self._repository.shown(person, revision, live)

    async def unshown(self) -> list[str]:
        """The people whose last replies may not have reached them."""
        return await self._repository.unshown()

    async def write(self, person: str, deliver: Deliver) -> list[File]:
        """The documents, written off the event loop. Raises whatever the press raises."""
        stored = await self._repository.load(person)
        turn = self._turn(stored, self.house.lang)
        orders = [self._order(turn, kind, deliver.version) for kind in deliver.kinds]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._printer, self._print, orders)

    def _print(self, orders: list[Order]) -> list[File]:
        return [file for order in orders for file in self._press.write(order)]

    def _order(self, turn: Turn, kind: str, version: int) -> Order:
        values = turn.interview.values
        reason = str(values.get("option_reason", ""))
        lang = language(turn) or turn.lang
        params = turn.state.params
        return Order(kind, lang, turn.now.date(), values, version, reason, params)

    async def picture(self, person: str, name: str) -> tuple[bytes, str]:
        """A chart of the answers as they stand, or the first page to come: a PNG and its words."""
        stored = await self._repository.load(person)
        turn = self._turn(stored, self.house.lang)
        kind = (*wanted(turn), "note")[0]  # the charts are the same in every document
        order = self._order(turn, kind, turn.state.version or 1)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._printer, self._draw, order, name, turn.lang)

    def _draw(self, order: Order, name: str, lang: str) -> tuple[bytes, str]:
        if name == "preview":
            return self._press.preview(order), self.house.library.messages(lang, "doc.preview")
        return self._press.picture(replace(order, lang=lang), name)

    async def export(self, person: str) -> File:
        """A copy of everything kept about a person, as readable JSON."""
        stored = await self._repository.load(person)
        kept = json.loads(stored.data) if stored else {}
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        return File(f"{EXPORT_NAME}_{self._clock():%Y-%m-%d}.json", text.encode())

    async def delivered(self, person: str, *, ok: bool) -> Outcome:
        """What to say once the documents have reached the person, or could not be written."""
        return await self.handle(person, Delivered(ok), self.house.lang)

    async def close(self) -> None:
        """Let the press and the store finish."""
        self._printer.shutdown()
        await self._repository.close()


def _outcome(turn: Turn, stored: Stored | None, replies: tuple[Reply, ...]) -> Outcome:
    revision = stored.revision if stored else 0
    return Outcome(replies, turn.lang, revision, stored.live if stored else 0)
