"""Serves the desk: on this machine alone, or with a token beyond it."""

from __future__ import annotations

import os
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread, current_thread, main_thread
from types import FrameType

import uvicorn

from twosource.errors import UsageError
from twosource.store import open_project
from twosource.web.app import make_app
from twosource.web.security import LOOPBACK
from twosource.web.sent_files import remove_left
from twosource.web.warming import keep_ready

__all__ = ["bind", "check_host", "names_of", "serve"]

_BACKLOG = 64


def _say(address: str) -> None:
    print(f"The desk is at {address} (Ctrl-C ends it)", flush=True)


def serve(
    project_path: str | os.PathLike[str],
    port: int = 8311,
    host: str = "127.0.0.1",
    open_browser: bool = False,
    announce: Callable[[str], None] = _say,
    token: str | None = None,
) -> None:
    """Serve the project until interrupted; port 0 takes a free one. ``announce`` is handed the address, once, when
    requests are heard. With ``token`` only those who know it are let in.

    Raises UsageError for a host beyond this machine without a token, a token that could be guessed, or a port that is
    taken, ProjectError for a project that can't be opened.
    """
    check_host(host, token)
    remove_left()
    with bind(host, port) as listener, open_project(project_path) as project:
        app = make_app(project, hosts=names_of(host), token=token)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}/"

        desk, over = app.state.desk, Event()
        # beside the first requests, which need a part of it: who opens the desk waits for no more than that part
        keeper = Thread(target=keep_ready, args=(desk.templates, desk.refresh, over), name="keeping ready")

        def heard() -> None:
            announce(address)
            keeper.start()
            if open_browser:
                webbrowser.open(address)

        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
        server = _Desk(config, heard)
        with _told_to_end(server):
            try:
                with suppress(KeyboardInterrupt):  # uvicorn has ended in order, and raises it once more
                    server.run(sockets=[listener])
            finally:
                over.set()
                if keeper.ident is not None:
                    keeper.join()
                desk.imports.close()


@contextmanager
def _told_to_end(server: uvicorn.Server) -> Iterator[None]:
    """Has the desk end in order too where it is asked to by 'kill' or where its terminal is closed: what it had to read
    would else be left behind.

    What it was told to ignore, as by 'nohup', it ignores. In another thread than the first Python leaves signals alone.
    """

    def end(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    if current_thread() is not main_thread():
        yield
        return
    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.signal(one, end) for one in known if signal.getsignal(one) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, signal.SIG_DFL if handler is None else handler)  # None: not of Python


def check_host(host: str, token: str | None) -> None:
    """Returns where the desk may be served there; else raises UsageError: beyond this machine it needs a token."""
    if host not in LOOPBACK and token is None:
        raise UsageError(
            f"the desk can't be served on {host!r} without a token, since others could then read and change the "
            "project. Give one with --token or in TWOSOURCE_TOKEN (at least 16 characters), or leave the host out and, "
            "from another machine, forward the port, as with 'ssh -L 8311:localhost:8311'"
        )


def names_of(host: str) -> frozenset[str]:
    """The names under which a desk on this address may be asked for: its own, and the machine's beyond loopback."""
    if host in LOOPBACK:
        return LOOPBACK
    return LOOPBACK | {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}


class _Desk(uvicorn.Server):
    """A server that tells when it hears requests and minds interrupts, and not before."""

    def __init__(self, config: uvicorn.Config, heard: Callable[[], None]) -> None:
        super().__init__(config)
        self._heard = heard

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._heard()


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on an address, so that a request that comes before the server waits for it.

    Raises UsageError for an address that is not this machine's, or for a port that is taken or can't be.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"there is no port {port}: give one from 1024 to 65535, or 0 for any that is free")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # there it only lets a port be taken again at once; on Windows it would share it
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise UsageError(_taken(host, port, error)) from error
    return listener


def _taken(host: str, port: int, error: OSError) -> str:
    other = port + 1 if port < 65535 else 8311
    return f"port {port} on {host} can't be used ({error.strerror}): try another, such as --port {other}, or --port 0"
