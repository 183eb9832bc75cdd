"""What the stand-in remembers: users, chats, messages, callback queries."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .files import StoredFile
    from .screen import Screen

Json = dict[str, Any]


@dataclass
class User:
    """A person or a bot."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def to_json(self) -> Json:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        required = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return required | {key: value for key, value in optional.items() if value}


@dataclass
class Media:
    """What a message carries beside its text: its field of a Message and the file behind it."""

    kind: str
    value: Any
    file: "StoredFile | None" = None


@dataclass
class Chat:
    """A private chat (whose id is the user's) or a group, with all its messages."""

    id: int
    type: str
    title: str | None = None
    user: User | None = None
    members: list["Screen"] = field(default_factory=list)
    messages: dict[int, "Message"] = field(default_factory=dict)
    bot_status: str = "left"
    bot_is_known: bool = False
    bot_spoke: bool = False
    blocked: bool = False
    deactivated: bool = False
    migrated_to: int | None = None
    pinned: int | None = None
    action: tuple[str, float] | None = None

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def to_json(self) -> Json:
        if self.user is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        names = self.user.to_json()
        kept: Json = {k: names[k] for k in ("first_name", "last_name", "username") if k in names}
        return {"id": self.id, "type": self.type, **kept}


@dataclass(eq=False)
class Message:
    """A message as it stands now, edits applied."""

    id: int
    chat: Chat
    sender: User
    date: int
    text: str | None = None
    entities: list[Json] = field(default_factory=list)
    caption: str | None = None
    caption_entities: list[Json] = field(default_factory=list)
    media: Media | None = None
    reply_markup: Json | None = None
    reply_to: "Message | None" = None
    album_id: str | None = None
    edit_date: int | None = None
    deleted: bool = False
    extra: Json = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def words(self) -> str:
        """The text, the caption of a file, or a poll as it may be seen."""
        if self.media is not None and self.media.kind == "poll":
            return self.poll_words
        return self.text if self.text is not None else self.caption or ""

    @property
    def poll_words(self) -> str:
        """The question, and its options; with their counts once it is closed."""
        assert self.media is not None
        poll = self.media.value
        lines = [f"Sondage · {poll['question']}"]
        for option in poll["options"]:
            count = f" : {option['voter_count']}" if poll["is_closed"] else ""
            lines.append(f"○ {option['text']}{count}")
        return "\n".join(lines)

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard, row by row."""
        rows: list[list[Json]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row."""
        return [[button["text"] for button in row] for row in self.buttons]

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label in row]

    @property
    def document(self) -> str | None:
        """The name of the file that the message carries."""
        return self.media.file.name if self.media and self.media.file else None

    @property
    def content(self) -> bytes:
        """The bytes of the file that the message carries."""
        return self.media.file.data if self.media and self.media.file else b""

    def to_json(self, depth: int = 1) -> Json:
        body: Json = {
            "message_id": self.id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": self.date,
        }
        if self.edit_date:
            body["edit_date"] = self.edit_date
        if self.reply_to is not None and depth and not self.reply_to.deleted:
            body["reply_to_message"] = self.reply_to.to_json(depth - 1)
        if self.album_id:
            body["media_group_id"] = self.album_id
        body |= self.content_json()
        if self.buttons:
            body["reply_markup"] = self.reply_markup
        return body | self.extra

    def content_json(self) -> Json:
        body: Json = {}
        if self.text is not None:
            body["text"] = self.text
        if self.entities:
            body["entities"] = self.entities
        if self.media:
            body[self.media.kind] = self.media.value
        if self.caption:
            body["caption"] = self.caption
        if self.caption_entities:
            body["caption_entities"] = self.caption_entities
        return body

    def inaccessible(self) -> Json:
        return {"chat": self.chat.to_json(), "message_id": self.id, "date": 0}


@dataclass(eq=False)
class CallbackQuery:
    """A tap on a button, and the bot's answer to it."""

    id: str
    sender: "Screen"
    chat: Chat
    message: Message | None
    data: str
    label: str | None
    created: float
    answered: bool = False
    text: str | None = None
    alert: bool = False
    followed: bool = False
    """Whether the bot has done something in a chat of the person since."""


@dataclass(eq=False)
class Call:
    """One request of the bot, and how it ended."""

    method: str
    params: Json
    at: float
    ok: bool | None = None
    code: int = 200
    error: str | None = None
    result: Any = None
    injected: bool = False
