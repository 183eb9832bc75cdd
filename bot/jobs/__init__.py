"""Work that is due later and survives the death of the process."""
