"""The conversation in the terminal: what is typed goes to the service, its replies are printed."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bot.channels.terminal.desk import Desk, first_tap, resumes
from bot.channels.terminal.display import Display
from bot.channels.terminal.folder import named, put
from bot.channels.terminal.reader import Reader, reader
from bot.channels.terminal.sheet import Leave, Told, understand
from bot.channels.terminal.wording import at_home
from bot.conversation.hearing import Command, Hearing, Tap, Typed, encode
from bot.conversation.reply import Deliver, Examine, Export, Picture, TestPage
from bot.conversation.screen import Button, Screen, Toast
from bot.core import speech
from bot.documents.facts import File
from bot.outcome import Outcome
from bot.service import Service
from bot.storage.repository import Busy

log = logging.getLogger(__name__)

UNFINISHED = 1
LETTERHEAD = "letterhead"
"""The screen at which what is typed is the path of a file."""


async def converse(service: Service, out: Path, lang: str, *, asked: bool = False) -> int:
    """Hold the interview here until it ends or rests; the exit code.

    The language is that of who comes first; when it was `asked` for, of who comes back too.
    1 when the text of a pipe ends before any document, or when nothing can be saved.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    service.house = at_home(service.house)
    try:
        return await _sitting(Talk(service, out, lang, reader(), asked=asked))
    except BrokenPipeError:
        # Whoever read has left (`| head`); Python must not complain when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNFINISHED


async def _sitting(talk: Talk) -> int:
    try:
        return await talk.run()
    except (KeyboardInterrupt, asyncio.CancelledError):
        return talk.pause()
    except EOFError:
        return talk.end_of_text()
    except Busy:
        return talk.not_saved()


