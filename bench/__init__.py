"""Measures the engine against gold data and times it; `make bench` prints the table."""
