"""A strict stand-in of the Telegram Bot API, with virtual people, to judge the bot."""

from .faults import Fault
from .groups import Group
from .limits import Rate
from .model import Call, CallbackQuery, Chat, Message
from .people import Person
from .screen import Event
from .standin import StandIn

__all__ = [
    "Call",
    "CallbackQuery",
    "Chat",
    "Event",
    "Fault",
    "Group",
    "Message",
    "Person",
    "Rate",
    "StandIn",
]
