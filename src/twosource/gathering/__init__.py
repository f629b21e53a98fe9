"""Gathers the claims of a project into events: those of new and changed reports alone, and whatever they touch.

What is kept afterwards depends on the readings, lineages and decisions that the project holds and on nothing else:
neither on the order in which reports came, nor on how many came at once.
"""

from twosource.gathering.deciding import decide_event
from twosource.gathering.gatherer import Gatherer, default_gatherer
from twosource.gathering.reports import gather

__all__ = ["Gatherer", "decide_event", "default_gatherer", "gather"]
