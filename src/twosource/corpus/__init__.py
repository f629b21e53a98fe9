"""What crosses reports, as pure functions: they are handed reports, knowledge and counts, and open nothing."""
