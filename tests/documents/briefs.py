"""The briefs of the other options than a post, for the reference company."""

from __future__ import annotations

from dataclasses import replace

from bot.documents import document as doc
from tests.documents import cases
from tests.documents.cases import PRESS

KINDS = {
    "brief_reorg": "reorganise",
    "brief_transition": "interim_cdo",
    "brief_facilitateur": "facilitator",
    "brief_suivi": "apprentice",
    "brief_clarification": "clarify_first",
}


def written(kind: str, lang: str = "fr", **more: object) -> tuple[doc.Document, doc.Document]:
    """The brief and its internal sheet, for the reference company with other answers."""
    order = cases.gold("gold_p07", kind, lang)
    values = {**order.values, "option": KINDS[kind], **more}
    documents = PRESS.compose(replace(order, values=values))
    return documents[0], documents[1]
