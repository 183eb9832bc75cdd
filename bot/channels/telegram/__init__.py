"""Telegram: hear updates, show replies, poll."""
