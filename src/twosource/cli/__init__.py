"""The commands of twosource. ``main`` is what the shell runs; ``app`` holds every command with its help."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from twosource.cli.commands import app
from twosource.errors import TwosourceError

__all__ = ["EXIT_CODES", "app", "main"]

EXIT_CODES = {
    0: "done",
    1: "some of the input could not be read, and 'read' was asked to be strict about that (--strict); "
    "or 'verify' found something changed",
    2: "a command that can't be meant, or a project or path that can't be used; one line on stderr says what to do",
    130: "interrupted; what was read is kept",
}
"""What the exit codes of the commands mean."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves the process with an exit code of EXIT_CODES."""
    try:
        app(args=None if arguments is None else list(arguments), prog_name="twosource")
    except TwosourceError as fault:
        print(f"twosource: {fault}", file=sys.stderr)
        raise SystemExit(2) from None
