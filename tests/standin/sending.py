"""New messages of the bot: texts, documents, photos, chat actions."""

from .errors import bad
from .files import MAX_PHOTO, StoredFile, document_json, photo_json
from .keyboard import keyboard
from .model import Chat, Json, Media, Message
from .registry import Ask, plays
from .text import QUOTES, SPLITTABLE, Formatted, formatted

MAX_TEXT, MAX_CAPTION, MAX_ENTITIES, MAX_QUOTE = 4096, 1024, 100, 1024
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def message_text(ask: Ask) -> Formatted:
    """The text of a message, within its limits."""
    if not ask.get("text"):
        raise bad("message text is empty")
    text = formatted(ask.get("text"), ask.get("parse_mode"), ask.get("entities"))
    if not text.text:
        raise bad("Text must be non-empty")
    if len(text.text) > MAX_TEXT:
        raise bad("message is too long")
    count_entities(ask, text)
    return text


def caption_of(ask: Ask, fields: Json) -> Formatted:
    caption = formatted(
        fields.get("caption") or "", fields.get("parse_mode"), fields.get("caption_entities")
    )
    if len(caption.text) > MAX_CAPTION:
        raise bad("Message caption is too long")
    count_entities(ask, caption)
    return caption


def count_entities(ask: Ask, text: Formatted) -> None:
    """Past a hundred, Telegram drops entities without a word."""
    kept = [e for e in text.entities if e["type"] not in SPLITTABLE or e["type"] in QUOTES]
    if len(kept) > MAX_ENTITIES:
        ask.world.violate(f"{len(kept)} entities in one message, more than {MAX_ENTITIES}")


def markup_of(ask: Ask) -> Json | None:
    return keyboard(ask.get("reply_markup"), ask.world.violate)


def replied(ask: Ask, chat: Chat) -> Message | None:
    """The message that reply_parameters name."""
    asked = ask.get("reply_parameters")
    if not asked:
        return None
    message = chat.messages.get(asked["message_id"])
    if message is not None and not message.deleted:
        quote = asked.get("quote")
        if quote and quote not in message.words:
            raise bad("QUOTE_TEXT_INVALID")
        if quote and len(quote) > MAX_QUOTE:
            ask.world.violate(f"a quote of {len(quote)} characters, more than {MAX_QUOTE}")
            raise bad("QUOTE_TEXT_INVALID")
        return message
    if asked.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def target(ask: Ask, messages: int = 1) -> Chat:
    """The chat that a message goes to, once its rate allows it."""
    chat = ask.world.writable(ask.get("chat_id"))
    ask.world.limits.spend(chat.id, messages)
    return chat


@plays("sendMessage")
def send_message(ask: Ask) -> Json:
    text = message_text(ask)
    markup = markup_of(ask)
    chat = target(ask)
    message = ask.world.post(
        chat,
        ask.world.bot,
        text=text.text,
        entities=text.entities,
        reply_markup=markup,
        reply_to=replied(ask, chat),
        extra=link_preview(ask),
    )
    return message.to_json()


def link_preview(ask: Ask) -> Json:
    options = ask.get("link_preview_options")
    return {"link_preview_options": options} if options else {}


def the_file(ask: Ask, field: str, value: str | None, kind: str) -> StoredFile | None:
    """An uploaded file, or one that is known by its file_id."""
    value = value or ""
    if value and not value.startswith("attach://"):
        return ask.world.files.again(value, kind)
    upload = ask.files.get(value.removeprefix("attach://") or field)
    if upload is None:
        return None
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "photo" and len(upload.data) > MAX_PHOTO:
        raise bad(
            f"file of size {len(upload.data)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO} bytes"
        )
    return ask.world.files.keep(upload.name, upload.data, kind)


def media_of(kind: str, file: StoredFile) -> Media:
    return Media(kind, photo_json(file) if kind == "photo" else document_json(file), file)


def send_file(ask: Ask, kind: str) -> Json:
    caption = caption_of(ask, ask.params)
    markup = markup_of(ask)
    chat = target(ask)
    file = the_file(ask, kind, ask.get(kind), kind)
    if file is None:
        raise bad(f"there is no {kind} in the request")
    message = ask.world.post(
        chat,
        ask.world.bot,
        media=media_of(kind, file),
        caption=caption.text or None,
        caption_entities=caption.entities,
        reply_markup=markup,
        reply_to=replied(ask, chat),
    )
    return message.to_json()


@plays("sendDocument")
def send_document(ask: Ask) -> Json:
    return send_file(ask, "document")


@plays("sendPhoto")
def send_photo(ask: Ask) -> Json:
    return send_file(ask, "photo")


@plays("sendChatAction")
def send_chat_action(ask: Ask) -> bool:
    if ask.get("action") not in ACTIONS:
        raise bad("Wrong parameter action in request")
    chat = ask.world.writable(ask.get("chat_id"))
    ask.world.act(chat, ask.get("action"))
    return True
