"""The path of the questions, drawn as a Mermaid diagram."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.core.condition import ALWAYS
from bot.core.dialog import Dialog, Type


def mermaid(dialog: Dialog) -> str:
    """A flowchart: one box a question, one subgraph a module; conditional ones are dashed."""
    return "\n".join(["flowchart TD", *_modules(dialog), *_arrows(dialog)])


def _modules(dialog: Dialog) -> Iterator[str]:
    for module in dialog.modules:
        yield f'  subgraph {module.id}["{module.name.fr}"]'
        for question in dialog.questions:
            if question.module == module.id:
                shape = '{{"{}"}}' if question.type is Type.OFFER else '["{}"]'
                yield f"    {question.id}{shape.format(question.id)}"
        yield "  end"


def _arrows(dialog: Dialog) -> Iterator[str]:
    ids = [question.id for question in dialog.questions]
    for before, after in pairwise(ids):
        arrow = "-->" if dialog[after].when is ALWAYS else "-.->"
        yield f"  {before} {arrow} {after}"
