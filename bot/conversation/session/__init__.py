"""What a committee shares, from its opening to what moves six months later."""
