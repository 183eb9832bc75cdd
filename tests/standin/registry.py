"""Which function plays which method of the Bot API."""

from collections.abc import Callable
from typing import Any, NamedTuple

from .model import Json
from .request import Upload
from .world import World


class Ask(NamedTuple):
    """One validated request."""

    world: World
    params: Json
    files: dict[str, Upload]

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)


Handler = Callable[[Ask], Any]
HANDLERS: dict[str, Handler] = {}


def plays(method: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        HANDLERS[method] = handler
        return handler

    return register
