"""What is said to a person: every screen, in words, whatever the channel that shows it."""
