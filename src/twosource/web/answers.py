"""Answers to questions over many claims, worked out once for each state of the project."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from twosource.store import Project
from twosource.store.state import state_of
from twosource.web.imports import Imports

__all__ = ["Answers"]

_MOST = 64  # answers that are kept; each filter that is asked for makes one

T = TypeVar("T")


class Answers:
    """What was worked out about an open project, kept until a run, a decision or a gathering changes it."""

    def __init__(self, project: Project, imports: Imports) -> None:
        self._project = project
        self._imports = imports
        self._lock = threading.Lock()
        self._state: object = None
        self._held: dict[Hashable, Future[object]] = {}

    def get(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` returns, from the last time that it was asked for by this key where nothing changed since.

        Who asks while another works it out waits for that. An error is raised to all who wait, and not kept. All of
        ``work`` is one look at the project: it must wait for no other thread, and so ask for no other answer.
        """
        waiting, is_first = self._held_for(key)
        if is_first:
            try:
                with self._project.looking_once():
                    answer = work()
                waiting.set_result(answer)
            except BaseException as error:
                with self._lock:
                    self._held.pop(key, None)
                waiting.set_exception(error)
                raise
        return cast(T, waiting.result())

    def known(self, key: Hashable) -> Any | None:
        """What is held for the key where nothing changed since; None where nothing is, or it is worked out just now."""
        state = self.state
        with self._lock:
            held = self._held.get(key) if state == self._state else None
        return held.result() if held is not None and held.done() else None

    @property
    def state(self) -> object:
        """What differs after each run, decision and gathering: with it all that is held goes."""
        with self._project.looking() as connection:
            return self._imports.ended, state_of(connection)

    def _held_for(self, key: Hashable) -> tuple[Future[object], bool]:
        state = self.state
        with self._lock:
            if state != self._state:
                self._held, self._state = {}, state
            if key in self._held:
                self._held[key] = self._held.pop(key)  # the one that nobody asked for longest goes first
                return self._held[key], False
            while len(self._held) >= _MOST:
                self._held.pop(next(iter(self._held)))
            self._held[key] = Future()
            return self._held[key], True
