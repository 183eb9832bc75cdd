"""The meeting prepared, run in the committee's group, and recorded."""
