"""The interview with python-telegram-bot's ConversationHandler, as its examples write one."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

SCREENS = json.loads(Path(os.environ["BENCH_SCREENS"]).read_text())


def keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(label, callback_data=f"q{number}:{i}")
                for i, label in enumerate(row)
            ]
            for row in SCREENS[number]["rows"]
        ]
    )


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
    await update.message.reply_text(
        SCREENS[0]["text"], parse_mode=ParseMode.HTML, reply_markup=keyboard(0)
    )
    return 0


async def answer(number: int, update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query, after = update.callback_query, number + 1
    await query.answer()
    context.user_data[number] = query.data
    await query.edit_message_text(
        SCREENS[after]["text"], parse_mode=ParseMode.HTML, reply_markup=keyboard(after)
    )
    return ConversationHandler.END if after + 1 == len(SCREENS) else after


def main() -> None:
    builder = Application.builder().token("1:bench").base_url(f"{os.environ['BENCH_API']}/bot")
    kept = "BENCH_PICKLE" in os.environ
    if kept:
        builder = builder.persistence(PicklePersistence(os.environ["BENCH_PICKLE"]))
    application = builder.build()
    interview = ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states={
            number: [CallbackQueryHandler(partial(answer, number))]
            for number in range(len(SCREENS) - 1)
        },
        fallbacks=[CommandHandler("start", start)],
        name="interview",
        persistent=kept,
    )
    application.add_handler(interview)
    application.run_polling()


if __name__ == "__main__":
    main()
