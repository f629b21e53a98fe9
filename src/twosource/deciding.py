"""Keeps what people decide about a project, and lays it over what the engine read."""
