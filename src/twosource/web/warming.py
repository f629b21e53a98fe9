"""What the desk has ready before anybody asks: what the package holds, and what of the project takes long to work out.

A page's first visit waits for neither. The review queue, the disagreements on the largest events, the outlets and what
is counted of families, events and the whole project are worked out anew when a run, a decision or a new day changes
them, by whatever program: a reviewer asks for them after each of them.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event

from jinja2 import Environment

from twosource.errors import ProjectError
from twosource.views.loaded import load_all
from twosource.web.event_map import load_gazetteer
from twosource.web.world import load_world

__all__ = ["keep_ready", "warm"]

_EVERY = 1.0  # seconds between two looks at whether the project has changed, each of which takes a thousandth


def keep_ready(templates: Environment, refresh: Callable[[], object], over: Event) -> None:
    """Warms the desk, then refreshes it until it is over; a project that can't be read is asked again."""
    for step in _steps(templates):
        if over.is_set():
            return
        step()
    while not over.is_set():
        with suppress(ProjectError):
            refresh()
        over.wait(_EVERY)


def warm(templates: Environment) -> None:
    """Loads all that the first visit of some page would wait for; takes two or three seconds, once a process.

    What is loaded stays until the process ends, and is no more looked through for what can be thrown away: with it each
    such look would take a tenth of a second from whoever asks meanwhile.
    """
    for step in _steps(templates):
        step()


def _steps(templates: Environment) -> Iterator[Callable[[], object]]:
    for name in templates.list_templates(extensions=["html"]):
        yield functools.partial(templates.get_template, name)
    yield from (load_all, load_gazetteer, load_world, gc.collect, gc.freeze)
