"""Messages changed after the fact: edits, deletions, pins, and answers to taps."""

from .errors import NOT_MODIFIED, bad
from .model import Json, Message
from .registry import Ask, plays
from .sending import caption_of, markup_of, message_text
from .text import Formatted

TWO_DAYS = 48 * 3600
MAX_TOAST = 200
MAX_DELETED = 100


def own_message(ask: Ask, purpose: str = "message to edit") -> Message:
    """A message that the bot wrote, in a chat that it still reaches."""
    world = ask.world
    if ask.get("chat_id") is None and ask.get("message_id") is None:
        raise bad("message identifier is not specified")
    chat = world.find_chat(ask.get("chat_id", ""))
    message = world.find_message(chat, ask.get("message_id"), purpose)
    foreign_keyboard = message.reply_markup is not None and not message.buttons
    if message.sender is not world.bot or foreign_keyboard:
        raise bad("message can't be edited")
    world.limits.spend(chat.id)
    return message


def changed(ask: Ask, message: Message, before: tuple[object, ...]) -> Json:
    """Closes an edit: refuses it when nothing differs, else shows it."""
    world = ask.world
    if contents(message) == before:
        raise bad(NOT_MODIFIED)
    message.edit_date = world.now()
    message.chat.action = None
    world.reacted(message.chat)
    same_words = contents(message)[:-1] == before[:-1]
    world.show("markup" if same_words else "edit", message)
    return message.to_json()


def contents(message: Message) -> tuple[object, ...]:
    return (
        message.text,
        message.entities,
        message.caption,
        message.caption_entities,
        message.reply_markup,
    )


@plays("editMessageText")
def edit_message_text(ask: Ask) -> Json:
    text: Formatted = message_text(ask)
    markup = markup_of(ask)
    message = own_message(ask)
    if message.text is None:
        raise bad("there is no text in the message to edit")
    before = contents(message)
    message.text, message.entities, message.reply_markup = text.text, text.entities, markup
    return changed(ask, message, before)


@plays("editMessageCaption")
def edit_message_caption(ask: Ask) -> Json:
    caption = caption_of(ask, ask.params)
    markup = markup_of(ask)
    message = own_message(ask)
    if message.media is None or message.media.file is None:
        raise bad("there is no caption in the message to edit")
    before = contents(message)
    message.caption, message.caption_entities = caption.text or None, caption.entities
    message.reply_markup = markup
    return changed(ask, message, before)


@plays("editMessageReplyMarkup")
def edit_message_reply_markup(ask: Ask) -> Json:
    markup = markup_of(ask)
    message = own_message(ask)
    before = contents(message)
    message.reply_markup = markup
    return changed(ask, message, before)


def check_deletable(ask: Ask, message: Message) -> None:
    if ask.world.now() - message.date >= TWO_DAYS:
        raise bad("message can't be deleted for everyone")
    may = message.from_bot or message.chat.is_private or message.chat.bot_status == "administrator"
    if not may:
        raise bad("message can't be deleted")


@plays("deleteMessage")
def delete_message(ask: Ask) -> bool:
    chat = ask.world.find_chat(ask.get("chat_id"))
    message = ask.world.find_message(chat, ask.get("message_id"), "message to delete")
    check_deletable(ask, message)
    ask.world.remove(message)
    return True


@plays("deleteMessages")
def delete_messages(ask: Ask) -> bool:
    """Messages that are not there are skipped."""
    chat = ask.world.find_chat(ask.get("chat_id"))
    ids: list[int] = ask.get("message_ids")
    if not ids:
        raise bad("Message identifiers are not specified")
    if len(ids) > MAX_DELETED:
        raise bad("Too many message identifiers specified")
    messages = [chat.messages[i] for i in ids if i in chat.messages]
    for message in messages:
        check_deletable(ask, message)
    for message in messages:
        ask.world.remove(message)
    return True


@plays("answerCallbackQuery")
def answer_callback_query(ask: Ask) -> bool:
    text = ask.get("text", "")
    query = ask.world.find_query(ask.get("callback_query_id"))
    if len(text) > MAX_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    ask.world.answer(query, text, alert=ask.get("show_alert", False))
    return True


@plays("pinChatMessage")
def pin_chat_message(ask: Ask) -> bool:
    chat = ask.world.find_chat(ask.get("chat_id"))
    message = ask.world.find_message(chat, ask.get("message_id"), "message to pin")
    if not chat.is_private and chat.bot_status != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    chat.pinned = message.id
    return True


@plays("unpinChatMessage")
def unpin_chat_message(ask: Ask) -> bool:
    chat = ask.world.find_chat(ask.get("chat_id"))
    if chat.pinned is None:
        raise bad("message to unpin not found")
    chat.pinned = None
    return True