class Talk:
    """One sitting in front of the terminal."""

    def __init__(
        self, service: Service, out: Path, lang: str, reader: Reader, *, asked: bool
    ) -> None:
        self._out = out
        self._asked = lang if asked else ""
        self._days = service.house.retention_days
        self._display = Display(service.house.library.messages, lang, reader)
        self._desk = Desk(service, self._display, reader)
        self._delivered = False
        self._over = False

    async def run(self) -> int:
        """Until the person has finished, or leaves."""
        await self._open()
        while not self._over:
            meaning = understand(self._display.sheet, await self._display.answer())
            match meaning:
                case Leave():
                    return self.pause()
                case Told(key, n):
                    self._display.note(self._display.say(key, n=n))
                case _:
                    await self._act(meaning)
        return 0

    def pause(self) -> int:
        """Everything is saved already; where it rests, and how to come back."""
        self._rest("term.paused")
        return 0

    def end_of_text(self) -> int:
        """The pipe has said all it had to say."""
        if self._delivered:
            self._goodbye()
            return 0
        self._rest("term.ended")
        return UNFINISHED

    def not_saved(self) -> int:
        """The store still cannot write: better to stop than to lose answers one after another."""
        self._display.note(self._display.say("term.not_saved"))
        return UNFINISHED

    def _rest(self, key: str) -> None:
        say, where = self._display.say, self._display.where
        said = say(key, n=where[0], total=where[1]) if where else say(f"{key}_here")
        self._display.note(said)

    def _goodbye(self) -> None:
        until = speech.day(date.today() + timedelta(days=self._days), self._display.lang)
        self._display.note(self._display.say("term.last_words", date=until))
        self._over = True

    async def _open(self) -> None:
        """Greet whoever comes first; tell whoever comes back where they stood.

        Whoever left the terminal was having a break, however they left, and coming back is
        what a word after a break is elsewhere.
        """
        await self._desk.keep()
        outcome = await self._desk.handle(Command("pause"))
        first = first_tap(outcome)
        if first is not None and resumes(first):
            if self._asked not in ("", outcome.lang):
                await self._desk.handle(Tap(first.interview, "x", ("lang", self._asked)))
                await self._desk.handle(Command("pause"))
            await self._play(self._back(await self._desk.handle(Typed(""))))
        elif first is not None and first.args[:1] == ("lang",):
            await self._play(replace(outcome, replies=_unasked(outcome)))
            chosen = Tap(first.interview, "x", ("lang", self._display.lang))
            outcome = await self._desk.handle(chosen)
            await self._play(replace(outcome, replies=outcome.replies[-1:]))
        else:
            await self._play(outcome)

    def _back(self, outcome: Outcome) -> Outcome:
        """Here, the third way on is to start over."""
        first = first_tap(outcome)
        action = encode(first.interview if first else "", "g", "restart")
        restart = Button(self._display.say("term.restart"), action)
        screens = (reply for reply in outcome.replies if isinstance(reply, Screen))
        ways = (replace(screen, rows=(*screen.rows[:2], (restart,))) for screen in screens)
        return replace(outcome, replies=tuple(ways))

    async def _act(self, hearings: tuple[Hearing, ...]) -> None:
        """Say these in turn; only the answer to the last is shown, unless a tick is refused."""
        *ticks, last = hearings
        if isinstance(last, Typed) and self._display.sheet.question == LETTERHEAD:
            last = named(last.text)
        for tick in ticks:
            if not self._ticked(await self._desk.heard(tick)):
                self._display.offer()
                return
        outcome = await self._desk.heard(last)
        if _ended(outcome) and isinstance(last, Command):
            await self._play(outcome)
            self._display.offer()
            return
        if _ended(outcome):
            if not (isinstance(last, Tap) and resumes(last)):
                self._goodbye()
                return
            outcome = await self._desk.heard(Command("document"))
        await self._play(outcome, why=isinstance(last, Tap) and last.verb == "w")

    def _ticked(self, outcome: Outcome) -> bool:
        """Whether a tick was accepted: the screen then comes back with it."""
        accepted = False
        for reply in outcome.replies:
            if isinstance(reply, Toast):
                self._display.note(reply.text)
            elif isinstance(reply, Screen):
                self._display.tick(reply)
                accepted = True
        return accepted

    async def _play(self, outcome: Outcome, *, why: bool = False) -> None:
        """Print the replies in order and bring the files."""
        sorry = ""
        for reply in outcome.replies:
            match reply:
                case Screen() if why:
                    self._display.why(reply)
                case Screen():
                    self._display.show(replace(reply, text=sorry) if sorry else reply)
                case Toast(text):
                    self._display.note(text)
                case Deliver():
                    await self._deliver(reply)
                case Picture(name):
                    sorry = self._brought([await self._desk.picture(name)], "term.picture")
                case Examine():
                    await self._play(await self._desk.examine(reply))
                case TestPage(trial):
                    pages = await self._desk.test_page(trial)
                    sorry = self._brought(pages, "term.page") if pages else ""
                case Export():
                    sorry = self._brought([await self._desk.export()], "term.copy")
        self._over = self._over or outcome.erased
        await self._desk.shown(outcome)

    async def _deliver(self, deliver: Deliver) -> None:
        """Write the documents into the folder; whatever fails, the answers stay."""
        files = await self._desk.write(deliver)
        sorry = self._brought(files, "term.files") if files else self._display.say("doc.failed")
        self._delivered = self._delivered or not sorry
        outcome = await self._desk.delivered(deliver, ok=not sorry)
        if sorry:
            screens = (reply for reply in outcome.replies if isinstance(reply, Screen))
            replies = tuple(replace(screen, text=sorry) for screen in screens)
            outcome = replace(outcome, replies=replies)
        await self._play(outcome)

    def _brought(self, files: list[File], head: str) -> str:
        """Put the files in the folder and say where; a sentence when that cannot be done."""
        say = self._display.say
        try:
            paths = put(self._out, files)
        except OSError as error:
            log.info("%s: %s", self._out, error.strerror)
            return say("term.unwritable", folder=self._out)
        n = len({path.stem for path in paths})
        number = dict(enumerate(say("term.numbers").split(), start=1)).get(n, str(n))
        self._display.files(say(head, n=n, number=number, folder=self._out), paths)
        return ""


def _unasked(outcome: Outcome) -> tuple[Screen, ...]:
    """The greeting without its question of language, which the command line has settled."""
    return tuple(replace(one, rows=()) for one in outcome.replies if isinstance(one, Screen))


def _ended(outcome: Outcome) -> bool:
    """Whether nothing more is asked: a lone screen without buttons says goodbye."""
    lone = outcome.replies[0] if len(outcome.replies) == 1 else None
    return isinstance(lone, Screen) and not lone.rows
