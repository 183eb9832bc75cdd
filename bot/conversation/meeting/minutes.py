"""The decisions of a meeting in words, as the group and the record read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.meeting import board
from bot.conversation.rounds import telling
from bot.conversation.turn import Turn
from bot.core import hours, speech
from bot.core.meeting import Decision
from bot.core.speech import upper_first

SOON = 30
"""The days for what the note asks for first: the « why » told, the first monthly meeting held."""


def lines(turn: Turn, *, terms: bool = False) -> list[str]:
    """« 1. Le « pourquoi » : phrase adoptée », one line a decision; `terms` adds who and when."""
    decisions = board.meeting(turn).decisions
    return [
        turn.say("record.line", i=i, what=_with_terms(turn, one) if terms else what(turn, one))
        for i, one in enumerate(decisions, start=1)
    ]


def what(turn: Turn, decision: Decision) -> str:
    """A decision in a line."""
    match decision.subject:
        case "why":
            return turn.say("record.why")
        case "option" if decision.option and decision.votes:
            return turn.say("record.votes", said=decision.said, votes=_votes(turn, decision))
        case "option":
            return turn.say("record.option", said=decision.said)
        case "document":
            return turn.say("record.document", said=decision.said)
        case "meeting":
            return upper_first(decision.said)
        case _:
            return turn.say("record.item", name=_name(turn, decision), said=decision.said)


def _with_terms(turn: Turn, decision: Decision) -> str:
    """The decision with who is in charge and until when, as far as it is known."""
    lead = board.function_name(turn, decision.lead) if decision.lead else ""
    due = speech.day(decision.due, turn.lang) if decision.due else ""
    terms = ", ".join(part for part in (lead, due) if part)
    said = what(turn, decision)
    return turn.say("record.set", what=said, terms=terms) if terms else said


def _votes(turn: Turn, decision: Decision) -> str:
    votes = decision.votes
    return turn.say("vote.of", votes=max(votes), n=sum(votes))


def _name(turn: Turn, decision: Decision) -> str:
    """What a sentence is about, at the head of its line."""
    if decision.subject in board.TOGETHER:
        return upper_first(turn.say(f"meeting.short.{decision.subject}"))
    return telling.subject(turn, decision.subject)


def noted(turn: Turn, decision: Decision) -> str:
    """What was just noted in the group."""
    match decision.subject:
        case "why":
            return turn.say("meeting.held_why", said=decision.said)
        case "option":
            return turn.say("meeting.decided", said=decision.said)
        case "document":
            return turn.say("meeting.decided_document", said=decision.said)
        case "meeting":
            return turn.say("meeting.decided", said=speech.lower_first(decision.said))
        case _:
            return turn.say("meeting.held_name", name=_name(turn, decision), said=decision.said)


def begun(turn: Turn, decision: Decision) -> Decision:
    """The decision with what goes without saying, which the record shows and can change.

    The chair answers for the « why », the monthly meeting and the attached document.
    """
    lead = board.session(turn).seats[0].function
    match decision.subject:
        case "why":
            told = turn.say("record.measure.told")
            return replace(decision, lead=lead, due=soon(turn), measure=told)
        case "meeting":
            held = turn.say("record.measure.held")
            return replace(decision, lead=lead, due=soon(turn), measure=held)
        case "document":
            return replace(decision, lead=lead)
        case _:
            return decision


def soon(turn: Turn, days: int = SOON) -> date:
    """A working day in about so many days."""
    return hours.latest(turn.instant.date() + timedelta(days=days))
