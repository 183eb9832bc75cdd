"""Groups as on Telegram: privacy mode, votes, forced replies, links into the private chat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot_api.bot import Bot, button, inline
from tests.standin import Group, Person, StandIn

OPTIONS = [{"text": "Attendre"}, {"text": "Agir"}]


async def send(bot: Bot, group: Group, **more: Any) -> Any:
    words = {"question": "Que faire ?", "options": OPTIONS, **more}
    return await bot.result("sendPoll", chat_id=group.chat.id, **words)


async def stop(bot: Bot, group: Group, message: int) -> Any:
    return await bot.result("stopPoll", chat_id=group.chat.id, message_id=message)


def totals(poll: Any) -> list[int]:
    return [option["voter_count"] for option in poll["options"]]


async def test_people_vote_change_their_minds_and_take_a_vote_back(
    bot: Bot, group: Group, lucie: Person, paul: Person
) -> None:
    sent = await send(bot, group)
    await lucie.vote("Agir", group=group)
    await paul.vote("Agir", group=group)
    await paul.vote("Attendre", group=group)
    assert totals(group.messages[-1].media.value) == [1, 1]  # type: ignore[union-attr]
    await lucie.vote(group=group)
    poll = await stop(bot, group, sent["message_id"])
    assert (totals(poll), poll["total_voter_count"], poll["is_closed"]) == ([1, 0], 1, True)
    with pytest.raises(AssertionError, match="closed"):
        await lucie.vote("Agir", group=group)


async def test_hidden_results_stay_hidden_until_the_poll_is_closed(
    bot: Bot, group: Group, lucie: Person
) -> None:
    sent = await send(bot, group, hide_results_until_closes=True)
    await lucie.vote("Agir", group=group)
    polls = [update["poll"] for update in await bot.updates() if "poll" in update]
    assert [totals(poll) for poll in polls] == [[0, 0]]
    assert "Agir : 1" not in lucie.picture(group.chat)
    poll = await stop(bot, group, sent["message_id"])
    assert totals(poll) == [0, 1]
    assert "Agir : 1" in lucie.picture(group.chat)


async def test_an_anonymous_vote_names_nobody(bot: Bot, group: Group, lucie: Person) -> None:
    await send(bot, group)
    before = len(await bot.updates())
    await lucie.vote("Agir", group=group)
    (update,) = await bot.updates()
    assert before
    assert "poll_answer" not in update
    assert str(lucie.user.id) not in str(update)


async def test_the_client_offers_no_vote_that_telegram_would_refuse(
    bot: Bot, group: Group, standin: StandIn, lucie: Person, paul: Person
) -> None:
    await send(bot, group, allows_revoting=False)
    await lucie.vote("Agir", group=group)
    with pytest.raises(AssertionError, match="second vote"):
        await lucie.vote("Attendre", group=group)
    with pytest.raises(AssertionError, match="one answer"):
        await paul.vote("Agir", "Attendre", group=group)
    with pytest.raises(AssertionError, match="not in the chat"):
        await standin.person("Zoé").vote("Agir", message=group.messages[-1])


async def test_a_poll_is_stopped_once_and_only_a_poll(
    bot: Bot, group: Group, lucie: Person
) -> None:
    chat = {"chat_id": group.chat.id}
    sent = await send(bot, group)
    await stop(bot, group, sent["message_id"])
    again = await bot.refusal("stopPoll", **chat, message_id=sent["message_id"])
    assert again == "Bad Request: poll has already been closed"
    words = await bot.result("sendMessage", **chat, text="bonjour")
    other = await bot.refusal("stopPoll", **chat, message_id=words["message_id"])
    assert other == "Bad Request: message is not a poll"
    gone = await bot.refusal("stopPoll", **chat, message_id=9_999)
    assert gone == "Bad Request: message with poll to stop not found"


async def test_a_closed_poll_is_given_back_by_a_change_of_its_buttons(
    bot: Bot, group: Group, lucie: Person
) -> None:
    sent = await send(bot, group, hide_results_until_closes=True)
    await lucie.vote("Agir", group=group)
    await stop(bot, group, sent["message_id"])
    buttons = {"inline_keyboard": [[{"text": "…", "callback_data": "-"}]]}
    found = await bot.result(
        "editMessageReplyMarkup",
        chat_id=group.chat.id,
        message_id=sent["message_id"],
        reply_markup=buttons,
    )
    assert totals(found["poll"]) == [0, 1]


async def test_a_forced_reply_reaches_the_bot_and_other_words_do_not(
    bot: Bot, group: Group, lucie: Person, paul: Person
) -> None:
    asked = await bot.result(
        "sendMessage",
        chat_id=group.chat.id,
        text="Écrivez la phrase.",
        reply_markup={"force_reply": True},
    )
    await bot.updates()
    await paul.say_in(group, "je préfère attendre", dismiss=True)
    await lucie.say_in(group, "La phrase.")
    await lucie.say_in(group, "Merci.")
    (update,) = await bot.updates()
    replied = update["message"]["reply_to_message"]
    assert update["message"]["text"] == "La phrase."
    assert (replied["message_id"], replied["from"]["is_bot"]) == (asked["message_id"], True)


async def test_a_link_to_the_bot_is_followed_into_the_private_chat(
    bot: Bot, group: Group, lucie: Person, paul: Person
) -> None:
    link = "https://t.me/codir_conseil_bot?start=g_abc-DEF_123"
    buttons = [[{"text": "Participer", "url": link}, {"text": "Site", "url": "https://x.test/"}]]
    await bot.result(
        "sendMessage",
        chat_id=group.chat.id,
        text="Le CODIR prépare une décision.",
        reply_markup={"inline_keyboard": buttons},
    )
    await bot.updates()
    assert await paul.tap("Participer", group=group) is None, "a link is no callback"
    assert await bot.updates() == []
    await paul.follow("Participer", group=group)
    (update,) = await bot.updates()
    assert update["message"]["text"] == "/start g_abc-DEF_123"
    assert update["message"]["chat"]["id"] == paul.user.id
    with pytest.raises(AssertionError, match="does not lead to the bot"):
        await paul.follow("Site", group=group)


@pytest.mark.parametrize("payload", ["x" * 65, "a.b", "é", ""])
async def test_a_payload_that_a_client_drops_is_told(
    standin: StandIn, bot: Bot, lucie: Person, payload: str
) -> None:
    url = f"https://t.me/codir_conseil_bot?start={payload}"
    await bot.result(
        "sendMessage",
        chat_id=lucie.user.id,
        text="Voici.",
        reply_markup={"inline_keyboard": [[{"text": "Participer", "url": url}]]},
    )
    assert standin.violations
    with pytest.raises(AssertionError, match="does not lead"):
        await lucie.follow("Participer")


async def test_who_is_in_a_group(
    bot: Bot, group: Group, standin: StandIn, lucie: Person, paul: Person
) -> None:
    chat = {"chat_id": group.chat.id}

    async def status(user: int) -> str:
        found = await bot.result("getChatMember", **chat, user_id=user)
        return str(found["status"])

    assert [await status(lucie.user.id), await status(paul.user.id)] == ["creator", "member"]
    group.leave(paul)
    assert await status(paul.user.id) == "left"
    unknown = await bot.refusal("getChatMember", **chat, user_id=4)
    assert unknown == "Bad Request: invalid user_id specified"


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
