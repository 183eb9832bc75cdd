"""Telegram: hear updates, show replies, poll."""

import os

# python-telegram-bot then gives waiting times as they will be in its next major version.
os.environ.setdefault("PTB_TIMEDELTA", "true")
