"""A client that does as little as one can: how fast the stand-in itself can go.

`python -m bench.empty`, with BENCH_API and BENCH_SCREENS in the environment. Answers are
written without waiting for the results of the calls, which are read and dropped.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

_LENGTH = re.compile(rb"Content-Length: (\d+)")
_TAP = re.compile(rb'"callback_query":\{"id":"(\d+)","from":\{"id":(\d+)')
_START = re.compile(rb'"message":\{"message_id":\d+,"from":\{"id":(\d+),"is_bot":false')
_NUMBER = re.compile(rb'"update_id":(\d+)')


def _request(method: str, body: bytes) -> bytes:
    return (
        f"POST /bot1:bench/{method} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )


def _screen(screen: dict[str, list[list[str]]]) -> bytes:
    rows = [[{"text": x, "callback_data": "a:p:b:c"} for x in row] for row in screen["rows"]]
    fields = {"text": screen["text"], "reply_markup": json.dumps({"inline_keyboard": rows})}
    return urlencode(fields).encode()


async def _drop(reader: asyncio.StreamReader) -> None:
    while await reader.read(1 << 20):
        pass


async def _read(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return await reader.readexactly(int(length[1]) if length else 0)


def _screens(path: Path) -> list[bytes]:
    return [_screen(one) for one in json.loads(path.read_text())]


async def main() -> None:
    screens = _screens(Path(os.environ["BENCH_SCREENS"]))
    where = urlsplit(os.environ["BENCH_API"])
    polled, polling = await asyncio.open_connection(where.hostname, where.port)
    dropped, calls = await asyncio.open_connection(where.hostname, where.port)
    dropping = asyncio.create_task(_drop(dropped))
    turn, offset = 0, 0
    while not dropping.done():
        polling.write(_request("getUpdates", b"timeout=30&offset=%d" % offset))
        batch = await _read(polled)
        offset = int(_NUMBER.findall(batch)[-1]) + 1 if b"update_id" in batch else offset
        for person in _START.findall(batch):
            calls.write(_request("sendMessage", b"chat_id=%b&%b" % (person, screens[0])))
        for callback, person in _TAP.findall(batch):
            turn += 1
            screen = screens[turn % (len(screens) - 1)]  # never the last, so nobody leaves
            answer = b"callback_query_id=%b" % callback
            edit = b"chat_id=%b&message_id=1&%b" % (person, screen)
            calls.write(_request("answerCallbackQuery", answer))
            calls.write(_request("editMessageText", edit))


if __name__ == "__main__":
    asyncio.run(main())
