"""Tells which names of a project's claims mean one actor."""
