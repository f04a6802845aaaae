"""Which articles tell the same story: pure functions, with the standard library alone."""
