"""What the bot may reach of the state, and how it learns of its place in chats."""

from .errors import QUERY_TOO_OLD, bad, forbidden
from .model import CallbackQuery, Chat, Json, Message, User
from .state import State
from .updates import Update

ADMIN_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


class World(State):
    """Telegram as one bot and a few people see it."""

    def overhears(self, message: Message) -> bool:
        """Whether a message reaches the bot: always in private, else by its privacy mode."""
        chat = message.chat
        if chat.is_private:
            return True
        if chat.bot_status not in {"member", "administrator"}:
            return False
        if not self.privacy or chat.bot_status == "administrator":
            return True
        if message.reply_to is not None and message.reply_to.from_bot:
            return True
        if not message.text or not message.text.startswith("/"):
            return False
        addressee = message.text.split()[0].partition("@")[2]
        if addressee:
            return addressee.lower() == (self.bot.username or "").lower()
        return chat.bot_spoke

    def find_chat(self, chat_id: int | str) -> Chat:
        """The chat that a request names, if the bot knows it."""
        if chat_id == "":
            raise bad("chat_id is empty")
        number = int(chat_id) if str(chat_id).lstrip("-").isdigit() else 0
        chat = self.chats.get(number)
        if chat is None:
            raise bad("chat not found")
        if not chat.bot_is_known:
            if chat.is_private and self.met_in_group(chat):
                raise forbidden("bot can't initiate conversation with a user")
            raise bad("chat not found")
        if chat.migrated_to is not None:
            raise bad(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if chat.bot_status in {"kicked", "left"} and not chat.is_private:
            raise forbidden(self.outside(chat))
        return chat

    @staticmethod
    def outside(chat: Chat) -> str:
        if chat.bot_status == "kicked":
            return f"bot was kicked from the {chat.type} chat"
        return f"bot is not a member of the {chat.type} chat"

    def met_in_group(self, private: Chat) -> bool:
        return any(
            person.private is private
            for chat in self.chats.values()
            if not chat.is_private and chat.bot_status in {"member", "administrator"}
            for person in chat.members
        )

    def writable(self, chat_id: int | str) -> Chat:
        """A chat that the bot may send to."""
        chat = self.find_chat(chat_id)
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    # the bot's own place in a chat

    def bot_member(self, status: str) -> Json:
        """A ChatMember of the bot, complete for its status."""
        member: Json = {"user": self.bot.to_json(), "status": status}
        if status == "kicked":
            member["until_date"] = 0
        if status == "administrator":
            member |= dict.fromkeys(ADMIN_RIGHTS, True) | {"is_anonymous": False}
        return member

    def bot_becomes(self, chat: Chat, status: str, by: User) -> Update:
        """The bot joins, leaves, is blocked…: a my_chat_member update."""
        body = {
            "chat": chat.to_json(),
            "from": by.to_json(),
            "date": self.now(),
            "old_chat_member": self.bot_member(chat.bot_status),
            "new_chat_member": self.bot_member(status),
        }
        chat.bot_status = status
        chat.bot_is_known = True
        return self.queue.push("my_chat_member", body, chat.id, by.id)

    def find_message(self, chat: Chat, message_id: int | None, purpose: str) -> Message:
        message = chat.messages.get(message_id or 0)
        if message is None or message.deleted:
            raise bad(f"{purpose} not found")
        return message

    def find_query(self, query_id: str) -> CallbackQuery:
        """A callback query that may still be answered."""
        query = self.callbacks.get(query_id)
        if query is None or query.answered:
            raise bad(QUERY_TOO_OLD)
        if self.clock.now() - query.created > self.callback_life:
            raise bad(QUERY_TOO_OLD)
        return query
