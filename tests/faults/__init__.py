"""Long runs in which everything goes wrong; `make faults` starts them."""
