"""People write, block, forward, and read what a transcript shows."""

from typing import Any

import pytest

from tests.bot_api.bot import CHAT, Bot, button, inline
from tests.standin import Person, StandIn


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
