"""Where people talk to the bot: a terminal, Telegram."""
