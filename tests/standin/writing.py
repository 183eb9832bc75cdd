"""What people send to the bot: texts, photos, files, voices, forwards."""

from typing import TYPE_CHECKING, Any

from .files import PIXEL, document_json, photo_json
from .model import Chat, Media, Message, User
from .screen import Event, Screen
from .text import fix
from .updates import Update
from .world import World

if TYPE_CHECKING:
    from .groups import Group

CLIENT_LIMIT = 4096


class Writer(Screen):
    """Somebody who writes to the bot."""

    def __init__(self, world: World, user: User, private: Chat) -> None:
        super().__init__(user, private)
        self.world = world
        self.sent: list[Update] = []

    # writing

    async def say(self, text: str) -> Message:
        """Types a text; the client cuts it into messages of 4096 characters."""
        pieces = [text[i : i + CLIENT_LIMIT] for i in range(0, len(text), CLIENT_LIMIT)]
        messages = [self.write(self.private, piece) for piece in pieces]
        return messages[-1]

    async def say_in(
        self,
        group: "Group",
        text: str,
        *,
        reply_to: Message | None = None,
        dismiss: bool = False,
    ) -> Message:
        """Types in a group; the bot gets it if its privacy mode lets it.

        A client that was told to force a reply has opened one, unless the person dismisses it.
        """
        assert self in group.chat.members, f"{self.user.first_name} is not in {group.title}"
        prompt = self.prompts.pop(group.chat.id, None)
        if not dismiss and not text.startswith("/"):
            reply_to = reply_to or prompt
        return self.write(group.chat, text, reply_to=reply_to)

    def write(self, chat: Chat, text: str, **more: Any) -> Message:
        cleaned = fix(text, [])
        assert cleaned.text, "a client does not send an empty message"
        return self.send(chat, text=cleaned.text, entities=cleaned.entities, said=text, **more)

    def send(self, chat: Chat, *, said: str, **content: Any) -> Message:
        """One message on its way to the bot."""
        if chat.is_private:
            assert not chat.blocked, f"{self.user.first_name} must unblock the bot first"
            chat.bot_is_known, chat.bot_status = True, "member"
        self.notice(Event("said", self.world.clock.now(), said, chat=chat))
        message = self.world.post(chat, self.user, **content)
        if self.world.overhears(message):
            body = message.to_json()
            update = self.world.queue.push("message", body, chat.id, self.user.id)
            self.sent.append(update)
            if not update.dropped:
                self.world.expect(message, self, update)
        return message

    # anything but text

    async def send_photo(self, caption: str | None = None) -> Message:
        file = self.world.files.keep("photo.jpg", PIXEL, "photo")
        return self.attach(Media("photo", photo_json(file), file), "(photo)", caption)

    async def send_document(
        self, name: str, data: bytes = b"stand-in", caption: str | None = None
    ) -> Message:
        file = self.world.files.keep(name, data)
        media = Media("document", document_json(file), file)
        return self.attach(media, f"(fichier {name})", caption)

    async def send_voice(self, seconds: int = 14) -> Message:
        file = self.world.files.keep("voice.ogg", b"OggS stand-in", "voice")
        value = {"duration": seconds, "mime_type": "audio/ogg", **file.to_json()}
        said = f"(message vocal, {seconds // 60}:{seconds % 60:02})"
        return self.attach(Media("voice", value, file), said)

    async def send_sticker(self, emoji: str = "👍") -> Message:
        file = self.world.files.keep("sticker.webp", b"RIFF stand-in", "sticker")
        shape = {"type": "regular", "width": 512, "height": 512}
        value = {**shape, "is_animated": False, "is_video": False, "emoji": emoji}
        return self.attach(Media("sticker", value | file.to_json(), file), "(autocollant)")

    async def send_contact(self, phone: str = "+33100000000", name: str = "Paul") -> Message:
        value = {"phone_number": phone, "first_name": name}
        return self.attach(Media("contact", value), "(contact)")

    async def send_location(self, latitude: float = 45.76, longitude: float = 4.84) -> Message:
        value = {"latitude": latitude, "longitude": longitude}
        return self.attach(Media("location", value), "(position)")

    def attach(self, media: Media, said: str, caption: str | None = None) -> Message:
        return self.send(self.private, media=media, said=said, caption=caption)

    async def forward(self, text: str, author: str = "Quelqu'un") -> Message:
        """Forwards a message of somebody who hides their account."""
        origin = {"type": "hidden_user", "sender_user_name": author, "date": self.world.now()}
        cleaned = fix(text, [])
        return self.send(
            self.private,
            text=cleaned.text,
            entities=cleaned.entities,
            said=f"(message transféré) {text}",
            extra={"forward_origin": origin},
        )
