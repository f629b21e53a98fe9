"""Engines: the same stages over batches of reports, with the same answer, in one process or in many."""
