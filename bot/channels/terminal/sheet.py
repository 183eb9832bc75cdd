"""What can be answered to a screen: numbers, a few keys, Enter, or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.conversation.hearing import Command, Hearing, Tap, Typed, decode
from bot.conversation.screen import Button, Screen
from bot.core import speech
from bot.core.dialog import Blank
from bot.core.reading import fold
from bot.core.typography import clean

TICK = "✓ "
KEYS = {"n": "nsp", "s": "so", "p": "skip", "d": "", "?": "why", "<": "back"}
"""The keys in the order they are shown, with the name of their label if it is a short one."""

WHOLE_LINE = 3999
"""A line is never cut in two here: one character less than what is taken for a cut message."""

_BESIDE_A_VALUE = {("g", "params"): "<", ("x", "default"): "d"}
"""The ways out of a cost assumption, whose value is typed."""

_BLANKS = {Blank.NSP: "n", Blank.SO: "s", Blank.SKIPPED: "p"}
_LEAVING = {"quit", "quitter", "exit"}
_COMMANDS = {
    "<": "retour",
    "retour": "retour",
    "back": "retour",
    "?": "aide",
    "aide": "aide",
    "help": "aide",
}
_COMMAND = re.compile(r"/([a-zA-Z_]\w*)(?:\s+(.*))?", re.DOTALL)
_NUMBERS = re.compile(r"\d{1,4}(?:(?:[\s,;+]|et|and)+\d{1,4})*\s*[.,;)]?")


@dataclass(frozen=True, slots=True)
class Choice:
    """A numbered answer."""

    label: str
    tap: Tap
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """An answer with a key of its own."""

    label: str
    tap: Tap


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers to one screen.

    `enter` is what an empty line says; `done` validates a multiple choice. The choices of a
    sheet that is not `listed` were shown just before, and their numbers still count.
    """

    choices: tuple[Choice, ...] = ()
    keys: Mapping[str, Key] = field(default_factory=dict)
    enter: Tap | None = None
    done: Tap | None = None
    question: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the terminal's own; the screen stays."""

    key: str
    n: int


@dataclass(frozen=True, slots=True)
class Leave:
    """The person wants to stop here."""


Meaning = tuple[Hearing, ...] | Told | Leave


def sheet_of(screen: Screen, before: Sheet, say: Callable[[str], str]) -> Sheet:
    """The answers to a screen with buttons; `before` was on the screen until now."""
    taps = [(button.label, tap) for button in _buttons(screen) if (tap := decode(button.action))]
    if taps and taps[0][1].verb == "y":
        return _doubt(screen, taps, before)
    if taps and all((tap.verb, *tap.args[:1]) in _BESIDE_A_VALUE for _, tap in taps):
        return _value(taps)
    choices: list[Choice] = []
    keys: dict[str, Key] = {}
    done = None
    for label, tap in taps:
        if letter := _letter(tap):
            own = speech.lower_first(label) if tap.verb == "k" else say(f"term.key.{KEYS[letter]}")
            keys[letter] = Key(own, tap)
        elif tap.verb == "d":
            done = tap
        else:
            choices.append(Choice(label.removeprefix(TICK), tap, label.startswith(TICK)))
    enter = _enter(choices, keys, done)
    if enter is None and not choices and taps:
        # Words are awaited, or kept when they were given before.
        enter = Tap(taps[0][1].interview, "k")
    return Sheet(tuple(choices), keys, enter, done, screen.question)


def _buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.rows for button in row]


def _letter(tap: Tap) -> str:
    """The key of a button that is not a numbered answer, recognised by what it does."""
    match tap.verb, tap.args:
        case "p", (_, blank) if blank in _BLANKS:
            return _BLANKS[Blank(blank)]
        case "w", _:
            return "?"
        case (("b" | "k"), _):
            return "<"
    return ""


