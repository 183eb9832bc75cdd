"""The stand-in is driven over HTTP, and python-telegram-bot works against it."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
)

from tests.bot_api.bot import Bot, button, inline
from tests.standin import StandIn


async def test_the_control_over_http(bot: Bot, standin: StandIn) -> None:
    async def control(verb: str, **body: Any) -> Any:
        async with bot.session.post(f"{standin.url}/control/{verb}", json=body) as response:
            return await response.json()

    made = (await control("person", name="Lucie", language_code="fr"))["result"]
    await control("say", person="Lucie", text="/start")
    await bot.updates()
    markup = inline([button()])
    await bot.result("sendMessage", chat_id=made["id"], text="Prêt ?", reply_markup=markup)
    screen = (await control("screen", person="Lucie"))["result"]
    assert screen["messages"][1]["rows"] == [["Oui"]]
    assert "error" in await control("tap", person="Lucie", label="Non")
    await control("tap", person="Lucie", label="Oui")
    state = (await control("state"))["result"]
    assert state["unanswered"] == [
        "Lucie tapped [Oui] without an answer",
    ]


def of_the_library(
    standin: StandIn, members: list[str]
) -> Application[Any, Any, Any, Any, Any, Any]:
    """A bot written with python-telegram-bot: a question, its answer, its files, its members."""

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Oui", callback_data="y")]])
        await update.message.reply_html("<b>Prêt ?</b>", reply_markup=keyboard)

    async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        await query.answer("Noté")
        await query.edit_message_text("Noté : Oui.")
        media = [
            InputMediaDocument(b"1", filename="é.docx"),
            InputMediaDocument(b"2", filename="b.pdf"),
        ]
        await context.bot.send_media_group(query.message.chat.id, media)

    async def member(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.my_chat_member is not None
        members.append(update.my_chat_member.new_chat_member.status)

    urls = (f"{standin.url}/bot", f"{standin.url}/file/bot")
    builder = Application.builder().token(standin.token)
    app = builder.base_url(urls[0]).base_file_url(urls[1]).build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(tapped))
    app.add_handler(ChatMemberHandler(member))
    return app


async def test_python_telegram_bot_works_against_it(standin: StandIn) -> None:
    members: list[str] = []
    app = of_the_library(standin, members)
    async with app:
        assert app.updater is not None
        await app.updater.start_polling()
        await app.start()
        lucie = standin.person("Lucie")
        await lucie.say("/start")
        await lucie.settle()
        await lucie.tap("Oui")
        await lucie.settle()
        await lucie.block()
        await lucie.settle()
        standin.group("CODIR", [lucie], admin=True)
        await lucie.settle()
        await app.updater.stop()
        await app.stop()
    assert lucie.transcript() == (
        "you> /start\nbot> Prêt ?\n    [Oui]\nyou> [Oui]\nbot^ Noté\nbot~ Noté : Oui.\n"
        "bot+ é.docx\nbot+ b.pdf\n"
    )
    assert [str(status) for status in members] == ["kicked", "administrator"]
    assert standin.violations == []
    assert standin.unanswered() == []
