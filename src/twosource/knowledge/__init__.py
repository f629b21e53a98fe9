"""Loads and checks data/: typed rules, with the examples that the tests run."""
