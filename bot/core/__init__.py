"""What the product knows how to do, without a clock, a file or a network."""
