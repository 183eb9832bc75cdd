"""The interview in a terminal: the same conversation, with numbers in place of buttons."""

from bot.channels.terminal.talk import converse

__all__ = ["converse"]
