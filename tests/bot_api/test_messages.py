"""A message is tapped, edited, deleted; an album, a file."""

import pytest

from tests.bot_api.bot import CHAT, TOO_OLD, Bot, button, inline
from tests.standin import Person

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


# -- Taps --------------------------------------------------------------------------


async def test_one_answer_per_tap_within_fifteen_seconds(bot: Bot, lucie: Person) -> None:
    markup = inline([button("Pourquoi\u202f?", "why")], [button("Non", "n")])
    await bot.updates()
    await bot.result("sendMessage", **CHAT, text="Prêt ?", reply_markup=markup)
    await lucie.tap("Pourquoi ?")
    query = (await bot.updates())[0]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("why", "Prêt ?")
    assert bot.standin.unanswered() == ["Lucie tapped [Pourquoi\u202f?] without an answer"]
    assert (
        await bot.refusal("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Noté")
    assert lucie.toasts == ["Noté"]
    assert bot.standin.unanswered() == []
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    late = await lucie.tap("Non")
    assert late is not None
    bot.standin.clock.advance(16)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=late.id) == TOO_OLD


async def test_only_buttons_on_the_screen_can_be_tapped(bot: Bot, lucie: Person) -> None:
    for data in ("old", "new"):
        markup = inline([button(data=data)])
        await bot.result("sendMessage", **CHAT, text=data, reply_markup=markup)
    await bot.updates()
    await lucie.tap("Oui", nth=1)
    assert (await bot.updates())[0]["callback_query"]["data"] == "old"
    with pytest.raises(AssertionError, match=r"no button \[Non\] to tap"):
        await lucie.tap("Non")
    await bot.result("editMessageText", **CHAT, message_id=lucie.last.id, text="Noté")
    with pytest.raises(AssertionError, match="the screen of Lucie"):
        await lucie.tap("Oui", message=lucie.last)


async def test_forged_taps_and_taps_under_deleted_messages(bot: Bot, lucie: Person) -> None:
    await bot.result("sendMessage", **CHAT, text="x", reply_markup=inline([button()]))
    await bot.updates()
    message = lucie.last
    await lucie.tap_ghost("forged", message=message)
    await lucie.delete_message(message)
    await lucie.tap_ghost("y", message=message)
    await lucie.tap_ghost("z")
    seen = [u["callback_query"] for u in await bot.updates()]
    assert [q["data"] for q in seen] == ["forged", "y", "z"]
    assert seen[0]["message"]["text"] == "x"
    assert seen[1]["message"] == {
        "chat": seen[0]["message"]["chat"],
        "message_id": message.id,
        "date": 0,
    }
    assert seen[2]["message"]["date"] == 0
    gone = await bot.refusal("editMessageText", **CHAT, message_id=message.id, text="y")
    assert gone == "Bad Request: message to edit not found"


# -- Edits -------------------------------------------------------------------------


async def test_an_edit_must_change_something(bot: Bot, lucie: Person) -> None:
    markup = inline([button()])
    sent = await bot.result("sendMessage", **CHAT, text="a", reply_markup=markup)
    edit = {**CHAT, "message_id": sent["message_id"]}
    assert (
        await bot.refusal("editMessageText", **edit, text="a", reply_markup=markup) == NOT_MODIFIED
    )
    await bot.result(
        "editMessageText", **edit, text="<b>a</b>", parse_mode="HTML", reply_markup=markup
    )
    await bot.result("editMessageText", **edit, text="a")
    assert lucie.last.rows == []
    assert await bot.refusal("editMessageReplyMarkup", **edit) == NOT_MODIFIED
    document = await bot.upload("sendDocument", {"document": ("a.pdf", b"1")}, **CHAT)
    file_edit = {**CHAT, "message_id": document["result"]["message_id"]}
    assert (
        await bot.refusal("editMessageText", **file_edit, text="x")
        == "Bad Request: there is no text in the message to edit"
    )


async def test_deletion_ends_after_two_days_but_edits_do_not(bot: Bot, lucie: Person) -> None:
    sent = await bot.result("sendMessage", **CHAT, text="a")
    target = {**CHAT, "message_id": sent["message_id"]}
    bot.standin.clock.advance(48 * 3600)
    assert (
        await bot.refusal("deleteMessage", **target)
        == "Bad Request: message can't be deleted for everyone"
    )
    await bot.result("editMessageText", **target, text="b")
    assert lucie.last.text == "b"


# -- Files -------------------------------------------------------------------------


async def test_an_album_of_documents(bot: Bot, lucie: Person) -> None:
    media = [
        {"type": "document", "media": "attach://a"},
        {
            "type": "document",
            "media": "attach://b",
            "caption": "<b>Voici</b>",
            "parse_mode": "HTML",
        },
    ]
    files = {"a": ("brief.docx", b"one"), "b": ("brief.pdf", b"two")}
    sent = await bot.upload("sendMediaGroup", files, **CHAT, media=media)
    ids = {message["media_group_id"] for message in sent["result"]}
    assert len(ids) == 1
    assert [(m.document, m.content) for m in lucie.files] == [
        ("brief.docx", b"one"),
        ("brief.pdf", b"two"),
    ]
    assert lucie.files[1].caption == "Voici"
    assert lucie.transcript().endswith("bot+ brief.docx\nbot+ brief.pdf\n  Voici\n")
    again = sent["result"][0]["document"]["file_id"]
    await bot.result("sendDocument", **CHAT, document=again)
    assert lucie.last.document == "brief.docx"
    one = await bot.upload("sendMediaGroup", files, **CHAT, media=media[:1])
    assert one["description"] == "Bad Request: an album must have at least 2 items"


async def test_files_have_sizes(bot: Bot, lucie: Person) -> None:
    empty = await bot.upload("sendDocument", {"document": ("a.pdf", b"")}, **CHAT)
    assert empty["description"] == "Bad Request: file must be non-empty"
    huge = {"photo": ("a.jpg", b"x" * ((10 << 20) + 1))}
    photo = await bot.upload("sendPhoto", huge, **CHAT)
    assert photo["description"].endswith("too big for a photo; the maximum size is 10485760 bytes")
    large = {"document": ("a.pdf", b"x" * 50_000_001)}
    assert (await bot.upload("sendDocument", large, **CHAT))["error_code"] == 413


async def test_a_file_of_a_person_can_be_fetched(bot: Bot, lucie: Person) -> None:
    await bot.updates()
    await lucie.send_document("organigramme.pdf", b"%PDF")
    document = (await bot.updates())[0]["message"]["document"]
    found = await bot.result("getFile", file_id=document["file_id"])
    address = f"{bot.standin.url}/file/bot{bot.standin.token}/{found['file_path']}"
    async with bot.session.get(address) as response:
        assert await response.read() == b"%PDF"
    await lucie.send_document("catalogue.docx", b"x" * (20 * (1 << 20) + 1))
    document = (await bot.updates())[0]["message"]["document"]
    assert (
        await bot.refusal("getFile", file_id=document["file_id"]) == "Bad Request: file is too big"
    )


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: Bot, lucie: Person) -> None:
    wrong = {"keyboard": [[5]]}
    refused = await bot.refusal("sendMessage", **CHAT, text="x", reply_markup=wrong)
    assert refused.endswith("reply_markup.keyboard[0][0] must be a KeyboardButton, not 5")
    markup = {"keyboard": [["Oui"]]}
    sent = await bot.result("sendMessage", **CHAT, text="x", reply_markup=markup)
    edit = {**CHAT, "message_id": sent["message_id"], "text": "y"}
    assert await bot.refusal("editMessageText", **edit) == "Bad Request: message can't be edited"
