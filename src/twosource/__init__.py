"""twosource reads conflict news reports and keeps every claim: its words, its source, its figures, places and dates."""

__version__ = "0.1.0"
