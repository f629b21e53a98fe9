"""A browser at a desk, as a program asks for its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient

from twosource.store import Project
from twosource.web.app import make_app

__all__ = ["FROM_HERE", "HOME", "at_desk"]

HOME = "http://127.0.0.1:8311"
FROM_HERE = {"Origin": HOME}
"""The headers by which a browser vouches that a form is of this desk."""


@contextmanager
def at_desk(project: Project, **how: Any) -> Iterator[TestClient]:
    """A browser at a desk over the project, made as ``how`` says; it stays where it is when it is led on."""
    app = make_app(project, **how)
    with TestClient(app, base_url=HOME, follow_redirects=False) as client:
        try:
            yield client
        finally:
            app.state.desk.imports.close()
