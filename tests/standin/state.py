"""The state of the stand-in, and what is shown of it to people."""

import itertools
from typing import Any

from .clock import Clock
from .faults import Faults
from .files import FileStore
from .limits import Limits
from .model import Call, CallbackQuery, Chat, Json, Media, Message, User
from .screen import Event, Kind, Screen
from .updates import Update, UpdateQueue

BOT_ID = 4_200_000
ACTION_LIFE = 5.0


class State:
    """Everything that the stand-in remembers."""

    def __init__(self, *, username: str, privacy: bool, callback_life: float, strict: bool) -> None:
        self.clock = Clock()
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.files = FileStore()
        self.queue = UpdateQueue(self.clock, self.faults)
        self.bot = User(BOT_ID, "Conseil CODIR", is_bot=True, username=username)
        self.strict = strict
        self.privacy = privacy
        self.callback_life = callback_life
        self.button_life: float | None = None
        self.people: dict[int, Screen] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, CallbackQuery] = {}
        self.unreacted: list[tuple[Message, Screen, Update]] = []
        self.calls: list[Call] = []
        self.in_flight = 0
        self.busy_at = 0.0
        self.logged_out = False
        self.webhook: object = None
        self.violations: list[str] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.ballots: dict[str, Any] = {}
        self.menu_buttons: dict[int, Json] = {}
        self.message_ids = itertools.count(101)
        self.query_ids = itertools.count(5_000_000_000_000_001)
        self.album_ids = itertools.count(13_700_000_000_000_001)

    def now(self) -> int:
        return int(self.clock.now())

    def violate(self, what: str) -> None:
        self.violations.append(what)

    # what is on the screens

    def post(
        self,
        chat: Chat,
        sender: User,
        *,
        text: str | None = None,
        entities: list[Json] | None = None,
        media: Media | None = None,
        **more: Any,
    ) -> Message:
        """A new message of the bot or of a person."""
        message = Message(next(self.message_ids), chat, sender, self.now(), text=text, **more)
        message.entities = entities or []
        message.media = media
        chat.messages[message.id] = message
        if sender is self.bot:
            chat.bot_spoke = True
            chat.action = None
            self.reacted(chat)
            self.show("file" if message.document else "new", message)
        return message

    def show(self, kind: Kind, message: Message) -> None:
        """Everybody in the chat notices a message of the bot."""
        name = [message.document] if kind == "file" and message.document else []
        text = "\n".join(name + [message.words] * bool(message.words or not name))
        rows = tuple(tuple(row) for row in message.rows)
        event = Event(kind, self.clock.now(), text, rows, message, message.chat)
        for person in message.chat.members:
            person.notice(event)
            if message.reply_markup and kind == "new":
                self.reply_keyboard(person, message.reply_markup)
                if message.reply_markup.get("force_reply"):
                    person.prompts[message.chat.id] = message

    @staticmethod
    def reply_keyboard(person: Screen, markup: Json) -> None:
        if "keyboard" in markup:
            person.reply_keyboard = [[b["text"] for b in row] for row in markup["keyboard"]]
        elif markup.get("remove_keyboard"):
            person.reply_keyboard = []

    def remove(self, message: Message) -> None:
        message.deleted = True
        if message.from_bot:
            self.show("deleted", message)

    def act(self, chat: Chat, action: str) -> None:
        """A chat action, which is seen for five seconds or until the next message."""
        chat.action = (action, self.clock.now() + ACTION_LIFE)
        for person in chat.members:
            person.notice(Event("action", self.clock.now(), action, chat=chat))

    def answer(self, query: CallbackQuery, text: str, *, alert: bool) -> None:
        """The one answer to a tap; without a text the button just stops spinning."""
        query.answered, query.text, query.alert = True, text, alert
        query.followed |= bool(text)
        if text:
            kind: Kind = "alert" if alert else "toast"
            event = Event(kind, self.clock.now(), text, (), query.message, query.chat)
            query.sender.notice(event)

    # who has had an answer

    def expect(self, message: Message, person: Screen, update: Update) -> None:
        self.unreacted.append((message, person, update))

    def reacted(self, chat: Chat) -> None:
        """The bot did something in a chat: what it had received from there is answered."""
        self.unreacted = [
            (message, person, update)
            for message, person, update in self.unreacted
            if not update.delivered or chat not in (message.chat, person.private)
        ]
        for query in self.callbacks.values():
            if chat in (query.chat, query.sender.private):
                query.followed = True

    def unanswered(self) -> list[str]:
        """Taps without an answer, and messages that nothing followed."""
        taps = [
            f"{query.sender.user.first_name} tapped [{query.label or query.data}] without an answer"
            for query in self.callbacks.values()
            if not query.answered
        ]
        said = [
            f"{person.user.first_name} wrote {message.words or '(no text)'!r} without a reaction"
            for message, person, _ in self.unreacted
        ]
        return taps + said
