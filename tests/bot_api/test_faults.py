"""Rates, faults and bad weather strike as on Telegram."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from tests.bot_api.bot import CHAT, Bot
from tests.standin import Fault, Group, Person, Rate


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
