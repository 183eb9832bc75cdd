"""A minimal, fast stand-in of the Bot API: `python -m bench.standin --help`.

It refuses nothing (tests/standin does that); it carries messages between a bot and scripted
people, as fast as it can, and tells on standard output, one JSON object a line: the port, the
moment of the first getUpdates, when the measure begins, and what was measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.hook import Hook
from bench.people import People, Person, Tally
from bench.wire import Connection, fields_of

COALESCE_SECONDS = 0.001
"""The Bot API too gathers what comes within a millisecond before it ends a long poll."""
BATCH = 100
_ME = '{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
_TEXTS = '{"name":"","description":"","short_description":""}'
_SENDING = ("sendmessage", "editmessagetext")


class Api:
    """The methods that an interview needs; any other one succeeds."""

    def __init__(self, people: int, latency: float, *, at_once: bool = True) -> None:
        self._one_way = latency / 2
        self.people = People(people, self._act, at_once=at_once)
        self.polled = asyncio.Event()
        self._updates: deque[tuple[int, str]] = deque()
        self._numbers = iter(range(1, 10**9))
        self._messages = iter(range(1, 10**9))
        self._hook: Hook | None = None
        self._poll: Connection | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._waking: asyncio.TimerHandle | None = None

    # From the bot

    def arrive(self, connection: Connection, method: str, body: str) -> None:
        """A request of the bot."""
        self._later(self._handle, connection, method, body)

    def _later(self, do: Callable[..., None], *what: Any) -> None:
        """Do something after the time that one way takes."""
        if self._one_way:
            asyncio.get_running_loop().call_later(self._one_way, do, *what)
        else:
            do(*what)

    def _handle(self, connection: Connection, method: str, body: str) -> None:
        fields = fields_of(body)
        if method == "getupdates":
            self._get_updates(connection, fields)
        elif method == "setwebhook":
            self._hook = Hook(fields["url"], fields["secret_token"], self._in_response)
            self._answer(connection, "true")
            self._listens()
        elif method in _SENDING:
            self._answer(connection, self._message(fields))
        elif method == "answercallbackquery":
            self._answer(connection, "true")
            self.people.called_back(int(fields["callback_query_id"]))
        else:
            known = {"getme": _ME, "getmycommands": "[]"}
            texts = _TEXTS if method.startswith("getmy") else "true"
            self._answer(connection, known.get(method, texts))

    def _answer(self, connection: Connection, result: str) -> None:
        self._later(connection.write, result)

    def _in_response(self, call: dict[str, Any]) -> None:
        """A call that travelled in the response to an update."""
        if call["method"] == "answerCallbackQuery":
            self._later(self.people.called_back, int(call["callback_query_id"]))

    def _message(self, fields: dict[str, str]) -> str:
        """What was sent or edited, as the bot gets it back; the person sees it at once."""
        chat, message = int(fields["chat_id"]), int(fields.get("message_id", 0))
        message = message or next(self._messages)
        text, markup = fields["text"], fields.get("reply_markup", "")
        shown = _message(chat, message, text, markup)
        if markup and '"callback_data"' in markup:
            self.people.shown(chat, message, text, markup)
        return shown

    # Long polling

    def _get_updates(self, connection: Connection, fields: dict[str, str]) -> None:
        offset = int(fields.get("offset", 0))
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        self._poll = connection
        self._listens()
        timeout = float(fields.get("timeout", 0))
        if self._updates or not timeout:
            self._flush()
        else:
            self._expiry = asyncio.get_running_loop().call_later(timeout, self._flush)

    def _listens(self) -> None:
        """The bot is there, for the first time perhaps."""
        if not self.polled.is_set():
            self.polled.set()
            tell(polled=time.monotonic())

    def _flush(self) -> None:
        self._waking = None
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        if self._poll is None:
            return
        some = [self._updates[n][1] for n in range(min(BATCH, len(self._updates)))]
        self._answer(self._poll, f"[{','.join(some)}]")
        self._poll = None

    def _act(self, person: Person) -> None:
        """What a person does becomes an update."""
        number = next(self._numbers)
        update = _update(number, person, next(self._messages))
        if self._hook is not None:
            self._later(self._hook.post, update)
            return
        self._updates.append((number, update))
        if self._poll is not None and self._waking is None:
            loop = asyncio.get_running_loop()
            self._waking = loop.call_later(COALESCE_SECONDS, self._flush)


def _message(chat: int, message: int, text: str, markup: str) -> str:
    """The JSON of a message of the bot, its bold words as an entity."""
    before, _, rest = text.partition("<b>")
    strong, _, after = rest.partition("</b>")
    bold = f'[{{"type":"bold","offset":{len(before)},"length":{len(strong)}}}]' if strong else "[]"
    keyboard = f',"reply_markup":{markup}' if markup else ""
    return (
        f'{{"message_id":{message},"from":{_ME},"date":1795600000,"entities":{bold},'
        f'"chat":{{"id":{chat},"type":"private","first_name":"Lucie"}},'
        f'"text":{json.dumps(before + strong + after)}{keyboard}}}'
    )


def _update(number: int, person: Person, message: int) -> str:
    user = f'{{"id":{person.id},"is_bot":false,"first_name":"Lucie","language_code":"fr"}}'
    if not person.callback:
        return (
            f'{{"update_id":{number},"message":{{"message_id":{message},"from":{user},'
            f'"chat":{{"id":{person.id},"type":"private","first_name":"Lucie"}},'
            '"date":1795600000,"text":"/start",'
            '"entities":[{"type":"bot_command","offset":0,"length":6}]}}'
        )
    shown = _message(person.id, person.message, person.text, person.markup)
    return (
        f'{{"update_id":{number},"callback_query":{{"id":"{person.callback}","from":{user},'
        f'"message":{shown},"chat_instance":"1","data":{json.dumps(person.button)}}}}}'
    )


def tell(**said: object) -> None:
    """One line for the harness."""
    print(json.dumps(said), flush=True)


def measured(tally: Tally, seconds: float) -> dict[str, float]:
    """The figures of a window."""
    spent = sorted(tally.latencies) or [0.0]
    return {
        "updates": len(tally.latencies),
        "per_second": len(tally.latencies) / seconds,
        "p50": statistics.median(spent) * 1000,
        "p99": spent[min(len(spent) - 1, len(spent) * 99 // 100)] * 1000,
        "doubled": tally.doubled,
    }


async def _pace(people: People, rate: float) -> None:
    """Somebody idle acts, so many times a second; a late tick is made up for."""
    began, acted = time.perf_counter(), 0
    while True:
        due = int((time.perf_counter() - began) * rate)
        for _ in range(due - acted):
            if people.idle:
                people.go(people.idle.popleft())
        acted = due
        await asyncio.sleep(0.005)


async def serve(options: argparse.Namespace) -> None:
    """Listen, wait for a bot, warm up, measure window after window, tell, and serve on."""
    api = Api(options.people, options.latency / 1000, at_once=not options.rate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(partial(Connection, api.arrive), "127.0.0.1", 0)
    tell(port=server.sockets[0].getsockname()[1])
    people = api.people
    people.record = [] if options.record else None
    await api.polled.wait()
    pacing = asyncio.create_task(_pace(people, options.rate)) if options.rate else None
    people.begin()
    await asyncio.sleep(options.warm)
    for _ in range(options.windows):
        people.tally = Tally()
        tell(begin=time.monotonic())
        began = time.perf_counter()
        await asyncio.sleep(options.seconds)
        tally, spent = people.tally, time.perf_counter() - began
        tell(end=time.monotonic(), begun=tally.begun, lost=people.lost(), **measured(tally, spent))
    if pacing is not None:
        pacing.cancel()
    if people.record is not None:
        _write(Path(options.record), people.record)
    tell(done=True)
    await server.serve_forever()


def _write(path: Path, screens: list[dict[str, object]]) -> None:
    path.write_text(json.dumps(screens))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.standin", description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--latency", type=float, default=0, help="to the API and back, in ms")
    parser.add_argument("--rate", type=float, default=0, help="updates per second; 0: at once")
    parser.add_argument("--warm", type=float, default=2, help="seconds before the measure")
    parser.add_argument("--seconds", type=float, default=8, help="of one measure")
    parser.add_argument("--windows", type=int, default=1, help="how many measures in a row")
    parser.add_argument("--record", help="write the first person's screens to this file")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
