"""Gathers the claims of a project into events with their accounts, and finds where accounts disagree."""
