"""What is kept between two messages: sealed answers, and which updates were applied."""
