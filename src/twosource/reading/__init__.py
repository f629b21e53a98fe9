"""Reading one report: pure functions that each take a frozen Reading and return it with one more layer."""
