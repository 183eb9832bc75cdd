"""The interview with aiogram's finite states in memory, a handler per question."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

SCREENS = json.loads(Path(os.environ["BENCH_SCREENS"]).read_text())
LAST = len(SCREENS) - 1
Interview = type("Interview", (StatesGroup,), {f"q{n}": State() for n in range(len(SCREENS))})
STATES = [getattr(Interview, f"q{n}") for n in range(len(SCREENS))]


def keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=label, callback_data=f"q{number}:{i}")
                for i, label in enumerate(row)
            ]
            for row in SCREENS[number]["rows"]
        ]
    )


async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(STATES[0])
    await message.answer(SCREENS[0]["text"], reply_markup=keyboard(0))


def answer(number: int):
    async def answered(query: CallbackQuery, state: FSMContext) -> None:
        after = number + 1
        await query.answer()
        await state.update_data({str(number): query.data})
        if after == LAST:
            await state.clear()
        else:
            await state.set_state(STATES[after])
        await query.message.edit_text(SCREENS[after]["text"], reply_markup=keyboard(after))

    return answered


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_API"]))
    bot = Bot("1:bench", session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(start, CommandStart())
    for number, state in enumerate(STATES[:-1]):
        dispatcher.callback_query.register(answer(number), state)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
