"""Who says what, on what grounds, and with what interest in being believed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.dialog import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Source:
    """An article, one of its statements, a study or an article of law.

    `stake` is what the author stands to gain (« partie prenante : vend … »), empty when
    nothing is known of one; `bias` says the same in a whole sentence. `label` is the source
    in the few words of a document's foot.
    """

    id: str
    kind: str = ""
    check: str = ""
    text: Text = NOTHING
    author: Text = NOTHING
    title: str = ""
    publisher: str = ""
    date: Text = NOTHING
    stake: Text = NOTHING
    ref: str = ""
    label: Text = NOTHING
    bias: Text = NOTHING


def work_of(id_: str) -> str:
    """The work that a statement comes from: S002-C07 → S002; studies and laws are their own."""
    return id_.split("-")[0] if id_.startswith("S") else id_
