"""What the desk holds before anybody asks: templates, tables and shapes of the package, nothing of the project."""

from __future__ import annotations

import gc

from jinja2 import Environment

from twosource.views.loaded import load_all
from twosource.web.event_map import load_gazetteer
from twosource.web.world import load_world

__all__ = ["warm"]


def warm(templates: Environment) -> None:
    """Loads all that the first visit of some page would wait for; takes two or three seconds, once a process.

    What is loaded stays until the process ends, and is no more looked through for what can be thrown away: with it each
    such look would take a tenth of a second from whoever asks meanwhile.
    """
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
    load_all()
    load_gazetteer()
    load_world()
    gc.collect()
    gc.freeze()
