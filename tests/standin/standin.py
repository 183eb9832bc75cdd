"""The stand-in of the Bot API: a server, a world, and the people in it."""

from types import TracebackType
from typing import Self

from aiohttp import web

from . import control
from .groups import Group
from .model import Call, Chat, User
from .people import Person
from .server import MAX_BODY, Server
from .world import World

TOKEN = "4200000:STAND-IN-OF-THE-BOT-API"
USERNAME = "codir_conseil_bot"
FIRST_PERSON, FIRST_GROUP = 880_001, -510_001


class StandIn(World):
    """async with StandIn() as standin: the bot talks to standin.url with standin.token."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = USERNAME,
        port: int = 0,
        strict: bool = True,
        privacy: bool = True,
        callback_life: float = 15.0,
    ) -> None:
        super().__init__(
            username=username, privacy=privacy, callback_life=callback_life, strict=strict
        )
        self.token = token
        self.port = port
        self.server = Server(self, token)
        self.runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_BODY)
        control.add_routes(app, self)
        self.server.add_routes(app)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self.runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.server.webhook.close()
        self.queue.close()
        if self.runner is not None:
            await self.runner.cleanup()

    @property
    def url(self) -> str:
        """The base address; the bot appends /bot<token>/<method>."""
        return f"http://127.0.0.1:{self.port}"

    def person(
        self,
        first_name: str,
        *,
        language_code: str | None = None,
        last_name: str | None = None,
        username: str | None = None,
    ) -> Person:
        """Somebody new, who never wrote to the bot."""
        number = FIRST_PERSON + len(self.people)
        user = User(number, first_name, False, last_name, username, language_code)
        chat = Chat(number, "private", user=user)
        person = Person(self, user, chat)
        chat.members.append(person)
        self.people[number] = person
        self.chats[number] = chat
        return person

    def group(
        self,
        title: str,
        members: list[Person],
        *,
        supergroup: bool = False,
        admin: bool = False,
    ) -> Group:
        """A group to which its first member has added the bot."""
        number = FIRST_GROUP - len(self.chats)
        if supergroup:
            number -= 1_000_000_000_000
        chat = Chat(number, "supergroup" if supergroup else "group", title)
        self.chats[number] = chat
        group = Group(self, chat, members)
        group.add_bot(admin=admin)
        return group

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    @property
    def refusals(self) -> list[Call]:
        """The calls that the stand-in refused of its own accord."""
        return [call for call in self.calls if call.ok is False and not call.injected]

    def hold_updates(self) -> None:
        """Keeps what people do from the bot until release_updates()."""
        self.queue.hold()

    def release_updates(self, *, reverse: bool = False) -> None:
        self.queue.release(reverse=reverse)
