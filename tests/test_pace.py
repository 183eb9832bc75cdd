"""The pace of sending: rates, floods, who goes first, chats that close or move."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
from telegram import InputFile
from telegram.error import Forbidden, NetworkError

from bot.channels.telegram.client import Client
from bot.channels.telegram.rates import UNPACED, Bucket, Rate, Rates, Turnstile
from tests.standin import Call, Fault, Person, StandIn

STALLED = 2
"""Refusals of a machine that stands still for a moment: calls then leave together."""


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with StandIn() as opened:
        yield opened
        assert opened.violations == []


@pytest.fixture
async def client(standin: StandIn) -> AsyncIterator[Client]:
    async with Client(standin.token, standin.url, Rates()) as opened:
        standin.limits.enable()
        yield opened


async def people(standin: StandIn, count: int) -> list[Person]:
    """So many people who have written to the bot."""
    found = [standin.person(f"P{n}") for n in range(count)]
    for person in found:
        await person.say("/start")
    return found


def sent(standin: StandIn, *methods: str) -> list[Call]:
    wanted = methods or ("sendMessage", "sendDocument")
    return [call for call in standin.calls if call.method in wanted]


def span(calls: Sequence[Call]) -> float:
    return calls[-1].at - calls[0].at


# a bucket: what was taken when, and how long the next so many tokens take to be there
TAKEN: list[tuple[Rate, list[tuple[float, float]], float, float, float]] = [
    (Rate(1, 3), [], 1, 10, 0),
    (Rate(1, 3), [(10, 2)], 1, 10, 0),
    (Rate(1, 3), [(10, 3)], 1, 10, 1),
    (Rate(1, 3), [(10, 3)], 1, 10.4, 0.6),
    (Rate(1, 3), [(10, 3)], 2, 10, 2),
    (Rate(1, 3), [(10, 8)], 1, 10, 6),
    (Rate(1, 3), [(10, 1)], 8, 10, 1),  # an album needs a full bucket
    (Rate(1, 3), [(10, 3)], 0, 10, 0),  # what is no message passes
    (Rate(1, 3), [(10, 4)], 0, 10, 1),  # unless there is a debt
    (Rate(30, 25), [(10, 25)], 1, 10, 1 / 30),
    (Rate(math.inf, 1), [(10, 1000)], 10, 10, 0),
]


@pytest.mark.parametrize(("rate", "taken", "tokens", "now", "wait"), TAKEN)
def test_a_bucket_gives_its_tokens_back_with_time(
    rate: Rate, taken: list[tuple[float, float]], tokens: float, now: float, wait: float
) -> None:
    bucket = Bucket(rate)
    for at, count in taken:
        bucket.take(count, at)
    assert bucket.missing(tokens, now) == pytest.approx(wait)


@pytest.mark.parametrize("rate", [Rate(1, 3), Rate(30, 25), Rate(17 / 60, 2.5), UNPACED.chat])
def test_a_pause_gives_one_token_at_its_end(rate: Rate) -> None:
    bucket = Bucket(rate)
    bucket.pause(5, now=10)
    bucket.pause(2, now=10)
    assert bucket.missing(1, now=10) == pytest.approx(5)
    bucket.take(1, now=15)
    assert bucket.missing(1, now=15) == pytest.approx(1 / rate.per_second)


async def test_answers_pass_before_works_in_order_of_arrival() -> None:
    turnstile = Turnstile(Rate(200, 1))
    passed: list[str] = []

    async def enter(name: str) -> None:
        await turnstile.enter(1, work=name.startswith("work"))
        passed.append(name)

    names = ["work 1", "work 2", "answer 1", "work 3", "answer 2", "answer 3"]
    await asyncio.gather(*(enter(name) for name in names))
    assert passed == ["work 1", "answer 1", "answer 2", "answer 3", "work 2", "work 3"]


async def test_whoever_gives_up_waiting_takes_no_token() -> None:
    turnstile = Turnstile(Rate(2, 1))
    await turnstile.enter(1, work=False)
    gone = asyncio.create_task(turnstile.enter(1, work=False))
    await asyncio.sleep(0)
    gone.cancel()
    began = asyncio.get_running_loop().time()
    await turnstile.enter(1, work=False)
    assert asyncio.get_running_loop().time() - began < 0.9
    assert not turnstile.idle


async def test_a_chat_gets_a_few_at_once_then_one_a_second(
    standin: StandIn, client: Client
) -> None:
    (lucie,) = await people(standin, 1)
    for number in range(7):
        await client.send_message(lucie.user.id, str(number))
    assert [message.text for message in lucie.chat[1:]] == list("0123456")
    assert span(sent(standin)) > 4.3
    assert len(standin.refusals) <= STALLED


async def test_thirty_a_second_and_answers_before_the_documents_of_others(
    standin: StandIn, client: Client
) -> None:
    everybody = await people(standin, 60)
    documents = [
        client.send_document(person.user.id, InputFile(b"%PDF", "brief.pdf"))
        for person in everybody[:45]
    ]
    answers = [client.send_message(person.user.id, "suite") for person in everybody[45:]]
    await asyncio.gather(*documents, *answers)
    calls = sent(standin)
    assert len(standin.refusals) <= 5 * STALLED, "unpaced, thirty of them are refused"
    assert len(calls) == 60 + len(standin.refusals)
    assert span(calls) > 35 / 30 - 0.2
    last_answer = max(call.at for call in sent(standin, "sendMessage"))
    after = [call for call in sent(standin, "sendDocument") if call.at > last_answer]
    assert len(after) >= 15


async def test_a_group_gets_twenty_a_minute(standin: StandIn) -> None:
    # The group's rate sixty times as fast: twenty in a second.
    rates = Rates(group=Rate(17, 2.5))
    standin.limits.enable()
    (lucie,) = await people(standin, 1)
    group = standin.group("CODIR", [lucie])
    async with Client(standin.token, standin.url, rates) as client:
        standin.limits.on = False
        for number in range(10):
            await client.send_message(group.chat.id, str(number))
    assert span(sent(standin)) > 7 / 17


async def test_a_flood_pauses_its_chat_only(standin: StandIn, client: Client) -> None:
    lucie, paul = await people(standin, 2)
    standin.faults.flood(1, retry_after=2)
    flooded = asyncio.create_task(client.send_message(lucie.user.id, "a"))
    await lucie.wait_for(lambda p: standin.calls_of("sendMessage"))
    await client.send_message(paul.user.id, "b")
    assert paul.last.text == "b"
    assert not flooded.done()
    await flooded
    assert span(sent(standin)) >= 2


async def test_a_flood_everywhere_pauses_everybody_and_no_stampede_follows(
    standin: StandIn, client: Client
) -> None:
    everybody = await people(standin, 20)
    standin.faults.flood(3, retry_after=1)
    first = [asyncio.create_task(client.send_message(p.user.id, "a")) for p in everybody[:3]]
    await everybody[0].wait_for(lambda p: len(sent(standin)) == 3)
    await asyncio.sleep(0.1)  # the replies are on their way
    await asyncio.gather(*first, *(client.send_message(p.user.id, "a") for p in everybody[3:]))
    times = sorted(call.at for call in sent(standin))
    assert times[3] - times[2] > 0.9
    assert times[-1] - times[3] > 18 / 30
    assert all(person.last.text == "a" for person in everybody)


async def test_a_closed_chat_is_not_called_again_until_somebody_writes(
    standin: StandIn, client: Client
) -> None:
    (lucie,) = await people(standin, 1)
    await lucie.block()
    for _ in range(3):
        with pytest.raises(Forbidden):
            await client.send_message(lucie.user.id, "a")
    assert len(sent(standin)) == 1
    await lucie.unblock()
    client.pace.reopen(lucie.user.id)
    await client.send_message(lucie.user.id, "b")
    assert lucie.last.text == "b"


@pytest.mark.parametrize("case", ["deactivated", "never met", "kicked"])
async def test_whoever_is_gone_is_a_closed_chat(
    standin: StandIn, client: Client, case: str
) -> None:
    (lucie,) = await people(standin, 1)
    chat = lucie.user.id
    if case == "deactivated":
        await lucie.deactivate()
    elif case == "never met":
        chat = standin.person("Paul").user.id
    else:
        group = standin.group("CODIR", [lucie])
        group.kick_bot()
        chat = group.chat.id
    with pytest.raises(Forbidden):
        await client.send_message(chat, "a")
    with pytest.raises(Forbidden):
        await client.send_message(chat, "a")
    assert len(sent(standin)) == 1


async def test_a_group_that_moved_is_followed(standin: StandIn, client: Client) -> None:
    (lucie,) = await people(standin, 1)
    group = standin.group("CODIR", [lucie])
    old = group.chat.id
    group.upgrade()
    await client.send_message(old, "a")
    await client.send_message(old, "b")
    assert [m.text for m in group.messages if m.from_bot] == ["a", "b"]
    assert len(standin.refusals) == 1


@pytest.mark.parametrize(
    ("method", "calls"), [("sendChatAction", 1), ("getMyName", 6), ("sendDocument", 6)]
)
async def test_what_can_be_asked_for_again_is_given_up_in_the_end(
    standin: StandIn, method: str, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.pace.FIRST_PAUSE", 0.01)
    (lucie,) = await people(standin, 1)
    chat = lucie.user.id
    async with Client(standin.token, standin.url, UNPACED) as client:
        work = {
            "sendChatAction": lambda: client.send_chat_action(chat, "typing"),
            "getMyName": lambda: client.get_my_name(),
            "sendDocument": lambda: client.send_document(chat, InputFile(b"%PDF", "a.pdf")),
        }
        standin.faults.add(Fault("page", 100, method, code=502))
        with pytest.raises(NetworkError):
            await work[method]()
    assert len(standin.calls_of(method)) == calls


DOWNLOADS = [Fault("page", 2, code=502), Fault("reset", 2), Fault("error"), Fault("flood")]


@pytest.mark.parametrize("fault", DOWNLOADS, ids=lambda fault: fault.kind)
async def test_a_file_is_fetched_in_the_end(standin: StandIn, client: Client, fault: Fault) -> None:
    (lucie,) = await people(standin, 1)
    message = await lucie.send_document("entete.docx", b"PK")
    assert message.media is not None
    assert message.media.file is not None
    for method in ("getFile", "download"):
        standin.faults.add(replace(fault, method=method))
    assert await client.download(message.media.file.file_id) == b"PK"
