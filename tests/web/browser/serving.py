"""A desk that is served for a test."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from twosource.pipeline import Reader
from twosource.store import Project
from twosource.web.app import make_app
from twosource.web.server import bind

TODAY = datetime.date(2019, 5, 1)
NO_MODEL = Reader(stages=(), equipment=None, fingerprint="tests")


@contextmanager
def served(project: Project, reader: Reader = NO_MODEL, port: int = 0) -> Iterator[str]:
    """The address of a desk over the project, while the block runs; ``reader`` reads what is dropped on it.

    A ``port`` of 0 is a free one.
    """
    app = make_app(project, reader=lambda: reader, today=lambda: TODAY)
    with bind("127.0.0.1", port) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            app.state.desk.imports.close()
