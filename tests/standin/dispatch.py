"""One request from its raw parameters to its result: validation, then the method."""

from typing import Any

# these register the methods that they play
from . import albums, chatting, editing, polls, profile, sending, webhook  # noqa: F401
from .errors import NO_METHOD, QUERY_TOO_OLD, Refusal, bad
from .model import Call
from .registry import HANDLERS, Ask
from .request import Incoming
from .schema import canonical, not_played, read
from .world import World

MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "action": "Wrong parameter action in request",
    "callback_query_id": QUERY_TOO_OLD,
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "file_id": "file_id not specified",
}


def method_named(world: World, name: str) -> str:
    """The method's own spelling; an unknown one is a violation."""
    method = canonical().get(name.lower())
    if method is None:
        why = "is not played by the stand-in" if not_played(name) else "does not exist"
        world.violate(f"the method {name} {why}")
        raise NO_METHOD
    return method


def validated(world: World, method: str, incoming: Incoming) -> dict[str, Any]:
    """Typed parameters; in strict mode anything unexpected is refused and recorded."""
    params, problems = read(method, incoming.params, incoming.files)
    if problems and world.strict:
        for problem in problems:
            world.violate(f"{method}: {problem}")
        raise refusal(method, problems[0])
    return params


def refusal(method: str, problem: str) -> Refusal:
    if problem.startswith("missing parameter "):
        name = problem.removeprefix("missing parameter ")
        return bad(MISSING.get(name, f'Parameter "{name}" is required'))
    return bad(f"{method}: {problem}")


def perform(world: World, call: Call, incoming: Incoming) -> Any:
    """Plays a method and records how it ended."""
    shown = {name: f"(file {file.name})" for name, file in incoming.files.items()}
    call.params = {**shown, **incoming.params}
    try:
        if world.logged_out:
            raise bad("Logged out")
        params = validated(world, call.method, incoming)
        call.params = {**shown, **params}
        result = HANDLERS[call.method](Ask(world, params, incoming.files))
    except Refusal as error:
        call.ok, call.code, call.error = False, error.code, error.description
        raise
    except Exception as error:
        world.violate(f"the stand-in itself failed in {call.method}: {error!r}")
        raise
    call.ok, call.result = True, result
    return result
