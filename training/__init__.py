"""Rebuilds the weights of twosource.model from named data and a fixed seed."""
