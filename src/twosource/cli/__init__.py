"""The commands of twosource. ``main`` is what the shell runs; ``app`` holds every command with its help."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from twosource.cli.commands import app
from twosource.errors import TwosourceError

__all__ = ["app", "main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves the process with its exit code.

    0: done. 1: some input could not be read, where ``read --strict`` asked for that. 2: a command that can't be meant,
    or a project or path that can't be used; one line on stderr says what to do. 130: interrupted.
    """
    try:
        app(args=None if arguments is None else list(arguments), prog_name="twosource")
    except TwosourceError as fault:
        print(f"twosource: {fault}", file=sys.stderr)
        raise SystemExit(2) from None
