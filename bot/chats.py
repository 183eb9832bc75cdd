"""What is done in a committee's chat: decided and saved with its session, nothing of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.convening import Convening, Read, convened
from bot.conversation.hearing import Hearing
from bot.conversation.meeting.group import respond_in_group
from bot.conversation.reply import Reply
from bot.conversation.screen import Screen
from bot.conversation.session.participating import counted, participation_screen
from bot.conversation.turn import Turn
from bot.core.interview import Interview
from bot.core.session import Session
from bot.errands import Errands
from bot.jobs.port import Job
from bot.outcome import Outcome
from bot.storage.repository import Conflict, Repository, Stored


class Chats:
    """The committees' chats of a channel."""

    def __init__(
        self,
        repository: Repository,
        convening: Convening,
        errands: Errands,
        turn: Callable[[Stored | None, str, str], Turn],
    ) -> None:
        self._repository = repository
        self._convening = convening
        self._errands = errands
        self._turn = turn

    async def handle(
        self, chat: int, person: str, heard: Hearing, lang: str, update: int | None = None
    ) -> Outcome:
        """What was done in a group, decided and saved: nothing of a person, only their session.

        Raises Busy when nothing can be written: the same call can be made again later.
        """
        while True:
            blank = self._turn(None, lang, person)
            turn, read = await self._convening.in_chat(replace(blank, chat=chat), heard)
            turn = _worded(turn)
            replies = respond_in_group(turn, heard)
            session = convened(replies)
            try:
                if session and not await self._save(turn, session, replies, read, update):
                    return Outcome(lang=turn.lang, live=session.board)
            except Conflict:
                continue
            followed = session or turn.session
            here = followed is not None and followed.group == chat
            live = followed.board if followed and here else 0
            return Outcome(tuple(replies), turn.lang, live=live)

    async def _save(
        self,
        turn: Turn,
        session: Session,
        replies: Sequence[Reply],
        read: Read,
        update: int | None,
    ) -> bool:
        """Save a session for which somebody did something in its group."""
        along = self._convening.along(turn, replies, read)
        row, *others = along.also
        due = self._errands.due(turn, turn.convened(session), replies, first=False)
        along = replace(along, also=others, due=due, silent=True)
        return await self._repository.save(
            row.key, row.data, row.revision, update, row.until, along
        )

    async def board(self, job: Job) -> tuple[int, Outcome]:
        """The chat that follows a session, and what its message tells; 0 when it tells no more."""
        ids = job.payload
        session, _ = await self._convening.find(ids["session"])
        if session is None and "chat" in ids:
            over = self._turn(None, ids["lang"], "").say("group.over")
            return int(ids["chat"]), Outcome((Screen(over),), ids["lang"], live=int(ids["board"]))
        if session is None or not counted(session):
            return 0, Outcome()
        turn = _worded(self._turn(None, "", "").convened(session))
        screen = participation_screen(turn)
        return session.group, Outcome((screen,), turn.lang, live=session.board)


def _worded(turn: Turn) -> Turn:
    """The turn as its session speaks: in its language, its buttons under its own id."""
    session = turn.session
    if session is None:
        return turn
    return turn.then(replace(turn.state, interview=Interview(session.id), lang=session.lang))
