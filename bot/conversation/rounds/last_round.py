"""The third round, where there is one: what is said of the second is said of « the last »."""

from __future__ import annotations

from collections.abc import Callable

NAMED = frozenset(
    (
        "group.second",
        "group.closed_second",
        "session.erased",
        "standing.phase_second",
        "second.opened",
        "second.remind",
        "second.postponed",
        "second.open_until",
        "second.close",
        "second.or_later",
        "results.head_second",
        "results.second",
        "results.second_none",
        "diverge.wait_second",
        "btn.round_resume",
        "btn.round_mine",
        "btn.round_see_status",
        "btn.round_close_second",
    )
)
"""Our sentences that name the round, and hold no word of anybody's."""


def renamed(told: Callable[..., str], lang: str, text: str) -> str:
    """The text with the last round in the place of the second."""
    old, new = told(lang, "round.second"), told(lang, "round.last")
    return text.replace(old, new).replace(old.capitalize(), new.capitalize())
