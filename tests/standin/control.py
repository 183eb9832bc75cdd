"""A small HTTP control, for a bot in another process: POST JSON to /control/<verb>."""

import base64
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, get_args

from aiohttp import web

from .faults import Fault, Faults, Kind
from .model import Json, Message
from .people import Person

if TYPE_CHECKING:
    from .standin import StandIn

Verb = Callable[["StandIn", Json], Awaitable[Any]]
FAULTS = ("fail", "flood", "reset", "hang", "drop_reply", "duplicate_updates", "mishaps", "clear")


def who(standin: "StandIn", body: Json) -> Person:
    """A person by id or by first name."""
    wanted = body["person"]
    for person in standin.people.values():
        if isinstance(person, Person) and wanted in (person.user.id, person.user.first_name):
            return person
    raise AssertionError(f"nobody is called {wanted}")


def message_json(message: Message) -> Json:
    return {
        "id": message.id,
        "from_bot": message.from_bot,
        "text": message.words,
        "entities": message.entities or message.caption_entities,
        "rows": message.rows,
        "document": message.document,
        "album_id": message.album_id,
        "edited": message.edit_date is not None,
    }


async def person(standin: "StandIn", body: Json) -> Json:
    made = standin.person(
        body["name"],
        language_code=body.get("language_code"),
        username=body.get("username"),
    )
    return made.user.to_json()


async def say(standin: "StandIn", body: Json) -> Json:
    return message_json(await who(standin, body).say(body["text"]))


async def tap(standin: "StandIn", body: Json) -> Json:
    query = await who(standin, body).tap(body["label"], nth=body.get("nth", 0))
    return {"callback_query_id": query.id if query else None}


async def tap_ghost(standin: "StandIn", body: Json) -> Json:
    return {"callback_query_id": (await who(standin, body).tap_ghost(body["data"])).id}


async def send_document(standin: "StandIn", body: Json) -> Json:
    data = base64.b64decode(body.get("base64", ""))
    return message_json(await who(standin, body).send_document(body["name"], data))


async def screen(standin: "StandIn", body: Json) -> Json:
    seen = who(standin, body)
    return {
        "messages": [message_json(message) for message in seen.chat],
        "toasts": seen.toasts,
        "action": seen.typing,
        "picture": seen.picture(),
    }


async def transcript(standin: "StandIn", body: Json) -> str:
    return who(standin, body).transcript()


async def settle(standin: "StandIn", body: Json) -> bool:
    await who(standin, body).settle(body.get("timeout", 5.0))
    return True


async def document(standin: "StandIn", body: Json) -> str:
    """The bytes of a file that is on the screen, in base64."""
    message = who(standin, body).private.messages[body["id"]]
    return base64.b64encode(message.content).decode()


async def state(standin: "StandIn", body: Json) -> Json:
    return {
        "violations": standin.violations,
        "unanswered": standin.unanswered(),
        "waiting_updates": len(standin.queue.waiting),
        "refusals": [[call.method, call.error] for call in standin.refusals],
        "calls": len(standin.calls),
    }


async def fault(standin: "StandIn", body: Json) -> bool:
    """A fault by the name of its verb, or as the fields of a Fault; with a ratio, a share."""
    kind = body.pop("kind")
    if kind in FAULTS:
        getattr(Faults, kind)(standin.faults, **body)
    elif kind in get_args(Kind):
        made = Fault(kind, **body)
        standin.faults.weather([made]) if "ratio" in body else standin.faults.add(made)
    else:
        raise AssertionError(f"no such fault: {kind}")
    return True


async def advance(standin: "StandIn", body: Json) -> float:
    standin.clock.advance(body["seconds"])
    return standin.clock.now()


VERBS: dict[str, Verb] = {
    verb.__name__: verb
    for verb in (
        person,
        say,
        tap,
        tap_ghost,
        send_document,
        screen,
        transcript,
        settle,
        document,
        state,
        fault,
        advance,
    )
}


def add_routes(app: web.Application, standin: "StandIn") -> None:
    async def handle(request: web.Request) -> web.Response:
        verb = VERBS.get(request.match_info["verb"])
        if verb is None:
            return web.json_response({"verbs": sorted(VERBS)}, status=404)
        body = await request.json() if request.can_read_body else dict(request.query)
        try:
            return web.json_response({"result": await verb(standin, body)})
        except (AssertionError, KeyError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)

    app.router.add_route("*", "/control/{verb}", handle)
