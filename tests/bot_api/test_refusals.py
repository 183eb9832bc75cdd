"""What Telegram refuses, with its own words, and what it loses without one."""

import json
from typing import Any

import aiohttp
import pytest

from tests.bot_api.bot import CHAT, TOO_OLD, Bot, button, inline
from tests.standin import Person, StandIn

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


# -- What Telegram loses without a word --------------------------------------------


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


async def test_a_quote_is_part_of_what_it_quotes_and_1024_long(bot: Bot, lucie: Person) -> None:
    sent = await bot.result("sendMessage", **CHAT, text="a" * 2000)

    def quoting(words: str) -> dict[str, Any]:
        return {**CHAT, "text": "x", "reply_parameters": {**reply, "quote": words}}

    reply = {"message_id": sent["message_id"]}
    await bot.result("sendMessage", **quoting("a" * 1024))
    for words in ("b", "a" * 1025):
        refused = await bot.refusal("sendMessage", **quoting(words))
        assert refused == "Bad Request: QUOTE_TEXT_INVALID"
