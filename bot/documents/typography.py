"""Moved to bot.core.typography."""

from bot.core.typography import clean, printable, settle, typeset

__all__ = ["clean", "printable", "settle", "typeset"]
