"""The review queue, worked out once for each state of the project: it looks at many claims, and is asked for often."""

from __future__ import annotations

import datetime
import threading

from twosource.store import Project
from twosource.views.review import Waiting, queue_state, review_queue
from twosource.web.imports import Imports

__all__ = ["Queue"]


class Queue:
    """The queue of an open project, kept until a run, a decision, a gathering or a new day changes it."""

    def __init__(self, project: Project, imports: Imports) -> None:
        self._project = project
        self._imports = imports
        self._lock = threading.Lock()
        self._key: object = None
        self._items: Waiting = Waiting()

    def items(self, today: datetime.date) -> Waiting:
        """All that waits for a person, the weightiest first."""
        with self._lock:
            key = (today, self._imports.ended, queue_state(self._project))
            if key != self._key:
                self._items = review_queue(self._project, today)
                self._key = key
            return self._items
