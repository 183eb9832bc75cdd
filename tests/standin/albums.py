"""Albums: two to ten files that arrive together."""

from .errors import bad
from .files import StoredFile
from .model import Json
from .registry import Ask, plays
from .sending import caption_of, media_of, replied, target, the_file

MAX_ALBUM = 10
ALONE = {"document": "Document", "audio": "Audio"}


@plays("sendMediaGroup")
def send_media_group(ask: Ask) -> list[Json]:
    items: list[Json] = ask.get("media")
    check_album(ask, items)
    captions = [caption_of(ask, item) for item in items]
    chat = target(ask, len(items))
    reply = replied(ask, chat)
    files = [album_file(ask, item) for item in items]
    album_id = str(next(ask.world.album_ids))
    messages = [
        ask.world.post(
            chat,
            ask.world.bot,
            media=media_of(item["type"], file),
            caption=caption.text or None,
            caption_entities=caption.entities,
            album_id=album_id,
            reply_to=reply,
        )
        for item, file, caption in zip(items, files, captions, strict=True)
    ]
    return [message.to_json() for message in messages]


def check_album(ask: Ask, items: list[Json]) -> None:
    kinds = [item["type"] for item in items]
    for kind, name in ALONE.items():
        if kind in kinds and set(kinds) != {kind}:
            raise bad(f"{name} can't be mixed with other media types")
    if not items:
        raise bad("There are no messages to send")
    if len(items) == 1:
        ask.world.violate("an album of one item, 2 to 10 are allowed")
        raise bad("an album must have at least 2 items")
    if len(items) > MAX_ALBUM:
        raise bad("Too many messages to send as an album")
    if "animation" in kinds:
        raise bad("Can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup")


def album_file(ask: Ask, item: Json) -> StoredFile:
    file = the_file(ask, "", item["media"], item["type"])
    if file is None:
        raise bad("Can't parse InputMedia: media not found")
    return file