def _enter(choices: list[Choice], keys: Mapping[str, Key], done: Tap | None) -> Tap | None:
    """An empty line keeps what is ticked, or the answer being changed, or takes the only way on."""
    ticked = next((choice for choice in choices if choice.ticked), None)
    if ticked:
        return done or ticked.tap
    keep = keys.get("<")
    if keep and keep.tap.verb == "k":
        return keep.tap
    return choices[0].tap if len(choices) == 1 and not keys else None


def _doubt(screen: Screen, taps: list[tuple[str, Tap]], before: Sheet) -> Sheet:
    """« J'ai compris : … » : Enter says yes; another answer, typed or numbered, replaces it."""
    same = bool(screen.question) and screen.question == before.question
    label, no = taps[1]
    return Sheet(
        choices=before.choices if same else (),
        keys={"n": Key(speech.lower_first(label), no)},
        enter=taps[0][1],
        done=before.done if same else None,
        question=screen.question,
        listed=False,
    )


def _value(taps: list[tuple[str, Tap]]) -> Sheet:
    """A figure is awaited: numbers are what is typed, and the buttons have keys instead."""
    keys = {
        _BESIDE_A_VALUE[tap.verb, tap.args[0]]: Key(speech.lower_first(label), tap)
        for label, tap in taps
    }
    return Sheet(keys=keys, enter=keys["<"].tap if "<" in keys else None)


def spread(screen: Screen) -> Screen:
    """A list numbers its lines and its buttons; here each line is its own button."""
    lines = dict(re.findall(r"^(\d+)\. (.+)$", screen.text, re.MULTILINE))
    numbered = {button.label for button in _buttons(screen) if button.label in lines}
    if not numbered:
        return screen
    rows = tuple(
        tuple(replace(button, label=lines.get(button.label, button.label)) for button in row)
        for row in screen.rows
    )
    kept = (line for line in screen.text.split("\n") if line.partition(". ")[0] not in numbered)
    return replace(screen, text="\n".join(kept), rows=rows)


def understand(sheet: Sheet, text: str) -> Meaning:
    """What a line says to the screen it answers."""
    text = clean(text)
    if not text:
        return (sheet.enter,) if sheet.enter else Told("term.range", len(sheet.choices))
    said = text.lower()
    if said in _LEAVING:
        return Leave()
    if command := _COMMAND.fullmatch(text):
        name = command[1].lower()
        leaving = name in _LEAVING or name == "pause"
        return Leave() if leaving else (Command(name, (command[2] or "").strip()),)
    if said in sheet.keys:
        return (sheet.keys[said].tap,)
    if said in _COMMANDS:
        return (Command(_COMMANDS[said]),)
    if sheet.choices and _NUMBERS.fullmatch(said):
        return _numbered(sheet, [int(number) for number in re.findall(r"\d+", said)])
    return _worded(sheet, text)


def _numbered(sheet: Sheet, numbers: list[int]) -> Meaning:
    n = len(sheet.choices)
    if not all(1 <= number <= n for number in numbers):
        return Told("term.range", n)
    if sheet.done is None and len(set(numbers)) > 1:
        return Told("term.single", n)
    if sheet.done is None:
        tap = sheet.choices[numbers[0] - 1].tap
        return Leave() if (tap.verb, *tap.args) == ("x", "pause") else (tap,)
    wanted = {sheet.choices[number - 1] for number in numbers}
    ticks = [choice.tap for choice in sheet.choices if choice in wanted and not choice.ticked]
    unticks = [choice.tap for choice in sheet.choices if choice.ticked and choice not in wanted]
    return (*unticks, *ticks, sheet.done)


def _worded(sheet: Sheet, text: str) -> Meaning:
    """Words are for the interview to read, unless they are a label, to the letter."""
    said = fold(text)
    for key in sheet.keys.values():
        if said and said == fold(key.label):
            return (key.tap,)
    if sheet.done is None:
        for number, choice in enumerate(sheet.choices, start=1):
            if said and said == fold(choice.label):
                return _numbered(sheet, [number])
    return (Typed(text[:WHOLE_LINE]),)
