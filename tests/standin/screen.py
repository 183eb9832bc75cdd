"""What one person perceives of the bot, in order, and the transcript of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .model import Chat, Message, User

Kind = Literal[
    "said",
    "tapped",
    "voted",
    "new",
    "edit",
    "markup",
    "toast",
    "alert",
    "action",
    "file",
    "deleted",
    "link",
]
MARKS = {
    "new": "bot>",
    "file": "bot+",
    "edit": "bot~",
    "markup": "bot~",
    "toast": "bot^",
    "alert": "bot^",
}
ODD_SPACES = str.maketrans("\u00a0\u202f\u2009", "   ")


def plain(text: str) -> str:
    """Narrow and no-break spaces read as ordinary ones."""
    return text.translate(ODD_SPACES)


@dataclass(frozen=True)
class Event:
    """One thing that a person did or perceived, as it was then."""

    kind: Kind
    at: float
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    message: Message | None = None
    chat: Chat | None = None

    def lines(self) -> list[str]:
        """The event in the format of a transcript; nothing for what is not written there."""
        text = plain(self.text)
        if self.kind in {"said", "voted"}:
            return indented("you>", text, ())
        if self.kind == "tapped":
            return [f"you> [{text}]"]
        if self.kind in MARKS and (self.kind != "markup" or self.rows):
            return indented(MARKS[self.kind], text, self.rows)
        return []


def indented(mark: str, text: str | None, rows: Iterable[Iterable[str]]) -> list[str]:
    first, *others = (text or "").split("\n")
    lines = [f"{mark} {first}".rstrip()]
    lines += [f"  {line}".rstrip() for line in others]
    lines += ["    " + " ".join(f"[{plain(label)}]" for label in row) for row in rows]
    return lines


class Screen:
    """A person's view: the chats they are in, and everything they noticed."""

    def __init__(self, user: User, private: Chat) -> None:
        self.user = user
        self.private = private
        self.events: list[Event] = []
        self.hidden: set[Message] = set()
        self.reply_keyboard: list[list[str]] = []
        self.prompts: dict[int, Message] = {}

    def visible(self, chat: Chat) -> list[Message]:
        """The messages of a chat as they stand now."""
        return [
            message
            for message in chat.messages.values()
            if not message.deleted and message not in self.hidden
        ]

    @property
    def chat(self) -> list[Message]:
        """The messages of the private chat with the bot."""
        return self.visible(self.private)

    @property
    def last(self) -> Message:
        """The bot's last message in the private chat."""
        for message in reversed(self.chat):
            if message.from_bot:
                return message
        raise AssertionError(f"the bot has written nothing\n{self.picture()}")

    @property
    def toasts(self) -> list[str]:
        return [event.text for event in self.events if event.kind in {"toast", "alert"}]

    @property
    def files(self) -> list[Message]:
        """The bot's messages that carry a file, oldest first."""
        return [message for message in self.chat if message.from_bot and message.document]

    def notice(self, event: Event) -> None:
        self.events.append(event)

    def transcript(self, chat: Chat | None = None, since: int = 0) -> str:
        """What happened in a chat (the private one by default), as the gold chats are written."""
        wanted = chat or self.private
        lines = [
            line for event in self.events[since:] if event.chat is wanted for line in event.lines()
        ]
        return "\n".join(lines) + ("\n" if lines else "")

    def picture(self, chat: Chat | None = None, last: int = 6) -> str:
        """The end of the chat as text, for a failing test to show."""
        lines = [f"--- the screen of {self.user.first_name} ---"]
        for message in self.visible(chat or self.private)[-last:]:
            who = "bot>" if message.from_bot else f"{message.sender.first_name}>"
            name = f"({message.document}) " if message.document else ""
            lines += indented(who, name + message.words, message.rows)
        lines += [f"toast: {text}" for text in self.toasts[-2:]]
        return "\n".join(lines)
