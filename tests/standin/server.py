"""The HTTP side: the Bot API at /bot<token>/<method> and files at /file/bot<token>/<path>."""

import asyncio
from typing import Any

from aiohttp import web

from .dispatch import method_named, perform, validated
from .errors import NO_METHOD, UNAUTHORIZED, WEBHOOK_ACTIVE, Refusal, too_many
from .faults import DESCRIPTIONS, GARBAGE, PAGE, Fault
from .files import MAX_UPLOAD
from .model import Call, Json
from .request import Incoming, incoming
from .webhook import Webhook
from .world import World

MAX_BODY = MAX_UPLOAD + (1 << 20)


class Server:
    """Answers the bot as the real server would."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        self.webhook = Webhook(world, self.play_body)
        world.webhook = self.webhook

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", self.handle)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self.download)
        app.router.add_route("*", "/{anything:.*}", self.elsewhere)

    async def elsewhere(self, request: web.Request) -> web.Response:
        return refused(Refusal(404, "Not Found"))

    async def download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return refused(UNAUTHORIZED)
        fault = self.world.faults.next("download")
        if fault is not None:
            return await self.fault_reply(request, fault)
        file = self.world.files.at_path(request.match_info["path"])
        if file is None:
            return refused(Refusal(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def fault_reply(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """What a fault makes of a download."""
        try:
            return await self.broken(request, Call("download", {}, self.world.clock.now()), fault)
        except Refusal as error:
            return refused(error)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return refused(UNAUTHORIZED)
        try:
            method = method_named(self.world, request.match_info["method"])
        except Refusal as error:
            name = request.match_info["method"]
            self.world.calls.append(
                Call(name, {}, self.world.clock.now(), False, error.code, error.description)
            )
            return refused(error)
        if method == "getUpdates":
            return await self.watched_poll(request)
        self.world.in_flight += 1
        try:
            return await self.play(request, method)
        finally:
            self.world.in_flight -= 1
            self.world.busy_at = asyncio.get_running_loop().time()

    async def play(self, request: web.Request, method: str) -> web.StreamResponse:
        call = Call(method, {}, self.world.clock.now())
        self.world.calls.append(call)
        try:
            read = await incoming(request)
            held = self.world.limits.upload(request.content_length or 0) if read.files else 0.0
            if held or self.world.faults.latency:
                await asyncio.sleep(held + self.world.faults.latency)
            fault = self.world.faults.next(method)
            if fault is None:
                return sound(perform(self.world, call, read))
            call.params = dict(read.params)
            if fault.after or fault.kind == "slow":
                result = perform(self.world, call, read)
            call.injected = True
            if fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
                return sound(result)
            return await self.broken(request, call, fault)
        except Refusal as error:
            call.ok, call.code, call.error = False, error.code, error.description
            return refused(error)

    async def broken(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        """The reply that a fault makes of a call."""
        call.ok, call.injected, call.error = fault.after, True, fault.kind
        words = DESCRIPTIONS.get(fault.code, "Internal Server Error")
        if fault.kind == "error":
            raise Refusal(fault.code, words)
        if fault.kind == "flood":
            raise too_many(int(fault.seconds))
        if fault.kind == "page":
            page = PAGE.format(code=fault.code, words=words)
            return web.Response(text=page, status=fault.code, content_type="text/html")
        if fault.kind == "garbage":
            return web.Response(body=GARBAGE, content_type="application/json")
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        return cut(request)

    async def watched_poll(self, request: web.Request) -> web.StreamResponse:
        """getUpdates is logged only when it is refused."""
        call = Call("getUpdates", {}, self.world.clock.now())
        try:
            fault = self.world.faults.next("getUpdates")
            if fault is not None and not fault.after:
                return await self.broken(request, call, fault)
            updates = await self.poll(await incoming(request))
            if fault is not None:
                return await self.broken(request, call, fault)
        except Refusal as error:
            call.ok, call.code, call.error = False, error.code, error.description
            if request.transport is not None and not request.transport.is_closing():
                self.world.calls.append(call)
            return refused(error)
        if updates:
            self.world.busy_at = asyncio.get_running_loop().time()
        return sound(updates)

    async def poll(self, read: Incoming) -> list[Json]:
        if self.webhook.url:
            raise WEBHOOK_ACTIVE
        params = validated(self.world, "getUpdates", read)
        queue = self.world.queue
        queue.allow(params.get("allowed_updates"))
        return await queue.poll(
            params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0)
        )

    def play_body(self, method: str, params: Json) -> Any:
        """A method in the body of a webhook's answer."""
        call = Call(method, params, self.world.clock.now())
        self.world.calls.append(call)
        try:
            call.method = method_named(self.world, method)
            return perform(self.world, call, Incoming(params, {}))
        except Refusal as error:
            call.ok, call.code, call.error = False, error.code, error.description
            return NO_METHOD.body() if error is NO_METHOD else error.body()


def sound(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refused(error: Refusal) -> web.Response:
    response = web.json_response(error.body(), status=error.code)
    if "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


def cut(request: web.Request) -> web.Response:
    """The bot sees a connection reset."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
