"""Virtual people: they do only what a person can do, and see only what a person sees."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import patience
from .keyboard import start_payload as payload_of
from .model import CallbackQuery, Chat, Json, Message
from .polls import cast, newest
from .screen import Event, plain
from .text import fix
from .world import World
from .writing import Writer

if TYPE_CHECKING:
    from .groups import Group

BUTTON_OPENS = ("url", "copy_text", "web_app")
STALE_MESSAGE_ID = 7


def start_payload(url: str, world: World) -> str:
    """What a link to the bot hands to /start."""
    payload = payload_of(url, world.bot.username or "")
    assert payload is not None, f"{url} does not lead to the bot with a payload"
    return payload


class Person(Writer):
    """Somebody with Telegram in their hand."""

    # changing one's mind

    def own(self, text: str) -> Message:
        for message in reversed(self.chat):
            if message.sender is self.user and message.words == text:
                return message
        raise AssertionError(f"no message of their own says {text!r}\n{self.picture()}")

    async def edit(self, old_text: str, new_text: str) -> Message:
        """Edits an own message: the bot gets edited_message."""
        message = self.own(old_text)
        cleaned = fix(new_text, [])
        message.text, message.entities = cleaned.text, cleaned.entities
        message.edit_date = self.world.now()
        said = f"(modifie son message « {old_text} » en « {new_text} »)"
        self.notice(Event("said", self.world.clock.now(), said, chat=message.chat))
        body = message.to_json()
        chat_id = message.chat.id
        update = self.world.queue.push("edited_message", body, chat_id, self.user.id)
        self.sent.append(update)
        if not update.dropped:
            self.world.expect(message, self, update)
        return message

    async def delete_message(self, message: Message, *, for_both: bool = True) -> None:
        """Deletes a message of either side; the bot is not told."""
        if for_both:
            message.deleted = True
        self.hidden.add(message)

    async def block(self) -> None:
        self.private.blocked = True
        self.sent.append(self.world.bot_becomes(self.private, "kicked", self.user))

    async def unblock(self) -> None:
        self.private.blocked = False
        self.sent.append(self.world.bot_becomes(self.private, "member", self.user))

    async def deactivate(self) -> None:
        """Deletes the account; what the bot sends fails from now on."""
        self.private.deactivated = True

    # tapping

    async def tap(
        self,
        label: str,
        *,
        nth: int = 0,
        message: Message | None = None,
        group: "Group | None" = None,
    ) -> CallbackQuery | None:
        """Taps a button that is on the screen: the newest, the nth older, or a message's own."""
        chat = group.chat if group else message.chat if message else self.private
        found = [
            (holder, button)
            for holder in reversed(self.visible(chat))
            if message is None or holder is message
            for row in holder.buttons
            for button in row
            if plain(button["text"]) == plain(label)
        ]
        typed = [text for row in self.reply_keyboard for text in row if plain(text) == plain(label)]
        if not found and typed and message is None:
            self.write(chat, typed[0])
            return None
        if len(found) <= nth:
            raise AssertionError(f"no button [{label}] to tap\n{self.picture(chat)}")
        holder, button = found[nth]
        return self.press(holder, button)

    def press(self, message: Message, button: Json) -> CallbackQuery | None:
        now = self.world.clock.now()
        self.notice(Event("tapped", now, button["text"], (), message, message.chat))
        for opens in BUTTON_OPENS:
            if opens in button:
                self.notice(Event("link", now, str(button[opens]), (), message, message.chat))
                return None
        return self.query(message.chat, message, button["callback_data"], button["text"])

    async def follow(self, label: str, *, group: "Group | None" = None) -> Message:
        """Follows a link to the bot, and touches « Start » in the private chat that opens."""
        chat = group.chat if group else self.private
        for message in reversed(self.visible(chat)):
            for button in (button for row in message.buttons for button in row):
                if plain(button["text"]) == plain(label):
                    assert "url" in button, f"[{label}] is no link"
                    self.press(message, button)
                    return await self.say(f"/start {start_payload(button['url'], self.world)}")
        raise AssertionError(f"no link [{label}]\n{self.picture(chat)}")

    async def vote(
        self, *labels: str, message: Message | None = None, group: "Group | None" = None
    ) -> None:
        """Votes in the newest poll, changes the vote, or takes it back (no label)."""
        chat = group.chat if group else self.private
        cast(self.world, self, newest(self, message, self.visible(chat)), labels)

    async def tap_ghost(
        self, data: str, *, message: Message | None = None, group: "Group | None" = None
    ) -> CallbackQuery:
        """A forged or stale callback: any data, from a message that may be gone."""
        chat = group.chat if group else message.chat if message else self.private
        self.notice(Event("tapped", self.world.clock.now(), data, (), message, chat))
        return self.query(chat, message, data, None)

    def query(
        self, chat: Chat, message: Message | None, data: str, label: str | None
    ) -> CallbackQuery:
        query_id = str(next(self.world.query_ids))
        now = self.world.clock.now()
        query = CallbackQuery(query_id, self, chat, message, data, label, now)
        self.world.callbacks[query_id] = query
        body = {
            "id": query_id,
            "from": self.user.to_json(),
            "message": self.seen_by_bot(chat, message),
            "chat_instance": str(-chat.id * 7919),
            "data": data,
        }
        update = self.world.queue.push("callback_query", body, chat.id, self.user.id)
        self.sent.append(update)
        return query

    def seen_by_bot(self, chat: Chat, message: Message | None) -> Json:
        if message is None:
            return {"chat": chat.to_json(), "message_id": STALE_MESSAGE_ID, "date": 0}
        life = self.world.button_life
        old = life is not None and self.world.clock.now() - message.date > life
        return message.inaccessible() if old or message.deleted else message.to_json()

    # watching

    @property
    def typing(self) -> str | None:
        """The chat action that is on the screen now."""
        action = self.private.action
        return action[0] if action and action[1] > self.world.clock.now() else None

    def menu(self) -> list[str]:
        """The commands behind the menu button, as the narrowest scope and language give them."""
        language = (self.user.language_code or "")[:2]
        for scope in (f"chat:{self.private.id}", "all_private_chats", "default"):
            for code in (language, ""):
                commands = self.world.commands.get((scope, code))
                if commands:
                    return [item["command"] for item in commands]
        return []

    async def settle(
        self,
        timeout: float = 5.0,
        *,
        quiet: float = patience.QUIET,
    ) -> None:
        """Waits until the bot is done with everything this person sent, and quiet."""
        self.sent = [update for update in self.sent if not update.done]
        await patience.settle(self.world, self, self.sent, timeout, quiet)

    async def wait_for(
        self,
        predicate: Callable[["Person"], object],
        timeout: float = 5.0,
    ) -> object:
        """Waits until predicate(person) holds, and returns its value."""
        return await patience.wait_for(self, lambda _: predicate(self), timeout)
