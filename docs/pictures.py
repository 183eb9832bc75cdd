"""The two pictures of the README, made by the product itself: python docs/pictures.py."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import fontpkg_source_sans_3
import typst

from bot import compose
from bot.content.personas import load_personas
from bot.conversation import recap
from bot.conversation.acting import begin
from bot.conversation.screen import Screen
from bot.conversation.show import show
from bot.conversation.state import Conversation
from bot.conversation.turn import Turn
from bot.core.interview import Interview
from bot.core.reading import Answer
from bot.core.typography import typeset
from bot.documents.facts import Order
from bot.documents.pdf import write_png
from bot.documents.press import Press
from bot.settings import Settings

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, 9, 2)


def main() -> None:
    """Write docs/chat.png and docs/fiche.png."""
    library = compose.library()
    press = Press(compose.shelf(library))
    gold = HERE.parent / "tests" / "documents" / "gold_p04.yaml"
    persona = load_personas(gold, library.dialogs)[0]
    values = {
        **persona.respondents[0],
        **persona.document_answers,
        "option": "permanent_cdo",
        "documents": ("fiche_cdo",),
    }
    order = Order("fiche_cdo", "fr", date(2026, 11, 23), values)
    (HERE / "fiche.png").write_bytes(write_png(press.compose(order)[0], ppi=80))

    house = compose.house(Settings(_env_file=None), library, press)
    blank = Turn(house, Conversation(Interview("")), NOW, token="a" * 6 + "0" * 10)
    state = replace(begin(blank), consent=NOW, place="asking")
    answers = dict(persona.respondents[0])
    advised = with_answers(blank.then(state), answers)
    del answers["it_marketing_cooperation"]
    asking = with_answers(blank.then(state), answers)
    chat = [bubble(screen) for turn in (asking, advised) for screen in shown(turn)]
    (HERE / "chat.png").write_bytes(draw(chat))


def with_answers(turn: Turn, answers: dict[str, Answer]) -> Turn:
    """The turn of somebody who gave these answers and wanted no deep-dive."""
    given = {**answers, "deepen_alignment": "jamais"}
    return turn.then(replace(turn.state, interview=replace(turn.interview, answers=given)))


def shown(turn: Turn) -> list[Screen]:
    """The screen where the person stands: the recommendation once all is answered."""
    if recap.finished(turn):
        turn = turn.then(turn.state.at("advice"))
    return [reply for reply in show(turn, again=True)[1] if isinstance(reply, Screen)]


def bubble(screen: Screen) -> dict[str, object]:
    rows = [[typeset(button.label, "fr") for button in row] for row in screen.rows]
    return {
        "text": typeset(screen.text, "fr"),
        "strong": typeset(screen.strong, "fr"),
        "rows": rows,
    }


def draw(chat: list[dict[str, object]]) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[str(fontpkg_source_sans_3.ROOT / "files")]
    )
    compiler = typst.Compiler(str(HERE / "chat.typ"), root=str(HERE), font_paths=fonts)
    made = compiler.compile(
        format="png", ppi=160.0, sys_inputs={"chat": json.dumps(chat, ensure_ascii=False)}
    )
    return made if isinstance(made, bytes) else made[0]


if __name__ == "__main__":
    main()
