"""What authors write, read strictly and turned into what the core understands."""
