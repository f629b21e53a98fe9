from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from queue import Queue

import pytest
import uvicorn

from twosource.errors import ProjectError, UsageError
from twosource.store import open_project
from twosource.web.security import LOOPBACK
from twosource.web.server import bind, check_host, names_of, serve


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "desk.example", ""])
def test_a_host_beyond_this_machine_demands_a_token(host: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--token"):
        serve(tmp_path / "p.db", port=0, host=host)
    check_host(host, "a token that is long")


def test_the_desk_answers_to_the_names_that_it_listens_on() -> None:
    assert names_of("localhost") == LOOPBACK
    assert {"desk.example", "localhost"} <= names_of("Desk.example")


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(UsageError, match="no port"):
        bind("127.0.0.1", port)


def test_a_port_that_is_taken_names_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"port {port} .*--port {port + 1 if port < 65535 else 8311}"):
            bind("127.0.0.1", port)


def test_port_0_takes_a_free_one() -> None:
    with bind("localhost", 0) as listener:
        host, port = listener.getsockname()
    assert host == "127.0.0.1"
    assert port > 0


def test_a_project_that_is_not_there_is_told_before_serving(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no project"):
        serve(tmp_path / "none.db", port=0)


signalled = pytest.mark.skipif(sys.platform == "win32", reason="a process is not asked to end by signals here")
DESK = "from twosource.web.server import serve; serve({!r}, port=0)"


@pytest.mark.file
@signalled
def test_a_desk_that_is_told_to_outlive_its_terminal_does(tmp_path: Path) -> None:
    open_project(tmp_path / "p.db", create=True).close()
    script = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); " + DESK.format(str(tmp_path / "p.db"))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        [address] = [word for word in process.stdout.readline().split() if word.startswith("http")]
        process.send_signal(signal.Signals["SIGHUP"])
        with urllib.request.urlopen(address, timeout=600) as answer:
            assert answer.status == 200
        process.terminate()
        assert process.wait(timeout=600) == 0


@pytest.mark.file
@signalled
@pytest.mark.parametrize("asked", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_who_asks_the_desk_to_end_has_it_end_in_order(tmp_path: Path, asked: str) -> None:
    open_project(tmp_path / "p.db", create=True).close()
    # whoever runs the tests may have been told to outlive a terminal, and hands that on
    script = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL); " + DESK.format(str(tmp_path / "p.db"))
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert "http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.Signals[asked])
        _, said = process.communicate(timeout=600)
    assert (process.returncode, said) == (0, "")


def test_the_announced_address_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_project(tmp_path / "p.db", create=True).close()
    servers: Queue[uvicorn.Server] = Queue()
    run = uvicorn.Server.run

    def remember(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        servers.put(server)
        run(server, sockets)

    monkeypatch.setattr(uvicorn.Server, "run", remember)
    addresses: Queue[str] = Queue()
    thread = threading.Thread(target=serve, args=(tmp_path / "p.db", 0), kwargs={"announce": addresses.put})
    thread.start()
    try:
        with urllib.request.urlopen(addresses.get(timeout=600), timeout=600) as answer:
            assert answer.status == 200
            assert "No report has been read yet" in answer.read().decode()
    finally:
        servers.get(timeout=600).should_exit = True
        thread.join(timeout=600)
    assert not thread.is_alive()
