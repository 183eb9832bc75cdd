"""Groups: members, the bot's place in them, privacy mode, migration."""

from .model import Chat, Message
from .people import Person
from .world import World


class Group:
    """A group with the bot in it; the first member owns it."""

    def __init__(self, world: World, chat: Chat, members: list[Person]) -> None:
        self.world = world
        self.chat = chat
        chat.members.extend(members)

    @property
    def title(self) -> str:
        return self.chat.title or ""

    @property
    def owner(self) -> Person:
        owner = self.chat.members[0]
        assert isinstance(owner, Person)
        return owner

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.chat.messages.values() if not message.deleted]

    def service(self, by: Person, **extra: object) -> Message:
        """A service message; the bot gets those even in privacy mode."""
        message = self.world.post(self.chat, by.user, extra=dict(extra))
        update = self.world.queue.push("message", message.to_json(), self.chat.id, by.user.id)
        by.sent.append(update)
        return message

    def add_bot(self, *, admin: bool = False) -> None:
        """The owner adds the bot."""
        status = "administrator" if admin else "member"
        by = self.owner
        by.sent.append(self.world.bot_becomes(self.chat, status, by.user))
        self.service(by, new_chat_members=[self.world.bot.to_json()])

    def promote_bot(self) -> None:
        by = self.owner
        by.sent.append(self.world.bot_becomes(self.chat, "administrator", by.user))

    def kick_bot(self) -> None:
        by = self.owner
        by.sent.append(self.world.bot_becomes(self.chat, "kicked", by.user))

    def join(self, person: Person) -> None:
        self.chat.members.append(person)
        self.service(person, new_chat_members=[person.user.to_json()])

    def leave(self, person: Person) -> None:
        self.service(person, left_chat_member=person.user.to_json())
        self.chat.members.remove(person)

    def upgrade(self) -> None:
        """The group becomes a supergroup with another id; the old id is refused."""
        old = self.chat
        new = Chat(-1_000_000_000_000 + old.id, "supergroup", old.title, members=old.members)
        new.bot_status, new.bot_is_known = old.bot_status, True
        self.world.chats[new.id] = new
        self.service(self.owner, migrate_to_chat_id=new.id)
        old.migrated_to = new.id
        self.chat = new
        self.service(self.owner, migrate_from_chat_id=old.id)
