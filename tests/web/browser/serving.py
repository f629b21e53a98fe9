"""A desk that is served for a test."""

from __future__ import annotations

import asyncio
import datetime
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twosource.pipeline import Reader
from twosource.store import Project
from twosource.web.app import make_app
from twosource.web.server import bind

TODAY = datetime.date(2019, 5, 1)
NO_MODEL = Reader(stages=(), equipment=None, fingerprint="tests")


SLOWNESS = float(os.environ.get("TWOSOURCE_SLOW_DESK", "0"))
"""Seconds for which the desk of the tests halts before each piece of an answer, and each page comes in three pieces:
given by hand, to find a test that looks at a page before it is whole."""


def slowed(app: ASGIApp) -> ASGIApp:
    """The app as it answers on a machine that is busy; itself where no slowness was asked for."""
    if not SLOWNESS:
        return app

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and not scope["path"].startswith("/static")

        async def send_slowly(message: Message) -> None:
            await asyncio.sleep(SLOWNESS if is_page else SLOWNESS / 6)
            body = message.get("body", b"") if is_page else b""
            for piece in (body[:300], body[300 : len(body) // 2]):
                if piece:
                    await send({**message, "body": piece, "more_body": True})
                    await asyncio.sleep(SLOWNESS)
                    message = {**message, "body": message["body"][len(piece) :]}
            await send(message)

        await app(scope, receive, send_slowly)

    return answer


@contextmanager
def served(project: Project, reader: Reader = NO_MODEL, port: int = 0) -> Iterator[str]:
    """The address of a desk over the project, while the block runs; ``reader`` reads what is dropped on it.

    A ``port`` of 0 is a free one.
    """
    app = make_app(project, reader=lambda: reader, today=lambda: TODAY)
    with bind("127.0.0.1", port) as listener:
        server = uvicorn.Server(uvicorn.Config(slowed(app), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=60)
            app.state.desk.imports.close()
