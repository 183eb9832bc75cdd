"""From the close of the first round to the last results: what is compared, asked again, shown."""
