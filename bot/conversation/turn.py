"""One turn of a conversation: what is known, who it is with, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.content.library import Library
from bot.conversation.hearing import encode
from bot.conversation.rounds import last_round
from bot.conversation.screen import Button
from bot.conversation.state import Conversation
from bot.core import speech
from bot.core.alignment import Alignment
from bot.core.assessment import Assessment, assess, observed
from bot.core.condition import Values
from bot.core.decision import Recommendation
from bot.core.dialog import Blank, Dialog, Question, Text, Type
from bot.core.digest import Digest
from bot.core.flow import END, Flow
from bot.core.interview import Interview
from bot.core.reading import Answer, Reading, read
from bot.core.session import Phase, Seat, Session
from bot.core.showing import together


@dataclass(frozen=True, slots=True)
class House:
    """Who runs the bot, what it may write, and the authored content."""

    library: Library
    controller: Mapping[str, str]
    contact: str
    retention_days: int
    contradictions: Callable[[Values], Sequence[str]]
    """The contradictions that hold for the option chosen, document checks included."""
    lang: str = "fr"
    hosting: str = ""
    allowed: frozenset[int] = frozenset()
    """The Telegram ids of those who may come in; none for everyone."""
    rate: int = 0
    """The updates a minute that one person may send; 0 for no limit."""
    zone: str = "Europe/Paris"
    """The time zone in which a committee is spoken to."""


@dataclass(frozen=True)
class Turn:
    """The state at one moment, with everything needed to speak about it."""

    house: House
    state: Conversation
    now: datetime
    token: str = ""
    """Chance handed in: the id of a new interview, the number of a receipt, secrets of links."""
    person: str = ""
    """The store's name for whom the turn is with."""
    session: Session | None = None
    """The session that the person takes part in, or that a link opens."""
    asked: Session | None = None
    """The session of a link that somebody opens who sits in another one."""
    members: Mapping[str, Conversation] | None = None
    """The conversations in the session by seat, once they were asked for (`Gather`)."""
    bot: str = ""
    """The bot's name on the channel, for links that lead to it."""
    chat: int = 0
    """The committee's chat, when the turn is there."""

    def then(self, state: Conversation) -> Turn:
        """The same turn with another state."""
        return replace(self, state=state)

    def convened(self, session: Session | None) -> Turn:
        """The same turn with the session changed."""
        return replace(self, session=session)

    @property
    def seat(self) -> Seat | None:
        """Where the person sits in the session, while they take part."""
        return self.session.seat_of(self.person) if self.session else None

    @property
    def owner(self) -> bool:
        """Whether the session is the person's own."""
        return self.session is not None and self.session.owner == self.person

    @property
    def waiting(self) -> bool:
        """Whether the person has nothing to do until their committee is asked again."""
        return self.seat is not None and self.session is not None and self.session.waiting

    @property
    def shared(self) -> Digest | None:
        """The committee's results, once its session is closed: they speak instead of one person."""
        closed = self.session is not None and self.session.phase is Phase.CLOSED
        return self.session.results if closed and self.session and self.seat else None

    @property
    def instant(self) -> datetime:
        """Now, with its offset, in the time zone of the session."""
        zone = self.session.zone if self.session else self.house.zone
        return self.now.astimezone(ZoneInfo(zone))

    @property
    def lang(self) -> str:
        return self.state.lang

    @property
    def interview(self) -> Interview:
        return self.state.interview

    @property
    def library(self) -> Library:
        return self.house.library

    def read(self, question: Question, text: str) -> Reading:
        """What typed words answer to a question, with the words that no document may print."""
        forbidden = self.library.forbidden[self.lang]
        return read(question, text, self.lang, self.now.date(), forbidden)

    def say(self, key: str, **words: object) -> str:
        """A sentence of the catalogue in the person's language; a third round is « the last »."""
        said = self.library.messages(self.lang, key, **words)
        last = self.session is not None and self.session.rounds > 1 and key in last_round.NAMED
        return last_round.renamed(self.library.messages, self.lang, said) if last else said

    def text(self, text: Text) -> str:
        """An authored text in the person's language."""
        return text[self.lang]

    def ours(self, text: str) -> str:
        """Our own text in the words that fit a company selling to consumers, if it is one."""
        swaps = self.library.texts[self.lang]["b2c"]
        return speech.swapped(
            text, swaps if self.interview.values.get("clientele") == "b2c" else ()
        )

    def button(self, key: str, verb: str, *args: str, **words: object) -> Button:
        """A button with a label of the catalogue."""
        return self.labelled(self.say(key, **words), verb, *args)

    def labelled(self, label: str, verb: str, *args: str) -> Button:
        """A button with a given label."""
        return Button(label, encode(self.interview.id, verb, *args))

    @cached_property
    def dialog(self) -> Dialog:
        """The questionnaire under way: the one of the question looked at, or of the stage."""
        looking = self.interview.looking
        if looking:
            return self.dialog_of(looking)
        return self.library.dialogs[self.stage]

    @cached_property
    def stage(self) -> str:
        """`diagnostic` until each of its questions has been met, then `documents` if begun."""
        if self.shared is not None:
            return "documents" if self.interview.given.get("documents") else "diagnostic"
        flow = self.library.flows["diagnostic"]
        if flow.position(self.interview.values) != END:
            return "diagnostic"
        return "documents" if self.interview.given.get("documents") else "diagnostic"

    def dialog_of(self, question: str) -> Dialog:
        """The questionnaire that holds a question; of two, the one whose path it is on."""
        documents, diagnostic = (self.library.dialogs[id_] for id_ in ("documents", "diagnostic"))
        both = question in documents and question in diagnostic
        if both and diagnostic[question].when({"role": "DG", **self.interview.values}):
            return diagnostic
        return documents if question in documents else diagnostic

    @property
    def flow(self) -> Flow:
        return self.library.flows[self.dialog.id]

    def question(self, id_: str) -> Question:
        """A question in the words that fit this company."""
        return self.dialog_of(id_)[id_].worded(self.interview.values)

    def steps(self, dialog: str, interview: Interview | None = None) -> list[str]:
        """The questions of the path that count in the progress (offers do not)."""
        held = self.library.dialogs[dialog]
        values = {"role": "DG", **(interview or self.interview).values}
        path = self.library.flows[dialog].path(values)
        return [id_ for id_ in path if held[id_].type is not Type.OFFER]

    @cached_property
    def assessment(self) -> Assessment:
        """What the answers as they stand amount to: the committee's, or the person's."""
        if (found := self.shared) is not None:
            return together(self.library.expertise, found)
        return assess(self.library.expertise, [self.interview.values])

    @cached_property
    def signals(self) -> Values:
        """What the answers say to the rules: a third of the work of a whole assessment."""
        if (found := self.shared) is not None:
            return found.signals
        return observed(self.library.expertise, [self.interview.values])

    @property
    def alignment(self) -> Alignment:
        return self.assessment.alignment

    @property
    def advice(self) -> Recommendation:
        return self.assessment.advice

    def answer(self, id_: str, answer: Answer) -> str:
        """An answer as a person reads it."""
        question = self.question(id_)
        match answer:
            case Blank.NSP:
                return self.say("answer.nsp")
            case Blank.SO:
                return self.say("btn.so")
            case Blank.SKIPPED:
                return self.say("answer.blank")
            case tuple():
                return " ; ".join(self._label(question, choice) for choice in answer)
            case date():
                return speech.day(answer, self.lang, weekday=True)
            case Decimal():
                return self._with_unit(question, answer, speech.euros(answer, self.lang))
            case int() if question.type is not Type.SCALE:
                return self._with_unit(question, answer, speech.figure(answer, self.lang))
            case _ if question.choices:
                return self._label(question, str(answer))
            case _:
                return str(answer)

    def _label(self, question: Question, choice: str) -> str:
        found = question.choice(choice)
        return self.text(found.text) if found else choice

    def _with_unit(self, question: Question, amount: Decimal | int, said: str) -> str:
        if self.lang not in question.unit:
            return said
        one, other = question.unit[self.lang]
        singular = amount < 2 if self.lang == "fr" else amount == 1
        unit = one if singular else other
        return f"{said}{unit}" if unit.startswith("%") and self.lang == "en" else f"{said} {unit}"

    def cite(self, sources: Sequence[str], most: int = 1) -> str:
        """« [S002-C07] », the ids that `/sources` explains."""
        return f"[{', '.join(sources[:most])}]" if sources else ""
