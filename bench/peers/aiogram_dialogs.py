"""The interview with aiogram-dialog in memory, a window per question."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Button, Row
from aiogram_dialog.widgets.text import Const

SCREENS = json.loads(Path(os.environ["BENCH_SCREENS"]).read_text())
Interview = type("Interview", (StatesGroup,), {f"q{n}": State() for n in range(len(SCREENS))})
STATES = [getattr(Interview, f"q{n}") for n in range(len(SCREENS))]


async def start(_: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(STATES[0], mode=StartMode.RESET_STACK)


async def answered(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    manager.dialog_data[manager.current_context().state.state] = button.widget_id
    await manager.next()


def window(number: int) -> Window:
    rows = [
        Row(
            *(
                Button(Const(label), id=f"r{r}c{c}", on_click=answered)
                for c, label in enumerate(row)
            )
        )
        for r, row in enumerate(SCREENS[number]["rows"])
    ]
    text = Const(SCREENS[number]["text"])
    return Window(text, *rows, state=STATES[number], parse_mode=ParseMode.HTML)


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_API"]))
    bot = Bot("1:bench", session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(start, CommandStart())
    dispatcher.include_router(Dialog(*(window(number) for number in range(len(SCREENS)))))
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
