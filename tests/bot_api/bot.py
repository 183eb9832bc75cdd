"""A bot without a library, and what it sends: for the tests of the stand-in."""

import json
from typing import Any

import aiohttp

from tests.standin import StandIn

Answer = dict[str, Any]
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


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


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Oui", data: str = "y") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


CHAT = {"chat_id": 880001}
