"""Answers chosen with the arrow keys; a number or words can be typed as well."""

from __future__ import annotations

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from bot.channels.terminal.page import Page
from bot.channels.terminal.sheet import Sheet

MARK = "›"


class Keys:
    """A highlight that moves over the choices, and a line to type in."""

    live = True

    def __init__(self) -> None:
        self._told = False

    def hint(self, sheet: Sheet) -> str:
        """What the keys do: once for all, and wherever several answers are possible."""
        if sheet.done and sheet.listed:
            return "term.several_keys"
        if self._told or not sheet.choices:
            return ""
        self._told = True
        return "term.arrows"

    async def line(self, page: Page, sheet: Sheet, hint: str, /) -> str:
        """What was chosen, as numbers, or typed. Raises KeyboardInterrupt on Ctrl+C or Ctrl+D."""
        return await _Prompt(page, sheet, hint).run()

    async def again(self, _tries: int, /) -> bool:
        """Wait for Enter before saving anew."""
        await _Prompt(Page(), Sheet(), "").run()
        return True


class _Prompt:
    """One answer being given."""

    def __init__(self, page: Page, sheet: Sheet, hint: str) -> None:
        self._page = page
        self._sheet = sheet
        self._choices = sheet.choices if sheet.listed else ()
        self._below = page.below(sheet, hint)
        ticked = [n for n, choice in enumerate(self._choices) if choice.ticked]
        self._ticks = set(ticked)
        self._here = ticked[0] if ticked else 0
        self._words = Buffer(multiline=False)

    async def run(self) -> str:
        line = Window(
            BufferControl(self._words, input_processors=[BeforeInput("> ")]),
            dont_extend_height=True,
            wrap_lines=True,
        )
        app: Application[str] = Application(
            layout=Layout(HSplit([*self._windows(), line]), focused_element=line),
            key_bindings=self._bindings(),
            style=Style.from_dict({"here": "reverse"} if self._page.bold else {}),
            output=_output(),
        )
        return " ".join((await app.run_async()).split())

    def _windows(self) -> list[Window]:
        windows = []
        if self._choices:
            control = FormattedTextControl(self._list, get_cursor_position=self._cursor)
            windows.append(Window(control, dont_extend_height=True, always_hide_cursor=True))
        if self._below:
            control = FormattedTextControl("\n".join(self._below))
            windows.append(Window(control, dont_extend_height=True))
        return windows

    def _list(self) -> StyleAndTextTuples:
        """The choices, the one under the highlight marked while nothing is typed."""
        parts: StyleAndTextTuples = []
        for n, choice in enumerate(self._choices):
            here = n == self._here and not self._words.text
            text = self._page.choice(n + 1, choice, ticked=n in self._ticks)
            parts.append(("class:here" if here else "", (MARK if here else " ") + text[1:]))
            parts.append(("", "\n" if n + 1 < len(self._choices) else ""))
        return parts

    def _cursor(self) -> Point:
        """Where the highlight is, so that a long list scrolls with it."""
        above = "".join(text for _, text, *_ in self._list()[: 2 * self._here])
        return Point(0, above.count("\n"))

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        empty = Condition(lambda: not self._words.text)
        several = Condition(lambda: self._sheet.done is not None and bool(self._choices))
        keys.add("up")(lambda _: self._move(-1))
        keys.add("down")(lambda _: self._move(1))
        keys.add("enter")(self._enter)
        keys.add("space", filter=empty & several)(lambda _: self._tick())
        for key in ("c-c", "c-d", "<sigint>"):
            keys.add(key)(self._leave)
        return keys

    def _move(self, by: int) -> None:
        if self._choices:
            self._here = (self._here + by) % len(self._choices)

    def _tick(self) -> None:
        self._ticks ^= {self._here}

    def _enter(self, event: KeyPressEvent) -> None:
        """Send what is typed; else the ticks of a multiple choice; else the highlight."""
        if self._choices and not self._words.text:
            several = sorted(self._ticks) if self._sheet.done else []
            self._words.text = " ".join(str(n + 1) for n in several or [self._here])
        event.app.exit(result=self._words.text)

    def _leave(self, event: KeyPressEvent) -> None:
        self._here = -1
        event.app.exit(exception=KeyboardInterrupt())


def _output() -> Output:
    """The terminal, not asked where its cursor is: some never answer."""
    output = create_output()
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False
    return output
