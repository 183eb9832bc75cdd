"""What every document is held to, and any answers to write it from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from bot.core.dialog import Blank, Dialog, Question, Type
from bot.documents import document as doc
from bot.documents.facts import Order
from tests.documents import cases

TODAY = date(2026, 11, 23)
FORBIDDEN = re.compile(r"\bNone\b|\bnsp\b|\bTrue\b|\bFalse\b|\{\w*\}|\*\*")


UNBALANCED = re.compile(r" [,.]|\.\.(?!\.)|,[,.;]|;[;.]|\( |\(\)|\[\]|: \.|:\.|^[,;.]| : ;")


def assert_full(blocks: Iterable[doc.Block]) -> None:
    """No empty cell, but those left for a mark to be written in."""
    for block in blocks:
        match block:
            case doc.Grid():
                free = {i for i, c in enumerate(block.header) if "0" in doc.plain(c.words)}
                for row in block.rows:
                    for i, cell in enumerate(row):
                        assert cell.words or i in free, doc.plain(row[0].words)
            case doc.Facts():
                assert all(label and value for label, value in block.pairs)
            case doc.Section():
                assert_full(block.blocks)


def _value(question: Question) -> st.SearchStrategy[object]:
    """Any answer that the interview would keep."""
    ids = [choice.id for choice in question.choices]
    match question.type:
        case Type.SCALE:
            return st.integers(1, 5)
        case Type.SINGLE:
            return st.sampled_from(ids)
        case Type.MULTI:
            most = question.most or len(ids)
            return st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True).map(tuple)
        case Type.NUMBER:
            low, high = int(question.minimum or 0), int(question.maximum or 100)
            return st.integers(low, high)
        case Type.MONEY:
            return st.decimals(0, 10**9, places=2)
        case Type.DATE:
            return st.dates(date(2026, 1, 1), date(2036, 12, 31))
    return st.sampled_from(["Atelier Nord", "Négoce de matériaux", "DRH", "Confidentiel"])


def any_answers(*dialogs: Dialog) -> st.SearchStrategy[dict[str, object]]:
    blank = st.sampled_from([Blank.NSP, Blank.SO, Blank.SKIPPED])
    questions = [q for dialog in dialogs for q in dialog.questions if q.type is not Type.OFFER]
    optional = {q.id: st.one_of(_value(q), _value(q), _value(q), blank) for q in questions}
    return st.fixed_dictionaries({}, optional=optional)


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "</td></tr><h2>Titre</h2>",
    "&amp; & < > \" ' `",
    "{0} {company} %s %(x)s",
    "a\u202eb\u200b\x07c",
    "#set page(fill: red) $x$ *gras* _i_ @ref \\n",
]


def any_order(*kinds: str) -> st.SearchStrategy[Order]:
    """An order for one of these documents, in either language, from any answers."""
    shelf = cases.shelf()
    answers = any_answers(shelf.diagnostic, shelf.documents)
    option = st.sampled_from([option.id for option in shelf.model.options])
    values = st.builds(lambda held, chosen: {**held, "option": chosen}, answers, option)
    kind, lang = st.sampled_from(sorted(kinds)), st.sampled_from(["fr", "en"])
    return st.builds(Order, kind, lang, st.just(TODAY), values, st.just(2))
