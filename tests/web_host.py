"""A host on this machine that answers as it is told and writes down what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

Headers = dict[str, str]


class Answer(NamedTuple):
    """What the host says of one path."""

    body: bytes = b""
    status: int = 200
    headers: Headers = {}


class Host:
    """Answers by path; everything else is 404. ``asked`` holds the path and the headers of every request, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, Headers]] = []
        self.address = ""

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.asked]

    def answer(self, path: str, headers: Headers) -> Answer:
        """What is said to a request; a validator that still holds is answered by 304."""
        self.asked.append((path, headers))
        found = self.answers.get(path, Answer(status=404))
        etag = found.headers.get("ETag")
        return Answer(status=304) if etag and headers.get("if-none-match") == etag else found


@contextmanager
def serving() -> Iterator[Host]:
    """A host that answers until the end of the context."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = host.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
