"""From the close of the first round to the agenda: all that can be done, by name."""

from __future__ import annotations

from bot.conversation.meeting import preparing, scheduling, venue
from bot.conversation.rounds import (
    arguing,
    closing,
    comparing,
    diverging,
    facts,
    guessing,
    results,
    second,
    second_closing,
    seconding,
    sharing,
    skipping,
)

PLACES = {
    **facts.PLACES,
    **diverging.PLACES,
    **second.PLACES,
    **results.PLACES,
    **guessing.PLACES,
    **scheduling.PLACES,
    **venue.PLACES,
}
DEEDS = {
    **closing.DEEDS,
    **facts.DEEDS,
    **diverging.DEEDS,
    **seconding.DEEDS,
    **arguing.DEEDS,
    **second_closing.DEEDS,
    **results.DEEDS,
    **skipping.DEEDS,
    **sharing.DEEDS,
    **comparing.DEEDS,
    **guessing.DEEDS,
    **scheduling.DEEDS,
    **preparing.DEEDS,
    **venue.DEEDS,
}
TYPED = {**arguing.TYPED, **scheduling.TYPED, **venue.TYPED}
COMMANDS = {**results.COMMANDS}
BROUGHT = {**results.BROUGHT, **scheduling.BROUGHT}
TOPICS = {
    **closing.TOPICS,
    **seconding.TOPICS,
    **second_closing.TOPICS,
    **results.TOPICS,
    **sharing.TOPICS,
    **comparing.TOPICS,
    **scheduling.TOPICS,
}
