"""What an author is told to mend, each fault made on the real content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.compose import shelf
from bot.content.check import faults
from bot.content.library import Library
from bot.core.condition import is_one
from bot.core.dialog import NOTHING, Choice, Question, Text
from bot.documents.press import Press

Change = Callable[[Question], Question]


def broken(library: Library, dialog: str, id_: str, change: Change) -> Library:
    """The content with one question of one dialog changed."""
    held = library.dialogs[dialog]
    questions = tuple(change(one) if one.id == id_ else one for one in held.questions)
    by_id = {one.id: one for one in questions}
    spoilt = replace(held, questions=questions, by_id=by_id)
    return replace(library, dialogs={**library.dialogs, dialog: spoilt})


def test_the_content_has_no_fault(library: Library) -> None:
    assert faults(library, Press(shelf(library)).kinds) == []


@pytest.mark.parametrize(
    ("dialog", "id_", "change", "said"),
    [
        ("documents", "industry", lambda q: replace(q, short=NOTHING), "n'a pas de nom court"),
        ("diagnostic", "role", lambda q: replace(q, text=Text(q.text.fr, "")), "en « en »"),
        ("diagnostic", "role", lambda q: replace(q, why=Text(q.why.fr, "")), "« why » que dans"),
        ("diagnostic", "role", lambda q: replace(q, sources=("S999",)), "source inconnue, S999"),
        (
            "diagnostic",
            "role",
            lambda q: replace(q, choices=(Choice("long", Text("x" * 43, "y")),)),
            "a un bouton de 43 caractères, 42 au plus",
        ),
        (
            "diagnostic",
            "role",
            lambda q: replace(q, when=is_one("nobody", "x")),
            "« role » dépend de « nobody », qui n'existe pas",
        ),
        (
            "diagnostic",
            "role",
            lambda q: replace(q, when=is_one("sponsor", "dg")),
            "« role » ne dépend que de questions posées après elle",
        ),
    ],
)
def test_a_fault_is_named_with_its_file_and_question(
    library: Library, dialog: str, id_: str, change: Change, said: str
) -> None:
    found = faults(broken(library, dialog, id_, change), Press(shelf(library)).kinds)
    assert any(said in fault and f"dialogs/{dialog}.yaml" in fault for fault in found), found


def test_a_document_without_template(library: Library) -> None:
    kinds = Press(shelf(library)).kinds - {"note"}
    assert faults(library, kinds) == [
        "knowledge/templates : le document « note » n'a pas de modèle"
    ]
