"""The stand-in of the Bot API refuses what Telegram refuses, and shows what Telegram shows."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
)

from tests.standin import Fault, Group, Person, Rate, StandIn
from tests.standin.html_mode import parse
from tests.standin.html_tags import ParseError
from tests.standin.text import fix

Answer = dict[str, Any]
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
OTHER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


class Bot:
    """A bot without a library: it says exactly what a test wants it to say."""

    def __init__(self, standin: StandIn, session: aiohttp.ClientSession) -> None:
        self.standin = standin
        self.session = session
        self.offset = 0

    def address(self, method: str) -> str:
        return f"{self.standin.url}/bot{self.standin.token}/{method}"

    async def __call__(self, method: str, **params: Any) -> Answer:
        async with self.session.post(self.address(method), json=params) as response:
            body: Answer = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **params: Any) -> Any:
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        body = await self(method, **params)
        assert not body["ok"], body
        description: str = body["description"]
        return description

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **params: Any) -> Any:
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, data) in files.items():
            form.add_field(name, data, filename=filename)
        async with self.session.post(self.address(method), data=form) as response:
            return await response.json()

    async def updates(self, seconds: int = 0, **more: Any) -> list[Answer]:
        """Fetches and confirms by the next call, as a bot does."""
        found: list[Answer] = await self.result(
            "getUpdates", offset=self.offset, timeout=seconds, **more
        )
        if found:
            self.offset = found[-1]["update_id"] + 1
        return found


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest_asyncio.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(standin, session)


@pytest_asyncio.fixture
async def lucie(standin: StandIn) -> Person:
    """She has written to the bot, which has answered with a question."""
    person = standin.person("Lucie", language_code="fr")
    await person.say("/start")
    return person


@pytest_asyncio.fixture
async def group(standin: StandIn, lucie: Person) -> Group:
    return standin.group("CODIR", [lucie, standin.person("Paul")])


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Oui", data: str = "y") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


CHAT = {"chat_id": 880001}
DOCUMENT = {"type": "document", "media": "attach://a"}
PHOTO = {"type": "photo", "media": "attach://b"}
NO_ACTION = (
    "can't parse inline keyboard button: Text buttons are not allowed in the inline keyboard"
)
ENTITIES = "can't parse entities: "

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    # texts
    ("sendMessage", {"chat_id": 880001}, "message text is empty"),
    ("sendMessage", {**CHAT, "text": ""}, "message text is empty"),
    ("sendMessage", {**CHAT, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {**CHAT, "text": "\u200b\u200d"}, "text must be non-empty"),
    (
        "sendMessage",
        {**CHAT, "text": "<b></b>", "parse_mode": "HTML"},
        "text must be non-empty",
    ),
    ("sendMessage", {**CHAT, "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {**CHAT, "text": "x" * 33000}, "text is too long"),
    ("sendMessage", {**CHAT, "text": "x", "parse_mode": "BB"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {**CHAT, "text": "a < b", "parse_mode": "HTML"},
        ENTITIES + 'Unsupported start tag "" at byte offset 2',
    ),
    (
        "sendMessage",
        {**CHAT, "text": "é <br>", "parse_mode": "html"},
        ENTITIES + 'Unsupported start tag "br" at byte offset 3',
    ),
    (
        "sendMessage",
        {**CHAT, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 1",
    ),
    (
        "sendMessage",
        {**CHAT, "text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
        "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol",
    ),
    # chats
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 5, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    (
        "sendMessage",
        {**CHAT, "text": "x", "reply_parameters": {"message_id": 9}},
        "message to be replied not found",
    ),
    # keyboards
    (
        "sendMessage",
        {**CHAT, "text": "x", "reply_markup": inline([button(data="x" * 65)])},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {**CHAT, "text": "x", "reply_markup": inline([button(data="é" * 33)])},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {**CHAT, "text": "x", "reply_markup": inline([button(data="")])},
        "BUTTON_DATA_INVALID",
    ),
    ("sendMessage", {**CHAT, "text": "x", "reply_markup": inline([{"text": "a"}])}, NO_ACTION),
    (
        "sendMessage",
        {**CHAT, "text": "x", "reply_markup": inline([{"text": "a", "url": "nowhere"}])},
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    # the shape of a request
    ("sendMessage", {**CHAT, "text": "x", "txet": "y"}, "sendMessage: unknown parameter txet"),
    ("sendMessage", {**CHAT, "text": 5}, "sendMessage: text must be a String, not 5"),
    (
        "sendMessage",
        {**CHAT, "text": "x", "disable_notification": 1},
        "sendMessage: disable_notification must be a Boolean, not 1",
    ),
    (
        "sendMessage",
        {**CHAT, "text": "x", "reply_markup": inline([{"text": "a", "data": "b"}])},
        "sendMessage: reply_markup.inline_keyboard[0][0] has the unknown field data "
        "in a InlineKeyboardButton",
    ),
    (
        "sendMessage",
        {**CHAT, "text": "x", "link_preview_options": {"disabled": True}},
        "sendMessage: link_preview_options has the unknown field disabled in a LinkPreviewOptions",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "start"}]},
        "setMyCommands: commands[0] lacks the field description of a BotCommand",
    ),
    # edits, deletions, answers
    ("editMessageText", {**CHAT, "message_id": 9, "text": "x"}, "message to edit not found"),
    ("editMessageText", {**CHAT, "message_id": 101, "text": "x"}, "message can't be edited"),
    ("editMessageText", {**CHAT, "message_id": 102, "text": ""}, "message text is empty"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    (
        "editMessageCaption",
        {**CHAT, "message_id": 102, "caption": "x"},
        "there is no caption in the message to edit",
    ),
    ("deleteMessage", {**CHAT, "message_id": 9}, "message to delete not found"),
    ("pinChatMessage", {**CHAT, "message_id": 9}, "message to pin not found"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, TOO_OLD.removeprefix("Bad Request: ")),
    # files and actions
    ("sendDocument", CHAT, "there is no document in the request"),
    ("sendDocument", {**CHAT, "document": "abc"}, "wrong file identifier/HTTP URL specified"),
    (
        "sendDocument",
        {**CHAT, "document": "https://example.org/a.pdf"},
        "failed to get HTTP URL content",
    ),
    (
        "sendDocument",
        {**CHAT, "document": "x", "caption": "c" * 1025},
        "message caption is too long",
    ),
    ("sendMediaGroup", CHAT, 'parameter "media" is required'),
    ("sendMediaGroup", {**CHAT, "media": []}, "there are no messages to send"),
    (
        "sendMediaGroup",
        {**CHAT, "media": [DOCUMENT, PHOTO]},
        "document can't be mixed with other media types",
    ),
    (
        "sendMediaGroup",
        {**CHAT, "media": [DOCUMENT] * 11},
        "too many messages to send as an album",
    ),
    (
        "sendMediaGroup",
        {**CHAT, "media": [DOCUMENT] * 2},
        "can't parse InputMedia: media not found",
    ),
    (
        "sendMediaGroup",
        {**CHAT, "media": [DOCUMENT] * 2, "reply_markup": inline([button()])},
        "sendMediaGroup: unknown parameter reply_markup",
    ),
    ("sendChatAction", {**CHAT, "action": "thinking"}, "wrong parameter action in request"),
    ("getFile", {"file_id": "abc"}, "invalid file_id"),
    # the profile
    (
        "setMyCommands",
        {"commands": [{"command": "Start", "description": "x"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "a" * 33, "description": "x"}]},
        "command length must not exceed 32",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "/", "description": "x"}]},
        "command must be non-empty",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": "x" * 257}]},
        "command description length must not exceed 256",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": " "}]},
        "command description must be non-empty",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": f"a{i}", "description": "x"} for i in range(101)]},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    ("setMyCommands", {"commands": [], "language_code": "fra"}, "invalid language code specified"),
    ("setMyName", {"name": "x" * 65}, "name of 65 characters, at most 64 are allowed"),
    (
        "setMyShortDescription",
        {"short_description": "x" * 121},
        "short_description of 121 characters, at most 120 are allowed",
    ),
    (
        "setMyDescription",
        {"description": "x" * 513},
        "description of 513 characters, at most 512 are allowed",
    ),
    # webhooks
    (
        "setWebhook",
        {"url": "http://example.org/x"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.org:99/x"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (
        "setWebhook",
        {"url": "https://example.org/x", "secret_token": "é"},
        "secret token contains unallowed characters",
    ),
]


async def test_every_bad_request_is_refused_with_the_text_of_telegram(
    bot: Bot, lucie: Person
) -> None:
    await bot.result("sendMessage", **CHAT, text="une question")
    assert len(REFUSED) >= 40
    for method, params, reason in REFUSED:
        assert await bot.refusal(method, **params) == f"Bad Request: {reason}", (method, params)


async def test_what_a_shape_forbids_is_a_violation_too(bot: Bot, lucie: Person) -> None:
    await bot("sendMessage", **CHAT, text="x", txet="y")
    await bot("sendTelepathy", **CHAT)
    await bot("sendVideoNote", **CHAT)
    assert bot.standin.violations == [
        "sendMessage: unknown parameter txet",
        "the method sendTelepathy does not exist",
        "the method sendVideoNote is not played by the stand-in",
    ]


async def test_a_lenient_stand_in_ignores_unknown_parameters() -> None:
    async with StandIn(strict=False) as lenient, aiohttp.ClientSession() as session:
        await lenient.person("Lucie").say("/start")
        await Bot(lenient, session).result("sendMessage", **CHAT, text="x", txet="y")


async def test_unknown_methods_and_tokens(bot: Bot) -> None:
    assert await bot.refusal("sendTelepathy") == "Not Found: method not found"
    address = f"{bot.standin.url}/bot1:wrong/getMe"
    async with bot.session.get(address) as response:
        assert response.status == 401
        assert (await response.json())["description"] == "Unauthorized"


async def test_methods_are_case_insensitive_and_read_any_form(bot: Bot, lucie: Person) -> None:
    address = bot.address("SENDmessage")
    async with bot.session.get(address, params={"chat_id": "880001", "text": "1"}) as response:
        assert (await response.json())["ok"]
    markup = json.dumps(inline([button()]))
    form = {"chat_id": "880001", "text": "2", "reply_markup": markup}
    async with bot.session.post(address, data=form) as response:
        assert (await response.json())["result"]["reply_markup"] == inline([button()])
    assert (await bot.upload("sendMessage", {}, chat_id=880001, text="3"))["ok"]
    assert [message.text for message in lucie.chat] == ["/start", "1", "2", "3"]
    assert not bot.standin.violations


# what Telegram loses without a word


@pytest.mark.parametrize(
    ("markup", "violation"),
    [
        (inline([button()] * 9), "a keyboard row of 9 buttons, more than 8"),
        (inline(*[[button()]] * 101), "a keyboard of 101 buttons, more than 100"),
        (inline([button(), button("")]), "a button with an empty text"),
        (
            inline([button() | {"url": "https://a.org"}]),
            "a button with 2 actions: url, callback_data",
        ),
    ],
)
async def test_silent_losses_are_violations(
    bot: Bot, lucie: Person, markup: dict[str, Any], violation: str
) -> None:
    await bot.result("sendMessage", **CHAT, text="x", reply_markup=markup)
    assert bot.standin.violations == [violation]


async def test_buttons_past_twelve_in_a_row_are_dropped(bot: Bot, lucie: Person) -> None:
    markup = inline([button(str(i)) for i in range(13)])
    await bot.result("sendMessage", **CHAT, text="x", reply_markup=markup)
    assert len(lucie.last.rows[0]) == 12


# the HTML parse mode

PARSED = [
    ("<b>é</b>x", "éx", [("bold", 0, 1)]),
    ("😀<i>😀</i>", "😀😀", [("italic", 2, 2)]),
    ("<B>a</B><STRONG>b</STRONG>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("<b></b>a", "a", []),
    ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
    ("&eacute; &nbsp &", "&eacute; &nbsp &", []),
    ("&#233;&#x1F600;&lt", "é😀<", []),
    ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
    ("<a href='https://a.org'>b</a>", "b", [("text_link", 0, 1)]),
    ("<a href='nowhere'>b</a>", "b", []),
    ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<s>a</s><u>b</u>", "ab", [("strikethrough", 0, 1), ("underline", 1, 1)]),
]
UNPARSED = [
    ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("é</b>", "Unexpected end tag at byte offset 2"),
    ("a<b", "Unclosed start tag at byte offset 1"),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href='x", "Unclosed start tag at byte offset 0"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<a ='x'>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=é>", "Unexpected end of name token at byte offset 8"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    (
        "&#xd800;",
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units",
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_html_is_parsed(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse(source)
    assert parsed == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(("source", "error"), UNPARSED)
def test_html_errors_give_byte_offsets(source: str, error: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(source)
    assert str(caught.value) == error


def test_entities_are_merged_cut_and_found() -> None:
    text, entities = parse("<b>1<code>2</code>3</b> /aide@codir_conseil_bot")
    fixed = fix(text, entities)
    assert [(e["type"], e["offset"], e["length"]) for e in fixed.entities] == [
        ("bold", 0, 1),
        ("code", 1, 1),
        ("bold", 2, 1),
        ("bot_command", 4, 23),
    ]
    assert fix("  a\r\n\tb \n", []).text == "a\n b"


async def test_length_counts_code_points_and_entities_count_utf16(bot: Bot, lucie: Person) -> None:
    text = "😀" * 4095 + "<b>é</b>"
    sent = await bot.result("sendMessage", **CHAT, text=text[:5000], parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 8190, "length": 1}]
    assert "\u202f" in (await bot.result("sendMessage", **CHAT, text="a\u202f?"))["text"]


# updates


async def test_updates_stay_until_a_higher_offset(bot: Bot, lucie: Person) -> None:
    await lucie.say("1")
    first = await bot.result("getUpdates")
    again = await bot.result("getUpdates")
    assert first == again
    assert [u["message"]["text"] for u in first] == ["/start", "1"]
    assert first[1]["update_id"] == first[0]["update_id"] + 1
    rest = await bot.result("getUpdates", offset=first[1]["update_id"])
    assert rest == first[1:]
    assert await bot.result("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_negative_offset_keeps_the_last_and_limit_cuts(bot: Bot, lucie: Person) -> None:
    for text in "123":
        await lucie.say(text)
    assert len(await bot.result("getUpdates", limit=3)) == 3
    kept = await bot.result("getUpdates", offset=-1)
    assert [u["message"]["text"] for u in kept] == ["3"]
    assert await bot.result("getUpdates") == kept


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    poll = asyncio.create_task(bot.updates(seconds=30))
    await asyncio.sleep(0.02)
    await lucie.say("allô")
    found = await asyncio.wait_for(poll, 1)
    assert found[0]["message"]["text"] == "allô"


async def test_two_pollers_conflict_and_the_older_loses(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    older = asyncio.create_task(bot("getUpdates", offset=bot.offset, timeout=30))
    await asyncio.sleep(0.02)
    newer = asyncio.create_task(bot("getUpdates", offset=bot.offset, timeout=30))
    lost = await asyncio.wait_for(older, 1)
    assert (lost["error_code"], lost["description"]) == (409, OTHER)
    await lucie.say("x")
    assert (await asyncio.wait_for(newer, 1))["ok"]


async def test_updates_survive_a_bot_that_dies_while_polling(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    poll = asyncio.create_task(bot.updates(seconds=30))
    await asyncio.sleep(0.02)
    poll.cancel()
    await lucie.say("toujours là ?")
    found = await bot.updates()
    assert [u["message"]["text"] for u in found] == ["toujours là ?"]


async def test_old_updates_expire(bot: Bot, lucie: Person) -> None:
    sent = await bot.result("sendMessage", **CHAT, text="x", reply_markup=inline([button()]))
    await bot.updates()
    await lucie.tap("Oui")
    bot.standin.clock.advance(149)
    assert len(await bot.result("getUpdates", offset=bot.offset)) == 1
    bot.standin.clock.advance(2)
    assert await bot.result("getUpdates", offset=bot.offset) == []
    await lucie.say("x")
    bot.standin.clock.advance(24 * 3600 + 1)
    assert await bot.result("getUpdates", offset=bot.offset) == []
    assert sent["message_id"] == lucie.last.id


async def test_allowed_updates_apply_when_an_update_is_created(bot: Bot, lucie: Person) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    await lucie.say("perdu")
    assert await bot.updates(allowed_updates=["message", "callback_query"]) == []
    await lucie.say("reçu")
    assert len(await bot.updates()) == 1


async def test_duplicates_and_reordering(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    bot.standin.faults.duplicate_updates()
    await lucie.say("1")
    twice = await bot.updates()
    assert len(twice) == 2
    assert twice[0] == twice[1]
    bot.standin.hold_updates()
    await lucie.say("2")
    await lucie.say("3")
    assert await bot.updates() == []
    bot.standin.release_updates(reverse=True)
    swapped = await bot.updates()
    assert [u["message"]["text"] for u in swapped] == ["3", "2"]
    assert swapped[0]["update_id"] < swapped[1]["update_id"]


# taps


async def test_one_answer_per_tap_within_fifteen_seconds(bot: Bot, lucie: Person) -> None:
    markup = inline([button("Pourquoi\u202f?", "why")], [button("Non", "n")])
    await bot.updates()
    await bot.result("sendMessage", **CHAT, text="Prêt ?", reply_markup=markup)
    await lucie.tap("Pourquoi ?")
    query = (await bot.updates())[0]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("why", "Prêt ?")
    assert bot.standin.unanswered() == ["Lucie tapped [Pourquoi\u202f?] without an answer"]
    assert (
        await bot.refusal("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Noté")
    assert lucie.toasts == ["Noté"]
    assert bot.standin.unanswered() == []
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    late = await lucie.tap("Non")
    assert late is not None
    bot.standin.clock.advance(16)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=late.id) == TOO_OLD


async def test_only_buttons_on_the_screen_can_be_tapped(bot: Bot, lucie: Person) -> None:
    for data in ("old", "new"):
        markup = inline([button(data=data)])
        await bot.result("sendMessage", **CHAT, text=data, reply_markup=markup)
    await bot.updates()
    await lucie.tap("Oui", nth=1)
    assert (await bot.updates())[0]["callback_query"]["data"] == "old"
    with pytest.raises(AssertionError, match=r"no button \[Non\] to tap"):
        await lucie.tap("Non")
    await bot.result("editMessageText", **CHAT, message_id=lucie.last.id, text="Noté")
    with pytest.raises(AssertionError, match="the screen of Lucie"):
        await lucie.tap("Oui", message=lucie.last)


async def test_forged_taps_and_taps_under_deleted_messages(bot: Bot, lucie: Person) -> None:
    await bot.result("sendMessage", **CHAT, text="x", reply_markup=inline([button()]))
    await bot.updates()
    message = lucie.last
    await lucie.tap_ghost("forged", message=message)
    await lucie.delete_message(message)
    await lucie.tap_ghost("y", message=message)
    await lucie.tap_ghost("z")
    seen = [u["callback_query"] for u in await bot.updates()]
    assert [q["data"] for q in seen] == ["forged", "y", "z"]
    assert seen[0]["message"]["text"] == "x"
    assert seen[1]["message"] == {
        "chat": seen[0]["message"]["chat"],
        "message_id": message.id,
        "date": 0,
    }
    assert seen[2]["message"]["date"] == 0
    gone = await bot.refusal("editMessageText", **CHAT, message_id=message.id, text="y")
    assert gone == "Bad Request: message to edit not found"


# edits


async def test_an_edit_must_change_something(bot: Bot, lucie: Person) -> None:
    markup = inline([button()])
    sent = await bot.result("sendMessage", **CHAT, text="a", reply_markup=markup)
    edit = {**CHAT, "message_id": sent["message_id"]}
    assert (
        await bot.refusal("editMessageText", **edit, text="a", reply_markup=markup) == NOT_MODIFIED
    )
    await bot.result(
        "editMessageText", **edit, text="<b>a</b>", parse_mode="HTML", reply_markup=markup
    )
    await bot.result("editMessageText", **edit, text="a")
    assert lucie.last.rows == []
    assert await bot.refusal("editMessageReplyMarkup", **edit) == NOT_MODIFIED
    document = await bot.upload("sendDocument", {"document": ("a.pdf", b"1")}, **CHAT)
    file_edit = {**CHAT, "message_id": document["result"]["message_id"]}
    assert (
        await bot.refusal("editMessageText", **file_edit, text="x")
        == "Bad Request: there is no text in the message to edit"
    )


async def test_deletion_ends_after_two_days_but_edits_do_not(bot: Bot, lucie: Person) -> None:
    sent = await bot.result("sendMessage", **CHAT, text="a")
    target = {**CHAT, "message_id": sent["message_id"]}
    bot.standin.clock.advance(48 * 3600)
    assert (
        await bot.refusal("deleteMessage", **target)
        == "Bad Request: message can't be deleted for everyone"
    )
    await bot.result("editMessageText", **target, text="b")
    assert lucie.last.text == "b"


# files


async def test_an_album_of_documents(bot: Bot, lucie: Person) -> None:
    media = [
        {"type": "document", "media": "attach://a"},
        {
            "type": "document",
            "media": "attach://b",
            "caption": "<b>Voici</b>",
            "parse_mode": "HTML",
        },
    ]
    files = {"a": ("brief.docx", b"one"), "b": ("brief.pdf", b"two")}
    sent = await bot.upload("sendMediaGroup", files, **CHAT, media=media)
    ids = {message["media_group_id"] for message in sent["result"]}
    assert len(ids) == 1
    assert [(m.document, m.content) for m in lucie.files] == [
        ("brief.docx", b"one"),
        ("brief.pdf", b"two"),
    ]
    assert lucie.files[1].caption == "Voici"
    assert lucie.transcript().endswith("bot+ brief.docx\nbot+ brief.pdf\n  Voici\n")
    again = sent["result"][0]["document"]["file_id"]
    await bot.result("sendDocument", **CHAT, document=again)
    assert lucie.last.document == "brief.docx"
    one = await bot.upload("sendMediaGroup", files, **CHAT, media=media[:1])
    assert one["description"] == "Bad Request: an album must have at least 2 items"


async def test_files_have_sizes(bot: Bot, lucie: Person) -> None:
    empty = await bot.upload("sendDocument", {"document": ("a.pdf", b"")}, **CHAT)
    assert empty["description"] == "Bad Request: file must be non-empty"
    huge = {"photo": ("a.jpg", b"x" * ((10 << 20) + 1))}
    photo = await bot.upload("sendPhoto", huge, **CHAT)
    assert photo["description"].endswith("too big for a photo; the maximum size is 10485760 bytes")
    large = {"document": ("a.pdf", b"x" * 50_000_001)}
    assert (await bot.upload("sendDocument", large, **CHAT))["error_code"] == 413


async def test_a_file_of_a_person_can_be_fetched(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    await lucie.send_document("organigramme.pdf", b"%PDF")
    document = (await bot.updates())[0]["message"]["document"]
    found = await bot.result("getFile", file_id=document["file_id"])
    address = f"{bot.standin.url}/file/bot{bot.standin.token}/{found['file_path']}"
    async with bot.session.get(address) as response:
        assert await response.read() == b"%PDF"
    await lucie.send_document("catalogue.docx", b"x" * (20 * (1 << 20) + 1))
    document = (await bot.updates())[0]["message"]["document"]
    assert (
        await bot.refusal("getFile", file_id=document["file_id"]) == "Bad Request: file is too big"
    )


# people


async def test_a_bot_cannot_write_first_nor_to_who_blocked_it(bot: Bot, standin: StandIn) -> None:
    paul = standin.person("Paul")
    chat = {"chat_id": paul.user.id, "text": "x"}
    assert await bot.refusal("sendMessage", **chat) == "Bad Request: chat not found"
    await paul.say("/start abc")
    await bot.result("sendMessage", **chat)
    await paul.block()
    assert await bot.refusal("sendMessage", **chat) == "Forbidden: bot was blocked by the user"
    change = (await bot.updates())[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"
    with pytest.raises(AssertionError, match="must unblock"):
        await paul.say("x")
    await paul.unblock()
    await bot.result("sendMessage", **chat)
    await paul.deactivate()
    assert await bot.refusal("sendMessage", **chat) == "Forbidden: user is deactivated"


async def test_everything_but_text_reaches_the_bot(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    await lucie.send_photo("légende")
    await lucie.send_voice()
    await lucie.send_sticker()
    await lucie.send_contact()
    await lucie.send_location()
    await lucie.forward("transféré")
    await lucie.say("10")
    await lucie.edit("10", "12")
    await lucie.say("x" * 10_000)
    found = await bot.updates()
    kinds = ["photo", "voice", "sticker", "contact", "location", "forward_origin"]
    for update, kind in zip(found, kinds, strict=False):
        assert kind in update["message"]
    assert found[7]["edited_message"]["text"] == "12"
    assert [len(u["message"]["text"]) for u in found[8:]] == [4096, 4096, 1808]
    assert "you> (message vocal, 0:14)" in lucie.transcript()


async def test_what_a_person_perceives_becomes_a_transcript(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    await bot.result("sendChatAction", **CHAT, action="typing")
    assert lucie.typing == "typing"
    markup = inline([button(), button("Non", "n")], [button("Pourquoi ?", "w")])
    text = "<b>Bonjour.</b>\n\nPrêt ?"
    await bot.result("sendMessage", **CHAT, text=text, parse_mode="HTML", reply_markup=markup)
    assert lucie.typing is None
    query = await lucie.tap("Oui")
    assert query is not None
    await bot.result("answerCallbackQuery", callback_query_id=query.id, text="Oui, donc.")
    target = {**CHAT, "message_id": lucie.last.id}
    await bot.result("editMessageText", **target, text="Noté : Oui.", reply_markup=markup)
    await bot.result("editMessageReplyMarkup", **target)
    assert lucie.transcript() == (
        "you> /start\n"
        "bot> Bonjour.\n\n  Prêt ?\n    [Oui] [Non]\n    [Pourquoi ?]\n"
        "you> [Oui]\n"
        "bot^ Oui, donc.\n"
        "bot~ Noté : Oui.\n    [Oui] [Non]\n    [Pourquoi ?]\n"
    )


async def test_commands_menu_takes_the_narrowest_scope(bot: Bot, lucie: Person) -> None:
    def commands(name: str) -> dict[str, Any]:
        return {"commands": [{"command": name, "description": "x"}]}

    await bot.result("setMyCommands", **commands("/any"))
    assert lucie.menu() == ["any"]
    await bot.result("setMyCommands", **commands("fr"), language_code="fr")
    assert lucie.menu() == ["fr"]
    await bot.result("setMyCommands", **commands("private"), scope={"type": "all_private_chats"})
    assert lucie.menu() == ["private"]
    assert await bot.result("getMyCommands", language_code="fr") == commands("fr")["commands"]


async def test_reply_keyboards_type_their_label(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    markup = {"keyboard": [[{"text": "Oui"}]], "resize_keyboard": True}
    await bot.result("sendMessage", **CHAT, text="Prêt ?", reply_markup=markup)
    await lucie.tap("Oui")
    assert (await bot.updates())[0]["message"]["text"] == "Oui"


# groups


async def test_privacy_mode(bot: Bot, lucie: Person, group: Group) -> None:
    await bot.updates()
    await lucie.say_in(group, "bonjour à tous")
    await lucie.say_in(group, "/statut")
    await lucie.say_in(group, "/statut@another_bot")
    await lucie.say_in(group, "/statut@codir_conseil_bot")
    assert [u["message"]["text"] for u in await bot.updates()] == ["/statut@codir_conseil_bot"]
    sent = await bot.result(
        "sendMessage", chat_id=group.chat.id, text="2/5", reply_markup=inline([button()])
    )
    await lucie.say_in(group, "/aide")
    mine = group.chat.messages[sent["message_id"]]
    await lucie.say_in(group, "merci", reply_to=mine)
    await lucie.say_in(group, "merci")
    assert [u["message"]["text"] for u in await bot.updates()] == ["/aide", "merci"]
    await lucie.tap("Oui", group=group)
    query = (await bot.updates())[0]["callback_query"]
    assert query["message"]["chat"]["id"] == group.chat.id
    group.promote_bot()
    await lucie.say_in(group, "tout")
    assert (await bot.updates())[-1]["message"]["text"] == "tout"


async def test_the_bot_in_a_group(bot: Bot, lucie: Person, group: Group) -> None:
    joined = await bot.updates()
    assert joined[1]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined[2]["message"]["new_chat_members"][0]["is_bot"]
    chat = {"chat_id": group.chat.id}
    asked = {**chat, "user_id": lucie.user.id}
    assert (await bot.result("getChatMember", **asked))["status"] == "creator"
    assert await bot.result("getChatMemberCount", **chat) == 3
    paul = group.chat.members[1]
    first = await bot.refusal("sendMessage", chat_id=paul.user.id, text="x")
    assert first == "Forbidden: bot can't initiate conversation with a user"
    group.kick_bot()
    kicked = await bot.refusal("sendMessage", **chat, text="x")
    assert kicked == "Forbidden: bot was kicked from the group chat"


async def test_a_group_becomes_a_supergroup(bot: Bot, group: Group) -> None:
    old = group.chat.id
    group.upgrade()
    refused = await bot("sendMessage", chat_id=old, text="x")
    assert refused["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    new = refused["parameters"]["migrate_to_chat_id"]
    await bot.result("sendMessage", chat_id=new, text="x")
    services = [u["message"] for u in await bot.updates() if "message" in u][-2:]
    assert services[0]["migrate_to_chat_id"] == new
    assert services[1]["migrate_from_chat_id"] == old


# rates and faults


async def test_rates_answer_429_with_a_body_and_a_header(bot: Bot, lucie: Person) -> None:
    bot.standin.limits.enable()
    for number in range(3):
        await bot.result("sendMessage", **CHAT, text=str(number))
    payload = {**CHAT, "text": "x"}
    async with bot.session.post(bot.address("sendMessage"), json=payload) as response:
        body = await response.json()
        assert response.status == 429
        assert response.headers["Retry-After"] == "1"
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    bot.standin.clock.advance(1)
    await bot.result("sendMessage", **CHAT, text="x")


async def test_twenty_messages_a_minute_in_a_group(bot: Bot, group: Group) -> None:
    bot.standin.limits.enable(chat=Rate(100, 100))
    chat = {"chat_id": group.chat.id}
    for number in range(20):
        await bot.result("sendMessage", **chat, text=str(number))
    refused = await bot("sendMessage", **chat, text="x")
    assert 1 <= refused["parameters"]["retry_after"] <= 3


async def test_faults(bot: Bot, lucie: Person) -> None:
    faults = bot.standin.faults
    faults.fail(2, code=502, method="sendMessage")
    assert await bot.refusal("sendMessage", **CHAT, text="1") == "Bad Gateway"
    await bot.result("getMe")
    assert (await bot("sendMessage", **CHAT, text="2"))["error_code"] == 502
    faults.flood(retry_after=3)
    assert (await bot("sendMessage", **CHAT, text="3"))["parameters"] == {"retry_after": 3}
    faults.reset()
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", **CHAT, text="4")
    faults.drop_reply()
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", **CHAT, text="5")
    assert [message.text for message in lucie.chat] == ["/start", "5"]
    faults.hang(seconds=5)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot("sendMessage", **CHAT, text="6"), 0.05)
    faults.share(1.0, code=500)
    assert await bot.refusal("getMe") == "Internal Server Error"
    faults.clear()
    assert not bot.standin.refusals


BROKEN: list[tuple[Fault, int, str, bool]] = [
    (Fault("error", code=503), 503, "Service Unavailable", False),
    (Fault("page", code=502), 502, "<h1>Bad Gateway</h1>", False),
    (Fault("page", code=500), 500, "<h1>Internal Server Error</h1>", False),
    (Fault("page", code=504, after=True), 504, "<h1>Gateway Timeout</h1>", True),
    (Fault("garbage"), 200, '"message_id":10', False),
    (Fault("garbage", after=True), 200, '"message_id":10', True),
    (Fault("flood", seconds=7), 429, "Too Many Requests: retry after 7", False),
    (Fault("slow", seconds=0.05), 200, '"ok": true', True),
    (Fault("reset"), 0, "", False),
    (Fault("reset", after=True), 0, "", True),
    (Fault("hang", seconds=0.05), 0, "", False),
    (Fault("hang", seconds=0.05, after=True), 0, "", True),
]


@pytest.mark.parametrize(("fault", "status", "words", "applied"), BROKEN)
async def test_each_fault_has_its_reply_and_its_effect(
    bot: Bot, lucie: Person, fault: Fault, status: int, words: str, applied: bool
) -> None:
    bot.standin.faults.add(replace(fault))
    call = bot.session.post(bot.address("sendMessage"), json={**CHAT, "text": "x"})
    if status:
        async with call as response:
            assert response.status == status
            assert words in await response.text()
    else:
        with pytest.raises(aiohttp.ClientError):
            await call
    assert [m.text for m in lucie.chat] == ["/start"] + ["x"] * applied
    await bot.result("sendMessage", **CHAT, text="y")
    assert not bot.standin.refusals


async def test_weather_strikes_its_share_and_the_same_calls_again(bot: Bot, lucie: Person) -> None:
    async def struck(seed: int) -> list[bool]:
        bot.standin.faults.clear()
        bot.standin.faults.weather(
            [Fault("error", ratio=0.2), Fault("page", code=502, ratio=0.1)], seed
        )
        before = len(bot.standin.calls)
        for number in range(200):
            async with bot.session.post(
                bot.address("sendMessage"), json={**CHAT, "text": str(number)}
            ):
                pass
        return [call.injected for call in bot.standin.calls[before:]]

    first = await struck(1)
    assert 0.22 < sum(first) / len(first) < 0.38
    assert await struck(1) == first
    assert await struck(2) != first


async def test_mishaps_of_updates(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    faults = bot.standin.faults
    faults.mishaps({"duplicate": 1.0})
    await lucie.say("1")
    assert [u["message"]["text"] for u in await bot.updates()] == ["1", "1"]
    faults.mishaps({"swap": 1.0})
    await lucie.say("2")
    await lucie.say("3")
    swapped = await bot.updates()
    assert [u["message"]["text"] for u in swapped] == ["3", "2"]
    assert swapped[0]["update_id"] < swapped[1]["update_id"]
    faults.mishaps({"delay": 1.0}, delay=0.2)
    await lucie.say("4")
    faults.clear()
    await lucie.say("5")
    assert await bot.updates() == []
    found = await asyncio.wait_for(bot.updates(seconds=5), 2)
    assert [u["message"]["text"] for u in found] == ["4", "5"]


async def test_the_server_limits_webhooks_and_uploads_of_one_size(bot: Bot, lucie: Person) -> None:
    bot.standin.limits.enable(chat=Rate(1000, 1000))
    hook = {"url": "http://127.0.0.1:9/hook"}
    await bot.result("setWebhook", **hook)
    assert await bot.refusal("setWebhook", **hook) == "Too Many Requests: retry after 1"
    await bot.result("deleteWebhook")
    same = {"document": ("a.pdf", b"x" * 100_000)}
    began = asyncio.get_running_loop().time()
    for _ in range(2):
        assert (await bot.upload("sendDocument", same, **CHAT))["ok"]
    assert asyncio.get_running_loop().time() - began >= 0.2
    tasks = [asyncio.ensure_future(bot.upload("sendDocument", same, **CHAT)) for _ in range(40)]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.sleep(0.1)
    refused = [task.result() for task in tasks if task.done() and not task.result()["ok"]]
    assert refused[0]["description"] == "Too Many Requests: retry after 60"
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_quote_is_part_of_what_it_quotes_and_1024_long(bot: Bot, lucie: Person) -> None:
    sent = await bot.result("sendMessage", **CHAT, text="a" * 2000)

    def quoting(words: str) -> dict[str, Any]:
        return {**CHAT, "text": "x", "reply_parameters": {**reply, "quote": words}}

    reply = {"message_id": sent["message_id"]}
    await bot.result("sendMessage", **quoting("a" * 1024))
    for words in ("b", "a" * 1025):
        refused = await bot.refusal("sendMessage", **quoting(words))
        assert refused == "Bad Request: QUOTE_TEXT_INVALID"


# webhook


async def test_webhook(standin: StandIn, bot: Bot, lucie: Person) -> None:
    received: list[Answer] = []

    async def receive(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"
        body = await request.json()
        received.append(body)
        if len(received) == 2:
            return web.Response(status=500)
        reply = {"method": "sendMessage", **CHAT, "text": f"vu {body['message']['text']}"}
        return web.json_response(reply)

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.result("setWebhook", url=hook, secret_token="s3cret")
    assert "can't use getUpdates" in await bot.refusal("getUpdates")
    await lucie.say("un")
    await lucie.wait_for(lambda person: person.last.text == "vu un")
    await lucie.settle()
    assert [u["message"]["text"] for u in received] == ["/start", "un", "un"]
    assert received[1] == received[2]
    info = await bot.result("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook, 0)
    await bot.result("deleteWebhook")
    assert await bot.result("getUpdates") == []
    await runner.cleanup()


# on its own, and with a library


async def test_the_control_over_http(bot: Bot, standin: StandIn) -> None:
    async def control(verb: str, **body: Any) -> Any:
        async with bot.session.post(f"{standin.url}/control/{verb}", json=body) as response:
            return await response.json()

    made = (await control("person", name="Lucie", language_code="fr"))["result"]
    await control("say", person="Lucie", text="/start")
    await bot.updates()
    markup = inline([button()])
    await bot.result("sendMessage", chat_id=made["id"], text="Prêt ?", reply_markup=markup)
    screen = (await control("screen", person="Lucie"))["result"]
    assert screen["messages"][1]["rows"] == [["Oui"]]
    assert "error" in await control("tap", person="Lucie", label="Non")
    await control("tap", person="Lucie", label="Oui")
    state = (await control("state"))["result"]
    assert state["unanswered"] == [
        "Lucie tapped [Oui] without an answer",
    ]


async def test_settle_says_what_it_waits_for(bot: Bot, lucie: Person) -> None:
    with pytest.raises(AssertionError, match="unconfirmed update message"):
        await lucie.settle(timeout=0.05)
    assert bot.standin.unanswered() == ["Lucie wrote '/start' without a reaction"]
    await bot.updates()
    await bot.updates()
    await lucie.settle()
    assert bot.standin.unanswered() == ["Lucie wrote '/start' without a reaction"]
    await bot.result("sendMessage", **CHAT, text="Bonjour")
    assert bot.standin.unanswered() == []


async def test_settle_waits_for_a_chat_action_to_end(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    await bot.updates()
    await bot.result("sendChatAction", **CHAT, action="upload_document")
    with pytest.raises(AssertionError, match="the bot shows upload_document"):
        await lucie.settle(timeout=0.05)
    await bot.result("sendMessage", **CHAT, text="Voici")
    await lucie.settle()


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: Bot, lucie: Person) -> None:
    wrong = {"keyboard": [[5]]}
    refused = await bot.refusal("sendMessage", **CHAT, text="x", reply_markup=wrong)
    assert refused.endswith("reply_markup.keyboard[0][0] must be a KeyboardButton, not 5")
    markup = {"keyboard": [["Oui"]]}
    sent = await bot.result("sendMessage", **CHAT, text="x", reply_markup=markup)
    edit = {**CHAT, "message_id": sent["message_id"], "text": "y"}
    assert await bot.refusal("editMessageText", **edit) == "Bad Request: message can't be edited"


def of_the_library(
    standin: StandIn, members: list[str]
) -> Application[Any, Any, Any, Any, Any, Any]:
    """A bot written with python-telegram-bot: a question, its answer, its files, its members."""

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="y")]])
        await update.message.reply_html("<b>Prêt ?</b>", reply_markup=keyboard)

    async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        await query.answer("Noté")
        await query.edit_message_text("Noté : Oui.")
        media = [
            InputMediaDocument(b"1", filename="é.docx"),
            InputMediaDocument(b"2", filename="b.pdf"),
        ]
        await context.bot.send_media_group(query.message.chat.id, media)

    async def member(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.my_chat_member is not None
        members.append(update.my_chat_member.new_chat_member.status)

    urls = (f"{standin.url}/bot", f"{standin.url}/file/bot")
    builder = Application.builder().token(standin.token)
    app = builder.base_url(urls[0]).base_file_url(urls[1]).build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(tapped))
    app.add_handler(ChatMemberHandler(member))
    return app


async def test_python_telegram_bot_works_against_it(standin: StandIn) -> None:
    members: list[str] = []
    app = of_the_library(standin, members)
    async with app:
        assert app.updater is not None
        await app.updater.start_polling()
        await app.start()
        lucie = standin.person("Lucie")
        await lucie.say("/start")
        await lucie.settle()
        await lucie.tap("Oui")
        await lucie.settle()
        await lucie.block()
        await lucie.settle()
        standin.group("CODIR", [lucie], admin=True)
        await lucie.settle()
        await app.updater.stop()
        await app.stop()
    assert lucie.transcript() == (
        "you> /start\nbot> Prêt ?\n    [Oui]\nyou> [Oui]\nbot^ Noté\nbot~ Noté : Oui.\n"
        "bot+ é.docx\nbot+ b.pdf\n"
    )
    assert [str(status) for status in members] == ["kicked", "administrator"]
    assert standin.violations == []
    assert standin.unanswered() == []
