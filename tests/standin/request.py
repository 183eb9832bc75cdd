"""Reads a request as the server does: query, form, multipart or JSON, GET or POST."""

from typing import Any, NamedTuple

from aiohttp import web

from .errors import TOO_LARGE, bad
from .files import MAX_UPLOAD


class Upload(NamedTuple):
    """A file of a multipart request."""

    name: str
    data: bytes


class Incoming(NamedTuple):
    """The raw parameters and files of a request."""

    params: dict[str, Any]
    files: dict[str, Upload]


async def incoming(request: web.Request) -> Incoming:
    """Parameters of the body win over those of the query."""
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.method == "POST":
        try:
            await read_body(request, params, files)
        except web.HTTPRequestEntityTooLarge:
            raise TOO_LARGE from None
    return Incoming(params, files)


async def read_body(request: web.Request, params: dict[str, Any], files: dict[str, Upload]) -> None:
    if request.content_type == "application/json":
        body = await read_json(request)
        params.update({key: value for key, value in body.items() if value is not None})
        return
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            data = value.file.read()
            if len(data) > MAX_UPLOAD:
                raise TOO_LARGE
            files[name] = Upload(value.filename, data)
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()


async def read_json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise bad("Can't parse the request body as JSON") from None
    if not isinstance(body, dict):
        raise bad("Request body must be a JSON object")
    return body
