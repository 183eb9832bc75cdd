"""The tags of the HTML parse mode, and the entities that they become."""

from typing import Any, NamedTuple

Entity = dict[str, Any]
ENTITY_OF_TAG = {
    "i": "italic",
    "em": "italic",
    "b": "bold",
    "strong": "bold",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*ENTITY_OF_TAG, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}


class ParseError(ValueError):
    """What the real parser says of a text that it cannot read."""


class OpenTag(NamedTuple):
    """A tag that is not closed yet, and where it began in the result."""

    name: str
    argument: str
    date: int
    offset: int
    begin: int


def entity_of(tag: OpenTag, inside: str) -> Entity | None:
    """What a closed tag becomes, without its place."""
    if tag.name in ENTITY_OF_TAG:
        return {"type": ENTITY_OF_TAG[tag.name]}
    if tag.name == "a":
        return link(tag.argument or inside)
    if tag.name == "tg-emoji":
        if not tag.argument.lstrip("-").isdigit() or int(tag.argument) == 0:
            raise ParseError("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": tag.argument}
    if tag.name == "tg-time":
        found = {"type": "date_time", "unix_time": tag.date, "date_time_format": tag.argument}
        return found if tag.date > 0 else None
    if tag.name == "blockquote":
        return {"type": "expandable_blockquote" if tag.argument else "blockquote"}
    return {"type": tag.name, "language": tag.argument}


def link(url: str) -> Entity | None:
    """A text link; the real server drops an address that is none, and so loses the link."""
    if url.startswith("tg://user?id=") and url.removeprefix("tg://user?id=").isdigit():
        user_id = int(url.removeprefix("tg://user?id="))
        user = {"id": user_id, "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "user": user}
    scheme, colon, rest = url.partition("://")
    if not colon:
        scheme, rest = "http", url
        url = f"http://{url}"
    host = rest.split("/")[0].split("?")[0].split("@")[-1].split(":")[0]
    fine = scheme.lower() in {"tg", "ton"} or (
        scheme.lower() in {"http", "https"} and "." in host and " " not in url
    )
    if not fine:
        return None
    if scheme.lower() in {"http", "https"} and rest == host:
        url += "/"
    return {"type": "text_link", "url": url}


def merged_code_block(entities: list[Entity], entity: Entity) -> bool:
    """<pre><code class="language-x"> is one entity."""
    if not entities or entity["type"] not in {"pre", "code"}:
        return False
    last = entities[-1]
    same = (last["offset"], last["length"]) == (entity["offset"], entity["length"])
    pair = {last["type"], entity["type"]} == {"pre", "code"}
    code = last if last["type"] == "code" else entity
    if not (same and pair and code.get("language")):
        return False
    last.update(type="pre", language=code["language"])
    return True
