"""The stand-in delivers to a webhook as Telegram does: again after a refusal, in lanes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.bot_api.bot import CHAT, Answer, Bot
from tests.standin import Person, StandIn


class Hook:
    """A webhook that notes what it gets, and answers what a test has put down."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.at: list[float] = []
        self.answers: list[web.Response] = []

    async def receive(self, request: web.Request) -> web.Response:
        self.got.append((await request.json())["message"]["text"])
        self.at.append(asyncio.get_running_loop().time())
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def hook(bot: Bot) -> AsyncIterator[Hook]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await bot.result("setWebhook", url=url)
    yield hook
    await runner.cleanup()


async def test_a_refused_update_comes_again_no_sooner_than_asked(
    standin: StandIn, bot: Bot, hook: Hook
) -> None:
    hook.answers.append(web.Response(status=503, headers={"Retry-After": "1"}))
    person = standin.person("Lucie")
    await person.say("un")
    await person.settle()
    assert hook.got == ["un", "un"]
    assert hook.at[1] - hook.at[0] >= 0.95
    info = await bot.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_one_chat_waits_behind_its_refused_update_and_no_other_does(
    standin: StandIn, bot: Bot, hook: Hook
) -> None:
    await bot.result("setWebhook", url=standin.server.webhook.url, max_connections=1)
    hook.answers.append(web.Response(status=503, headers={"Retry-After": "1"}))
    lucie, paul = standin.person("Lucie"), standin.person("Paul")
    await lucie.say("un")
    await lucie.wait_for(lambda _: hook.got)
    await lucie.say("deux")
    await paul.say("trois")
    await lucie.settle()
    assert hook.got == ["un", "trois", "un", "deux"]


async def test_doubled_and_held_updates(standin: StandIn, hook: Hook) -> None:
    person = standin.person("Lucie")
    standin.faults.duplicate_updates(1)
    await person.say("un")
    await person.settle()
    standin.hold_updates()
    await person.say("deux")
    await person.say("trois")
    assert hook.got == ["un", "un"]
    standin.release_updates(reverse=True)
    await person.settle()
    assert hook.got == ["un", "un", "trois", "deux"]


async def test_the_webhook_is_set_once_a_second(standin: StandIn, bot: Bot, hook: Hook) -> None:
    standin.limits.enable()
    url = standin.server.webhook.url
    await bot.result("setWebhook", url=url)
    refused = await bot("setWebhook", url=url)
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 1})


async def test_a_webhook_takes_the_place_of_polling_and_answers_in_its_response(
    standin: StandIn, bot: Bot, lucie: Person
) -> None:
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
