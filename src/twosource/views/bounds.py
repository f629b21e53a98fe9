"""How many claims an answer is made of where nobody asks for all: it is then worked out in two seconds or less.

Of more claims than that those published last are looked at, and the answer says so. Without a bound an answer takes as
long as there are claims: minutes with ten million.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ADDED", "ASKED", "WEIGHED"]

ASKED: Final = 5000
"""Claims of an answer."""
WEIGHED: Final = 2500
"""Of disagreements, in which claims are held against each other."""
ADDED: Final = 500
"""Of tolls, in which each figure is held against all before it: a toll is of one event."""
