"""What is said to whatever was not an answer: one helpful sentence, then the same question."""

from __future__ import annotations

import re
from difflib import get_close_matches

from bot.conversation.commands import COMMANDS, NEAR, SYNONYMS
from bot.conversation.screen import Screen, grouped
from bot.conversation.turn import Turn
from bot.core import speech
from bot.core.dialog import Question, Type
from bot.core.exchange import Refused
from bot.core.reading import fold

TOASTS = ("done", "answered", "old", "max", "empty")

_ASKING = re.compile(
    r"^(c est quoi|qu est ce qu|que veut dire|que signifie|definition|what is|what s|what are"
    r"|what does|define)\b"
)
_ARTICLES = {"un", "une", "le", "la", "les", "des", "a", "an", "the", "l", "d", "ce", "que"}


_TALK = {
    "insult": "refuse.insult",
    "legal": "refuse.legal",
    "thanks": "repair.thanks",
    "hello": "repair.hello",
}


def refusal(turn: Turn, refused: Refused) -> str:
    """The sentence for a refused input, in the person's language."""
    words = dict(refused.words)
    if refused.reason == "number":
        return _number(turn, turn.question(refused.question))
    if refused.reason == "answered":
        held = turn.interview.answers[refused.question]
        return turn.say("toast.answered", answer=turn.answer(refused.question, held))
    if refused.reason in TOASTS:
        return turn.say(f"toast.{refused.reason}", **words)
    return turn.say(f"refuse.{refused.reason}", **words)


def _number(turn: Turn, question: Question) -> str:
    low, high = question.minimum or 0, question.maximum or 0
    example = 12 if low <= 12 <= high else low + (high - low) // 2
    figures = {
        name: speech.figure(value, turn.lang)
        for name, value in (("min", low), ("max", high), ("example", example))
    }
    return turn.say("refuse.number", **figures)


def small_talk(turn: Turn, text: str, question: Question | None) -> str:
    """A sentence for words that are no answer: a term, thanks, an insult, a legal matter.

    Empty when the words should be read as an answer after all.
    """
    said = fold(text)
    if meaning := _meaning(turn, said):
        return meaning
    if question is not None and question.type is Type.TEXT:
        return ""
    for kind, sentence in _TALK.items():
        if any(re.search(rf"\b{re.escape(fold(w))}\b", said) for w in turn.library.chatter[kind]):
            return turn.say(sentence)
    if text.rstrip().endswith("?"):
        return turn.say("refuse.unknown")
    return ""


def wants_human(turn: Turn, text: str) -> bool:
    """Whether the person asks to speak to somebody."""
    said = fold(text)
    return any(fold(word) in said for word in turn.library.chatter["human"])


def _meaning(turn: Turn, said: str) -> str:
    if not _ASKING.match(said):
        return ""
    words = [word for word in _ASKING.sub("", said).split() if word not in _ARTICLES]
    term = " ".join(words).removesuffix(" mean")
    found = turn.library.glossary.get(term)
    return turn.text(found) if found else ""


def human_screen(turn: Turn, button_rows: Screen) -> Screen:
    """Whom to turn to; the interview stays."""
    contact = turn.house.contact or turn.say("privacy.contact")
    return Screen(turn.say("repair.human", contact=contact), button_rows.rows, fresh=True)


def stuck_screen(turn: Turn, question: Question) -> Screen:
    """After three words in a row that were not understood."""
    buttons = [turn.button("btn.see_answers", "g", "resume")]
    if question.nsp:
        buttons.append(turn.button("btn.nsp", "p", question.id, "nsp"))
    buttons.append(turn.button("btn.pause", "x", "pause"))
    key = "repair.stuck" if question.nsp else "repair.stuck_here"
    return Screen(turn.say(key), grouped(buttons, single=True), fresh=True, question=question.id)


def unreadable(turn: Turn, kind: str) -> str:
    """The sentence for a photo, a voice message, a file and the like."""
    known = {"photo", "voice", "file", "forward", "emoji"}
    return turn.say(f"refuse.{kind if kind in known else 'file'}")


def unknown_command(turn: Turn, name: str) -> str:
    """The closest commands to one that does not exist."""
    names = {**{one: one for one in COMMANDS}, **SYNONYMS}
    close = [names[one] for one in get_close_matches(name, names, n=3, cutoff=0.5)]
    near = dict.fromkeys(one for one in (*NEAR.get(name, ()), *close) if one in COMMANDS)
    said = [f"/{one} ({speech.lower_first(turn.say(f'cmd.{one}'))})" for one in list(near)[:2]]
    if not said:
        return turn.say("refuse.command_far", command=f"/{name[:32]}")
    joint = f" {turn.say('or')} "
    return turn.say("refuse.command", command=f"/{name[:32]}", closest=joint.join(said))
