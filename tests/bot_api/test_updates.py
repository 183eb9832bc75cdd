"""Updates wait to be fetched, expire, come twice and out of order."""

import asyncio

from tests.bot_api.bot import CHAT, Bot, button, inline
from tests.standin import Person

OTHER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


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
